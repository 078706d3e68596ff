"""Splitting and merging parcels: area in equals area out, and what stood before stays readable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coop.organisations.service import demand_reason, demand_scope
from coop.parcels import queries
from coop.parcels.models import Parcel, ParcelLineage
from coop.parcels.rules import (
    Alike,
    AreaFact,
    AreaKind,
    LandShare,
    ParcelAct,
    ParcelPermission,
    current_areas,
    portions,
)
from coop.parcels.service.acreages import ledger, note_areas, point_at
from coop.parcels.service.demands import demand_open, demand_version
from coop.parcels.service.refusals import (
    CodesUsedUp,
    MeasuredOfSome,
    MergeAcross,
    NoArea,
    NothingLeft,
    NotMeasured,
    ParcelWithoutArea,
    PartsDisagree,
    RepeatedCode,
    ReshapedInFuture,
    SeveralWithoutArea,
    TooFewParcels,
    TooFewParts,
)
from coop.parcels.service.registering import ParcelDetails, check, fill
from coop.parcels.service.watching import tell_relocated
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.journal.service import record
from foundation.values.area import Mu, SquareMetres, mu

FEWEST = 2
KEPT = ("household_id", "land_contract_id", "land_class", "grade", "obtained_by", "is_confirmed")
"""What a part has from the parcel it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDetails:
    """One part of a split: without a code it gets the next free one, without an area the rest."""

    name: str
    code: str = ""
    area: Mu | None = None
    measured: Mu | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedDetails:
    """The parcel that a merge makes; without a code it gets the next free one."""

    name: str
    code: str = ""


