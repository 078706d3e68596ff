import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.names.pinyin import initials


@pytest.mark.parametrize(
    ("name", "likeliest"),
    [
        ("王建国", "wjg"),
        ("单雄信", "sxx"),
        ("仇英", "qy"),
        ("解缙", "xj"),
        ("查良镛", "zly"),
        ("曾国藩", "zgf"),
        ("区家麟", "ojl"),
        ("朴春花", "pch"),
        ("翟让", "zr"),
        ("缪荃孙", "mqs"),
        ("覃海洋", "qhy"),
        ("尉迟恭", "ycg"),
        ("长孙无忌", "zswj"),
        ("万俟卨", "mqx"),
        ("欧阳𬭎", "oyh"),
        ("买买提·艾力", "mmtal"),
        ("A村3组", "ac3z"),
        ("王晟", "ws"),
    ],
)
def test_the_likeliest_initials_come_first(name: str, likeliest: str) -> None:
    assert initials(name)[0] == likeliest


def test_a_surname_keeps_its_ordinary_reading_so_that_places_are_found_too() -> None:
    assert initials("单县") == ("sx", "dx")
    assert "cs" in initials("长山")
    assert "ls" in initials("乐山")


def test_a_character_of_two_readings_gives_both_spellings() -> None:
    assert initials("王长乐") == ("wcl", "wcy", "wzl", "wzy")


def test_there_are_never_more_than_eight_spellings() -> None:
    assert len(initials("重长乐朝行盛传")) == 8


def test_nothing_has_no_initials() -> None:
    assert initials("") == ()
    assert initials("·") == ()


@given(st.text())
def test_any_text_gives_distinct_lower_case_ascii(text: str) -> None:
    found = initials(text)
    assert len(set(found)) == len(found)
    assert all(spelling.isascii() and spelling == spelling.lower() for spelling in found)
