"""What becomes of each household's land in an order of the sample county, in the order of the register."""

from collections.abc import Sequence
from enum import StrEnum


class Turn(StrEnum):
    """How the work on a household's land goes, and what it says of it."""

    BY_CODE = "by_code"
    ON_PAPER = "on_paper"
    SMALLER = "smaller"
    DENIED = "denied"
    SILENT = "silent"
    UNTOLD = "untold"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    LATE = "late"
    TRACKED = "tracked"
    DOUBTED = "doubted"
    """Worked and reported, but a track shows less."""


def _script(*turns: tuple[Turn, int]) -> tuple[Turn, ...]:
    return tuple(turn for turn, count in turns for _ in range(count))


SMOOTH = _script((Turn.BY_CODE, 9), (Turn.ON_PAPER, 5), (Turn.SMALLER, 1), (Turn.DENIED, 1), (Turn.SILENT, 8))
"""An order whose work was done in time: every word is in, and silence was settled."""

MIXED = _script(
    (Turn.BY_CODE, 6),
    (Turn.ON_PAPER, 3),
    (Turn.SMALLER, 1),
    (Turn.DENIED, 1),
    (Turn.SILENT, 4),
    (Turn.UNTOLD, 2),
    (Turn.PARTLY, 1),
    (Turn.NOT_DONE, 1),
    (Turn.LATE, 2),
    (Turn.TRACKED, 1),
    (Turn.DOUBTED, 2),
)
"""The newest order whose window is over: everything that can become of a line."""

WATERING = _script((Turn.BY_CODE, 3), (Turn.LATE, 5))
"""An order of this very week: three households' land is watered, the rest waits."""

UNREPORTED = frozenset({Turn.LATE, Turn.TRACKED})
TOLD = frozenset({Turn.BY_CODE, Turn.ON_PAPER, Turn.SMALLER, Turn.DENIED, Turn.SILENT, Turn.DOUBTED})
BY_TELEPHONE = frozenset({Turn.BY_CODE, Turn.SMALLER, Turn.DENIED})


def turns(script: Sequence[Turn], farms: Sequence[int]) -> dict[int, Turn]:
    """Return the turn of each household."""
    return dict(zip(farms, script, strict=False))
