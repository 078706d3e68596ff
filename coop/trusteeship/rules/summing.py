"""How counts add up over divisions, seasons and the year, and whom they count as small or large.

A household is counted once by identity in every division and season it has land in, not once for each
contract; from the programme's threshold on it is a large operator everywhere, wherever its land lies.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from coop.trusteeship.rules.terms import LEVELS, WHOLE_YEAR
from foundation.access.grants import CODE_LENGTH
from foundation.values.area import Mu
from foundation.values.money import Fen


class Key(NamedTuple):
    """What a row of the summary stands for: programme, season (0: the whole year) and division."""

    programme_id: int
    season_key: int
    code: str


class Counted(NamedTuple):
    """The count of one parcel in one season by one programme, as far as adding up asks."""

    programme_id: int
    season_id: int
    parcel_id: int
    holder: str
    division_code: str
    is_entrusted: bool
    tilled: Mu
    sown: Mu
    protected: Mu
    protected_times: Mu
    harvested: Mu
    mu_times: Mu
    deemed_times: Mu
    physical: Mu
    weighted: Mu
    whole: Mu
    year_physical: Mu
    year_whole: Mu
    income: Fen
    subsidy: Fen


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of one row of the summary; sums add and subtract field by field."""

    small_households: int = 0
    large_households: int = 0
    parcels: int = 0
    tilled: int = 0
    sown: int = 0
    protected: int = 0
    protected_times: int = 0
    harvested: int = 0
    mu_times: int = 0
    deemed_times: int = 0
    physical: int = 0
    physical_small: int = 0
    physical_entrusted: int = 0
    weighted: int = 0
    weighted_small: int = 0
    whole: int = 0
    income: int = 0
    subsidy: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in FIGURES))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) - getattr(other, name) for name in FIGURES))


FIGURES = tuple(field.name for field in fields(Sums))
SMALL, LARGE = FIGURES.index("small_households"), FIGURES.index("large_households")


class Tally:
    """Adds up the counts of holder after holder; it grows with the divisions, never with the counts."""

    def __init__(self, large_from: Mapping[int, Mu]) -> None:
        self._large_from = large_from
        self._rows: dict[Key, list[int]] = defaultdict(lambda: [0] * len(FIGURES))
        self._households: dict[Key, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, counts: Iterable[Counted]) -> None:
        """Add all counts that one programme has of one holder; they alone say whether it is large."""
        rows = list(counts)
        programme_id = rows[0].programme_id
        is_large = sum(row.year_physical for row in rows) >= self._large_from[programme_id]
        places: set[tuple[int, str]] = set()
        seen: set[int] = set()
        for row in rows:
            is_first = row.parcel_id not in seen
            seen.add(row.parcel_id)
            for season_key, figures in _figures(row, is_large=is_large, is_first=is_first):
                total = self._rows[Key(programme_id, season_key, row.division_code)]
                for place, figure in enumerate(figures, LARGE + 1):
                    total[place] += figure
                places.add((season_key, row.division_code))
        above = {(season, code) for season, village in places for code in codes_above(village)}
        for season, code in above:
            self._households[Key(programme_id, season, code)][is_large] += 1

    def sums(self) -> dict[Key, Sums]:
        """Return what was added, village by village and carried up to the province."""
        totals: dict[Key, list[int]] = defaultdict(lambda: [0] * len(FIGURES))
        for key, figures in self._rows.items():
            for code in codes_above(key.code):
                total = totals[key._replace(code=code)]
                for place, figure in enumerate(figures):
                    total[place] += figure
        for key, (small, large) in self._households.items():
            totals[key][SMALL], totals[key][LARGE] = small, large
        return {key: Sums(*total) for key, total in totals.items()}


def contributions(counts: Iterable[Counted], large_from: Mapping[int, Mu]) -> dict[Key, Sums]:
    """Return what some holders add to each row of the summary; ``counts`` holds all that each of them has.

    What differs between two states of the same holders is what the summary differs by.
    """
    tally = Tally(large_from)
    for holding in holdings(sorted(counts, key=_by_holder)):
        tally.add(holding)
    return tally.sums()


def holdings(counts: Iterable[Counted]) -> Iterator[Iterator[Counted]]:
    """Yield the counts of each programme and holder together; they must come in that order."""
    for _holder, rows in groupby(counts, key=_by_holder):
        yield rows


def difference(after: Mapping[Key, Sums], before: Mapping[Key, Sums]) -> dict[Key, Sums]:
    """Return by how much each row changes; rows that stay as they are are left out."""
    nothing = Sums()
    changes = {
        key: after.get(key, nothing) - before.get(key, nothing) for key in after.keys() | before.keys()
    }
    return {key: change for key, change in sorted(changes.items()) if change != nothing}


def codes_above(code: str) -> tuple[str, ...]:
    """Return the 12-digit codes of a division and of all above it, the province first.

    >>> codes_above("371681101205")[1:]
    ('371600000000', '371681000000', '371681101000', '371681101205')
    """
    codes = (code[:digits].ljust(CODE_LENGTH, "0") for digits in LEVELS)
    return tuple(dict.fromkeys(codes))


def _figures(row: Counted, *, is_large: bool, is_first: bool) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield what one count adds to its season and to the year, where each mu still counts once."""
    yield row.season_id, _line(row, row.physical, row.whole, is_large=is_large, parcels=1)
    yield (
        WHOLE_YEAR,
        _line(row, row.year_physical, row.year_whole, is_large=is_large, parcels=int(is_first)),
    )


def _line(row: Counted, physical: Mu, whole: Mu, *, is_large: bool, parcels: int) -> tuple[int, ...]:
    return (
        parcels,
        row.tilled,
        row.sown,
        row.protected,
        row.protected_times,
        row.harvested,
        row.mu_times,
        row.deemed_times,
        physical,
        0 if is_large else physical,
        physical if row.is_entrusted else 0,
        row.weighted,
        0 if is_large else row.weighted,
        whole,
        row.income,
        row.subsidy,
    )


_by_holder = attrgetter("programme_id", "holder")
