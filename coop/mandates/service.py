"""The verbs of mandates: register for one household or a whole village, sign, revoke; each flushes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from coop.households.models import Household
from coop.households.rules import group_name
from coop.mandates import queries
from coop.mandates.models import Mandate, MandateParcel
from coop.mandates.rules import USUAL_MATTER, Authority, MandateAct, MandatePermission
from coop.mandates.snapshot import MandateParcelSnapshot, MandateSnapshot
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.access.grants import Viewer, code_prefix
from foundation.attachments.rules import Owner
from foundation.attachments.service import attach, register_owner
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.database.numbering import next_number
from foundation.divisions.queries import find as find_division
from foundation.divisions.queries import path
from foundation.errors import DomainError, Forbidden, NotFound, StaleVersion
from foundation.journal.service import record
from foundation.values.area import Mu
from foundation.values.dates import Period

OWNER = "mandate"

register_owner(
    Owner(
        name=OWNER,
        page="/coop/mandates/",
        may_see=queries.can_see,
        may_change=lambda viewer, mandate_id: (
            queries.can_see(viewer, mandate_id) and viewer.can(MandatePermission.EDIT)
        ),
    )
)
SHORTEST_REASON = 2


class MayNot(Forbidden):
    """农户 %(name)s 不在您可办理委托书的辖区内；请由当地有权限的人员办理。"""


class NobodyChosen(DomainError):
    """没有选中任何农户；请至少选择一户。"""


class PrincipalGone(DomainError):
    """农户 %(name)s 已停用，不能再出具委托书；请核对农户状态。"""


class AgentGone(DomainError):
    """受托人“%(name)s”已停用；请选择在用的村集体经济组织。"""


class AgentNotCollective(DomainError):
    """“%(name)s”不是村集体经济组织，不能作受托人；请选择农户所在村的村集体。"""


class TermReversed(DomainError):
    """委托止期 %(ends)s 早于起期 %(starts)s；请改正。"""


class NoLand(DomainError):
    """农户 %(name)s 名下没有可委托的地块；请先登记地块，或从清单中删去。"""


class LandOfAnother(DomainError):
    """地块 %(parcel)s 不在 %(name)s 名下；请核对地块。"""


class TooMuchLand(DomainError):
    """地块 %(parcel)s 委托面积超过所依据的%(kind)s；请改小，或先登记新的面积。"""


class AlreadyMandated(DomainError):
    """农户 %(name)s 在这段时间已有委托书 %(number)s；请先撤回，或改变委托期限。"""


class AlreadySigned(DomainError):
    """委托书 %(number)s 已于 %(day)s 签字，内容不能再改；需要变更的，请撤回后重新登记。"""


class SignedInFuture(DomainError):
    """签字日期 %(day)s 晚于今天；请填写委托书上的日期。"""


class AlreadyRevoked(DomainError):
    """委托书 %(number)s 已于 %(day)s 撤回，不能再次办理。"""


class ReasonMissing(DomainError):
    """请写明撤回理由（至少两个字）。"""


class RevokedTooEarly(DomainError):
    """撤回日期 %(day)s 早于签字日期 %(signed)s；请核对日期。"""


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
    for mandate in mandates:
        freeze(queries.reload(mandate.id))
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
    county = code_prefix(division_code)[:6].ljust(12, "0")
    division = find_division(county)
    serial = next_number(db.session(), f"mandate:{county}:{year}")
    return f"{division.spoken_name[0] if division else ''}委托〔{year}〕{serial:06d}号"


def sign(
    mandate: Mandate,
    *,
    signed_on: date,
    scans: Sequence[tuple[str, bytes]] = (),
    viewer: Viewer,
    now: datetime,
) -> None:
    """Record that the household has signed, and file the scan."""
    _demand_edit(mandate, viewer)
    if mandate.signed_on is not None:
        raise AlreadySigned(number=mandate.number, day=mandate.signed_on)
    if signed_on > now.astimezone(CHINA).date():
        raise SignedInFuture(day=signed_on)
    mandate.signed_on = signed_on
    flush()
    for name, content in scans:
        attach(name, content, owner_type=OWNER, owner_id=mandate.id, viewer=viewer, now=now)
    record(MandateAct.SIGNED, mandate, viewer=viewer, now=now)


def sign_all(mandates: Sequence[Mandate], *, signed_on: date, viewer: Viewer, now: datetime) -> int:
    """Record one day of signing for many mandates; those signed already are left alone."""
    unsigned = [mandate for mandate in mandates if mandate.signed_on is None and mandate.revoked_on is None]
    for mandate in unsigned:
        sign(mandate, signed_on=signed_on, viewer=viewer, now=now)
    return len(unsigned)


def revoke(mandate: Mandate, *, on: date, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a mandate back from a day on (Civil Code 933); contracts signed before stay as they are."""
    _demand_edit(mandate, viewer)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    if mandate.signed_on is not None and on < mandate.signed_on:
        raise RevokedTooEarly(day=on, signed=mandate.signed_on)
    mandate.revoked_on, mandate.revoked_reason = on, reason.strip()
    flush()
    record(MandateAct.REVOKED, mandate, viewer=viewer, now=now, reason=reason.strip())


def _demand_edit(mandate: Mandate, viewer: Viewer) -> None:
    if not viewer.sees(MandatePermission.EDIT, mandate.division_code, mandate.dated_on):
        raise MayNot(name=mandate.household.head_name)
    if mandate.revoked_on is not None:
        raise AlreadyRevoked(number=mandate.number, day=mandate.revoked_on)


def flush() -> None:
    """Send the changes to the database; somebody else's change in between becomes a friendly refusal."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error


def freeze(mandate: Mandate) -> None:
    """Freeze the text of a whole mandate; its paper is drawn from that copy."""
    frozen = snapshot_of(mandate)
    mandate.snapshot, mandate.digest = frozen.write(), frozen.digest
    flush()


def snapshot_of(mandate: Mandate) -> MandateSnapshot:
    """Return everything that the paper of a whole mandate prints."""
    principal, agent = mandate.household, mandate.agent
    return MandateSnapshot(
        number=mandate.number,
        principal=principal.head_name,
        principal_id=principal.id_number or "",
        principal_phone=principal.phone or "",
        principal_address=principal.address,
        group=group_name(principal.group_number),
        village=path(principal.division_code).short,
        household_code=principal.code or "",
        agent=agent.name,
        agent_credit_code=agent.credit_code or "",
        agent_representative=agent.legal_representative,
        agent_address=agent.address,
        authority=mandate.authority,
        matter=mandate.matter,
        price_terms=mandate.price_terms,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
        consents_to_self_dealing=mandate.consents_to_self_dealing,
        area=mandate.area,
        parcels=tuple(_parcel(row) for row in mandate.parcels),
        dated_on=mandate.dated_on,
    )


def _parcel(row: MandateParcel) -> MandateParcelSnapshot:
    parcel = row.parcel
    return MandateParcelSnapshot(
        code=parcel.code,
        name=parcel.name,
        east=parcel.east,
        south=parcel.south,
        west=parcel.west,
        north=parcel.north,
        area=row.area,
        basis=row.basis,
    )