def split(
    parcel: Parcel,
    parts: Sequence[PartDetails],
    *,
    version: int,
    on: date,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> list[Parcel]:
    """Make several parcels of one whose ledger is loaded; each kind of acreage adds up to its own exactly."""
    _demand([parcel], {parcel.id: version}, on=on, reason=reason, viewer=viewer, now=now)
    if len(parts) < FEWEST:
        raise TooFewParts
    areas = _areas(parcel, parts)
    facts = _shared_out(parcel, parts, areas, on)
    codes = _codes(parcel.code[:14], [part.code for part in parts])
    made = []
    for part, code, its_facts in zip(parts, codes, facts, strict=True):
        kept = {name: getattr(parcel, name) for name in KEPT}
        made.append(_make(ParcelDetails(code=code, name=part.name, **kept), its_facts, parcel))
    shares = [LandShare(parcel.id, one.id, area) for one, area in zip(made, areas, strict=True)]
    _hand_over([parcel], made, shares, ParcelAct.SPLIT, on=on, reason=reason, viewer=viewer, now=now)
    return made


def merge(
    parcels: Sequence[Parcel],
    details: MergedDetails,
    *,
    versions: Mapping[int, int],
    on: date,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> Parcel:
    """Make one parcel of several of one holder, whose ledgers are loaded; its acreages are their sums."""
    parcels = list(dict.fromkeys(parcels))
    _demand(parcels, versions, on=on, reason=reason, viewer=viewer, now=now)
    if len(parcels) < FEWEST:
        raise TooFewParcels
    first = parcels[0]
    for other in parcels[1:]:
        _demand_alike(first, other)
    (code,) = _codes(first.code[:14], [details.code])
    kept = {name: getattr(first, name) for name in KEPT} | {
        "is_confirmed": all(parcel.is_confirmed for parcel in parcels),
        "grade": first.grade if len({parcel.grade for parcel in parcels}) == 1 else "",
    }
    made = _make(ParcelDetails(code=code, name=details.name, **kept), _summed(parcels, on), first)
    shares = [LandShare(parcel.id, made.id, parcel.area) for parcel in parcels]
    _hand_over(parcels, [made], shares, ParcelAct.MERGED, on=on, reason=reason, viewer=viewer, now=now)
    return made


def _demand(
    parcels: Sequence[Parcel],
    versions: Mapping[int, int],
    *,
    on: date,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> None:
    for parcel in parcels:
        demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
        demand_version(parcel, versions.get(parcel.id, 0))
        demand_open(parcel)
        if not parcel.area:
            raise ParcelWithoutArea(code=parcel.code)
    demand_reason(reason)
    if on > now.astimezone(CHINA).date():
        raise ReshapedInFuture(day=on)


def _demand_alike(first: Parcel, other: Parcel) -> None:
    if first.code[:14] != other.code[:14]:
        raise MergeAcross(code=other.code, other=first.code, what=Alike.ISSUER)
    for what in Alike:
        if getattr(first, what.value) != getattr(other, what.value):
            raise MergeAcross(code=other.code, other=first.code, what=what)


def _areas(parcel: Parcel, parts: Sequence[PartDetails]) -> list[Mu]:
    """Return the settlement areas of the parts, the rest where one was left out; refuse another sum."""
    given = [part.area for part in parts if part.area is not None]
    total, missing = sum(given), len(parts) - len(given)
    if missing > 1:
        raise SeveralWithoutArea(count=missing)
    if not all(given):
        raise NoArea
    rest = Mu(parcel.area - total)
    if missing and rest <= 0:
        raise NothingLeft(total=mu(Mu(total)), code=parcel.code, area=mu(parcel.area))
    areas = [rest if part.area is None else part.area for part in parts]
    _demand_sum(parcel, parcel.basis, areas, parcel.area)
    return areas


def _demand_sum(parcel: Parcel, kind: AreaKind, areas: Sequence[Mu], whole: Mu) -> None:
    total = Mu(sum(areas))
    if total != whole:
        difference = mu(Mu(abs(total - whole)))
        raise PartsDisagree(
            kind=kind, total=mu(total), code=parcel.code, area=mu(whole), difference=difference
        )


def _shared_out(
    parcel: Parcel, parts: Sequence[PartDetails], areas: Sequence[Mu], on: date
) -> list[list[AreaFact]]:
    """Return the first ledger lines of every part: each acreage of the parcel shared out to the last bit."""
    measured = _measured(parcel, parts)
    found: list[list[AreaFact]] = [[] for _ in parts]
    for kind, fact in current_areas(ledger(parcel)).items():
        by = measured if kind is AreaKind.MEASURED and measured else areas
        for lines, (area, square) in zip(found, portions(fact, by), strict=True):
            if area:
                lines.append(_fact(kind, area, square, on, f"由地块 {parcel.code} 分割"))
    return found


def _measured(parcel: Parcel, parts: Sequence[PartDetails]) -> list[Mu] | None:
    """Return the measured areas of the parts if these were given; refuse some without others."""
    given = [part.measured for part in parts if part.measured is not None]
    if not given or parcel.basis is AreaKind.MEASURED:
        return None
    if parcel.measured_area is None:
        raise NotMeasured(code=parcel.code)
    if len(given) < len(parts):
        raise MeasuredOfSome
    if not all(given):
        raise NoArea
    _demand_sum(parcel, AreaKind.MEASURED, given, parcel.measured_area)
    return given


def _summed(parcels: Sequence[Parcel], on: date) -> list[AreaFact]:
    """Return the first ledger lines of a merged parcel: the sum of every acreage that any of them has."""
    held = [current_areas(ledger(parcel)) for parcel in parcels]
    found = []
    for kind in AreaKind:
        facts = [one[kind] for one in held if kind in one]
        if not facts:
            continue
        squares = [fact.square_metres for fact in facts if fact.square_metres is not None]
        square = SquareMetres(sum(squares)) if len(squares) == len(facts) else None
        source = f"由 {len(parcels)} 块地合并"
        if len(facts) < len(parcels):
            source += f"，其中 {len(facts)} 块有{kind.label}"
        found.append(_fact(kind, Mu(sum(fact.area for fact in facts)), square, on, source))
    return found


def _fact(kind: AreaKind, area: Mu, square: SquareMetres | None, on: date, source: str) -> AreaFact:
    return AreaFact(kind=kind, area=area, square_metres=square, dated_on=on, source=source)


def _codes(issuer_code: str, given: Sequence[str]) -> list[str]:
    """Return the codes as given, the next free ones where none was; the codes of one act differ."""
    taken = {code for code in given if code}
    missing = sum(not code for code in given)
    offered = [code for code in queries.next_codes(issuer_code, len(given)) if code not in taken]
    if len(offered) < missing:
        raise CodesUsedUp(issuer=issuer_code)
    free = iter(offered)
    codes = [code or next(free) for code in given]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise RepeatedCode(code=code)
    return codes


def _make(details: ParcelDetails, facts: Sequence[AreaFact], before: Parcel) -> Parcel:
    check(details)
    made = fill(Parcel(areas=[], issuer_id=before.issuer_id), details)
    note_areas(made, facts)
    point_at(made, before.basis)
    db.session.add(made)
    db.session.flush()
    return made


def _hand_over(
    before: Sequence[Parcel],
    after: Sequence[Parcel],
    shares: Sequence[LandShare],
    act: ParcelAct,
    *,
    on: date,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Write the lineage, close what was, journal both ends, and tell whoever counts on the land."""
    reason = reason.strip()
    for share in shares:
        row = ParcelLineage(from_id=share.from_id, to_id=share.to_id, area=share.area)
        row.changed_on, row.reason = on, reason
        db.session.add(row)
    into, out_of = ("、".join(one.code for one in some) for some in (after, before))
    for parcel in after:
        record(ParcelAct.REGISTERED, parcel, viewer=viewer, now=now, reason=reason, note=f"由 {out_of}")
    for parcel in before:
        parcel.closed_on, parcel.closed_reason = on, reason
        record(act, parcel, viewer=viewer, now=now, reason=reason, note=f"成为 {into}")
    tell_relocated(shares, on=on, now=now)
