import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.identity.bank_card import (
    NotABankAccount,
    NotABankCard,
    WrongBankCard,
    luhn_remainder,
    mask_bank_card,
    parse_bank_account,
    parse_bank_card,
)

bodies = st.integers(10**14, 10**18 - 1).map(str)


@given(bodies)
def test_exactly_one_last_figure_is_right(body: str) -> None:
    sound = [figure for figure in "0123456789" if not luhn_remainder(body + figure)]
    assert len(sound) == 1
    assert parse_bank_card(f" {body} {sound[0]}") == body + sound[0]


def test_a_wrong_figure_is_refused() -> None:
    assert parse_bank_card("4111 1111 1111 1111") == "4111111111111111"
    with pytest.raises(WrongBankCard, match="逐位核对"):
        parse_bank_card("4111 1111 1111 1112")


@pytest.mark.parametrize("text", ["", "411111111111111", "4" * 20, "6.22848E+18", "622848000000000000X"])
def test_a_wrong_length_or_a_letter_is_refused(text: str) -> None:
    with pytest.raises(NotABankCard, match="16 至 19 位"):
        parse_bank_card(text)


def test_the_account_of_an_organisation_needs_no_check_figure() -> None:
    assert parse_bank_account("9037 0123-4567 8901") == "9037012345678901"
    with pytest.raises(NotABankAccount, match="开户许可证"):
        parse_bank_account("1234567")


def test_masking_leaves_the_last_four() -> None:
    assert mask_bank_card("4111111111111234") == "************1234"
