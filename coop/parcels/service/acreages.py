"""The verbs of the three-acreage ledger: add a line, choose the basis of settlements."""

from collections.abc import Iterable
from datetime import date, datetime

from coop.organisations.service import demand_reason, demand_scope
from coop.parcels.models import Parcel, ParcelArea
from coop.parcels.rules import (
    AreaFact,
    AreaKind,
    ParcelAct,
    ParcelPermission,
    areas_agree,
    current_areas,
    default_basis,
)
from coop.parcels.service.demands import demand_open, demand_version
from coop.parcels.service.refusals import AreaInFuture, AreasDisagree, NoArea, NoSuchBasis
from coop.parcels.service.watching import tell_resized
from foundation.access.grants import Viewer
from foundation.journal.service import record
from foundation.values.area import Mu, SquareMetres, mu, mu_from_square_metres, square_metres


def check_area(fact: AreaFact, on: date) -> None:
    """Refuse a line of the ledger that cannot be true."""
    check_acreage(fact.area, fact.square_metres)
    if fact.dated_on > on:
        raise AreaInFuture(day=fact.dated_on)


def check_acreage(area: Mu, square: SquareMetres | None) -> None:
    """Refuse no land at all, and mu that are not the square metres beside them."""
    if not area:
        raise NoArea
    if square is not None and not areas_agree(area, square):
        expected = mu(mu_from_square_metres(square))
        raise AreasDisagree(square_metres=square_metres(square), expected=expected, area=mu(area))


def note_areas(parcel: Parcel, facts: Iterable[AreaFact]) -> None:
    """Add lines to the loaded ledger of a parcel and bring its current figures up to date."""
    for fact in facts:
        row = ParcelArea(kind=fact.kind, area=fact.area, square_metres=fact.square_metres)
        row.dated_on, row.source = fact.dated_on, fact.source
        parcel.areas.append(row)
    current = current_areas(ledger(parcel))
    parcel.title_area, parcel.contract_area, parcel.measured_area = (
        current[kind].area if kind in current else None for kind in AreaKind
    )
    if parcel.basis not in current:
        parcel.basis = default_basis(current)
    parcel.area = current[parcel.basis].area if parcel.basis in current else Mu(0)


def point_at(parcel: Parcel, kind: AreaKind) -> None:
    """Let settlements go by another acreage of a parcel, unjournalled; refuse one that it does not have."""
    area = parcel.area_of(kind)
    if area is None:
        raise NoSuchBasis(kind=kind)
    parcel.basis, parcel.area = kind, area


def ledger(parcel: Parcel) -> list[AreaFact]:
    """Return the lines of the ledger in the order in which they were recorded."""
    return [
        AreaFact(
            kind=row.kind,
            area=row.area,
            square_metres=row.square_metres,
            dated_on=row.dated_on,
            source=row.source,
        )
        for row in parcel.areas
    ]


def record_area(
    parcel: Parcel, fact: AreaFact, *, version: int, viewer: Viewer, now: datetime, on: date
) -> None:
    """Add an acreage to the ledger; the figures of before stay readable."""
    demand_version(parcel, version)
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_open(parcel)
    check_area(fact, on)
    before = parcel.area
    note_areas(parcel, (fact,))
    record(ParcelAct.AREA_RECORDED, parcel, viewer=viewer, now=now, reason=fact.source)
    if parcel.area != before:
        tell_resized({parcel.id: fact.dated_on}, now=now)


def choose_basis(
    parcel: Parcel, kind: AreaKind, *, version: int, reason: str, viewer: Viewer, now: datetime, on: date
) -> None:
    """Point settlements at another of the three acreages from ``on``."""
    demand_version(parcel, version)
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_open(parcel)
    demand_reason(reason)
    before = parcel.area
    point_at(parcel, kind)
    record(ParcelAct.BASIS_CHANGED, parcel, viewer=viewer, now=now, reason=reason)
    if parcel.area != before:
        tell_resized({parcel.id: on}, now=now)
