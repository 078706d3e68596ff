from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.rounding import half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("2.5", 3), ("-2.5", -3), ("2.4999", 2), ("0.5", 1), ("-0.5", -1), ("0", 0), ("267.5", 268)],
)
def test_a_tie_goes_away_from_zero(value: str, rounded: int) -> None:
    assert half_up(Decimal(value)) == rounded


def test_a_fraction_and_a_quotient_of_whole_numbers_round_alike() -> None:
    assert half_up(Fraction(7, 2)) == half_up(7, 2) == half_up(-7, -2) == 4


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_it_agrees_with_the_decimal_module(value: Decimal) -> None:
    assert half_up(value) == int(value.quantize(Decimal(1), ROUND_HALF_UP))
