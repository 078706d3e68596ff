import pytest

from foundation.values.decimals import (
    NegativeNumber,
    NotANumber,
    NumberTooLarge,
    TooManyPlaces,
    grouped,
    parse_hundredths,
    plain,
)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.3", 1230),
        ("12.34", 1234),
        ("12.340", 1234),
        (" 007.10 ", 710),
        ("1,234.50", 123450),
        ("１２３４．５", 123450),
        ("1，234", 123400),
        ("-0.00", 0),
    ],
)
def test_a_written_number_is_read_exactly(text: str, hundredths: int) -> None:
    assert parse_hundredths(text) == hundredths


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1.2.3", "12,34", "1e5", "4.4E+17", ".5", "5.", "--1", "NaN", "Infinity", "1 2", "٣"],
)
def test_anything_else_is_refused_as_no_number(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_hundredths(text)


@pytest.mark.parametrize("text", ["1.255", "0.001", "1.0000001"])
def test_a_third_place_is_refused_and_the_cure_named(text: str) -> None:
    with pytest.raises(TooManyPlaces, match="四舍五入"):
        parse_hundredths(text)


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(NegativeNumber, match="负数"):
        parse_hundredths("-0.01")


def test_a_number_beyond_ten_trillion_is_refused() -> None:
    assert parse_hundredths("9999999999999.99") == 999999999999999
    with pytest.raises(NumberTooLarge):
        parse_hundredths("10000000000000")


def test_a_unit_may_follow() -> None:
    assert parse_hundredths("12 亩", ("亩",)) == 1200
    with pytest.raises(NotANumber):
        parse_hundredths("12 亩", ("元",))


@pytest.mark.parametrize(
    ("hundredths", "short", "long"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (123456789, "1234567.89", "1,234,567.89"),
        (-5, "-0.05", "-0.05"),
    ],
)
def test_it_prints_two_places_always(hundredths: int, short: str, long: str) -> None:
    assert plain(hundredths) == short
    assert grouped(hundredths) == long
