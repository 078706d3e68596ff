"""Applying a confirmed batch in chunks, each of which is in the register whole or not at all."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Table, text
from sqlalchemy.exc import IntegrityError

from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.imports import queries
from foundation.imports.models import ImportBatch, ImportChange, ImportRow
from foundation.imports.rules import (
    AppliedRow,
    BatchState,
    ImportContext,
    ImportKind,
    Outcome,
    RowFault,
    fault,
)
from foundation.imports.service.reading import Progress
from foundation.imports.service.recording import taped
from foundation.imports.snapshot import unpacked, with_fault

CHUNK = 500
WORTH_ANALYSING = 1000


class RegisteredMeanwhile(DomainError):
    """这一行与预览之后他人登记的内容冲突，没有导入；请重新上传文件，按新的预览结果处理。"""


def apply(batch: ImportBatch, kind: ImportKind, *, context: ImportContext, progress: Progress) -> None:
    """Apply what is still waiting; after a crash that is exactly what was not committed."""
    batch_id, total, waiting = batch.id, batch.applicable, queries.count_waiting(batch)
    done = total - waiting
    while rows := queries.waiting_rows(batch, CHUNK):
        size = len(rows)
        if not _applied(batch_id, kind, rows, context):
            context = replace(context, memory={})
            for row in rows:
                _apply_one(batch_id, kind, row, context)
        done += size
        progress(done, total)
    batch.counts = queries.counts(batch)
    batch.state, batch.applied_at = BatchState.APPLIED, context.now
    db.session.flush()
    if total >= WORTH_ANALYSING:
        db.session.execute(text("ANALYZE"))


def _applied(batch_id: int, kind: ImportKind, rows: Sequence[ImportRow], context: ImportContext) -> bool:
    """Apply rows of one sheet together; tell whether none refused."""
    return _attempt(batch_id, kind, rows, context) is None


def _apply_one(batch_id: int, kind: ImportKind, row: ImportRow, context: ImportContext) -> None:
    """Apply a row alone, or set it aside with the reason."""
    refused = _attempt(batch_id, kind, [row], replace(context, memory={}))
    if refused is not None:
        row.outcome = Outcome.REFUSED
        row.body = with_fault(row.body, refused)
        db.session.flush()


def _attempt(
    batch_id: int, kind: ImportKind, rows: Sequence[ImportRow], context: ImportContext
) -> RowFault | None:
    """Apply rows inside a savepoint and return what refused them, if anything did."""
    given = [_given(kind, row) for row in rows]
    try:
        with db.session.begin_nested():
            with taped(db.session()) as tape:
                kind.apply(context, given)
            _keep(batch_id, tape.changes())
            for row in rows:
                row.applied_at = context.now
    except DomainError as error:
        return fault("", error)
    except IntegrityError:
        return fault("", RegisteredMeanwhile())
    return None


def _given(kind: ImportKind, row: ImportRow) -> AppliedRow:
    payload = unpacked(row.body).payload
    return AppliedRow(
        sheet=kind.sheets[row.sheet].title,
        number=row.number,
        outcome=row.outcome,
        payload=payload or {},
        subject_id=row.subject_id,
    )


def _keep(batch_id: int, changes: Sequence[dict[str, Any]]) -> None:
    rows = [{**change, "batch_id": batch_id, "before": _sealed(change["before"])} for change in changes]
    if rows:
        db.session.connection().execute(cast("Table", ImportChange.__table__).insert(), rows)


def _sealed(before: dict[str, Any] | None) -> str | None:
    return None if before is None else json.dumps(before, ensure_ascii=False)
