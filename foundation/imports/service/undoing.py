"""Undoing a batch: all of it, as long as nobody has built upon it."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Mapper

from foundation.database.base import Base
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.imports import queries
from foundation.imports.models import ImportBatch, ImportChange
from foundation.imports.rules import BatchState, ChangeAct, ImportContext, ImportKind
from foundation.imports.service.recording import restored

CHUNK = 500


class BuiltUpon(DomainError):
    """不能撤销：%(reasons)s。请先撤销或改正这些记录，再撤销这一批。"""


def undo(batch: ImportBatch, kind: ImportKind, *, context: ImportContext) -> None:
    """Restore what the batch changed and delete what it created, or refuse with the reasons."""
    created = _ids_by_table(queries.changes(batch, ChangeAct.CREATED))
    changed = queries.changes(batch, ChangeAct.CHANGED)
    tables = sorted({*created, *(change.table_name for change in changed)})
    reasons = [*_reasons(batch, kind, tables), *kind.dependents(context, created)]
    if reasons:
        raise BuiltUpon(reasons="；".join(reasons[:5]))
    _restore(changed)
    _delete(created)
    kind.undone(context, _ids_by_table(changed))
    batch.state, batch.undone_at = BatchState.UNDONE, context.now
    db.session.flush()


def _reasons(batch: ImportBatch, kind: ImportKind, tables: Sequence[str]) -> list[str]:
    edited = queries.edited_since(batch, tables)
    depending = queries.depending(batch, tables)
    return [
        *(f"{count} 条{kind.nouns.get(name, '记录')}在导入后又被修改" for name, count in edited.items()),
        *(f"{count} 条{kind.nouns.get(name, '其他记录')}引用了这一批" for name, count in depending.items()),
    ]


def _ids_by_table(changes: Sequence[ImportChange]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for change in changes:
        ids.setdefault(change.table_name, []).append(change.subject_id)
    return ids


def _restore(changed: Sequence[ImportChange]) -> None:
    """Give changed rows back what they held, the latest change first; their versions go on counting."""
    mappers = {mapper.local_table.description: mapper for mapper in Base.registry.mappers}
    for start in range(0, len(changed), CHUNK):
        for change in changed[start : start + CHUNK]:
            _restore_one(mappers[change.table_name], change)
        db.session.flush()


def _restore_one(mapper: Mapper[Base], change: ImportChange) -> None:
    row = db.session.get(mapper.class_, change.subject_id)
    if row is None:
        return
    counter = mapper.version_id_col
    for name, value in json.loads(change.before or "{}").items():
        if counter is None or mapper.columns[name] is not counter:
            setattr(row, name, restored(mapper, name, value))


def _delete(created: Mapping[str, Sequence[int]]) -> None:
    """Delete created rows, those that point at others first."""
    for table in reversed(Base.metadata.sorted_tables):
        ids = created.get(table.name, ())
        for start in range(0, len(ids), CHUNK):
            _delete_some(table, ids[start : start + CHUNK])
    db.session.expire_all()


def _delete_some(table: Table, ids: Sequence[int]) -> None:
    db.session.connection().execute(delete(table).where(table.c.id.in_(ids)))


def can_be_undone(batch: ImportBatch) -> bool:
    """Tell whether a batch is in the register."""
    return batch.state is BatchState.APPLIED and bool(
        db.session.scalar(select(ImportChange.id).where(ImportChange.batch_id == batch.id).limit(1))
    )
