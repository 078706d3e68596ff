"""Tables that run over pages: repeated heads, whole rows, a subtotal on every page and a grand total."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from foundation.typesetting.faces import Role
from foundation.typesetting.flow import Setting, Strip
from foundation.typesetting.ink import line
from foundation.typesetting.lines import Line, draw_line, set_lines
from foundation.typesetting.styles import TextStyle
from foundation.wording import N_

CellAlign = Literal["left", "center", "right"]
_SIDE = 3.0  # blank beside the text of a cell, in points
_OVER = 3.0  # blank above and below it


def as_text(value: Any) -> str:
    """A cell's value as it stands; nothing for None."""
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its share of the width, how values show, and whether they are added up.

    Columns that ``add`` hold whole numbers (fen, hundredths of a mu); ``show`` formats values and sums alike.
    In columns that ``merge``, equal neighbours are printed once, as long as the merged ones before are equal.

    >>> Column("面积（亩）", 2, "right", show=lambda hundredths: f"{hundredths / 100:.2f}", adds=True)
    ... # doctest: +SKIP
    """

    head: str
    share: float = 1
    align: CellAlign = "center"
    show: Callable[[Any], str] = as_text
    adds: bool = False
    merges: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under heads; every page closes with 本页小计, the last one with 合计 too."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    style: TextStyle | None = None
    subtotal: str = N_("本页小计")
    total: str = N_("合计")
    before: float = 5
    after: float = 5
    least_height: float = 0

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip a row."""
        band = _TableBand(self, setting)
        previous: Sequence[Any] | None = None
        for row in self.rows:
            yield band.row(row, previous)
            previous = row
        if previous is None:
            yield band.blank_row()


class _TableBand:
    """A table on its way over the pages."""

    def __init__(self, table: Table, setting: Setting) -> None:
        self._table = table
        self._press = setting.press
        self._style = table.style or setting.style.table
        shares = sum(column.share for column in table.columns)
        self._widths = [setting.width * column.share / shares for column in table.columns]
        self._width = setting.width
        self._aligns: list[CellAlign] = [column.align for column in table.columns]
        self._sums = [0] * len(table.columns)
        self._adds = any(column.adds for column in table.columns)
        self._pages = 0
        self.head = self._head()
        one_line = self._style.leading + 2 * _OVER
        self.reserve = 2 * one_line if self._adds else 0.0

    def row(self, row: Sequence[Any], previous: Sequence[Any] | None) -> Strip:
        """A row; merged columns show a value only where it differs from the row above or begins a page."""
        texts = [column.show(value) for column, value in zip(self._table.columns, row, strict=True)]
        repeated = [
            column.merges and previous is not None and self._equal_up_to(place, row, previous)
            for place, column in enumerate(self._table.columns)
        ]
        strip = self._strip(texts, self._style, self._aligns, repeated=repeated)
        strip.band = self
        strip.values = row
        if any(repeated):
            strip.first_operators = self._strip(texts, self._style, self._aligns).operators
        return strip

    def _equal_up_to(self, place: int, row: Sequence[Any], above: Sequence[Any]) -> bool:
        """Whether the merged columns up to this one hold what they hold in the row above."""
        merged = (number for number in range(place + 1) if self._table.columns[number].merges)
        return all(row[number] == above[number] for number in merged)

    def blank_row(self) -> Strip:
        """The one row of an empty table."""
        strip = self._strip([""] * len(self._widths), self._style, self._aligns)
        strip.band = self
        strip.values = [None] * len(self._widths)
        return strip

    def closing(self, rows: Sequence[Any], *, last: bool) -> list[Strip]:
        """本页小计 of the rows printed on this page, 合计 of all under the last, and the end rule."""
        after = self._table.after if last else 0.0
        rule = Strip(height=after, slack=after, operators=line(0, 0, self._width, 0))
        if not self._adds:
            return [rule]
        self._pages += 1
        page_sums = [
            sum(row[place] or 0 for row in rows) if column.adds else 0
            for place, column in enumerate(self._table.columns)
        ]
        self._sums = [before + now for before, now in zip(self._sums, page_sums, strict=True)]
        strips = [] if last and self._pages == 1 else [self._sum_row(self._table.subtotal, page_sums)]
        if last:
            strips.append(self._sum_row(self._table.total, self._sums))
        return [*strips, rule]

    def _sum_row(self, label: str, sums: Sequence[int]) -> Strip:
        """A closing row: the label over the columns before the first sum."""
        columns = self._table.columns
        lead = next(place for place, column in enumerate(columns) if column.adds)
        texts = [
            column.show(amount) if column.adds else "" for column, amount in zip(columns, sums, strict=True)
        ]
        style = TextStyle(role=Role.HEI, size=self._style.size, leading=self._style.leading)
        if lead == 0:
            return self._strip([f"{label} {texts[0]}", *texts[1:]], style, self._aligns)
        widths = [sum(self._widths[:lead]), *self._widths[lead:]]
        return self._strip([label, *texts[lead:]], style, ["center", *self._aligns[lead:]], widths=widths)

    def _head(self) -> Strip:
        style = TextStyle(role=Role.HEI, size=self._style.size, leading=self._style.leading)
        heads = [column.head for column in self._table.columns]
        strip = self._strip(heads, style, ["center"] * len(heads))
        strip.space = self._table.before
        return strip

    def _strip(
        self,
        texts: Sequence[str],
        style: TextStyle,
        aligns: Sequence[CellAlign],
        *,
        widths: Sequence[float] | None = None,
        repeated: Sequence[bool] | None = None,
    ) -> Strip:
        """Set one row of cells: text centred in height, a rule above and beside every cell."""
        widths = self._widths if widths is None else widths
        repeated = repeated or [False] * len(texts)
        cells = [
            set_lines(text, style, across - 2 * _SIDE) for text, across in zip(texts, widths, strict=True)
        ]
        tallest = max(len(lines) for lines in cells) or 1
        height = max(tallest * style.leading + 2 * _OVER, self._table.least_height)
        operators = [line(0, 0, 0, -height)]
        x = 0.0
        for lines, across, align, again in zip(cells, widths, aligns, repeated, strict=True):
            if not again:
                operators.append(line(x, 0, x + across, 0))
                operators += self._cell(lines, style, x, across, height, align)
            x += across
            operators.append(line(x, 0, x, -height))
        return Strip(height=height, operators="\n".join(operators))

    def _cell(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        x: float,
        across: float,
        height: float,
        align: CellAlign,
    ) -> list[str]:
        inner = across - 2 * _SIDE
        top = -(height - len(lines) * style.leading) / 2 - (style.leading - style.size) / 2
        return [
            draw_line(self._press, each, style, x + _SIDE, top - number * style.leading, inner, align)
            for number, each in enumerate(lines)
        ]
