"""Whether an operation may be done with an order: the table of states and the permission in its place."""

from datetime import datetime

from coop.operations import queries
from coop.operations.models import WorkOrder
from coop.operations.rules.life import OrderOperation, OrderState, is_allowed
from coop.operations.rules.terms import OperationPermission
from coop.operations.service.refusals import MayNot, NotPossibleNow, ReasonMissing
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.errors import StaleVersion

SHORTEST_REASON = 2

O = OrderOperation  # noqa: E741 - a table is read better with short heads

PERMISSIONS = {
    O.EDIT: OperationPermission.PLAN,
    O.ISSUE: OperationPermission.PLAN,
    O.REPORT: OperationPermission.REPORT,
    O.CANCEL_LINES: OperationPermission.PLAN,
    O.CANCEL: OperationPermission.PLAN,
    O.PRINT: OperationPermission.PRINT,
}
"""Which permission each operation asks for."""


def may(operation: OrderOperation, order: WorkOrder, *, viewer: Viewer, now: datetime) -> bool:
    """Tell whether a button for the operation is to be shown to ``viewer``."""
    try:
        demand(operation, order, viewer=viewer, now=now)
    except (NotPossibleNow, MayNot):
        return False
    return True


def demand(
    operation: OrderOperation,
    order: WorkOrder,
    *,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> OrderState:
    """Refuse an operation that the state, the permission or a newer version bars; return the state."""
    state = queries.state_of(order, now.astimezone(CHINA).date())
    is_again = operation is O.ISSUE and order.issued_at is not None
    if is_again or not is_allowed(operation, state):
        raise NotPossibleNow(state=state, operation=operation)
    if not viewer.sees(PERMISSIONS[operation], order.division_code, order.dated_on):
        raise MayNot(operation=operation)
    if version is not None and version != order.version:
        raise StaleVersion
    return state


def demand_reason(reason: str) -> str:
    """Return a written reason, trimmed; refuse none."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    return reason.strip()
