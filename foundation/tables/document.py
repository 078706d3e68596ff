"""A table as a workbook, as a PDF, and as the answer to a request for either."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from flask import Response
from wtforms import SelectField

from foundation import typesetting
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.errors import DomainError
from foundation.tables import service
from foundation.tables.rules import Column, Row, Table, TableFormat, plain_text
from foundation.typesetting.ink import mm
from foundation.web.downloads import shown, spreadsheet
from foundation.web.forms import QueryForm
from foundation.wording import Term
from foundation.workbooks import layouts
from foundation.workbooks.books import Value
from foundation.workbooks.layouts import QUANTITIES, Content
from foundation.workbooks.writing import Sheet, write_sheets

UPRIGHT = replace(typesetting.CONTRACT, left=mm(15), right=mm(15), top=mm(20), bottom=mm(20))
LYING = replace(UPRIGHT, width=UPRIGHT.height, height=UPRIGHT.width)
WIDEST_UPRIGHT = 7.0
"""A table whose columns share out more than this is printed lying."""

MOST_PRINTED = 5000


class TooManyToPrint(DomainError):
    """打印的表格最多 %(limit)s 行；请缩小查询范围，或改为导出 Excel。"""


SMALL = replace(UPRIGHT.table, size=8, leading=11)
MOST_IN_USUAL_SIZE = 9
"""A table of more columns is set small."""


def workbook(table: Table) -> bytes:
    """Return the table as a workbook: numbers as numbers, codes as text; sums are left to the reader."""
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


def _cell(column: Column, value: Any) -> Value:
    if value is None or column.content in QUANTITIES:
        return value  # type: ignore[no-any-return]
    if column.content is Content.DATE and isinstance(value, date) and not isinstance(value, datetime):
        return value
    return plain_text(value)


def pdf(table: Table, *, on: date) -> bytes:
    """Return the table as A4 pages with repeated heads, a subtotal on each page and the grand total."""
    rows: list[Row] = list(islice(table.walk(), MOST_PRINTED + 1))
    if len(rows) > MOST_PRINTED:
        raise TooManyToPrint(limit=f"{MOST_PRINTED:,}")
    style = LYING if sum(column.width for column in table.columns) > WIDEST_UPRIGHT else UPRIGHT
    document = typesetting.Document(
        title=table.title,
        style=style,
        furniture=typesetting.Furniture(head_left=table.title, head_right=f"共 {table.count} 行　{on}"),
    )
    document.add(typesetting.Title(table.title, after=6))
    if table.conditions:
        document.add(typesetting.Paragraph(f"查询条件：{table.conditions}", indent=0, style=style.table))
    small = SMALL if len(table.columns) > MOST_IN_USUAL_SIZE else style.table
    document.add(typesetting.Table([_printed(column) for column in table.columns], rows, style=small))
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


def conditions(query: QueryForm) -> str:
    """Return what a query bar asked for as people say it: 模式：流转式；状态：已签订."""
    said = (
        f"{query[name].label.text}：{_said(query[name], value)}" for name, value in query.values().items()
    )
    return "；".join(said)


def _said(field: Any, value: Any) -> str:
    """Return a value of a field as its box shows it."""
    if isinstance(field, SelectField):
        choices: Iterable[Any] = field.iter_choices()
        return next((str(choice.label) for choice in choices if choice.selected), plain_text(value))
    return plain_text(value)


def answer(
    table: Table, form: TableFormat, *, viewer: Viewer, now: datetime, act: Term | None = None
) -> Response:
    """Return the table as a file and note it in the journal; the view commits before it returns this."""
    on = now.astimezone(CHINA).date()
    content = workbook(table) if form is TableFormat.XLSX else pdf(table, on=on)
    service.note(table, form, viewer=viewer, now=now, act=act)
    name = f"{table.title}{on:%Y%m%d}.{form.value}"
    return spreadsheet(content, name) if form is TableFormat.XLSX else shown(content, name)
