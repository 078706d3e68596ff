import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.area import (
    Mu,
    SquareMetres,
    mu,
    mu_from_square_metres,
    parse_mu,
    parse_square_metres,
    square_metres,
    square_metres_from_mu,
)


def test_an_area_is_read_however_it_is_written() -> None:
    assert parse_mu("12.34") == parse_mu("１２.３４ 亩") == 1234
    assert parse_square_metres("8226.67") == parse_square_metres("8,226.67㎡") == 822667
    assert parse_square_metres("8226.67平方米") == parse_square_metres("8226.67m²") == 822667


def test_an_area_is_printed_without_commas() -> None:
    assert mu(Mu(123456)) == "1234.56"
    assert square_metres(SquareMetres(66667)) == "666.67"


@pytest.mark.parametrize(
    ("metres", "acreage"),
    [("1000000", "1500.00"), ("666.67", "1.00"), ("8226.67", "12.34"), ("10000", "15.00")],
)
def test_fifteen_mu_are_exactly_a_hectare(metres: str, acreage: str) -> None:
    assert mu(mu_from_square_metres(parse_square_metres(metres))) == acreage


@given(st.integers(0, 10**12))
def test_mu_survive_the_way_to_square_metres_and_back(acreage: int) -> None:
    assert mu_from_square_metres(square_metres_from_mu(Mu(acreage))) == acreage
