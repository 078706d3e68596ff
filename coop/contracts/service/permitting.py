"""Whether an operation may be done: the table of states, the permission in its place, the second person."""

from datetime import datetime

from coop.contracts.models import Contract
from coop.contracts.rules.life import ContractState, Operation, is_allowed, permission_for
from coop.contracts.service.refusals import MayNot, NotPossibleNow, OthersAct, ReasonMissing, SameHands
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.errors import StaleVersion

SHORTEST_REASON = 2


def may(operation: Operation, contract: Contract, *, viewer: Viewer, now: datetime) -> bool:
    """Tell whether a button for the operation is to be shown to ``viewer``."""
    try:
        demand(operation, contract, viewer=viewer, now=now)
    except (NotPossibleNow, MayNot, SameHands, OthersAct):
        return False
    return True


def demand(
    operation: Operation, contract: Contract, *, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Refuse an operation that the state, the permission, the second-person rule or a newer version bars."""
    state = demand_state(operation, contract, now=now)
    if not viewer.sees(permission_for(operation, state), contract.division_code, contract.dated_on):
        raise MayNot(operation=operation)
    if operation is Operation.APPROVE and viewer.account_id in (contract.drafter_id, contract.submitter_id):
        raise SameHands
    if operation is Operation.WITHDRAW and viewer.account_id != _last_actor(contract):
        raise OthersAct
    if version is not None and version != contract.version:
        raise StaleVersion


def demand_state(operation: Operation, contract: Contract, *, now: datetime) -> ContractState:
    """Return the contract's state; refuse an operation that the table does not allow in it."""
    state = contract.state(now.astimezone(CHINA).date())
    if not is_allowed(operation, state):
        raise NotPossibleNow(state=state, operation=operation)
    return state


def _last_actor(contract: Contract) -> int | None:
    return contract.submitter_id if contract.approved_at is None else contract.approver_id


def demand_reason(reason: str) -> str:
    """Return a written reason, trimmed; refuse none."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    return reason.strip()
