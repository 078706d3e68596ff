"""A table as a workbook, as a PDF, and as the answer to a request for either."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from flask import Response, send_file

from foundation import typesetting
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.tables import service
from foundation.tables.rules import Column, Row, Table, TableFormat, plain_text
from foundation.typesetting.ink import mm
from foundation.workbooks import layouts
from foundation.workbooks.books import Value
from foundation.workbooks.layouts import QUANTITIES, Content
from foundation.workbooks.writing import Sheet, write_sheets

UPRIGHT = replace(typesetting.CONTRACT, left=mm(15), right=mm(15), top=mm(20), bottom=mm(20))
LYING = replace(UPRIGHT, width=UPRIGHT.height, height=UPRIGHT.width)
WIDEST_UPRIGHT = 7.0
"""A table whose columns share out more than this is printed lying."""

MEDIA_TYPES = {
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TableFormat.PDF: "application/pdf",
}


def workbook(table: Table) -> bytes:
    """Return the table as a workbook: numbers as numbers, codes as text, sums in the last row."""
    columns = tuple(
        layouts.Column(key=str(place), title=column.label, content=column.content)
        for place, column in enumerate(table.columns)
    )
    target = BytesIO()
    write_sheets(target, [Sheet(layouts.Layout(_sheet_title(table.title), columns), _cells(table))])
    return target.getvalue()


def _sheet_title(title: str) -> str:
    """Return a title as a sheet may bear it: at most 31 characters, no brackets, slashes, colons, stars."""
    return title.translate(str.maketrans("[]:*?/\\", "（）：＊？／＼"))[:31]


def _cells(table: Table) -> Iterator[Sequence[Value]]:
    for row in table.walk():
        yield [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]
    if table.has_totals and table.count:
        yield table.total_row()


def _cell(column: Column, value: Any) -> Value:
    if value is None or column.content in QUANTITIES:
        return value  # type: ignore[no-any-return]
    if column.content is Content.DATE and isinstance(value, date) and not isinstance(value, datetime):
        return value
    return plain_text(value)


def pdf(table: Table, *, on: date) -> bytes:
    """Return the table as A4 pages with repeated heads, a subtotal on each page and the grand total."""
    rows: list[Row] = list(table.walk())
    style = LYING if sum(column.width for column in table.columns) > WIDEST_UPRIGHT else UPRIGHT
    document = typesetting.Document(
        title=table.title,
        style=style,
        furniture=typesetting.Furniture(head_left=table.title, head_right=f"共 {table.count} 行　{on}"),
    )
    document.add(typesetting.Title(table.title, after=6))
    if table.conditions:
        document.add(typesetting.Paragraph(f"查询条件：{table.conditions}", indent=0, style=style.table))
    document.add(typesetting.Table([_printed(column) for column in table.columns], rows))
    for note in table.notes:
        document.add(typesetting.Paragraph(note, indent=0, before=4, style=style.table))
    return document.render()


def _printed(column: Column) -> typesetting.Column:
    return typesetting.Column(
        head=column.label,
        share=column.width,
        align="right" if column.is_numeric else "left",
        show=column.written,
        adds=column.total,
    )


def answer(table: Table, form: TableFormat, *, viewer: Viewer, now: datetime) -> Response:
    """Return the table as a file and note it in the journal; the view commits before it returns this."""
    on = now.astimezone(CHINA).date()
    content = workbook(table) if form is TableFormat.XLSX else pdf(table, on=on)
    service.note(table, form, viewer=viewer, now=now)
    return send_file(
        BytesIO(content),
        mimetype=MEDIA_TYPES[form],
        as_attachment=form is TableFormat.XLSX,
        download_name=f"{table.title}{on:%Y%m%d}.{form.value}",
    )
