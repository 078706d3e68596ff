"""Readers of tracks; every one of them starts from ``visible_to``."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coop.machinery.models import Machine
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries.facts import LIVING
from coop.operations.rules.terms import WorkSource
from coop.parcels.models import ParcelOutline
from coop.tracks.models import Track, TrackMatch
from coop.tracks.rules.terms import TrackOutcome, TrackPermission
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
from foundation.errors import NotFound
from foundation.values.area import SquareMetres

STANDING = Track.undone_at.is_(None)
SORTS = {"uploaded_at": (Track.uploaded_at, Track.id), "started_at": (Track.started_at, Track.id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    division_code: str = ""
    order_id: int | None = None
    with_undone: bool = False
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRow:
    """One line of the list."""

    id: int
    file_name: str
    order_number: str
    village: str
    machine: str
    started_at: datetime
    uploaded_at: datetime
    point_count: int
    width_cm: int
    swept: SquareMetres
    is_undone: bool


def visible_to(viewer: Viewer, permission: TrackPermission = TrackPermission.VIEW) -> ColumnElement[bool]:
    """Return the condition on orders that ``viewer`` may see the tracks of; readers join the order."""
    return within(viewer, permission, WorkOrder.division_code, WorkOrder.dated_on)


def _tracks(viewer: Viewer, permission: TrackPermission = TrackPermission.VIEW) -> Select[Track]:
    return select(Track).join(Track.order).where(visible_to(viewer, permission))


def conditions(asked: TrackFilter) -> list[ColumnElement[bool]]:
    """Return what a list or an export narrows by."""
    found: list[ColumnElement[bool]] = []
    if not asked.with_undone:
        found.append(STANDING)
    if asked.text:
        text = asked.text.strip()
        found.append(or_(WorkOrder.number == text, Track.terminal_number == text, Track.file_name == text))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Track.division_code >= lower, Track.division_code < upper))
    if asked.order_id:
        found.append(Track.order_id == asked.order_id)
    if asked.ids:
        found.append(Track.id.in_(asked.ids))
    return found


def page(viewer: Viewer, asked: TrackFilter, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list."""
    statement = _tracks(viewer).where(*conditions(asked))
    statement = statement.options(contains_eager(Track.order), joinedload(Track.machine))
    key, descending = order
    found = fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)
    return replace(found, rows=rows_of(found.rows))


def rows_of(tracks: Iterable[Track]) -> list[TrackRow]:
    """Return tracks with their orders and machines loaded as lines of the list."""
    tracks = list(tracks)
    villages = paths({track.division_code for track in tracks})
    return [
        TrackRow(
            id=track.id,
            file_name=track.file_name,
            order_number=track.order.number,
            village=villages[track.division_code].short,
            machine=machine_name(track.machine),
            started_at=track.started_at,
            uploaded_at=track.uploaded_at,
            point_count=track.point_count,
            width_cm=track.width_cm,
            swept=track.swept,
            is_undone=track.undone_at is not None,
        )
        for track in tracks
    ]


def machine_name(machine: Machine | None) -> str:
    """Return what a machine is called; nothing for none."""
    if machine is None:
        return ""
    return f"{machine.kind.label} {machine.model}" + (f"（{machine.plate}）" if machine.plate else "")


def get(viewer: Viewer, track_id: int) -> Track:
    """Return one track with its order, hands and matches, or raise ``NotFound``."""
    found = db.session.scalar(_whole(_tracks(viewer).where(Track.id == track_id)))
    if found is None:
        raise NotFound
    return found


def _whole(statement: Select[Track]) -> Select[Track]:
    line = selectinload(Track.matches).joinedload(TrackMatch.line)
    return statement.options(
        contains_eager(Track.order).options(joinedload(WorkOrder.link), joinedload(WorkOrder.programme)),
        joinedload(Track.machine),
        joinedload(Track.operator),
        line.joinedload(OrderLine.parcel),
        line.joinedload(OrderLine.household),
    ).execution_options(populate_existing=True)


def order_for(viewer: Viewer, order_id: int, permission: TrackPermission) -> WorkOrder:
    """Return an order whose tracks ``viewer`` may handle, or raise ``NotFound``."""
    statement = select(WorkOrder).where(WorkOrder.id == order_id, visible_to(viewer, permission))
    parties = (WorkOrder.link, WorkOrder.season, WorkOrder.provider, WorkOrder.machine, WorkOrder.programme)
    found = db.session.scalar(statement.options(*(joinedload(party) for party in parties)))
    if found is None:
        raise NotFound
    return found


def of_order(viewer: Viewer, order_id: int) -> Sequence[Track]:
    """Return the tracks of an order, the undone ones too, in the order in which they came."""
    statement = _tracks(viewer).where(Track.order_id == order_id).order_by(Track.id)
    return db.session.scalars(statement.options(contains_eager(Track.order), joinedload(Track.machine))).all()


def hold_order(order_id: int) -> None:
    """Let nobody else read a track for the same order until this transaction ends."""
    db.session.execute(select(WorkOrder.id).where(WorkOrder.id == order_id).with_for_update())


def living_line_ids(order_id: int) -> list[int]:
    """Return the lines of an order that are not cancelled, by position."""
    statement = select(OrderLine.id).where(OrderLine.order_id == order_id, LIVING)
    return list(db.session.scalars(statement.order_by(OrderLine.position)))


def outlines_of(parcel_ids: Collection[int]) -> dict[int, str]:
    """Return the outlines of parcels as GeoJSON; parcels without one are absent."""
    statement = select(ParcelOutline).where(ParcelOutline.parcel_id.in_(parcel_ids))
    return {row.parcel_id: row.geometry for row in db.session.scalars(statement)}


def standing_on(order_id: int) -> Sequence[Track]:
    """Return the tracks that stand for an order, the earliest first, for those who already hold the order."""
    statement = select(Track).where(Track.order_id == order_id, STANDING).order_by(Track.id)
    return db.session.scalars(statement).all()


def later_on_same_land(track: Track) -> Sequence[Track]:
    """Return the standing tracks of the same order that came later and worked one of the same parcels."""
    worked = TrackMatch.outcome.not_in((TrackOutcome.OUTSIDE, TrackOutcome.NO_OUTLINE))
    own = select(TrackMatch.line_id).where(TrackMatch.track_id == track.id, worked)
    statement = select(Track).where(Track.order_id == track.order_id, Track.id > track.id, STANDING)
    return db.session.scalars(
        statement.where(Track.matches.any(and_(TrackMatch.line_id.in_(own), worked)))
    ).all()


def used_for(digest: str, but: int) -> list[str]:
    """Return the numbers of the other orders for which a file stands."""
    statement = select(WorkOrder.number).join(Track, Track.order_id == WorkOrder.id)
    statement = statement.where(Track.file_digest == digest, STANDING, WorkOrder.id != but)
    return list(db.session.scalars(statement.order_by(WorkOrder.number)))


def twin_of(order_id: int, digest: str) -> Track | None:
    """Return the track that stands for an order with the same file."""
    statement = select(Track).where(Track.order_id == order_id, Track.file_digest == digest, STANDING)
    return db.session.scalar(statement)


def declared_by_people(line_ids: Collection[int]) -> frozenset[int]:
    """Return the lines on which a report stands that did not come from a track."""
    statement = select(WorkReport.line_id).where(
        WorkReport.line_id.in_(line_ids),
        WorkReport.undone_at.is_(None),
        WorkReport.source != WorkSource.TRACK,
    )
    return frozenset(db.session.scalars(statement))
