"""The verbs that keep the register: register, revise, close, reopen."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.households.models import Household
from coop.households.queries import issuer_by_code
from coop.organisations.service import demand_reason, demand_scope
from coop.parcels import queries
from coop.parcels.models import LandContract, Parcel
from coop.parcels.rules import AreaFact, LandClass, ObtainedBy, ParcelAct, ParcelPermission
from coop.parcels.service.acreages import check_area, note_areas
from coop.parcels.service.demands import demand_open, demand_version
from coop.parcels.service.refusals import (
    ContractOfAnotherHousehold,
    DuplicateParcel,
    NoArea,
    ParcelNotClosed,
    ParcelOfAnotherIssuer,
    ParcelOfAnotherVillage,
    ParcelReshaped,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.journal.service import record


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


def fill(parcel: Parcel, details: ParcelDetails) -> Parcel:
    """Write ``details`` into a row, unjournalled; the village follows from the code."""
    for name in ParcelDetails.__slots__:
        setattr(parcel, name, getattr(details, name))
    parcel.division_code = details.code[:12]
    return parcel


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
    demand_version(parcel, version)
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_scope(viewer, ParcelPermission.EDIT, details.code[:12])
    check(details, parcel)
    fill(parcel, details)
    record(ParcelAct.CHANGED, parcel, viewer=viewer, now=now)


def close(parcel: Parcel, *, on: date, reason: str, viewer: Viewer, now: datetime) -> None:
    """Note that a parcel is no more; everything that names it stays as it is."""
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_reason(reason)
    demand_open(parcel)
    parcel.closed_on, parcel.closed_reason = on, reason.strip()
    record(ParcelAct.CLOSED, parcel, viewer=viewer, now=now, reason=reason)


def reopen(parcel: Parcel, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a closed parcel back into the register."""
    demand_scope(viewer, ParcelPermission.EDIT, parcel.division_code)
    demand_reason(reason)
    if parcel.closed_on is None:
        raise ParcelNotClosed(code=parcel.code)
    if heirs := queries.heirs_of(parcel.id):
        raise ParcelReshaped(code=parcel.code, into="、".join(one.code for one, _ in heirs))
    parcel.closed_on, parcel.closed_reason = None, ""
    record(ParcelAct.REOPENED, parcel, viewer=viewer, now=now, reason=reason)
