"""The acts in the life of a supplementary agreement; the signature changes the contract."""

from collections.abc import Sequence
from datetime import date, datetime

from coop.amendments import queries
from coop.amendments.models import Amendment
from coop.amendments.rules.life import AmendmentActKind, AmendmentOperation
from coop.amendments.service.permitting import demand_operation, note_act
from coop.amendments.service.refusals import (
    BaseChanged,
    SignedInFuture,
)
from coop.amendments.service.writing import proposal_of, snapshot_of
from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.models import Contract
from coop.contracts.rules.life import Operation
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.service.drafting import china_day
from coop.contracts.service.life import demand_sound
from coop.contracts.service.permitting import demand_reason, demand_state
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import attach, register_owner
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


def submit(amendment: Amendment, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Hand a draft in for approval."""
    demand_operation(AmendmentOperation.SUBMIT, amendment, viewer=viewer, version=version)
    _demand_standing(amendment, now)
    amendment.submitted_at, amendment.returned_at = now, None
    amendment.submitter_id = viewer.account_id
    note_act(amendment, AmendmentActKind.SUBMITTED, viewer=viewer, now=now)


def withdraw(amendment: Amendment, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Take back one's own last act: a submission, or an approval."""
    demand_operation(AmendmentOperation.WITHDRAW, amendment, viewer=viewer, version=version)
    if amendment.approved_at is not None:
        _unfreeze(amendment, "审核撤回", viewer, now)
    else:
        amendment.submitted_at = amendment.submitter_id = None
    note_act(amendment, AmendmentActKind.WITHDRAWN, viewer=viewer, now=now)


def send_back(
    amendment: Amendment, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Return an agreement to its drafter with a reason."""
    demand_operation(AmendmentOperation.RETURN, amendment, viewer=viewer, version=version)
    reason = demand_reason(reason)
    _unfreeze(amendment, reason, viewer, now)
    amendment.submitted_at, amendment.returned_at = None, now
    note_act(amendment, AmendmentActKind.RETURNED, viewer=viewer, now=now, reason=reason)


def approve(amendment: Amendment, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Approve as the second person; the text is frozen for signing."""
    demand_operation(AmendmentOperation.APPROVE, amendment, viewer=viewer, version=version)
    _demand_standing(amendment, now)
    amendment.approved_at, amendment.approver_id = now, viewer.account_id
    frozen = snapshot_of(amendment)
    amendment.snapshot, amendment.digest = frozen.write(), frozen.digest
    note_act(amendment, AmendmentActKind.APPROVED, viewer=viewer, now=now)


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
    note_act(amendment, AmendmentActKind.SIGNED, viewer=viewer, now=now)


def void(
    amendment: Amendment, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Void an unsigned agreement with a reason; a signed one is changed by the next agreement only."""
    demand_operation(AmendmentOperation.VOID, amendment, viewer=viewer, version=version)
    reason = demand_reason(reason)
    amendment.voided_at = now
    note_act(amendment, AmendmentActKind.VOIDED, viewer=viewer, now=now, reason=reason)
    papers.void_all(OWNER, amendment.id, viewer=viewer, now=now, reason=reason)


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
