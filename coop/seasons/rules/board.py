"""The board: cells of one link in one place, how they add up, and which rows stand below which division."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from foundation.access.grants import CODE_LENGTH, code_prefix
from foundation.values.area import Mu

DUE_DAYS = 7
"""So many days ahead the board says what is due, today counted."""

_BELOW = {0: 6, 2: 4, 4: 6, 6: 9, 9: 12, 12: 12}
"""From the digits of a division to those of the rows below it; a village shows itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one link of a season comes to in one place; deemed mu are part of the accepted ones.

    ``late`` should have been done and was not, ``due`` is to be done within the next days.
    """

    orders: int = 0
    parcels: int = 0
    planned: Mu = Mu(0)  # noqa: RUF009 - a number
    done: Mu = Mu(0)  # noqa: RUF009 - a number
    accepted: Mu = Mu(0)  # noqa: RUF009 - a number
    deemed: Mu = Mu(0)  # noqa: RUF009 - a number
    disputed: Mu = Mu(0)  # noqa: RUF009 - a number
    late: Mu = Mu(0)  # noqa: RUF009 - a number
    due: Mu = Mu(0)  # noqa: RUF009 - a number

    @property
    def percent(self) -> int:
        """How much of the plan is done, in whole hundredths and never more than all of it."""
        return min(100, self.done * 100 // self.planned) if self.planned else 0


NOTHING = Cell()
NAMES = tuple(field.name for field in fields(Cell))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One place of the board with its cells by link."""

    code: str
    name: str
    cells: Mapping[int, Cell]
    total: Cell
    is_village: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board of one season: its links in order, its rows by code, and the sums of both."""

    links: tuple[tuple[int, str], ...] = ()
    rows: tuple[BoardRow, ...] = ()
    sums: Mapping[int, Cell]
    total: Cell = NOTHING


def add(cells: Iterable[Cell]) -> Cell:
    """Return the sum of cells, figure by figure."""
    known = list(cells)
    return Cell(**{name: sum(getattr(one, name) for one in known) for name in NAMES})


def digits_below(code: str) -> int:
    """Return the digits of the rows that a division is divided into.

    >>> digits_below("371681000000"), digits_below("371681101000"), digits_below("371681101266")
    (9, 12, 12)
    """
    return _BELOW[len(code_prefix(code)) if code else 0]


def full_code(prefix: str) -> str:
    """Return the 12-digit code of the leading digits of one."""
    return prefix.ljust(CODE_LENGTH, "0")


def due_until(on: date) -> date:
    """Return the last of the days that count as near."""
    return on + timedelta(days=DUE_DAYS - 1)
