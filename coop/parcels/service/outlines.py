"""Keeping the outlines of parcels: proved, measured, compared with the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shapely.geometry import Polygon

from coop.parcels import queries
from coop.parcels.models import Parcel, ParcelOutline
from coop.parcels.rules import OutlineOutcome, ParcelAct, ParcelPermission, differs_much
from coop.parcels.service.refusals import AreaInFuture, OutlineDiffers
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.geography.geojson import written
from foundation.geography.plane import square_metres
from foundation.journal.service import record
from foundation.values.area import Mu, mu, mu_from_square_metres


class UnknownParcel(DomainError):
    """地块 %(code)s 没有登记，或不在您的管辖范围内；请先登记地块，或核对编码。"""


class OutlineOfClosed(DomainError):
    """地块 %(code)s 已于 %(day)s 停用；请给分割或合并后的地块画界线。"""


class OutlinedTwice(DomainError):
    """地块 %(code)s 在文件中出现两次；请只留一个图形。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineDetails:
    """What a file says of one parcel: its place in the file, its code, its shape or why there is none."""

    place: int
    code: str
    polygon: Polygon | None = None
    fault: DomainError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineVerdict:
    """What came of one shape of a file: kept or refused, its area, and what there is to say."""

    place: int
    code: str
    outcome: OutlineOutcome
    area: Mu | None = None
    said: DomainError | None = None


def keep_outlines(
    shapes: Sequence[OutlineDetails], *, source: str, dated_on: date, viewer: Viewer, now: datetime
) -> list[OutlineVerdict]:
    """Keep every sound outline of a file, a newer one instead of an older; the others stay behind."""
    if dated_on > now.astimezone(CHINA).date():
        raise AreaInFuture(day=dated_on)
    parcels = queries.by_codes({shape.code for shape in shapes})
    known = queries.outlines_of([parcel.id for parcel in parcels.values()])
    seen: set[str] = set()
    verdicts = []
    for shape in shapes:
        parcel = parcels.get(shape.code)
        try:
            verdict = _judge(shape, parcel, known, seen, viewer)
        except DomainError as refusal:
            outcome = OutlineOutcome.REFUSED
            verdicts.append(OutlineVerdict(place=shape.place, code=shape.code, outcome=outcome, said=refusal))
            continue
        if parcel is not None and shape.polygon is not None and verdict.outcome is not OutlineOutcome.SAME:
            _keep(parcel, shape.polygon, known, source, dated_on)
        verdicts.append(verdict)
    kept = sum(one.outcome in (OutlineOutcome.NEW, OutlineOutcome.REPLACED) for one in verdicts)
    if kept:
        record(ParcelAct.OUTLINED, None, viewer=viewer, now=now, reason=source, note=f"{kept} 块")
    return verdicts


def _judge(
    shape: OutlineDetails,
    parcel: Parcel | None,
    known: dict[int, ParcelOutline],
    seen: set[str],
    viewer: Viewer,
) -> OutlineVerdict:
    """Return what an outline comes to, or refuse it."""
    if shape.polygon is None:
        raise shape.fault or UnknownParcel(code=shape.code)
    if parcel is None or not viewer.sees(ParcelPermission.IMPORT, parcel.division_code):
        raise UnknownParcel(code=shape.code)
    if parcel.closed_on is not None:
        raise OutlineOfClosed(code=parcel.code, day=parcel.closed_on)
    if parcel.code in seen:
        raise OutlinedTwice(code=parcel.code)
    seen.add(parcel.code)
    before = known.get(parcel.id)
    outcome = OutlineOutcome.NEW if before is None else OutlineOutcome.REPLACED
    if before is not None and before.geometry == written(shape.polygon):
        outcome = OutlineOutcome.SAME
    area = mu_from_square_metres(square_metres(shape.polygon))
    held = parcel.title_area or parcel.area
    said = OutlineDiffers(area=mu(area), held=mu(held)) if differs_much(area, held) else None
    return OutlineVerdict(place=shape.place, code=shape.code, outcome=outcome, area=area, said=said)


def _keep(
    parcel: Parcel, polygon: Polygon, known: dict[int, ParcelOutline], source: str, dated_on: date
) -> None:
    row = known.get(parcel.id) or ParcelOutline(parcel_id=parcel.id)
    row.geometry, row.square_metres = written(polygon), square_metres(polygon)
    row.source, row.dated_on = source, dated_on
    db.session.add(row)
    known[parcel.id] = row
