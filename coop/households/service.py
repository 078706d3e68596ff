"""The verbs of households: register, revise, keep the family list, deactivate, reveal a sealed field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coop.households import queries
from coop.households.models import Household, HouseholdMember, Issuer
from coop.households.rules import (
    HouseholdAct,
    HouseholdPermission,
    HouseholdStatus,
    IdKind,
    PartyKind,
    SensitiveField,
)
from coop.organisations.service import demand_reason, demand_scope
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError, StaleVersion
from foundation.identity.id_number import Sex
from foundation.journal.service import record


class DuplicateHouseholdCode(DomainError):
    """承包方编码 %(code)s 已登记在“%(name)s”名下；请核对编码，或直接修改那一户。"""


class DuplicateHead(DomainError):
    """证件号码尾号 %(tail)s 的“%(name)s”在本村已登记为一户；请直接修改那一户，或核对证件号码。"""


class CodeOfAnotherVillage(DomainError):
    """承包方编码 %(code)s 的前 12 位与所选村的区划代码 %(division)s 不一致；请核对编码或所选的村。"""


class GroupOutOfRange(DomainError):
    """村民小组号应在 0 至 99 之间，现为 %(number)s；村直属的户请填 0。"""


class NotActive(DomainError):
    """“%(name)s”已是“%(status)s”状态，不能重复停用。"""


class StillActive(DomainError):
    """“%(name)s”状态正常，无需恢复。"""


class NotAnEnd(DomainError):
    """停用时请选择去向：已迁出、已消亡、已并户或已停用。"""


class DuplicateMember(DomainError):
    """证件号码尾号 %(tail)s 在这一户的家庭成员中重复出现；请删去重复的一行。"""


LAST_GROUP = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdDetails:
    """What a form or a spreadsheet row says of a contracting party."""

    head_name: str
    division_code: str
    code: str | None = None
    party_kind: PartyKind = PartyKind.HOUSEHOLD
    id_kind: IdKind = IdKind.RESIDENT_ID
    id_number: str | None = None
    phone: str | None = None
    address: str = ""
    bank_name: str = ""
    bank_account: str | None = None
    group_number: int = 0
    is_large_operator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDetails:
    """What the family list says of one member."""

    name: str
    sex: Sex | None = None
    id_kind: IdKind = IdKind.RESIDENT_ID
    id_number: str | None = None
    relation: str = ""
    is_co_owner: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerDetails:
    """What the register says of the collective that contracts its land out."""

    code: str
    name: str
    head_name: str = ""
    head_id_kind: IdKind = IdKind.RESIDENT_ID
    head_id: str | None = None
    phone: str | None = None
    address: str = ""


def check(details: HouseholdDetails, household: Household | None = None) -> None:
    """Refuse details that contradict themselves or another household."""
    if not 0 <= details.group_number <= LAST_GROUP:
        raise GroupOutOfRange(number=details.group_number)
    if details.code and details.code[:12] != details.division_code:
        raise CodeOfAnotherVillage(code=details.code, division=details.division_code)
    own = household.id if household is not None else None
    twin = queries.by_code(details.code)
    if twin is not None and twin.id != own:
        raise DuplicateHouseholdCode(code=details.code, name=twin.head_name)
    for other in queries.by_id_number(details.id_number):
        if other.id != own and other.division_code == details.division_code and other.is_active:
            raise DuplicateHead(tail=other.id_tail, name=other.head_name)


def fill(household: Household, details: HouseholdDetails) -> Household:
    """Write ``details`` into a row, unjournalled."""
    for name in HouseholdDetails.__slots__:
        setattr(household, name, getattr(details, name))
    return household


def fill_member(member: HouseholdMember, details: MemberDetails) -> HouseholdMember:
    """Write ``details`` into a row of the family list, unjournalled."""
    for name in MemberDetails.__slots__:
        setattr(member, name, getattr(details, name))
    return member


def fill_issuer(issuer: Issuer, details: IssuerDetails) -> Issuer:
    """Write ``details`` into an issuer's row, unjournalled."""
    for name in IssuerDetails.__slots__:
        setattr(issuer, name, getattr(details, name))
    issuer.division_code = details.code[:12]
    return issuer


