"""Registering mandates, for one household or a whole village: all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select

from coop.households.models import Household
from coop.mandates import queries
from coop.mandates.models import Mandate, MandateParcel
from coop.mandates.rules import USUAL_MATTER, Authority, MandateAct, MandatePermission
from coop.mandates.service.freezing import flush, freeze
from coop.mandates.service.refusals import (
    AgentGone,
    AgentNotCollective,
    AlreadyMandated,
    LandOfAnother,
    MayNot,
    NobodyChosen,
    NoLand,
    PrincipalGone,
    SignedInFuture,
    TermReversed,
    TooMuchLand,
)
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.database.numbering import next_number
from foundation.divisions.queries import find as find_division
from foundation.divisions.rules import county_of
from foundation.errors import NotFound
from foundation.journal.service import record
from foundation.values.area import Mu
from foundation.values.dates import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateParcelDetails:
    """A parcel of a mandate and the acreage written there."""

    parcel_id: int
    area: Mu
    basis: AreaKind = AreaKind.CONTRACT


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateTerms:
    """What one mandate or those of a whole village have in common."""

    agent_id: int
    starts_on: date
    ends_on: date
    authority: Authority = Authority.SIGN
    matter: str = USUAL_MATTER
    price_terms: str = ""
    consents_to_self_dealing: bool = False
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateDetails:
    """One mandate: who, on which terms, which land; without parcels all land of the household."""

    household_id: int
    terms: MandateTerms
    parcels: tuple[MandateParcelDetails, ...] = ()


def register(details: MandateDetails, *, viewer: Viewer, now: datetime) -> Mandate:
    """Add a mandate of one household."""
    return register_many([details], viewer=viewer, now=now)[0]


def register_for_all(
    household_ids: Sequence[int], terms: MandateTerms, *, viewer: Viewer, now: datetime
) -> list[Mandate]:
    """Add a mandate over all their land for each of many households of a village."""
    wanted = [MandateDetails(household_id=one, terms=terms) for one in dict.fromkeys(household_ids)]
    return register_many(wanted, viewer=viewer, now=now)


def register_many(wanted: Sequence[MandateDetails], *, viewer: Viewer, now: datetime) -> list[Mandate]:
    """Add mandates, all or none; a refusal names the household."""
    if not wanted:
        raise NobodyChosen
    land = _Register.of([details.household_id for details in wanted])
    mandates = [_new(details, land, viewer, now) for details in wanted]
    db.session.add_all(mandates)
    flush()
    freeze(queries.reload([mandate.id for mandate in mandates]))
    for mandate in mandates:
        record(MandateAct.REGISTERED, mandate, viewer=viewer, now=now)
    return mandates


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """The households that mandates are registered for, with their land and the mandates they gave before."""

    households: dict[int, Household]
    parcels: dict[int, list[Parcel]]
    mandates: dict[int, list[Mandate]]

    @staticmethod
    def of(ids: Sequence[int]) -> "_Register":
        """Read everything in three queries."""
        households = db.session.scalars(select(Household).where(Household.id.in_(ids)))
        land = select(Parcel).where(Parcel.household_id.in_(ids), Parcel.closed_on.is_(None))
        given = select(Mandate).where(Mandate.household_id.in_(ids), Mandate.revoked_on.is_(None))
        parcels: dict[int, list[Parcel]] = {}
        for parcel in db.session.scalars(land.order_by(Parcel.code)):
            parcels.setdefault(parcel.household_id or 0, []).append(parcel)
        mandates: dict[int, list[Mandate]] = {}
        for mandate in db.session.scalars(given):
            mandates.setdefault(mandate.household_id, []).append(mandate)
        return _Register(households={row.id: row for row in households}, parcels=parcels, mandates=mandates)


def _new(details: MandateDetails, land: _Register, viewer: Viewer, now: datetime) -> Mandate:
    household = land.households.get(details.household_id)
    if household is None:
        raise NotFound
    today = now.astimezone(CHINA).date()
    _demand_principal(household, viewer)
    _demand_terms(details.terms, today)
    _demand_no_other(household, details.terms, land.mandates.get(household.id, []))
    mandate = Mandate(
        number=_number(household.division_code, today.year),
        division_code=household.division_code,
        dated_on=today,
        household_id=household.id,
        created_by=viewer.account_id,
        created_at=now,
        parcels=_land(household, details, land.parcels.get(household.id, [])),
    )
    _fill(mandate, details.terms)
    return mandate


def _fill(mandate: Mandate, terms: MandateTerms) -> None:
    for field in fields(terms):
        setattr(mandate, field.name, getattr(terms, field.name))
    mandate.area = Mu(sum(parcel.area for parcel in mandate.parcels))


def _demand_principal(household: Household, viewer: Viewer) -> None:
    if not viewer.sees(MandatePermission.EDIT, household.division_code):
        raise MayNot(name=household.head_name)
    if not household.is_active:
        raise PrincipalGone(name=household.head_name)


def _demand_terms(terms: MandateTerms, today: date) -> None:
    if terms.ends_on < terms.starts_on:
        raise TermReversed(starts=terms.starts_on, ends=terms.ends_on)
    if terms.signed_on is not None and terms.signed_on > today:
        raise SignedInFuture(day=terms.signed_on)
    agent = db.session.get(Organisation, terms.agent_id)
    if agent is None or not agent.is_open:
        raise AgentGone(name=agent.name if agent else terms.agent_id)
    if agent.kind is not OrganisationKind.VILLAGE_COLLECTIVE:
        raise AgentNotCollective(name=agent.name)


def _demand_no_other(household: Household, terms: MandateTerms, given: Sequence[Mandate]) -> None:
    days = Period(terms.starts_on, terms.ends_on)
    for other in given:
        if days.overlaps(Period(other.starts_on, other.ends_on)):
            raise AlreadyMandated(name=household.head_name, number=other.number)


def _land(household: Household, details: MandateDetails, own: Sequence[Parcel]) -> list[MandateParcel]:
    by_id = {parcel.id: parcel for parcel in own}
    if not details.parcels:
        if not own:
            raise NoLand(name=household.head_name)
        return [MandateParcel(parcel_id=row.id, area=row.area, basis=row.basis) for row in own]
    for row in details.parcels:
        parcel = by_id.get(row.parcel_id)
        if parcel is None:
            raise LandOfAnother(parcel=row.parcel_id, name=household.head_name)
        if row.area <= 0 or row.area > (parcel.area_of(row.basis) or 0):
            raise TooMuchLand(parcel=parcel.code, kind=row.basis)
    return [MandateParcel(parcel_id=row.parcel_id, area=row.area, basis=row.basis) for row in details.parcels]


def _number(division_code: str, year: int) -> str:
    county = county_of(division_code)
    division = find_division(county)
    serial = next_number(db.session(), f"mandate:{county}:{year}")
    return f"{division.spoken_name[0] if division else ''}委托〔{year}〕{serial:06d}号"
