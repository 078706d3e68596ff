"""Sheets out: exports in fixed memory, templates to fill in, lists of refused rows to correct."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from foundation.workbooks.books import Value, new_book
from foundation.workbooks.layouts import ERROR_TITLE, ROW_NUMBER_TITLE, Column, Content, Layout
from foundation.workbooks.reading import Row

_GUIDE = Layout(
    "填写说明",
    (
        Column(key="sheet", title="工作表", width=16),
        Column(key="title", title="列名", width=20),
        Column(key="required", title="是否必填", width=10),
        Column(key="content", title="填写格式", width=40),
        Column(key="choices", title="可选项", width=50),
        Column(key="note", title="说明", width=60),
    ),
)
_ROW_NUMBER = Column(key="row_number", title=ROW_NUMBER_TITLE, content=Content.COUNT)
_ERROR = Column(key="error", title=ERROR_TITLE, width=60)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write, each row in the order of the columns.

    Mu, square metres, yuan and percent are handed in as whole hundredths and days as dates, so that the
    sheet can calculate with them; everything else is text, None stays empty.
    """

    layout: Layout
    rows: Iterable[Sequence[Value]]


def write_sheets(target: Path | IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write filled sheets; :func:`foundation.workbooks.reading.read_sheet` reads the same values back."""
    with new_book(target) as book:
        for sheet in sheets:
            book.add_sheet(sheet.layout, sheet.rows)


def write_template(target: Path | IO[bytes], layouts: Sequence[Layout]) -> None:
    """Write empty sheets with drop-downs and notes on the headings, and a last one that explains them."""
    with new_book(target) as book:
        for layout in layouts:
            book.add_form(layout)
        book.add_sheet(_GUIDE, _guidance(layouts))
        book.add_choices()


def write_refused(target: Path | IO[bytes], layout: Layout, refused: Iterable[tuple[Row, str]]) -> None:
    """Write one sheet of refused rows."""
    write_sheets(target, [refused_sheet(layout, refused)])


def refused_sheet(layout: Layout, refused: Iterable[tuple[Row, str]]) -> Sheet:
    """Return refused rows as they were handed in, each with its row number and what is wrong with it.

    Corrected, the file can be handed in again as it is: the two added columns are passed over.
    """
    plain = tuple(
        Column(key=c.key, title=c.title, required=c.required, width=c.width) for c in layout.columns
    )
    rows: Iterator[Sequence[Value]] = (
        (*(row.values[column.key] for column in layout.columns), row.number, error) for row, error in refused
    )
    return Sheet(Layout(layout.title, (*plain, _ROW_NUMBER, _ERROR)), rows)


def _guidance(layouts: Sequence[Layout]) -> Iterator[Sequence[Value]]:
    for layout in layouts:
        for column in layout.columns:
            required = "必填" if column.required else "选填"
            choices = "、".join(column.choices)
            yield (layout.title, column.title, required, column.content.label, choices, column.note)
