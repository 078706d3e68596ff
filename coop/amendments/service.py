"""The verbs of supplementary agreements: written from the difference, approved by a second person, signed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm.exc import StaleDataError

from coop.amendments import queries
from coop.amendments.models import Amendment, AmendmentAct
from coop.amendments.rules.changes import changes, effect, keeps_identity
from coop.amendments.rules.life import ALLOWED, AmendmentActKind, AmendmentOperation, AmendmentState
from coop.amendments.snapshot import AmendmentSnapshot
from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.models import Contract
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.life import Operation
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.service.drafting import china_day
from coop.contracts.service.life import demand_sound
from coop.contracts.service.permitting import demand, demand_reason, demand_state
from coop.contracts.snapshot import read_details, read_snapshot, write_details
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import attach, register_owner
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, StaleVersion
from foundation.journal.service import record
from foundation.papers import service as papers

OWNER = "amendment"

register_owner(
    Owner(
        name=OWNER,
        page="/coop/amendments/",
        may_see=queries.can_see,
        may_change=lambda viewer, amendment_id: (
            queries.can_see(viewer, amendment_id) and viewer.can(ContractPermission.SIGN)
        ),
    )
)

PERMISSIONS = {
    AmendmentOperation.EDIT: ContractPermission.DRAFT,
    AmendmentOperation.SUBMIT: ContractPermission.DRAFT,
    AmendmentOperation.RETURN: ContractPermission.APPROVE,
    AmendmentOperation.APPROVE: ContractPermission.APPROVE,
    AmendmentOperation.SIGN: ContractPermission.SIGN,
    AmendmentOperation.VOID: ContractPermission.DRAFT,
    AmendmentOperation.PRINT: ContractPermission.PRINT,
}
"""Which permission each operation asks for; withdrawing asks for the one of the act that is taken back."""


class NothingChanges(DomainError):
    """补充协议与现行合同没有任何差异；请先填写要变更的内容。"""


class AnotherContract(DomainError):
    """补充协议不能更换当事人、模式或所在地；请终止原合同后另行签订。"""


class AnotherOpen(DomainError):
    """本合同还有未办结的补充协议 %(number)s；请先办完或作废那一份。"""


class NotPossibleNow(DomainError):
    """补充协议现在是“%(state)s”状态，不能办理“%(operation)s”；请刷新页面查看最新进展。"""


class MayNot(Forbidden):
    """您没有在合同所在地办理“%(operation)s”的权限；请由有权限的人员办理。"""


class SameHands(DomainError):
    """补充协议由您起草或提交，不能由您本人审核；请由另一人审核。"""


class OthersAct(DomainError):
    """只有办理人本人可以撤回自己的提交或审核；请联系办理人，或使用“退回”。"""


class BaseChanged(DomainError):
    """合同在起草本补充协议之后已有新的版本；请退回，按现行合同重新起草。"""


class SignedInFuture(DomainError):
    """签订日期 %(day)s 晚于今天；请填写协议上的签字日期。"""


def propose(
    contract: Contract,
    details: ContractDetails,
    *,
    reason: str,
    effective_on: date,
    viewer: Viewer,
    now: datetime,
) -> Amendment:
    """Draft an agreement from the difference between a contract's terms and the proposed ones (N3)."""
    demand(Operation.AMEND, contract, viewer=viewer, now=now)
    reason = demand_reason(reason)
    other = queries.open_of(contract.id)
    if other is not None:
        raise AnotherOpen(number=other.number)
    sequence = queries.count_of(contract.id) + 1
    amendment = Amendment(
        contract_id=contract.id,
        contract=contract,
        sequence=sequence,
        number=f"{contract.number}补{sequence}",
        division_code=contract.division_code,
        dated_on=china_day(now),
        drafter_id=viewer.account_id,
    )
    _write(amendment, contract, details, reason, effective_on)
    db.session.add(amendment)
    _note(amendment, AmendmentActKind.DRAFTED, viewer=viewer, now=now)
    return amendment


