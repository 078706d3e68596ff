import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.area import Mu
from foundation.values.decimals import NotANumber, TooManyPlaces
from foundation.values.money import (
    Fen,
    NothingToShareBy,
    allocate,
    parse_yuan,
    per_mu,
    plain_yuan,
    share_of,
    yuan,
)

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize("text", ["1,234.50", "¥1234.5", "￥１,２３４.５０", " 1234.50元 "])
def test_an_amount_is_read_however_it_is_written(text: str) -> None:
    assert parse_yuan(text) == 123450


def test_half_a_fen_is_refused() -> None:
    with pytest.raises(TooManyPlaces):
        parse_yuan("1.255")
    with pytest.raises(NotANumber):
        parse_yuan("壹佰元")


@given(st.integers(0, 10**14))
def test_what_is_printed_is_read_back(amount: int) -> None:
    assert parse_yuan(yuan(Fen(amount))) == parse_yuan(plain_yuan(Fen(amount))) == amount


def test_a_share_is_rounded_half_up() -> None:
    assert share_of(Fen(267_50), 1, 100) == 268
    assert share_of(Fen(100_00), 1, 3) == 33_33


def test_a_price_per_mu_is_multiplied_by_the_area() -> None:
    assert per_mu(Fen(900_00), Mu(12_34)) == 11106_00
    assert per_mu(Fen(1), Mu(50)) == 1


def test_the_spare_fen_goes_to_the_largest_remainder_then_to_the_earlier_place() -> None:
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(10, [10, 16, 14]) == [3, 4, 3]
    assert allocate(-100, [1, 1, 1]) == [-34, -33, -33]


@pytest.mark.parametrize("refused", [[], [0, 0], [3, -1]])
def test_nothing_can_be_split_without_weights(refused: list[int]) -> None:
    with pytest.raises(NothingToShareBy, match="份额合计为零"):
        allocate(100, refused)


@given(st.integers(-(10**14), 10**14), weights)
def test_the_parts_add_up_to_the_whole_and_none_is_off_by_a_fen(total: int, shares: list[int]) -> None:
    parts = allocate(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part * sum(shares) - total * share) < sum(shares)


@given(st.integers(0, 10**9), weights)
def test_no_weight_gets_nothing(total: int, shares: list[int]) -> None:
    assert allocate(total, [*shares, 0])[-1] == 0
