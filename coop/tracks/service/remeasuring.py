"""Measuring a parcel again: the measure goes into the three-acreage ledger, perhaps as the new basis."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.parcels import service as parcels
from coop.parcels.rules import AreaFact, AreaKind
from coop.tracks.models import RemeasureTask
from coop.tracks.rules.terms import TrackAct, TrackPermission
from coop.tracks.service.refusals import AlreadyResolved, MayNot, NothingMeasured, NoWordOfMeasure
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.journal.service import record
from foundation.values.area import Mu, mu

SHORTEST_REASON = 2
SOURCE = "轨迹面积不符，现场复测"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the measure on the ground found; without an area the old one stands, for the reason given."""

    area: Mu | None
    on: date
    is_basis: bool = False
    resolution: str = ""


def resolve_remeasure(
    task: RemeasureTask, measured: Measured, *, version: int | None, viewer: Viewer, now: datetime
) -> None:
    """Close a task: record the new measure and, if asked for, let settlements go by it."""
    if not viewer.sees(TrackPermission.MEASURE, task.division_code):
        raise MayNot(act=TrackAct.REMEASURED)
    if version is not None and task.version != version:
        raise StaleVersion
    if task.resolved_at is not None:
        raise AlreadyResolved(day=task.resolved_at.astimezone(CHINA).date())
    if measured.area is None and measured.is_basis:
        raise NothingMeasured
    words = measured.resolution.strip()
    if measured.area is None and len(words) < SHORTEST_REASON:
        raise NoWordOfMeasure
    if measured.area is not None:
        _record(task, measured.area, measured, viewer=viewer, now=now)
    task.measured, task.resolution = measured.area, words
    task.resolved_at, task.resolver_id = now, viewer.account_id
    db.session.flush()
    note = f"轨迹 {mu(task.swept)} 亩，申报 {mu(task.declared)} 亩"
    note += f"，复测 {mu(measured.area)} 亩" if measured.area is not None else "，维持原面积"
    record(TrackAct.REMEASURED, task, viewer=viewer, now=now, reason=words, note=note)


def _record(task: RemeasureTask, area: Mu, measured: Measured, *, viewer: Viewer, now: datetime) -> None:
    parcel, today = task.parcel, now.astimezone(CHINA).date()
    fact = AreaFact(
        kind=AreaKind.MEASURED, area=area, square_metres=None, dated_on=measured.on, source=SOURCE
    )
    parcels.record_area(parcel, fact, version=parcel.version, viewer=viewer, now=now, on=today)
    if measured.is_basis and parcel.basis is not AreaKind.MEASURED:
        parcels.choose_basis(
            parcel,
            AreaKind.MEASURED,
            version=parcel.version,
            reason=measured.resolution.strip() or SOURCE,
            viewer=viewer,
            now=now,
            on=measured.on,
        )
