"""The acts in the life of a contract; each asks the table first, changes facts, and leaves an act behind."""

from collections.abc import Sequence
from datetime import date, datetime

from coop.contracts import queries
from coop.contracts.models import Contract, ContractRevision
from coop.contracts.queries.facts import facts_for, lock_parcels
from coop.contracts.rules import checks, renewal
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.findings import blocking
from coop.contracts.rules.life import ContractActKind, Operation
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.service.drafting import (
    china_day,
    details_of,
    draft,
    note_act,
    replace_terms,
)
from coop.contracts.service.freezing import freeze
from coop.contracts.service.permitting import demand, demand_reason, demand_state, may
from coop.contracts.service.refusals import (
    ContractRefused,
    DayInFuture,
    EndedOutsideTerm,
    SignedInFuture,
    StillHandedOn,
)
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import attach, register_owner
from foundation.database.engine import db
from foundation.database.numbering import next_number
from foundation.divisions.queries import find as find_division
from foundation.divisions.rules import county_of
from foundation.errors import StaleVersion
from foundation.papers import service as papers

__all__ = [
    "amend",
    "approve",
    "complete",
    "may",
    "renew",
    "send_back",
    "sign",
    "submit",
    "terminate",
    "void",
    "withdraw",
]

OWNER = "contract"
"""What attachments and papers call the rows of this feature."""

register_owner(
    Owner(
        name=OWNER,
        page="/coop/contracts/",
        may_see=queries.can_see,
        may_change=lambda viewer, contract_id: (
            queries.can_see(viewer, contract_id)
            and (viewer.can(ContractPermission.DRAFT) or viewer.can(ContractPermission.SIGN))
        ),
    )
)

Scan = tuple[str, bytes]
"""A scanned page: its file name and content."""


