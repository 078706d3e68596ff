"""Reading a file: every row is cleaned, judged by its kind, and kept with its verdict."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import cast

from sqlalchemy import Table, delete

from foundation.database.engine import db
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import BatchState, CheckedRow, ImportContext, ImportKind
from foundation.imports.service.cells import cleaner, judged
from foundation.imports.snapshot import packed
from foundation.secrets import keyring
from foundation.workbooks.layouts import Layout, bare_heading
from foundation.workbooks.reading import EmptySheet, MissingSheet, Row, Workbook, read_sheet

CHUNK = 4000

GUIDES = frozenset({"填写说明", "可选项"})
"""The sheets of our own templates that hold no rows."""

_NAMELESS = "一张没有工作表名称的表（文本文件）"

Progress = Callable[[int, int], None]
"""Told after each chunk how many rows are done and how many there are (0: not known); it commits."""


def read(
    batch: ImportBatch, kind: ImportKind, content: bytes, *, context: ImportContext, progress: Progress
) -> None:
    """Read the whole file anew: what an earlier, interrupted reading left is put away first."""
    batch.state = BatchState.READING
    batch.message, batch.message_values = "", {}
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    batch_id, counts, warned, done = batch.id, Counter[str](), 0, 0
    with _rare_collections():
        for sheet, layout, rows in _chunks(Workbook(content), kind):
            verdicts = _verdicts(kind, layout, rows, context)
            _keep(batch_id, sheet, rows, verdicts)
            counts.update(verdict.outcome.value for verdict in verdicts)
            warned += sum(1 for verdict in verdicts if verdict.warnings)
            done += len(rows)
            progress(done, 0)
    batch.counts, batch.warned = dict(counts), warned
    batch.state, batch.read_at = BatchState.PREVIEWED, context.now
    db.session.flush()


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let the garbage collector look seldom: of 100,000 rows nothing is cyclic, and looking costs a fifth."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _chunks(workbook: Workbook, kind: ImportKind) -> Iterator[tuple[int, Layout, Sequence[Row]]]:
    """Give the rows of the sheets that are there; a single empty sheet is no fault, an empty file is."""
    empty: EmptySheet | None = None
    found = False
    for sheet, layout in _present(workbook, kind):
        rows = read_sheet(workbook, layout)
        try:
            while chunk := list(islice(rows, CHUNK)):
                found = True
                yield sheet, layout, chunk
        except EmptySheet as error:
            empty = error
    if empty is not None and not found:
        raise empty


def _present(workbook: Workbook, kind: ImportKind) -> list[tuple[int, Layout]]:
    """Return the sheets to read; one may be missing unless a sheet of an unknown name may be meant for it."""
    sheets = list(enumerate(kind.sheets))
    if len(sheets) == 1:
        return sheets
    names = {bare_heading(title) for title in workbook.titles}
    known = {bare_heading(layout.title) for layout in kind.sheets}
    missing = [layout for layout in kind.sheets if bare_heading(layout.title) not in names]
    if missing and (names - known - GUIDES or len(missing) == len(sheets)):
        raise MissingSheet(
            title=missing[0].title, found="、".join(filter(None, workbook.titles)) or _NAMELESS
        )
    return [(sheet, layout) for sheet, layout in sheets if layout not in missing]


def _verdicts(
    kind: ImportKind, layout: Layout, rows: Sequence[Row], context: ImportContext
) -> list[CheckedRow]:
    clean = cleaner(layout)
    cleaned = [clean(row) for row in rows]
    verdicts = kind.check(context, layout.title, [row for row, _, _ in cleaned])
    return [
        judged(verdict, faults, warnings)
        for verdict, (_, faults, warnings) in zip(verdicts, cleaned, strict=True)
    ]


KEPT = ("batch_id", "sheet", "number", "outcome", "label", "subject_id", "warned", "body")


def _keep(batch_id: int, sheet: int, rows: Sequence[Row], verdicts: Iterable[CheckedRow]) -> None:
    """Insert a chunk by one statement of the driver: half the cost of the same through SQLAlchemy's types."""
    seal = keyring.current().seal
    values = [
        (
            batch_id,
            sheet,
            row.number,
            verdict.outcome.value,
            verdict.label[:200],
            verdict.subject_id,
            bool(verdict.warnings),
            seal(packed(row.values, verdict)),
        )
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    connection = db.session.connection()
    statement = cast("Table", ImportRow.__table__).insert()
    compiled = statement.compile(dialect=connection.dialect, column_keys=KEPT)
    given = values if compiled.positional else [dict(zip(KEPT, row, strict=True)) for row in values]
    connection.exec_driver_sql(str(compiled), given)
