import pytest

from foundation.names.person_name import (
    CharacterMissingInName,
    PrivateCharacterInName,
    RemarkInName,
    StrangeCharacterInName,
    WrongNameLength,
    parse_name,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王建国", "王建国"),
        (" 李  明 ", "李明"),
        ("李　明", "李明"),
        ("欧阳𬭎", "欧阳𬭎"),
        ("〇玉", "〇玉"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("王\u200b明", "王明"),
        ("⽅明", "方明"),
        ("John  Smith", "John Smith"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil"),
    ],
)
def test_a_name_is_tidied(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize("text", ["", "王", "王" * 31])
def test_a_name_has_two_to_thirty_characters(text: str) -> None:
    with pytest.raises(WrongNameLength, match=f"有 {len(text)} 个字"):
        parse_name(text)


@pytest.mark.parametrize("text", ["王?国", "王？国", "王□国", "王*国", "王\ufffd国"])
def test_a_placeholder_for_a_rare_character_is_told(text: str) -> None:
    with pytest.raises(CharacterMissingInName, match="缺字"):
        parse_name(text)


def test_a_private_character_is_located() -> None:
    with pytest.raises(PrivateCharacterInName, match="第 2 个字"):
        parse_name("王\ue123国")


@pytest.mark.parametrize("text", ["王建国(户主)", "王建国（已故）", "王建国【代】"])
def test_a_remark_belongs_elsewhere(text: str) -> None:
    with pytest.raises(RemarkInName, match="备注栏"):
        parse_name(text)


@pytest.mark.parametrize(
    ("text", "strange"),
    [("张三1", "1"), ("王,明", ","), ("·王明", "·"), ("王A明", "A"), ("王㇏明", "㇏"), ("王__明", "_")],
)
def test_strange_characters_are_named(text: str, strange: str) -> None:
    with pytest.raises(StrangeCharacterInName, match=f"“{strange}”"):
        parse_name(text)