def submit(contract: Contract, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Hand a draft in for approval; from here on its land is promised and its number taken."""
    demand(Operation.SUBMIT, contract, viewer=viewer, now=now, version=version)
    demand_sound(details_of(contract), contract.id, now)
    if contract.number is None:
        _number(contract, china_day(now).year)
    contract.submitted_at, contract.returned_at = now, None
    contract.submitter_id = viewer.account_id
    note_act(contract, ContractActKind.SUBMITTED, viewer=viewer, now=now)


def demand_sound(details: ContractDetails, contract_id: int, now: datetime) -> None:
    """Refuse terms with a blocking finding; the parcels stay locked meanwhile."""
    lock_parcels({parcel.parcel_id for _, _, _, parcel in details.parcels()})
    findings = checks.check(details, facts_for(details, china_day(now), contract_id))
    standing = blocking(findings, has_reason=bool(details.exception_reason.strip()))
    if standing:
        raise ContractRefused(standing)


def _number(contract: Contract, year: int) -> None:
    county = county_of(contract.division_code)
    division = find_division(county)
    initial = division.spoken_name[0] if division else ""
    contract.serial = next_number(db.session(), f"contract:{county}:{year}")
    contract.number = f"{initial}供托〔{year}〕{contract.serial:06d}号"


def withdraw(contract: Contract, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Take back one's own last act as long as nobody has acted upon it: a submission, or an approval."""
    demand(Operation.WITHDRAW, contract, viewer=viewer, now=now, version=version)
    if contract.approved_at is not None:
        _unfreeze(contract, "审核撤回", viewer, now)
        contract.approved_at = contract.approver_id = None
    else:
        contract.submitted_at = contract.submitter_id = None
    note_act(contract, ContractActKind.WITHDRAWN, viewer=viewer, now=now)


def send_back(
    contract: Contract, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Return a contract to its drafter with a reason, from review or from before signing."""
    demand(Operation.RETURN, contract, viewer=viewer, now=now, version=version)
    reason = demand_reason(reason)
    _unfreeze(contract, reason, viewer, now)
    contract.approved_at = contract.approver_id = None
    contract.submitted_at, contract.returned_at = None, now
    note_act(contract, ContractActKind.RETURNED, viewer=viewer, now=now, reason=reason)


def approve(contract: Contract, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Approve as the second person; the text is frozen, and papers for signing are drawn from it."""
    demand(Operation.APPROVE, contract, viewer=viewer, now=now, version=version)
    demand_sound(details_of(contract), contract.id, now)
    contract.approved_at, contract.approver_id = now, viewer.account_id
    note_act(contract, ContractActKind.APPROVED, viewer=viewer, now=now)
    freeze(contract, now=now)


def sign(
    contract: Contract,
    *,
    signed_on: date,
    effective_on: date | None = None,
    scans: Sequence[Scan] = (),
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> None:
    """Record that both parties have signed the frozen text, and file the scans.

    ``filed_on`` is today, ``effective_on`` the day from which the contract binds (P11). Land and mandates are
    checked once more under lock, for weeks may lie between approval and signature.
    """
    demand(Operation.SIGN, contract, viewer=viewer, now=now, version=version)
    today = china_day(now)
    if signed_on > today:
        raise SignedInFuture(day=signed_on)
    demand_sound(details_of(contract), contract.id, now)
    contract.signed_on, contract.filed_on = signed_on, today
    contract.effective_on = effective_on or signed_on
    text = queries.revision(contract.id, contract.revision)
    text.signed_on, text.effective_on = signed_on, contract.effective_on
    for name, content in scans:
        attach(name, content, owner_type=OWNER, owner_id=contract.id, viewer=viewer, now=now)
    note_act(contract, ContractActKind.SIGNED, viewer=viewer, now=now)


def complete(
    contract: Contract, *, on: date, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Note that everything was done and accepted before the term ran out."""
    demand(Operation.COMPLETE, contract, viewer=viewer, now=now, version=version)
    _demand_day(contract, on, now)
    contract.completed_on = on
    note_act(contract, ContractActKind.COMPLETED, viewer=viewer, now=now)


def terminate(
    contract: Contract, *, on: date, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """End a signed contract before its time, from a day of its term on; its land is free from that day."""
    demand(Operation.TERMINATE, contract, viewer=viewer, now=now, version=version)
    reason = demand_reason(reason)
    if not contract.starts_on <= on <= contract.ends_on:
        raise EndedOutsideTerm(day=on, starts=contract.starts_on, ends=contract.ends_on)
    demand_not_handed_on(contract, now)
    contract.terminated_on = on
    note_act(contract, ContractActKind.TERMINATED, viewer=viewer, now=now, reason=reason)


def void(
    contract: Contract, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Void a contract with a reason; it stays on the books, its papers are crossed out."""
    demand(Operation.VOID, contract, viewer=viewer, now=now, version=version)
    demand_not_handed_on(contract, now)
    reason = demand_reason(reason)
    contract.voided_at = now
    note_act(contract, ContractActKind.VOIDED, viewer=viewer, now=now, reason=reason)
    papers.void_all(OWNER, contract.id, viewer=viewer, now=now, reason=reason)


def renew(contract: Contract, *, viewer: Viewer, now: datetime) -> Contract:
    """Draft the follower of a contract from a whitelist of its terms (P4)."""
    demand(Operation.RENEW, contract, viewer=viewer, now=now)
    follower = draft(renewal.renewed(details_of(contract)), viewer=viewer, now=now)
    follower.renewed_from_id = contract.id
    note_act(contract, ContractActKind.RENEWED, viewer=viewer, now=now)
    return follower


def amend(
    contract: Contract,
    details: ContractDetails,
    *,
    base_revision: int,
    signed_on: date,
    effective_on: date,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> ContractRevision:
    """Let a signed supplementary agreement speak: new terms, a new frozen text, the old one replaced."""
    demand_state(Operation.AMEND, contract, now=now)
    if base_revision != contract.revision:
        raise StaleVersion
    demand_sound(details, contract.id, now)
    former = queries.revision(contract.id, contract.revision)
    replace_terms(contract, details, now=now)
    text = freeze(contract, now=now)
    text.signed_on, text.effective_on = signed_on, effective_on
    former.replaced_at = now
    papers.replace_all(OWNER, contract.id, viewer=viewer, now=now, reason=reason)
    note_act(contract, ContractActKind.AMENDED, viewer=viewer, now=now, reason=reason)
    return text


def demand_not_handed_on(contract: Contract, now: datetime) -> None:
    """Refuse to end a contract whose land another living contract hands on, and name it (P22)."""
    followers = queries.living_downstream(contract.id, china_day(now))
    if followers:
        raise StillHandedOn(numbers="、".join(follower.number or "" for follower in followers))


def _unfreeze(contract: Contract, reason: str, viewer: Viewer, now: datetime) -> None:
    """Withdraw the text that was approved but not signed; its papers verify as void."""
    if contract.revision:
        queries.revision(contract.id, contract.revision).withdrawn_at = now
        contract.revision = 0
        papers.void_all(OWNER, contract.id, viewer=viewer, now=now, reason=reason)


def _demand_day(contract: Contract, on: date, now: datetime) -> None:
    if on > china_day(now):
        raise DayInFuture(day=on)
    if not contract.starts_on <= on <= contract.ends_on:
        raise EndedOutsideTerm(day=on, starts=contract.starts_on, ends=contract.ends_on)
