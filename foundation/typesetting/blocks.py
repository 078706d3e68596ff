"""The pieces that a paper is written with: titles, headings, paragraphs, labelled values, page breaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foundation.typesetting.flow import Block, Setting, Strip, Turn
from foundation.typesetting.ink import line
from foundation.typesetting.lines import Align, Content, Span, draw_line, set_lines
from foundation.typesetting.runs import width
from foundation.typesetting.styles import TextStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How the lines of a paragraph lie; lengths in points."""

    style: TextStyle
    align: Align = "justify"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    joined_after: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``indent``, ``left`` and ``right`` count characters, ``before`` and ``after`` points.

    >>> Paragraph(("面积", filled("12.50"), "亩，☑ 耕  ☐ 种。"))  # doctest: +SKIP
    """

    content: Content
    indent: float = 2
    align: Align = "justify"
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    style: TextStyle | None = None
    keep_with_next: bool = False

    def strips(self, setting: Setting) -> Sequence[Strip]:
        """One strip a line; the first two and the last two lines stay together."""
        style = self.style or setting.style.body
        shape = _Shape(
            style=style,
            align=self.align,
            first=self.indent * style.size,
            left=self.left * style.size,
            right=self.right * style.size,
            before=self.before,
            after=self.after,
            joined_after=self.keep_with_next,
        )
        return _set(self.content, shape, setting)


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the paper, centred."""

    text: str
    after: float = 14

    def strips(self, setting: Setting) -> Sequence[Strip]:
        """The lines of the title, kept with what follows."""
        style = setting.style.title
        return _set(
            self.text, _Shape(style=style, align="center", after=self.after, joined_after=True), setting
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading such as 第一条 服务内容; ``indent`` counts characters."""

    text: str
    indent: float = 0
    before: float = 3
    style: TextStyle | None = None

    def strips(self, setting: Setting) -> Sequence[Strip]:
        """The lines of the heading, kept with what follows."""
        style = self.style or setting.style.heading
        shape = _Shape(
            style=style, align="left", first=self.indent * style.size, before=self.before, joined_after=True
        )
        return _set(self.text, shape, setting)


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values on a rule, in one or more columns: 甲方（接受服务方）：张三.

    A value that is too long goes on below itself. ``columns`` is how many stand side by side.
    """

    pairs: tuple[tuple[str, str], ...]
    columns: int = 1
    gap: float = 16

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip for each row of pairs."""
        for start in range(0, len(self.pairs), self.columns):
            row = self.pairs[start : start + self.columns]
            yield self._row(row, setting)

    def _row(self, row: tuple[tuple[str, str], ...], setting: Setting) -> Strip:
        style = setting.style.body
        frame = (setting.width - self.gap * (self.columns - 1)) / self.columns
        operators: list[str] = []
        most = 1
        for place, (label, value) in enumerate(row):
            x = place * (frame + self.gap)
            after_label = width(style.role, label, style.size)
            room = frame - after_label
            lines = set_lines((Span(text=value),), style, room) if value else []
            label_line = set_lines(label, style, frame)[0]
            operators.append(draw_line(setting.press, label_line, style, x, 0, frame, "left"))
            for number in range(max(1, len(lines))):
                top = -number * style.leading
                if lines:
                    operators.append(
                        draw_line(setting.press, lines[number], style, x + after_label + 2, top, room, "left")
                    )
                operators.append(_rule(x + after_label, x + frame, top, style))
            most = max(most, len(lines))
        return Strip(
            height=most * style.leading, operators="\n".join(operators), slack=style.leading - style.size
        )


@dataclass(frozen=True, slots=True)
class Space:
    """Blank space of so many points, dropped at the top of a page."""

    points: float

    def strips(self, setting: Setting) -> Sequence[Strip]:
        """One strip without ink."""
        return [Strip(height=0, operators="", space=self.points)]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; ``lying`` pages are landscape."""

    lying: bool = False

    def strips(self, setting: Setting) -> Sequence[Turn]:
        """The turn of the page."""
        return [Turn(lying=self.lying)]


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that are not parted by the end of a page, as long as they fit on one."""

    blocks: tuple[Block, ...]

    def strips(self, setting: Setting) -> Iterable[Strip | Turn]:
        """The strips of the blocks, joined."""
        first = True
        for block in self.blocks:
            for strip in block.strips(setting):
                yield strip if first or isinstance(strip, Turn) else replace(strip, joined_before=True)
                first = False


def _set(content: Content, shape: _Shape, setting: Setting) -> list[Strip]:
    key = (content, shape, setting.width)
    return setting.press.remember(key, lambda: _set_anew(content, shape, setting))


def _set_anew(content: Content, shape: _Shape, setting: Setting) -> list[Strip]:
    """Break the content and make a strip of each line."""
    style = shape.style
    frame = setting.width - shape.left - shape.right
    lines = set_lines(content, style, frame, shape.first)
    strips = []
    for number, each in enumerate(lines):
        shift = shape.first if number == 0 else 0.0
        drawn = draw_line(setting.press, each, style, shape.left + shift, 0.0, frame - shift, shape.align)
        last = number == len(lines) - 1
        strips.append(
            Strip(
                height=style.leading + (shape.after if last else 0),
                operators=drawn,
                space=shape.before if number == 0 else 0,
                slack=style.leading - style.size + (shape.after if last else 0),
                joined_before=number in {1, len(lines) - 1} and number > 0,
                joined_after=last and shape.joined_after,
            )
        )
    return strips


def _rule(x1: float, x2: float, top: float, style: TextStyle) -> str:
    y = top - style.size * 1.04
    return line(x1, y, x2, y)
