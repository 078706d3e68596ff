"""The life of a batch: uploaded, read, confirmed or discarded, applied, perhaps undone."""

from datetime import datetime

from sqlalchemy import delete

from foundation.access.grants import Viewer
from foundation.attachments import service as attachments
from foundation.attachments.rules import clean_name
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, NotFound
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import BatchState, ImportAct, ImportKind, may_become
from foundation.jobs import service as jobs
from foundation.journal.service import record
from foundation.secrets import keyring
from foundation.wording import Term

READ, APPLY, UNDO = "imports.read", "imports.apply", "imports.undo"
"""The kinds of the jobs that do the long steps."""

_kinds: dict[str, ImportKind] = {}
_BYTE_FOR_BYTE = "latin-1"


class NoSuchKind(DomainError):
    """没有名为“%(name)s”的导入类型；可用的类型有：%(names)s。"""


class NotNow(DomainError):
    """这一批现在是“%(state)s”状态，不能这样办理；请刷新页面查看最新进展。"""


class NothingToApply(DomainError):
    """这一批没有需要新增或更新的行，不必导入；有错误的行请下载错误清单改正后重新上传。"""


def register(kind: ImportKind) -> None:
    """Offer a kind of spreadsheet on the import pages and to ``shecun import``."""
    _kinds[kind.name] = kind


def get_kind(name: str) -> ImportKind:
    """Return the kind of a name, or refuse with the names there are."""
    if name not in _kinds:
        raise NoSuchKind(name=name, names="、".join(sorted(_kinds)) or "—")
    return _kinds[name]


def kinds_open_to(viewer: Viewer) -> list[ImportKind]:
    """Return the kinds that ``viewer`` may import."""
    return [kind for kind in _kinds.values() if viewer.can(kind.permission)]


def kind_open_to(viewer: Viewer, name: str) -> ImportKind:
    """Return a kind that ``viewer`` may import."""
    kind = _kinds.get(name)
    if kind is None:
        raise NotFound
    if not viewer.can(kind.permission):
        raise Forbidden
    return kind


def start(
    kind_name: str,
    file_name: str,
    content: bytes,
    *,
    viewer: Viewer,
    now: datetime,
    in_background: bool = True,
) -> ImportBatch:
    """Take a file in; it is read by a job, or by the caller (``jobs.read_now``) if not ``in_background``."""
    kind = get_kind(kind_name)
    if not viewer.can(kind.permission):
        raise Forbidden
    batch = ImportBatch(
        kind=kind.name,
        file_name=clean_name(file_name, "import.xlsx"),
        digest=_put_sealed(content),
        account_id=viewer.account_id,
        account_name=viewer.name[:60],
        state=BatchState.UPLOADED,
        uploaded_at=now,
    )
    db.session.add(batch)
    db.session.flush()
    record(ImportAct.UPLOADED, batch, viewer=viewer, now=now, note=kind.label)
    if in_background:
        _hand_over(batch, READ, viewer, now)
    return batch


def confirm(batch: ImportBatch, *, viewer: Viewer, now: datetime, in_background: bool = True) -> None:
    """Let the new and the changed rows of a read batch into the register."""
    demand(batch, BatchState.APPLYING, viewer)
    if not batch.applicable:
        raise NothingToApply
    batch.state = BatchState.APPLYING
    record(ImportAct.APPLIED, batch, viewer=viewer, now=now, note=get_kind(batch.kind).label)
    if in_background:
        _hand_over(batch, APPLY, viewer, now)


def undo(
    batch: ImportBatch, *, viewer: Viewer, now: datetime, reason: str, in_background: bool = True
) -> None:
    """Take a batch back out of the register, all of it or nothing."""
    demand(batch, BatchState.UNDOING, viewer)
    batch.state = BatchState.UNDOING
    batch.message, batch.message_values = "", {}
    record(ImportAct.UNDONE, batch, viewer=viewer, now=now, reason=reason, note=get_kind(batch.kind).label)
    if in_background:
        _hand_over(batch, UNDO, viewer, now)


def discard(batch: ImportBatch, *, viewer: Viewer, now: datetime) -> None:
    """Put a batch aside that shall not be imported; what its rows said is forgotten, the counts stay."""
    demand(batch, BatchState.DISCARDED, viewer)
    batch.state = BatchState.DISCARDED
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    record(ImportAct.DISCARDED, batch, viewer=viewer, now=now)


def content_of(batch: ImportBatch) -> bytes:
    """Return the file of a batch as it was handed in."""
    sealed = attachments.fetch(batch.digest, batch.file_name)
    return keyring.current().open(sealed).encode(_BYTE_FOR_BYTE)


def _put_sealed(content: bytes) -> str:
    """Store a file that is full of IDs and telephone numbers so that only this house can read it."""
    return attachments.put(keyring.current().seal(content.decode(_BYTE_FOR_BYTE)))


def demand(batch: ImportBatch, following: BatchState, viewer: Viewer) -> ImportKind:
    """Return the batch's kind, unless it cannot go on so or the viewer may not import it (any more)."""
    kind = get_kind(batch.kind)
    if not viewer.can(kind.permission):
        raise Forbidden
    if not may_become(batch.state, following):
        raise NotNow(state=batch.state)
    return kind


def stop_with(batch: ImportBatch, state: BatchState, error: DomainError) -> None:
    """Leave a batch in ``state`` with the sentence that says why."""
    batch.state = state
    batch.message = error.message
    batch.message_values = {key: _spoken(value) for key, value in error.values.items()}
    db.session.flush()


def _spoken(value: object) -> str:
    return value.label if isinstance(value, Term) else str(value)


def _hand_over(batch: ImportBatch, job_kind: str, viewer: Viewer, now: datetime) -> None:
    title = f"{get_kind(batch.kind).label}：{batch.file_name}"[:200]
    job = jobs.enqueue(job_kind, {"batch": batch.id}, viewer=viewer, now=now, title=title)
    batch.job_id = job.id
    db.session.flush()
