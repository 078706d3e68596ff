import pytest

from foundation.values.decimals import TooManyPlaces
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints, parse_percent, percent, plain_percent, portion


@pytest.mark.parametrize(
    ("text", "rate", "printed"),
    [("20", 2000, "20%"), ("12.5%", 1250, "12.5%"), ("０．０５％", 5, "0.05%"), ("0", 0, "0%")],
)
def test_a_percentage_is_read_and_printed(text: str, rate: int, printed: str) -> None:
    assert parse_percent(text) == rate
    assert percent(BasisPoints(rate)) == printed
    assert plain_percent(BasisPoints(rate)) + "%" == printed


def test_a_third_place_is_refused() -> None:
    with pytest.raises(TooManyPlaces):
        parse_percent("33.333")


def test_a_portion_is_rounded_half_up_to_the_fen() -> None:
    assert portion(Fen(100_01), BasisPoints(5000)) == 50_01
    assert portion(Fen(1000_00), BasisPoints(2000)) == 200_00
