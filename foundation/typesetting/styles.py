"""Type sizes and page shapes: the business page of contracts and the page of official documents."""

from dataclasses import dataclass
from enum import Enum, auto

from foundation.typesetting.faces import Role
from foundation.typesetting.ink import mm


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """A face, its size and the distance from line to line, in points."""

    role: Role
    size: float
    leading: float


class PageNumbers(Enum):
    """How pages are numbered."""

    OF_TOTAL = auto()  # 第 1 页 共 3 页
    DASHES = auto()  # — 1 —, odd pages on the right, even on the left
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStyle:
    """The shape of an upright A4 page (a lying one swaps the sides), margins in points."""

    top: float
    bottom: float
    left: float
    right: float
    body: TextStyle
    title: TextStyle
    heading: TextStyle
    table: TextStyle
    numbers: PageNumbers
    width: float = mm(210)
    height: float = mm(297)
    lying_side: float = mm(15)

    def size(self, *, lying: bool) -> tuple[float, float]:
        """Width and height of a page."""
        return (self.height, self.width) if lying else (self.width, self.height)

    def sides(self, *, lying: bool) -> tuple[float, float]:
        """The left and the right margin; lying pages carry wide tables and have narrow ones."""
        return (self.lying_side, self.lying_side) if lying else (self.left, self.right)


CONTRACT = PageStyle(
    top=mm(25),
    bottom=mm(18),
    left=mm(24),
    right=mm(24),
    body=TextStyle(role=Role.FANGSONG, size=12, leading=17.5),
    title=TextStyle(role=Role.XIAOBIAOSONG, size=20, leading=28),
    heading=TextStyle(role=Role.HEI, size=12, leading=17.5),
    table=TextStyle(role=Role.SONG, size=9.5, leading=13),
    numbers=PageNumbers.OF_TOTAL,
)
"""小四 body as contracts have it."""

OFFICIAL = PageStyle(
    top=mm(37),
    bottom=mm(35),
    left=mm(28),
    right=mm(26),
    body=TextStyle(role=Role.FANGSONG, size=15.75, leading=29.53),
    title=TextStyle(role=Role.XIAOBIAOSONG, size=22, leading=36),
    heading=TextStyle(role=Role.HEI, size=15.75, leading=29.53),
    table=TextStyle(role=Role.FANGSONG, size=12, leading=18),
    numbers=PageNumbers.DASHES,
)
"""GB/T 9704-2012: 156 × 225 mm, 22 lines of 28 characters of 3号."""