def revise(
    amendment: Amendment,
    details: ContractDetails,
    *,
    reason: str,
    effective_on: date,
    expected_version: int,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Replace the proposal of a draft or returned agreement, against the contract as it now stands."""
    demand_operation(AmendmentOperation.EDIT, amendment, viewer=viewer, version=expected_version)
    contract = contracts.reload(amendment.contract_id)
    _write(amendment, contract, details, demand_reason(reason), effective_on)
    _note(amendment, AmendmentActKind.REVISED, viewer=viewer, now=now)


def _write(
    amendment: Amendment, contract: Contract, details: ContractDetails, reason: str, effective_on: date
) -> None:
    before = contract_service.details_of(contract)
    if not keeps_identity(before, details):
        raise AnotherContract
    found = changes(before, details, queries.names_for(before, details))
    if not found:
        raise NothingChanges
    moved = effect(before, details)
    amendment.base_revision = contract.revision
    amendment.reason, amendment.effective_on = reason, effective_on
    amendment.proposal = write_details(details)
    amendment.changes = [change.plain() for change in found]
    amendment.area_before, amendment.area_after = moved.area_before, moved.area_after
    amendment.total_before, amendment.total_after = moved.total_before, moved.total_after


def proposal_of(amendment: Amendment) -> ContractDetails:
    """Return the proposed terms."""
    return read_details(amendment.proposal)


def submit(amendment: Amendment, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Hand a draft in for approval."""
    demand_operation(AmendmentOperation.SUBMIT, amendment, viewer=viewer, version=version)
    _demand_standing(amendment, now)
    amendment.submitted_at, amendment.returned_at = now, None
    amendment.submitter_id = viewer.account_id
    _note(amendment, AmendmentActKind.SUBMITTED, viewer=viewer, now=now)


def withdraw(amendment: Amendment, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Take back one's own last act: a submission, or an approval."""
    demand_operation(AmendmentOperation.WITHDRAW, amendment, viewer=viewer, version=version)
    if amendment.approved_at is not None:
        _unfreeze(amendment, "审核撤回", viewer, now)
    else:
        amendment.submitted_at = amendment.submitter_id = None
    _note(amendment, AmendmentActKind.WITHDRAWN, viewer=viewer, now=now)


def send_back(
    amendment: Amendment, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Return an agreement to its drafter with a reason."""
    demand_operation(AmendmentOperation.RETURN, amendment, viewer=viewer, version=version)
    reason = demand_reason(reason)
    _unfreeze(amendment, reason, viewer, now)
    amendment.submitted_at, amendment.returned_at = None, now
    _note(amendment, AmendmentActKind.RETURNED, viewer=viewer, now=now, reason=reason)


def approve(amendment: Amendment, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Approve as the second person; the text is frozen for signing."""
    demand_operation(AmendmentOperation.APPROVE, amendment, viewer=viewer, version=version)
    _demand_standing(amendment, now)
    amendment.approved_at, amendment.approver_id = now, viewer.account_id
    frozen = snapshot_of(amendment)
    amendment.snapshot, amendment.digest = frozen.write(), frozen.digest
    _note(amendment, AmendmentActKind.APPROVED, viewer=viewer, now=now)


def sign(
    amendment: Amendment,
    *,
    signed_on: date,
    scans: Sequence[tuple[str, bytes]] = (),
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> None:
    """Record the signatures: terms change, the next text is frozen, old papers are replaced."""
    demand_operation(AmendmentOperation.SIGN, amendment, viewer=viewer, version=version)
    if signed_on > china_day(now):
        raise SignedInFuture(day=signed_on)
    contract = contracts.reload(amendment.contract_id)
    _demand_base(amendment, contract)
    amendment.signed_on, amendment.filed_on = signed_on, china_day(now)
    contract_service.amend(
        contract,
        proposal_of(amendment),
        base_revision=amendment.base_revision,
        signed_on=signed_on,
        effective_on=amendment.effective_on,
        reason=amendment.number,
        viewer=viewer,
        now=now,
    )
    for name, content in scans:
        attach(name, content, owner_type=OWNER, owner_id=amendment.id, viewer=viewer, now=now)
    _note(amendment, AmendmentActKind.SIGNED, viewer=viewer, now=now)


def void(
    amendment: Amendment, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Void an unsigned agreement with a reason; a signed one is changed by the next agreement only."""
    demand_operation(AmendmentOperation.VOID, amendment, viewer=viewer, version=version)
    reason = demand_reason(reason)
    amendment.voided_at = now
    _note(amendment, AmendmentActKind.VOIDED, viewer=viewer, now=now, reason=reason)
    papers.void_all(OWNER, amendment.id, viewer=viewer, now=now, reason=reason)


def may(operation: AmendmentOperation, amendment: Amendment, *, viewer: Viewer) -> bool:
    """Tell whether a button for the operation is to be shown to ``viewer``."""
    try:
        demand_operation(operation, amendment, viewer=viewer)
    except (NotPossibleNow, MayNot, SameHands, OthersAct):
        return False
    return True


def demand_operation(
    operation: AmendmentOperation, amendment: Amendment, *, viewer: Viewer, version: int | None = None
) -> None:
    """Refuse an operation that the state, the permission, the second-person rule or a newer version bars."""
    state = amendment.state
    if operation not in ALLOWED[state]:
        raise NotPossibleNow(state=state, operation=operation)
    permission = PERMISSIONS.get(operation, _permission_to_withdraw(state))
    if not viewer.sees(permission, amendment.division_code, amendment.dated_on):
        raise MayNot(operation=operation)
    if operation is AmendmentOperation.APPROVE and viewer.account_id in (
        amendment.drafter_id,
        amendment.submitter_id,
    ):
        raise SameHands
    if operation is AmendmentOperation.WITHDRAW and viewer.account_id != _last_actor(amendment):
        raise OthersAct
    if version is not None and version != amendment.version:
        raise StaleVersion


def _permission_to_withdraw(state: AmendmentState) -> ContractPermission:
    return ContractPermission.APPROVE if state is AmendmentState.APPROVED else ContractPermission.DRAFT


def _last_actor(amendment: Amendment) -> int | None:
    return amendment.submitter_id if amendment.approved_at is None else amendment.approver_id


def _demand_standing(amendment: Amendment, now: datetime) -> None:
    """Refuse a proposal that rests on an old text, or that could not be signed as a contract today."""
    demand_state(Operation.AMEND, amendment.contract, now=now)
    _demand_base(amendment, amendment.contract)
    demand_sound(proposal_of(amendment), amendment.contract_id, now)


def _demand_base(amendment: Amendment, contract: Contract) -> None:
    if amendment.base_revision != contract.revision:
        raise BaseChanged


def _unfreeze(amendment: Amendment, reason: str, viewer: Viewer, now: datetime) -> None:
    if amendment.snapshot is not None:
        amendment.snapshot, amendment.digest = None, ""
        papers.void_all(OWNER, amendment.id, viewer=viewer, now=now, reason=reason)
    amendment.approved_at = amendment.approver_id = None


def _note(
    amendment: Amendment, kind: AmendmentActKind, *, viewer: Viewer, now: datetime, reason: str = ""
) -> None:
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error
    act = AmendmentAct(
        amendment_id=amendment.id,
        kind=kind,
        at=now,
        account_id=viewer.account_id,
        name=viewer.name,
        reason=reason,
    )
    db.session.add(act)
    record(kind, amendment, viewer=viewer, now=now, reason=reason)


def snapshot_of(amendment: Amendment) -> AmendmentSnapshot:
    """Return everything that the paper of an agreement prints; the parties as the signed text names them."""
    contract = amendment.contract
    base = read_snapshot(contracts.revision(contract.id, amendment.base_revision).snapshot)
    return AmendmentSnapshot(
        number=amendment.number,
        contract_number=contract.number or "",
        contract_signed_on=contract.signed_on or amendment.dated_on,
        base_revision=amendment.base_revision,
        county=base.county,
        nature=contract.nature,
        receiver=base.receiver,
        provider=base.provider,
        printed_first=contract.printed_first,
        reason=amendment.reason,
        sentences=tuple(change["sentence"] % change["values"] for change in amendment.changes),
        area_before=amendment.area_before,
        area_after=amendment.area_after,
        total_before=amendment.total_before,
        total_after=amendment.total_after,
        difference=amendment.difference,
        effective_on=amendment.effective_on,
    )
