"""A table told once: its columns, its rows, how each value is written and what is added up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.values.area import Mu, SquareMetres, mu, square_metres
from foundation.values.money import Fen, yuan
from foundation.values.percent import plain_percent
from foundation.wording import N_, Term
from foundation.workbooks.layouts import MEASURED, QUANTITIES, Content

Row = Sequence[Any]

TOTAL = N_("合计")
_CHINA = ZoneInfo("Asia/Shanghai")


class TableFormat(Term):
    """What a table leaves the house as."""

    XLSX = "xlsx", N_("Excel 工作簿")
    PDF = "pdf", N_("PDF 文件")


class TableAct(Term):
    """What the journal says about tables that leave the house."""

    EXPORTED = "tables.exported", N_("导出表格")
    PRINTED = "tables.printed", N_("打印表格")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading (source text), what it holds, whether it is added up, its share of width."""

    label: str
    content: Content = Content.TEXT
    total: bool = False
    width: float = 1.0

    @property
    def is_numeric(self) -> bool:
        """Whether the cells lean to the right."""
        return self.content in QUANTITIES

    def written(self, value: Any) -> str:
        """Return a value of this column as people read it; nothing for none."""
        writer = _WRITERS.get(self.content)
        if value is None:
            return ""
        return writer(value) if writer is not None else plain_text(value)


def plain_text(value: Any) -> str:
    """Return any other value as text: a term by its label, a moment as the clock in China showed it."""
    match value:
        case Term():
            return value.label
        case datetime():
            return value.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case bool():
            return "是" if value else "否"
    return str(value)


_WRITERS: dict[Content, Callable[[Any], str]] = {
    Content.YUAN: lambda value: yuan(Fen(value)),
    Content.MU: lambda value: mu(Mu(value)),
    Content.SQUARE_METRES: lambda value: square_metres(SquareMetres(value)),
    Content.PERCENT: plain_percent,
    Content.COUNT: lambda value: f"{value:,}",
}


@dataclass(slots=True, kw_only=True)
class Table:
    """Rows under columns, shown once: as a page, a workbook or a PDF.

    ``rows`` give their values in the order of the columns, quantities as whole hundredths; they may be a
    generator, so that a long table never lies in memory at once. ``conditions`` say what was asked for.
    ``count`` and ``totals`` are right once the rows have been gone through.

    >>> columns = Column(label="名称"), Column(label="亩", content=Content.MU, total=True)
    >>> table = Table(title="地块", columns=columns, rows=[("村东", 120), ("村西", 345)])
    >>> list(table.walk()), table.count, table.total_row()
    ([('村东', 120), ('村西', 345)], 2, ['合计', 465])
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    conditions: str = ""
    notes: Sequence[str] = ()
    count: int = 0
    totals: list[int] = field(default_factory=list)

    def walk(self) -> Iterator[Row]:
        """Give the rows one by one, counting and adding them up on the way."""
        self.count = 0
        self.totals = [0] * len(self.columns)
        adding = [place for place, column in enumerate(self.columns) if column.total]
        for row in self.rows:
            self.count += 1
            for place in adding:
                self.totals[place] += row[place] or 0
            yield row

    def shown(self) -> Iterator[list[str]]:
        """Give the rows as texts."""
        for row in self.walk():
            yield [column.written(value) for column, value in zip(self.columns, row, strict=True)]

    @property
    def has_totals(self) -> bool:
        """Whether any column is added up."""
        return any(column.total for column in self.columns)

    def total_row(self) -> list[Any]:
        """Return the sums under their columns, the word in the first free one; only after the rows."""
        sums: list[Any] = [
            total if column.total else None for column, total in zip(self.columns, self.totals, strict=True)
        ]
        free = next((place for place, column in enumerate(self.columns) if not column.total), None)
        if free is not None and self.columns[free].content not in MEASURED:
            sums[free] = TOTAL
        return sums

    def shown_totals(self) -> list[str]:
        """Return the row of sums as texts."""
        return [
            str(value) if value == TOTAL else column.written(value)
            for column, value in zip(self.columns, self.total_row(), strict=True)
        ]
