from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.dates import (
    NoSuchDay,
    NotADate,
    Period,
    PeriodReversed,
    age_on,
    anniversary,
    chinese_date,
    parse_date,
)

days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "2026 年 03 月 01 日",
        "２０２６年３月１日",
        "20260301",
        " 2026-3-01 ",
        "2026-03-01 00:00:00",
        "2026-03-01T00:00:00",
        "2026/3/1 0:00",
        "2026年3月1日 00:00:00",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["", "明天", "26-3-1", "2026-3", "2026-3/1", "46082", "2026-03-01 10:30:00", "3/1/2026", "2026年3月"],
)
def test_anything_else_is_refused_with_the_formats_that_are_read(text: str) -> None:
    with pytest.raises(NotADate, match="2026年3月1日 的格式"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "20260001", "1899-12-31", "9999-12-31"])
def test_a_day_that_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDay, match=text):
        parse_date(text)


@given(days)
def test_a_printed_day_is_read_back(day: date) -> None:
    assert parse_date(chinese_date(day)) == parse_date(day.isoformat()) == day


def test_an_official_date_has_no_leading_zeros() -> None:
    assert chinese_date(date(2026, 3, 1)) == "2026年3月1日"


def test_a_period_contains_its_first_and_last_day() -> None:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert march.days == 31
    assert date(2026, 3, 1) in march
    assert date(2026, 3, 31) in march
    assert date(2026, 4, 1) not in march
    assert str(march) == "2026年3月1日至2026年3月31日"


def test_a_reversed_period_is_refused() -> None:
    with pytest.raises(PeriodReversed, match="止期 2026-03-01 早于起期 2026-03-02"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


def test_periods_that_share_one_day_overlap() -> None:
    first, second = Period(date(2026, 1, 1), date(2026, 6, 30)), Period(date(2026, 6, 30), date(2026, 12, 31))
    assert first.overlaps(second)
    assert second.overlaps(first)
    assert not first.overlaps(Period(date(2026, 7, 1), date(2026, 7, 1)))


def test_a_period_covers_itself_and_what_lies_within() -> None:
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert year.covers(year)
    assert year.covers(Period(date(2026, 5, 1), date(2026, 5, 1)))
    assert not year.covers(Period(date(2026, 5, 1), date(2027, 1, 1)))


def test_five_contract_years_are_counted_from_anniversary_to_anniversary() -> None:
    term = Period(date(2026, 10, 1), date(2031, 9, 30))
    assert term.whole_years == 5
    assert term.years()[0] == Period(date(2026, 10, 1), date(2027, 9, 30))
    assert len(term.years()) == 5


def test_a_broken_last_year_is_short() -> None:
    term = Period(date(2026, 10, 1), date(2028, 3, 31))
    assert term.whole_years == 1
    assert term.years()[-1] == Period(date(2027, 10, 1), date(2028, 3, 31))


@given(days, st.integers(0, 4000))
def test_the_years_of_a_term_fill_it_without_gap_or_overlap(start: date, length: int) -> None:
    term = Period(start, start + timedelta(length))
    years = term.years()
    assert years[0].start == term.start
    assert years[-1].end == term.end
    assert sum(year.days for year in years) == term.days
    assert len(years) - 1 <= term.whole_years <= len(years)


def test_the_anniversary_of_a_leap_day_is_the_first_of_march() -> None:
    assert anniversary(date(2024, 2, 29), 2025) == date(2025, 3, 1)
    assert anniversary(date(2024, 2, 29), 2028) == date(2028, 2, 29)


def test_a_person_grows_older_on_the_birthday() -> None:
    assert age_on(date(2026, 2, 28), date(2008, 3, 1)) == 17
    assert age_on(date(2026, 3, 1), date(2008, 3, 1)) == 18
    assert age_on(date(2026, 3, 1), date(2008, 2, 29)) == 18
