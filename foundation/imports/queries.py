"""Finding batches and their rows; a batch is seen by whoever uploaded it, and by no one else."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, Table, and_, exists, func, select

from foundation.access.grants import Viewer
from foundation.database.base import Base
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound
from foundation.imports.models import ImportBatch, ImportChange, ImportRow
from foundation.imports.rules import APPLICABLE, STOPPED, BatchState, ChangeAct, Outcome


def batches_of(viewer: Viewer) -> Select[ImportBatch]:
    """Return the selection of the viewer's own batches."""
    return select(ImportBatch).where(ImportBatch.account_id == viewer.account_id)


def get_batch(viewer: Viewer, batch_id: int) -> ImportBatch:
    """Return a batch of the viewer's, or raise ``NotFound``."""
    batch = db.session.scalar(batches_of(viewer).where(ImportBatch.id == batch_id))
    if batch is None:
        raise NotFound
    return batch


def count_previewed(viewer: Viewer) -> int:
    """Count the viewer's batches that wait to be confirmed or discarded."""
    waiting = select(func.count()).where(
        ImportBatch.account_id == viewer.account_id, ImportBatch.state == BatchState.PREVIEWED
    )
    return db.session.scalar(waiting) or 0


def page_of_rows(batch: ImportBatch, sheet: int, outcome: Outcome | None, *, warned: bool, cut: Cut) -> Page:
    """Return a page of a sheet's rows in the order of the file: of one outcome, only the warned, or all."""
    rows = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.sheet == sheet)
    if outcome is not None:
        rows = rows.where(ImportRow.outcome == outcome)
    if warned:
        rows = rows.where(ImportRow.warned)
    return fetch_page(db.session(), rows, Sort(columns=(ImportRow.number,)), cut)


def counts(batch: ImportBatch) -> dict[str, int]:
    """Count a batch's rows by outcome."""
    by_outcome = (
        select(ImportRow.outcome, func.count())
        .where(ImportRow.batch_id == batch.id)
        .group_by(ImportRow.outcome)
    )
    return {outcome.value: count for outcome, count in db.session.execute(by_outcome)}


def waiting_rows(batch: ImportBatch, limit: int) -> Sequence[ImportRow]:
    """Return the next rows that are confirmed but not applied yet, in the order of the file, of one sheet."""
    waiting = select(ImportRow).where(
        ImportRow.batch_id == batch.id, ImportRow.outcome.in_(APPLICABLE), ImportRow.applied_at.is_(None)
    )
    rows = db.session.scalars(waiting.order_by(ImportRow.sheet, ImportRow.number).limit(limit)).all()
    return [row for row in rows if row.sheet == rows[0].sheet]


def first_sheet(batch: ImportBatch, outcome: Outcome | None, *, warned: bool) -> int:
    """Return the first sheet that has rows of this outcome, or warned ones; the first of all if none has."""
    rows = select(func.min(ImportRow.sheet)).where(ImportRow.batch_id == batch.id)
    if outcome is not None:
        rows = rows.where(ImportRow.outcome == outcome)
    if warned:
        rows = rows.where(ImportRow.warned)
    return db.session.scalar(rows) or 0


def count_waiting(batch: ImportBatch) -> int:
    """Count the confirmed rows that are not applied yet."""
    waiting = select(func.count()).where(
        ImportRow.batch_id == batch.id, ImportRow.outcome.in_(APPLICABLE), ImportRow.applied_at.is_(None)
    )
    return db.session.scalar(waiting) or 0


def stopped_rows(batch: ImportBatch, sheet: int) -> Sequence[ImportRow]:
    """Return the rows of a sheet that stay behind, in the order of the file."""
    stopped = select(ImportRow).where(
        ImportRow.batch_id == batch.id, ImportRow.sheet == sheet, ImportRow.outcome.in_(STOPPED)
    )
    return db.session.scalars(stopped.order_by(ImportRow.number)).all()


def changes(batch: ImportBatch, act: ChangeAct) -> Sequence[ImportChange]:
    """Return what a batch created, or changed, the latest first."""
    done = select(ImportChange).where(ImportChange.batch_id == batch.id, ImportChange.act == act)
    return db.session.scalars(done.order_by(ImportChange.id.desc())).all()


def edited_since(batch: ImportBatch, tables: Sequence[str]) -> dict[str, int]:
    """Count, by table, the rows of a batch that somebody has changed since."""
    return {name: count for name in tables if (count := _count_edited(batch, Base.metadata.tables[name]))}


def _count_edited(batch: ImportBatch, table: Table) -> int:
    if "version" not in table.c:
        return 0
    left = (
        select(ImportChange.subject_id, func.max(ImportChange.version_after).label("version"))
        .where(ImportChange.batch_id == batch.id, ImportChange.table_name == table.name)
        .group_by(ImportChange.subject_id)
        .subquery()
    )
    edited = select(func.count()).select_from(left.outerjoin(table, table.c.id == left.c.subject_id))
    return db.session.scalar(edited.where(func.coalesce(table.c.version, -1) != left.c.version)) or 0


def depending(batch: ImportBatch, tables: Sequence[str]) -> Mapping[str, int]:
    """Count, by table, the rows outside a batch that point at rows it created.

    A foreign key that cascades marks a part of its row, which goes with it and holds nothing back.
    """
    found: dict[str, int] = {}
    for child in Base.metadata.sorted_tables:
        for key in child.foreign_keys:
            if key.column.table.name in tables and key.ondelete not in {"CASCADE", "SET NULL"}:
                count = _count_pointing(batch, child, key.parent.name, key.column.table.name)
                if count:
                    found[child.name] = found.get(child.name, 0) + count
    return found


def _count_pointing(batch: ImportBatch, child: Table, column: str, parent: str) -> int:
    ours = ImportChange.__table__.alias("ours")
    created = and_(
        ours.c.batch_id == batch.id,
        ours.c.table_name == parent,
        ours.c.act == ChangeAct.CREATED,
        ours.c.subject_id == child.c[column],
    )
    pointing = select(func.count()).select_from(child.join(ours, created))
    if "id" in child.c:
        own = select(ImportChange.id).where(
            ImportChange.batch_id == batch.id,
            ImportChange.table_name == child.name,
            ImportChange.act == ChangeAct.CREATED,
            ImportChange.subject_id == child.c.id,
        )
        pointing = pointing.where(~exists(own))
    return db.session.scalar(pointing) or 0