def register(details: HouseholdDetails, *, viewer: Viewer, now: datetime) -> Household:
    """Add a household to the register."""
    demand_scope(viewer, HouseholdPermission.EDIT, details.division_code)
    check(details)
    household = fill(Household(issuer_id=_issuer_id(details.code)), details)
    db.session.add(household)
    db.session.flush()
    record(HouseholdAct.REGISTERED, household, viewer=viewer, now=now)
    return household


def revise(
    household: Household, details: HouseholdDetails, *, version: int, viewer: Viewer, now: datetime
) -> None:
    """Change a household that was opened at ``version``."""
    _demand_version(household, version)
    demand_scope(viewer, HouseholdPermission.EDIT, household.division_code)
    demand_scope(viewer, HouseholdPermission.EDIT, details.division_code)
    check(details, household)
    fill(household, details)
    household.issuer_id = _issuer_id(details.code)
    record(HouseholdAct.CHANGED, household, viewer=viewer, now=now)


def keep_family(
    household: Household,
    members: Sequence[MemberDetails],
    *,
    version: int,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Replace the family list of a household whose members are loaded; equal rows stay as they are."""
    _demand_version(household, version)
    demand_scope(viewer, HouseholdPermission.EDIT, household.division_code)
    numbers = [member.id_number for member in members if member.id_number]
    for number in numbers:
        if numbers.count(number) > 1:
            raise DuplicateMember(tail=number[-4:])
    rows = list(household.members)
    kept = [fill_member(row, details) for row, details in zip(rows, members, strict=False)]
    new = [fill_member(HouseholdMember(), details) for details in members[len(kept) :]]
    household.members = [*kept, *new]
    record(HouseholdAct.FAMILY_CHANGED, household, viewer=viewer, now=now)


def deactivate(
    household: Household, status: HouseholdStatus, *, on: date, reason: str, viewer: Viewer, now: datetime
) -> None:
    """Note that a household has ceased; its parcels and contracts stay as they are."""
    demand_scope(viewer, HouseholdPermission.EDIT, household.division_code)
    demand_reason(reason)
    if status is HouseholdStatus.ACTIVE:
        raise NotAnEnd
    if not household.is_active:
        raise NotActive(name=household.head_name, status=household.status)
    household.status, household.ended_on, household.ended_reason = status, on, reason.strip()
    record(HouseholdAct.DEACTIVATED, household, viewer=viewer, now=now, reason=reason)


def reactivate(household: Household, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a ceased household back into the register."""
    demand_scope(viewer, HouseholdPermission.EDIT, household.division_code)
    demand_reason(reason)
    if household.is_active:
        raise StillActive(name=household.head_name)
    household.status, household.ended_on, household.ended_reason = HouseholdStatus.ACTIVE, None, ""
    record(HouseholdAct.REACTIVATED, household, viewer=viewer, now=now, reason=reason)


def reveal(household: Household, field: SensitiveField, *, reason: str, viewer: Viewer, now: datetime) -> str:
    """Return one sealed field in clear, once, and tell the journal who asked and why."""
    demand_scope(viewer, HouseholdPermission.REVEAL, household.division_code)
    demand_reason(reason)
    record(HouseholdAct.REVEALED, household, viewer=viewer, now=now, reason=reason, note=field.label)
    return str(getattr(household, field.value) or "")


def _issuer_id(code: str | None) -> int | None:
    if code is None:
        return None
    issuer = queries.issuer_by_code(code[:14])
    return issuer.id if issuer is not None else None


def _demand_version(household: Household, expected: int) -> None:
    if household.version != expected:
        raise StaleVersion
