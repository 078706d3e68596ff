"""Reading a file: every row is cleaned, judged by its kind, and kept with its verdict."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

from sqlalchemy import Table, delete

from foundation.database.engine import db
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import BatchState, CheckedRow, ImportContext, ImportKind
from foundation.imports.service.cells import cleaner, judged
from foundation.imports.snapshot import packed
from foundation.workbooks.layouts import Layout
from foundation.workbooks.reading import Row, Workbook, read_sheet

CHUNK = 4000

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


def _chunks(workbook: Workbook, kind: ImportKind) -> Iterator[tuple[int, Layout, Sequence[Row]]]:
    for sheet, layout in enumerate(kind.sheets):
        if layout.title in kind.optional and not workbook.has_sheet(layout):
            continue
        rows = read_sheet(workbook, layout)
        while chunk := list(islice(rows, CHUNK)):
            yield sheet, layout, chunk


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


def _keep(batch_id: int, sheet: int, rows: Sequence[Row], verdicts: Iterable[CheckedRow]) -> None:
    """Insert a chunk in one statement of many rows, past the unit of work."""
    values: list[dict[str, Any]] = [
        {
            "batch_id": batch_id,
            "sheet": sheet,
            "number": row.number,
            "outcome": verdict.outcome,
            "label": verdict.label[:200],
            "subject_id": verdict.subject_id,
            "warned": bool(verdict.warnings),
            "body": packed(row.values, verdict),
        }
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    db.session.connection().execute(cast("Table", ImportRow.__table__).insert(), values)
