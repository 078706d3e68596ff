"""What is printed in which face, and what is not printed at all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.typesetting.faces import (
    VENDORED,
    Role,
    covered,
    faces_in_use,
    glyphs,
    unprintable,
    use_font_folder,
)
from foundation.typesetting.runs import runs, width


@pytest.fixture
def own_folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_font_folder(None)


@pytest.mark.parametrize("char", "喆堃玥㛃䶮𬭎𬍛𬱖𬎆㎡℃①☑☐㊣〔〕—…￥")
def test_names_and_signs_of_the_trade_can_be_printed(char: str) -> None:
    assert covered(char)


def test_every_chinese_character_of_the_basic_block_can_be_printed() -> None:
    assert unprintable("".join(chr(code) for code in range(0x4E00, 0x9FA6))) == set()


def test_what_no_face_has_is_named() -> None:
    assert unprintable("王\U0002fffd建\ue000国\u200b") == {"\U0002fffd", "\ue000", "\u200b"}
    assert unprintable("王建国\n男\t1") == set()


def test_a_character_without_a_glyph_prints_as_the_printers_sign_for_it() -> None:
    assert runs(Role.SONG, "\ue000")[0].text == "〓"


def test_an_invisible_mark_takes_no_room() -> None:
    assert width(Role.SONG, "王\u200b建", 10) == width(Role.SONG, "王建", 10)


def test_a_rare_character_is_set_in_a_fallback_face_and_the_rest_is_not() -> None:
    fang, song, again = runs(Role.FANGSONG, "王𬭎国")
    assert (fang.text, song.text, again.text) == ("王", "𬭎", "国")
    assert fang.face is again.face is not song.face


def test_western_letters_in_fangsong_come_from_song() -> None:
    assert glyphs(Role.FANGSONG)["8"].face is glyphs(Role.SONG)["8"].face


def test_the_customers_own_face_is_preferred(own_folder: Path) -> None:
    shutil.copy(VENDORED / "kai.ttf", own_folder / "SIMFANG.TTF")
    use_font_folder(own_folder)
    in_use = {face.role: face for face in faces_in_use()}
    assert in_use[Role.FANGSONG].own
    assert in_use[Role.FANGSONG].path.name == "SIMFANG.TTF"
    assert not in_use[Role.SONG].own


def test_an_unreadable_own_face_is_passed_over_and_reported(own_folder: Path) -> None:
    (own_folder / "simhei.ttf").write_bytes(b"no font at all")
    use_font_folder(own_folder)
    hei = next(face for face in faces_in_use() if face.role is Role.HEI)
    assert not hei.own
    assert hei.problem.startswith("simhei.ttf")
