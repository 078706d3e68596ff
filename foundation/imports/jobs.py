"""The long steps of an import, as jobs and, for commands, at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.imports import queries, service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import BatchState, ImportContext
from foundation.imports.service import applying, reading, undoing
from foundation.imports.service.reading import Progress
from foundation.jobs.jobs import Running, handler


@handler(service.READ)
def _read(job: Running) -> Mapping[str, Any]:
    return _done(read_now(_batch(job), job.viewer, job.started_at, job.progress))


@handler(service.APPLY)
def _apply(job: Running) -> Mapping[str, Any]:
    return _done(apply_now(_batch(job), job.viewer, job.started_at, job.progress))


@handler(service.UNDO)
def _undo(job: Running) -> Mapping[str, Any]:
    return _done(undo_now(_batch(job), job.viewer, job.started_at, job.progress))


def _batch(job: Running) -> ImportBatch:
    return queries.get_batch(job.viewer, job.payload["batch"])


def _done(batch: ImportBatch) -> Mapping[str, Any]:
    return {"url": f"/foundation/imports/{batch.id}"}


def read_now(batch: ImportBatch, viewer: Viewer, now: datetime, progress: Progress) -> ImportBatch:
    """Read a batch's file; ``progress`` commits. An unreadable file leaves its reason on the batch."""
    if batch.state is BatchState.PREVIEWED:
        return batch
    kind = service.demand(batch, BatchState.READING, viewer)
    batch_id = batch.id
    try:
        reading.read(
            batch, kind, service.content_of(batch), context=_context(viewer, now, batch), progress=progress
        )
    except DomainError as error:
        db.session.rollback()
        service.stop_with(queries.get_batch(viewer, batch_id), BatchState.FAILED, error)
        progress(0, 0)
        raise
    return batch


def apply_now(batch: ImportBatch, viewer: Viewer, now: datetime, progress: Progress) -> ImportBatch:
    """Apply a confirmed batch; ``progress`` commits each chunk."""
    if batch.state is BatchState.APPLIED:
        return batch
    kind = service.demand(batch, BatchState.APPLYING, viewer)
    applying.apply(batch, kind, context=_context(viewer, now, batch), progress=progress)
    return batch


def undo_now(batch: ImportBatch, viewer: Viewer, now: datetime, progress: Progress) -> ImportBatch:
    """Undo an applied batch in one transaction; a refusal leaves it applied, with the reasons on it."""
    if batch.state is BatchState.UNDONE:
        return batch
    kind = service.demand(batch, BatchState.UNDOING, viewer)
    batch_id = batch.id
    try:
        undoing.undo(batch, kind, context=_context(viewer, now, batch))
    except DomainError as error:
        db.session.rollback()
        service.stop_with(queries.get_batch(viewer, batch_id), BatchState.APPLIED, error)
        progress(0, 0)
        raise
    return batch


def _context(viewer: Viewer, now: datetime, batch: ImportBatch) -> ImportContext:
    reason = f"导入：{batch.file_name}（第 {batch.id} 批）"
    return ImportContext(viewer=viewer, on=now.astimezone(CHINA).date(), now=now, reason=reason)
