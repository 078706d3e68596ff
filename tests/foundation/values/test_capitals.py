import re

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.area import Mu
from foundation.values.capitals import (
    money_in_capitals,
    mu_in_capitals,
    percent_in_capitals,
    whole_in_capitals,
)
from foundation.values.money import Fen, parse_yuan
from foundation.values.percent import BasisPoints

FIGURES = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("1,409.50", "壹仟肆佰零玖元伍角"),
        ("6,007.14", "陆仟零柒元壹角肆分"),
        ("16,409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.05", "伍分"),
        ("100,000,001", "壹亿零壹元整"),
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("0.50", "伍角"),
        ("0.15", "壹角伍分"),
        ("107,000.53", "壹拾万柒仟元伍角叁分"),
        ("100,010", "壹拾万零壹拾元整"),
        ("100,010,000", "壹亿零壹万元整"),
        ("1,000,000,000,000", "壹万亿元整"),
        ("1,000,100,000,000", "壹万零壹亿元整"),
    ],
)
def test_an_amount_is_written_in_capitals(amount: str, capitals: str) -> None:
    assert money_in_capitals(parse_yuan(amount)) == "人民币" + capitals


def test_a_negative_amount_says_so() -> None:
    assert money_in_capitals(Fen(-1_00)) == "人民币负壹元整"


@pytest.mark.parametrize(
    ("area", "capitals"),
    [
        (0, "零亩整"),
        (12_00, "壹拾贰亩整"),
        (12_34, "壹拾贰点叁肆亩"),
        (12_50, "壹拾贰点伍零亩"),
        (5, "零点零伍亩"),
    ],
)
def test_an_area_is_written_in_capitals(area: int, capitals: str) -> None:
    assert mu_in_capitals(Mu(area)) == capitals
    assert mu_in_capitals(Mu(-area or 0)) == ("负" if area else "") + capitals


@pytest.mark.parametrize(
    ("rate", "capitals"), [(2000, "贰拾"), (1250, "壹拾贰点伍"), (5, "零点零伍"), (10000, "壹佰")]
)
def test_a_percentage_is_written_in_capitals(rate: int, capitals: str) -> None:
    assert percent_in_capitals(BasisPoints(rate)) == "百分之" + capitals


@given(st.integers(1, 10**12 - 1))
def test_whole_numbers_agree_with_another_library(number: int) -> None:
    assert whole_in_capitals(number) == cn2an.an2cn(number, "up")


@given(st.integers(1, 10**15))
def test_capitals_can_be_read_back(amount: int) -> None:
    written = money_in_capitals(Fen(amount)).removeprefix("人民币").removesuffix("整")
    assert read(written) == amount


def read(written: str) -> int:
    """Read capitals the way a person does, knowing nothing of how they were made."""
    *whole, change = re.split("元", written) if "元" in written else ["", written]
    jiao = re.search("(.)角", change)
    fen = re.search("(.)分", change)
    tenths = FIGURES.index(jiao[1]) if jiao else 0
    return read_whole("".join(whole)) * 100 + tenths * 10 + (FIGURES.index(fen[1]) if fen else 0)


def read_whole(spoken: str) -> int:
    for name, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        if name in spoken:
            count, _, rest = spoken.rpartition(name)
            return read_whole(count) * size + read_whole(rest)
    return FIGURES.index(spoken.lstrip("零")) if spoken.strip("零") else 0
