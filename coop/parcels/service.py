"""The verbs of parcels: register, revise, add to the three-acreage ledger, choose the basis, close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coop.households.models import Household
from coop.households.queries import issuer_by_code
from coop.organisations.service import demand_reason, demand_scope
from coop.parcels import queries
from coop.parcels.models import LandContract, Parcel, ParcelArea
from coop.parcels.rules import (
    AreaFact,
    AreaKind,
    LandClass,
    ObtainedBy,
    ParcelAct,
    ParcelPermission,
    areas_agree,
    current_areas,
    default_basis,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError, StaleVersion
from foundation.journal.service import record
from foundation.values.area import Mu, SquareMetres, mu, mu_from_square_metres, square_metres


class DuplicateParcel(DomainError):
    """地块编码 %(code)s 已登记在“%(owner)s”名下；请核对编码，或直接修改那块地。"""


class ParcelOfAnotherIssuer(DomainError):
    """地块编码 %(code)s 的前 14 位与承包方编码 %(household)s 的前 14 位不一致；请核对是否属于同一发包方。"""


class ParcelOfAnotherVillage(DomainError):
    """地块编码 %(code)s 的前 12 位与承包方所在村的区划代码 %(division)s 不一致；请核对编码或承包方。"""


class NoArea(DomainError):
    """面积不能为零；请填写这块地的亩数。"""


class AreasDisagree(DomainError):
    """%(square_metres)s 平方米应合 %(expected)s 亩，现填 %(area)s 亩；请核对单位和小数点。"""


class AreaInFuture(DomainError):
    """面积日期 %(day)s 晚于今天；请填写测量或登记的日期。"""


class NoSuchBasis(DomainError):
    """这块地还没有“%(kind)s”，不能作为结算依据；请先登记该面积。"""


class ParcelClosed(DomainError):
    """地块 %(code)s 已于 %(day)s 停用；请先恢复再办理。"""


class ParcelNotClosed(DomainError):
    """地块 %(code)s 正在使用，无需恢复。"""


class ContractOfAnotherHousehold(DomainError):
    """承包合同 %(code)s 属于另一户，不能登记在这块地上；请核对合同编码。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDetails:
    """What a form or a spreadsheet row says of a parcel, its acreage apart."""

    code: str
    name: str
    household_id: int | None = None
    land_contract_id: int | None = None
    land_class: LandClass = LandClass.CONTRACTED
    grade: str = ""
    east: str = ""
    south: str = ""
    west: str = ""
    north: str = ""
    obtained_by: ObtainedBy = ObtainedBy.HOUSEHOLD_CONTRACT
    is_confirmed: bool = True


def check(details: ParcelDetails, parcel: Parcel | None = None) -> None:
    """Refuse details that contradict themselves or another parcel."""
    twin = queries.by_code(details.code)
    if twin is not None and (parcel is None or twin.id != parcel.id):
        owner = twin.household.head_name if twin.household is not None else "村集体"
        raise DuplicateParcel(code=details.code, owner=owner)
    if details.household_id is not None:
        _check_household(details, db.session.get_one(Household, details.household_id))
    if details.land_contract_id is not None:
        contract = db.session.get_one(LandContract, details.land_contract_id)
        if contract.household_id != details.household_id:
            raise ContractOfAnotherHousehold(code=contract.code)


def _check_household(details: ParcelDetails, household: Household) -> None:
    if household.code is not None and household.code[:14] != details.code[:14]:
        raise ParcelOfAnotherIssuer(code=details.code, household=household.code)
    if household.division_code != details.code[:12]:
        raise ParcelOfAnotherVillage(code=details.code, division=household.division_code)


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


def fill(parcel: Parcel, details: ParcelDetails) -> Parcel:
    """Write ``details`` into a row, unjournalled; the village follows from the code."""
    for name in ParcelDetails.__slots__:
        setattr(parcel, name, getattr(details, name))
    parcel.division_code = details.code[:12]
    return parcel


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


def register(
    details: ParcelDetails, areas: tuple[AreaFact, ...], *, viewer: Viewer, now: datetime, on: date
) -> Parcel:
    """Add a parcel with its first acreages to the register."""
    demand_scope(viewer, ParcelPermission.EDIT, details.code[:12])
    check(details)
    if not areas:
        raise NoArea
    issuer = issuer_by_code(details.code[:14])
    parcel = fill(Parcel(areas=[], issuer_id=issuer.id if issuer else None), details)
    for fact in areas:
        check_area(fact, on)
    note_areas(parcel, areas)
    db.session.add(parcel)
    db.session.flush()
    record(ParcelAct.REGISTERED, parcel, viewer=viewer, now=now)
    return parcel


def revise(parcel: Parcel, details: ParcelDetails, *, version: int, viewer: Viewer, now: datetime) -> None:
    """Change a parcel that was opened at ``version``."""
    _demand_version(parcel, version)
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_scope(viewer, ParcelPermission.EDIT, details.code[:12])
    check(details, parcel)
    fill(parcel, details)
    record(ParcelAct.CHANGED, parcel, viewer=viewer, now=now)


def record_area(
    parcel: Parcel, fact: AreaFact, *, version: int, viewer: Viewer, now: datetime, on: date
) -> None:
    """Add an acreage to the ledger; the figures of before stay readable."""
    _demand_version(parcel, version)
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    _demand_open(parcel)
    check_area(fact, on)
    note_areas(parcel, (fact,))
    record(ParcelAct.AREA_RECORDED, parcel, viewer=viewer, now=now, reason=fact.source)


def choose_basis(
    parcel: Parcel, kind: AreaKind, *, version: int, reason: str, viewer: Viewer, now: datetime
) -> None:
    """Point settlements at another of the three acreages."""
    _demand_version(parcel, version)
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_reason(reason)
    point_at(parcel, kind)
    record(ParcelAct.BASIS_CHANGED, parcel, viewer=viewer, now=now, reason=reason)


def close(parcel: Parcel, *, on: date, reason: str, viewer: Viewer, now: datetime) -> None:
    """Note that a parcel is no more; everything that names it stays as it is."""
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_reason(reason)
    _demand_open(parcel)
    parcel.closed_on, parcel.closed_reason = on, reason.strip()
    record(ParcelAct.CLOSED, parcel, viewer=viewer, now=now, reason=reason)


def reopen(parcel: Parcel, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a closed parcel back into the register."""
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_reason(reason)
    if parcel.closed_on is None:
        raise ParcelNotClosed(code=parcel.code)
    parcel.closed_on, parcel.closed_reason = None, ""
    record(ParcelAct.REOPENED, parcel, viewer=viewer, now=now, reason=reason)


def _demand_open(parcel: Parcel) -> None:
    if parcel.closed_on is not None:
        raise ParcelClosed(code=parcel.code, day=parcel.closed_on)


def _demand_version(parcel: Parcel, expected: int) -> None:
    if parcel.version != expected:
        raise StaleVersion
