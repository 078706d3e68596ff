"""One line of text after another: spans of different faces, underlined blanks, justification."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from foundation.typesetting.breaking import HANGING, break_lines
from foundation.typesetting.faces import Role, when_faces_change
from foundation.typesetting.ink import underline
from foundation.typesetting.press import Press
from foundation.typesetting.runs import width, widths
from foundation.typesetting.styles import TextStyle

Align = Literal["justify", "left", "center", "right"]
INVISIBLE = HANGING + "\n"
ASCENT = 0.86  # of the type size, from the baseline to the top of a Chinese character
_MOST_SPREAD = 0.3  # of the type size; a line that would need more stays ragged


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words within a paragraph that look different."""

    text: str
    role: Role | None = None
    underlined: bool = False


Content = str | tuple[str | Span, ...]


def filled(value: str, least: int = 0) -> Span:
    """A value entered in a form: underlined, at least ``least`` characters wide.

    >>> filled("12.50").text
    ' 12.50 '
    """
    room = max(0, least - len(value))
    return Span(text="\u00a0" * (1 + room) + value + "\u00a0" * (1 + room), underlined=True)


def blank(characters: int) -> Span:
    """An empty place to write in by hand."""
    return Span(text="\u2003" * characters, underlined=True)


class Piece(NamedTuple):
    """Part of a line in one look."""

    text: str
    role: Role
    underlined: bool
    width: float


class Line(NamedTuple):
    """A line ready to be set."""

    pieces: tuple[Piece, ...]
    width: float
    characters: int
    ends: bool


@lru_cache(maxsize=20_000)
def set_lines(content: Content, style: TextStyle, frame: float, indent: float = 0.0) -> tuple[Line, ...]:
    """Break a content into lines of ``frame`` points, the first one ``indent`` points shorter."""
    if isinstance(content, str) and "\n" not in content:
        across = width(style.role, content, style.size)
        if across <= frame - indent:
            return (Line((Piece(content, style.role, False, across),), across, len(content), True),)
    spans = _spans(content)
    text = "".join(span.text for span in spans)
    measured = [each for span in spans for each in widths(span.role or style.role, span.text, style.size)]
    slices = break_lines(text, measured, frame, frame - indent)
    return tuple(
        _line(spans, style, start, end, ends=end == len(text) or text[end - 1] == "\n")
        for start, end in slices
    )


def draw_line(
    press: Press, line: Line, style: TextStyle, x: float, y: float, frame: float, align: Align
) -> str:
    """Operators for a line whose top is at ``y`` in a frame that begins at ``x``."""
    spacing, x = _spread(line, style.size, x, frame, align)
    base = y - ASCENT * style.size
    operators = []
    for piece in line.pieces:
        if piece.text.strip(INVISIBLE):
            operators.append(press.text(piece.role, piece.text, style.size, x, base, spacing=spacing))
        advance = piece.width + spacing * len(piece.text)
        if piece.underlined:
            operators.append(underline(x, x + advance, base, style.size))
        x += advance
    return "\n".join(operators)


def _spread(line: Line, size: float, x: float, frame: float, align: Align) -> tuple[float, float]:
    """The space between characters and where the line begins."""
    free = frame - line.width
    if align == "center":
        return 0.0, x + free / 2
    if align == "right":
        return 0.0, x + free
    if align == "justify" and not line.ends and line.characters > 1:
        spacing = free / (line.characters - 1)
        if abs(spacing) <= _MOST_SPREAD * size:
            return spacing, x
    return 0.0, x


def _spans(content: Content) -> list[Span]:
    parts = (content,) if isinstance(content, str) else content
    return [Span(text=part) if isinstance(part, str) else part for part in parts]


def _line(spans: list[Span], style: TextStyle, start: int, end: int, *, ends: bool) -> Line:
    """The part of the spans between two places, without what is invisible at its end."""
    pieces = []
    place = 0
    for span in spans:
        part = span.text[max(0, start - place) : max(0, end - place)]
        place += len(span.text)
        if part:
            role = span.role or style.role
            pieces.append(Piece(part, role, span.underlined, width(role, part, style.size)))
    while pieces and not pieces[-1].underlined and pieces[-1].text != pieces[-1].text.rstrip(INVISIBLE):
        role, text = pieces[-1].role, pieces[-1].text.rstrip(INVISIBLE)
        pieces.pop()
        if text:
            pieces.append(Piece(text, role, False, width(role, text, style.size)))
            break
    return Line(
        tuple(pieces), sum(piece.width for piece in pieces), sum(len(piece.text) for piece in pieces), ends
    )


when_faces_change(set_lines.cache_clear)
