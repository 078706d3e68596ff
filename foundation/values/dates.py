"""Days and periods: how they are written by hand, read from a spreadsheet and printed in Chinese."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from foundation.errors import InvalidValue

_DAY = timedelta(days=1)
_MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
_WRITTEN = re.compile(
    rf"(?:(\d{{4}})(?:([-/.])(\d{{1,2}})\2(\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})[日号])|(\d{{4}})(\d\d)(\d\d)){_MIDNIGHT}",
    re.ASCII,
)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


class NotADate(InvalidValue):
    """“%(text)s”不是日期；请按 2026-03-01、2026/3/1 或 2026年3月1日 的格式填写。"""


class NoSuchDay(InvalidValue):
    """日历上没有“%(text)s”这一天；请核对年、月、日。"""


class PeriodReversed(InvalidValue):
    """止期 %(end)s 早于起期 %(start)s；请把起止日期改正确。"""


@lru_cache(maxsize=4096)  # a register says the same few days a hundred thousand times
def parse_date(text: str) -> date:
    """A day as people and spreadsheets write it; a time of day other than midnight is refused."""
    written = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip())
    match = _WRITTEN.fullmatch(re.sub(r" ?([-/.年月日号]) ?(?!0?0:)", r"\1", written))
    if match is None:
        raise NotADate(text=text)
    year, _, *parts = match.groups()
    year, month, day = (int(part) for part in (year, *parts) if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        raise NoSuchDay(text=text) from None
    if not _EARLIEST <= found <= _LATEST:
        raise NoSuchDay(text=text)
    return found


def chinese_date(day: date) -> str:
    """A day as official papers print it, without leading zeros: 2026年3月1日 (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodReversed(start=self.start, end=self.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{chinese_date(self.start)}至{chinese_date(self.end)}"

    @property
    def days(self) -> int:
        """How many days, the first and the last included."""
        return (self.end - self.start).days + 1

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day belongs to both."""
        return self.start <= other.end and other.start <= self.end

    def covers(self, other: "Period") -> bool:
        """Whether every day of ``other`` belongs to this period."""
        return self.start <= other.start and other.end <= self.end

    @property
    def whole_years(self) -> int:
        """How many full years, counted from anniversary to anniversary."""
        return sum(1 for _ in self._anniversaries())

    def years(self) -> list["Period"]:
        """The years of the term one after another, each from its anniversary; the last may be short."""
        starts = [self.start, *(day for day in self._anniversaries() if day <= self.end)]
        ends = [start - _DAY for start in starts[1:]] + [self.end]
        return [Period(start, end) for start, end in zip(starts, ends, strict=True)]

    def _anniversaries(self) -> Iterator[date]:
        """The days on which a further full year has passed, up to the day after the end."""
        year = self.start.year + 1
        while (day := anniversary(self.start, year)) - _DAY <= self.end:
            yield day
            year += 1


def anniversary(day: date, year: int) -> date:
    """The same day in another year; 29 February falls on 1 March in a common year."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(day: date, birth: date) -> int:
    """Full years of age (周岁) on ``day``; a year is full on the birthday itself."""
    return day.year - birth.year - (day < anniversary(birth, day.year))
