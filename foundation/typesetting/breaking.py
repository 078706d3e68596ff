"""Breaking Chinese text into lines: marks stay where they belong, western words and numbers stay whole."""

from collections.abc import Sequence

NO_START = frozenset("，。、；：？！）》〉】〕」』］｝”’％‰℃…—～·,.;:?!)]}%°′″〗")
NO_END = frozenset("（《〈【〔「『［｛“‘￥¥$№([{〖")
HANGING = " \u3000"  # spaces stay at the end of their line, where they need no room
GLUE = "\u00a0"  # a space that keeps its neighbours together
_PAIRED = frozenset("—…")
_TOLERANCE = 0.01  # of a point: sums of glyph widths are not exact


def break_lines(
    text: str, widths: Sequence[float], frame: float, first_frame: float | None = None
) -> list[tuple[int, int]]:
    """The lines of ``text`` as slices that cover it without a gap.

    ``widths`` gives each character's width in points, ``frame`` the width of a line, ``first_frame`` that of
    the first (after an indent). A line break in the text ends its line. Spaces at a line's end may hang out.

    >>> break_lines("亩数，单价", [12.0] * 5, 24.0)
    [(0, 1), (1, 3), (3, 5)]
    """
    lines = []
    start, room = 0, frame if first_frame is None else first_frame
    while start < len(text):
        end = _fill(text, widths, start, room)
        lines.append((start, end))
        start, room = end, frame
    return lines


def may_break(before: str, after: str) -> bool:
    """Whether a line may end after ``before`` and the next begin with ``after``."""
    if after in HANGING or after in NO_START or before in NO_END or GLUE in (before, after):
        return False
    if before in HANGING:
        return True
    if before == after and before in _PAIRED:
        return False
    return not (is_western(before) and is_western(after))


def is_western(char: str) -> bool:
    """Whether a character belongs to a western word or a number, which is not broken."""
    return "!" <= char <= "\u024f"


def _fill(text: str, widths: Sequence[float], start: int, room: float) -> int:
    """Where the line that begins at ``start`` ends."""
    length = len(text)
    end, used = start, 0.0
    limit = room + _TOLERANCE
    while end < length:
        char = text[end]
        if char == "\n":
            return end + 1
        used += widths[end]
        if used > limit and char not in HANGING:
            return _last_break(text, start, max(end, start + 1))
        end += 1
    return end


def _last_break(text: str, start: int, end: int) -> int:
    """The last allowed break at or before ``end``; where there is none, the line is cut at ``end``."""
    for place in range(end, start, -1):
        if may_break(text[place - 1], text[place]):
            return place
    return end
