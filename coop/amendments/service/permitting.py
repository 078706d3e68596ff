"""Whether an act may be done: the table, the permission, the second person; and its trace."""

from datetime import datetime

from sqlalchemy.orm.exc import StaleDataError

from coop.amendments.models import Amendment, AmendmentAct
from coop.amendments.rules.life import ALLOWED, AmendmentActKind, AmendmentOperation, AmendmentState
from coop.amendments.service.refusals import MayNot, NotPossibleNow, OthersAct, SameHands
from coop.contracts.rules.terms import ContractPermission
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.journal.service import record

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


def note_act(
    amendment: Amendment, kind: AmendmentActKind, *, viewer: Viewer, now: datetime, reason: str = ""
) -> None:
    """Add an act to the history and to the journal; somebody else's change in between is refused."""
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
