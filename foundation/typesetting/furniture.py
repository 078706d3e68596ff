"""Head and foot of a page: number of the paper, page numbers, copy line, verify code, and crossing out."""

from dataclasses import dataclass
from math import atan2, cos, sin

from foundation.typesetting.faces import Role
from foundation.typesetting.ink import GREY, PALE_GREY, PALE_RED, at, line, mm
from foundation.typesetting.press import Press
from foundation.typesetting.qr import operators as qr_code
from foundation.typesetting.runs import width
from foundation.typesetting.styles import PageNumbers, PageStyle

_SMALL = 9.0
_FOOT = 8.0
_LARGE = 96.0
_SHORT = 3  # characters: 作废 and 草稿 are set larger than 已被替代
_CODE_SIDE = mm(17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands on every page of a paper around its text."""

    head_left: str = ""
    head_right: str = ""
    foot_left: str = ""
    foot_right: str = ""
    verify_url: str = ""
    crossed_out: str = ""
    watermark: str = ""

    def behind(self, press: Press, style: PageStyle, *, lying: bool) -> list[str]:
        """What lies below the text: 作废 or 已被替代 with two lines, or a bare word such as 草稿."""
        across, high = style.size(lying=lying)
        if self.crossed_out:
            lines = _diagonals(across, high)
            return [f"q {PALE_RED} {lines} {_slanting(press, self.crossed_out, across, high)} Q"]
        if self.watermark:
            return [f"q {PALE_GREY} {_slanting(press, self.watermark, across, high)} Q"]
        return []

    def around(self, press: Press, style: PageStyle, page: int, pages: int, *, lying: bool) -> list[str]:
        """Head, foot and page number of page ``page`` of ``pages``."""
        across, high = style.size(lying=lying)
        left, right = style.sides(lying=lying)
        frame = _Frame(left=left, right=across - right, head=high - style.top + mm(6))
        number = _number(press, style, frame, page, pages)
        return [*self._head(press, frame, first=page == 1), *self._foot(press, frame), number]

    def _head(self, press: Press, frame: "_Frame", *, first: bool) -> list[str]:
        y, right = frame.head, frame.right
        operators = []
        if first and self.verify_url:
            code = press.remember(("qr", self.verify_url), lambda: qr_code(self.verify_url, _CODE_SIDE))
            operators.append(at(right - _CODE_SIDE, y - mm(1), code))
            right -= _CODE_SIDE + mm(2)
        if self.head_left:
            operators.append(press.text(Role.SONG, self.head_left, _SMALL, frame.left, y))
        if self.head_right:
            x = right - width(Role.SONG, self.head_right, _SMALL)
            operators.append(press.text(Role.SONG, self.head_right, _SMALL, x, y))
        if self.head_left or self.head_right:
            operators.append(line(frame.left, y - 4, right, y - 4, 0.5))
        return operators

    def _foot(self, press: Press, frame: "_Frame") -> list[str]:
        y = mm(8)
        operators = []
        if self.foot_left:
            operators.append(press.text(Role.SONG, self.foot_left, _FOOT, frame.left, y))
        if self.foot_right:
            x = frame.right - width(Role.SONG, self.foot_right, _FOOT)
            operators.append(press.text(Role.SONG, self.foot_right, _FOOT, x, y))
        return [f"q {GREY}", *operators, "Q"] if operators else []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the text begins and ends across, and where the line above it stands."""

    left: float
    right: float
    head: float


def _number(press: Press, style: PageStyle, frame: _Frame, page: int, pages: int) -> str:
    """The page number as the style has it."""
    match style.numbers:
        case PageNumbers.OF_TOTAL:
            text = f"第 {page} 页　共 {pages} 页"
            x = (frame.left + frame.right - width(Role.SONG, text, _SMALL)) / 2
            return press.text(Role.SONG, text, _SMALL, x, mm(13))
        case PageNumbers.DASHES:
            text, size = f"— {page} —", 14.0
            inset = style.body.size
            on_right = page % 2 == 1
            x = frame.right - inset - width(Role.SONG, text, size) if on_right else frame.left + inset
            return press.text(Role.SONG, text, size, x, style.bottom - mm(7) - size)
        case PageNumbers.NONE:
            return ""


def _diagonals(across: float, high: float) -> str:
    """Two lines from corner to corner."""
    edge = mm(15)
    falling = line(edge, high - edge, across - edge, edge, 2)
    rising = line(edge, edge, across - edge, high - edge, 2)
    return f"{falling} {rising}"


def _slanting(press: Press, word: str, across: float, high: float) -> str:
    """A large word along the rising diagonal."""
    size = _LARGE if len(word) <= _SHORT else _LARGE * 0.75
    angle = atan2(high, across)
    c, s = cos(angle), sin(angle)
    text = press.text(Role.HEI, word, size, -width(Role.HEI, word, size) / 2, size * 0.15)
    return f"q {c:.4f} {s:.4f} {-s:.4f} {c:.4f} {across / 2:.2f} {high / 2:.2f} cm {text} Q"
