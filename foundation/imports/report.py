"""The workbooks an import hands out: the empty template, and the rows that stayed behind."""

from collections.abc import Iterator
from io import BytesIO

from foundation.imports import queries
from foundation.imports.models import ImportBatch
from foundation.imports.rules import ImportKind, Outcome
from foundation.imports.snapshot import RowBody, unpacked
from foundation.wording import N_
from foundation.workbooks.layouts import Layout
from foundation.workbooks.reading import Row
from foundation.workbooks.writing import refused_sheet, write_sheets, write_template

DUPLICATE = N_("与文件中前面的行重复")
SEVERAL = N_("匹配到多条已有记录，无法判断更新哪一条")


def template(kind: ImportKind) -> bytes:
    """Return the empty workbook of a kind, with drop-downs and notes."""
    target = BytesIO()
    write_template(target, kind.sheets)
    return target.getvalue()


def faults_workbook(batch: ImportBatch, kind: ImportKind) -> bytes:
    """Return the rows that stayed behind with their faults; corrected, the file can be handed in again."""
    sheets = [
        (layout, rows)
        for number, layout in enumerate(kind.sheets)
        if (rows := list(_stopped(batch, number, layout)))
    ]
    target = BytesIO()
    write_sheets(target, [refused_sheet(layout, rows) for layout, rows in sheets])
    return target.getvalue()


def _stopped(batch: ImportBatch, sheet: int, layout: Layout) -> Iterator[tuple[Row, str]]:
    for row in queries.stopped_rows(batch, sheet):
        body = unpacked(row.body)
        values = {column.key: body.cells.get(column.key, "") for column in layout.columns}
        yield Row(row.number, values), _told(row.outcome, body, layout)


def _told(outcome: Outcome, body: RowBody, layout: Layout) -> str:
    titles = {column.key: column.title for column in layout.columns}
    sentences = [
        f"{titles[fault.column]}：{fault.sentence}" if fault.column in titles else fault.sentence
        for fault in body.faults
    ]
    if not sentences:
        sentences = [DUPLICATE if outcome is Outcome.DUPLICATE else SEVERAL]
    return "\n".join(sentences)
