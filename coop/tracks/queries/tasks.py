"""Readers of re-measure tasks; every one of them starts from ``visible_to``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from coop.operations.models import OrderLine
from coop.parcels.models import Parcel
from coop.tracks.models import RemeasureTask, Track, TrackMatch
from coop.tracks.rules.terms import TrackPermission
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound

SORTS = {"opened_at": (RemeasureTask.opened_at, RemeasureTask.id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """What a reader of the re-measure list asks for."""

    division_code: str = ""
    with_resolved: bool = False


def visible_to(viewer: Viewer, permission: TrackPermission = TrackPermission.VIEW) -> ColumnElement[bool]:
    """Return the condition that a re-measure task lies where ``viewer`` holds a permission."""
    return within(viewer, permission, RemeasureTask.division_code)


def page(viewer: Viewer, asked: TaskFilter, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the re-measure tasks with parcel and holder."""
    statement = select(RemeasureTask).where(visible_to(viewer))
    if not asked.with_resolved:
        statement = statement.where(RemeasureTask.resolved_at.is_(None))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        statement = statement.where(RemeasureTask.division_code >= lower, RemeasureTask.division_code < upper)
    statement = statement.options(joinedload(RemeasureTask.parcel).joinedload(Parcel.household))
    key, descending = order
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)


def get(viewer: Viewer, task_id: int) -> RemeasureTask:
    """Return one task with its parcel's ledger and the match it came from, or raise ``NotFound``."""
    statement = (
        select(RemeasureTask)
        .where(RemeasureTask.id == task_id, visible_to(viewer))
        .options(
            joinedload(RemeasureTask.parcel).options(
                joinedload(Parcel.household), selectinload(Parcel.areas)
            ),
            joinedload(RemeasureTask.match).joinedload(TrackMatch.line).joinedload(OrderLine.order),
        )
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def open_on(parcel_ids: Collection[int]) -> set[int]:
    """Return the parcels among these that already wait to be measured again."""
    statement = select(RemeasureTask.parcel_id).where(
        RemeasureTask.parcel_id.in_(parcel_ids), RemeasureTask.resolved_at.is_(None)
    )
    return set(db.session.scalars(statement))


def open_of(track: Track) -> Sequence[RemeasureTask]:
    """Return the tasks that a track opened and nobody has closed."""
    statement = select(RemeasureTask).join(RemeasureTask.match)
    return db.session.scalars(
        statement.where(TrackMatch.track_id == track.id, RemeasureTask.resolved_at.is_(None))
    ).all()


def of_track(track: Track) -> dict[int, RemeasureTask]:
    """Return the tasks that a track opened, by match."""
    statement = select(RemeasureTask).join(RemeasureTask.match).where(TrackMatch.track_id == track.id)
    return {task.match_id: task for task in db.session.scalars(statement)}


def waiting(viewer: Viewer) -> tuple[int, datetime | None]:
    """Return how many parcels wait to be measured again where ``viewer`` does that, and since when."""
    statement = select(func.count(), func.min(RemeasureTask.opened_at)).where(
        visible_to(viewer, TrackPermission.MEASURE), RemeasureTask.resolved_at.is_(None)
    )
    count, first = db.session.execute(statement).one()
    return count, first
