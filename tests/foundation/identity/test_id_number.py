from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.identity.id_number import (
    BirthInFuture,
    NoSuchBirthday,
    OldIdNumber,
    Sex,
    WrongCheckDigit,
    WrongIdCharacter,
    WrongIdLength,
    area_warning,
    check_digit,
    mask_id_number,
    parse_id_number,
)

TODAY = date(2026, 3, 1)
SOUND = "11010519491231002X"  # the example of GB 11643

numbers = st.builds(
    lambda area, birth, order: f"{area}{birth:%Y%m%d}{order:03d}",
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    "text", [SOUND, "11010519491231002x", " 110105 19491231 002X ", "'１１０１０５19491231002Ｘ"]
)
def test_a_number_is_read_however_it_was_typed(text: str) -> None:
    number = parse_id_number(text, TODAY)
    assert number.value == str(number) == SOUND
    assert number.birth == date(1949, 12, 31)
    assert number.sex is Sex.FEMALE
    assert number.area == "110105"


@given(numbers)
def test_every_number_with_its_check_digit_is_accepted_and_with_another_refused(first_17: str) -> None:
    right = check_digit(first_17)
    number = parse_id_number(first_17 + right, TODAY)
    assert number.sex is (Sex.MALE if int(first_17[16]) % 2 else Sex.FEMALE)
    for wrong in set("0123456789X") - {right}:
        with pytest.raises(WrongCheckDigit, match=f"校验位应为 {right}，现为 {wrong}"):
            parse_id_number(first_17 + wrong, TODAY)


@given(numbers, st.integers(0, 15))
def test_two_neighbouring_figures_changed_over_are_noticed(first_17: str, place: int) -> None:
    swapped = first_17[:place] + first_17[place + 1] + first_17[place] + first_17[place + 2 :]
    if swapped != first_17:
        with pytest.raises((WrongCheckDigit, NoSuchBirthday, BirthInFuture, WrongIdCharacter)):
            parse_id_number(swapped + check_digit(first_17), TODAY)


@pytest.mark.parametrize("area", ["371626", "372330", "810000", "830000"])
def test_the_area_of_a_renamed_county_or_of_taiwan_is_no_fault(area: str) -> None:
    first_17 = f"{area}19650101001"
    assert parse_id_number(first_17 + check_digit(first_17), TODAY).area == area


def test_the_old_number_of_fifteen_digits_is_refused_with_the_cure() -> None:
    with pytest.raises(OldIdNumber, match="18 位号码"):
        parse_id_number("110105491231002", TODAY)


@pytest.mark.parametrize("text", ["", "1101051949123100", SOUND + "1", "3.71626E+17"])
def test_a_wrong_length_is_named(text: str) -> None:
    with pytest.raises(WrongIdLength, match=f"现为 {len(text)} 位"):
        parse_id_number(text, TODAY)


@pytest.mark.parametrize(
    "text", ["1101051949123100X2", "11010519491231002A", "01010519491231002X", "男" * 18]
)
def test_a_wrong_character_is_refused(text: str) -> None:
    with pytest.raises(WrongIdCharacter):
        parse_id_number(text, TODAY)


@pytest.mark.parametrize("digits", ["19490231", "19491301", "00001231", "18991231"])
def test_a_birthday_that_never_was_is_named(digits: str) -> None:
    with pytest.raises(NoSuchBirthday, match=digits):
        parse_id_number(f"110105{digits}002X", TODAY)


def test_a_birth_tomorrow_is_refused_and_today_accepted() -> None:
    first_17 = "37168120260301001"
    number = first_17 + check_digit(first_17)
    assert parse_id_number(number, TODAY).birth == TODAY
    with pytest.raises(BirthInFuture, match="2026-03-01"):
        parse_id_number(number, date(2026, 2, 28))


def test_no_refusal_repeats_the_number() -> None:
    with pytest.raises(WrongCheckDigit) as refusal:
        parse_id_number(SOUND[:-1] + "1", TODAY)
    assert SOUND[:-1] not in str(refusal.value)


def test_masking_leaves_the_province_and_the_last_four() -> None:
    assert parse_id_number(SOUND, TODAY).masked == mask_id_number(SOUND) == "110***********002X"
    assert mask_id_number("1234567") == "*******"


def test_a_foreign_area_is_only_worth_a_note() -> None:
    number = parse_id_number(SOUND, TODAY)
    assert area_warning(number, ("3716", "372330", "11")) is None
    assert area_warning(number, ("3716", "372330")) is not None
