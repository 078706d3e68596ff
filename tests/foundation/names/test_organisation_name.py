import pytest

from foundation.names.organisation_name import (
    StrangeCharacterInOrganisationName,
    UnbalancedBrackets,
    WrongOrganisationNameLength,
    parse_organisation_name,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("邹平市青阳镇供销合作社", "邹平市青阳镇供销合作社"),
        ("邹平(青阳)农机 专业合作社 ", "邹平（青阳）农机专业合作社"),
        ("ABC Farm Co.", "ABC Farm Co."),
        ("第1生产队", "第1生产队"),
    ],
)
def test_a_name_is_tidied(text: str, name: str) -> None:
    assert parse_organisation_name(text) == name


@pytest.mark.parametrize("text", ["", "社", "社" * 81])
def test_a_wrong_length_is_named(text: str) -> None:
    with pytest.raises(WrongOrganisationNameLength, match=f"现为 {len(text)} 个字"):
        parse_organisation_name(text)


@pytest.mark.parametrize(("text", "strange"), [("中国<b>社", "<>"), ("（青阳）社", "（"), ("合作_社", "_")])
def test_strange_characters_are_named(text: str, strange: str) -> None:
    with pytest.raises(StrangeCharacterInOrganisationName, match=f"“{strange}”"):
        parse_organisation_name(text)


def test_brackets_come_in_pairs() -> None:
    with pytest.raises(UnbalancedBrackets, match="不成对"):
        parse_organisation_name("邹平（青阳农机社")
