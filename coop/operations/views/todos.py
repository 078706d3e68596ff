"""What work orders wait for a person: shown on the worktable."""

from collections.abc import Iterator
from datetime import date

from coop.operations import queries
from coop.operations.rules.life import OrderState
from coop.operations.rules.terms import OperationPermission
from foundation.access.grants import Viewer
from foundation.web.todos import Todo
from foundation.wording import N_

WAITING = (
    (OperationPermission.PLAN, OrderState.PLANNED, N_("待派发的作业单")),
    (OperationPermission.REPORT, OrderState.LATE, N_("逾期未完成的作业单")),
    (OperationPermission.REPORT, OrderState.ISSUED, N_("作业中、待登记的作业单")),
)


def waiting(viewer: Viewer, on: date) -> Iterator[Todo]:
    """Yield how many orders wait for the viewer, by what is to be done, and when the first is due."""
    for permission, state, label in WAITING:
        if viewer.can(permission):
            count, first = queries.waiting(viewer, permission, (state,), on)
            yield Todo(label=label, count=count, url=_list_of(viewer, state), due_on=first)


def _list_of(viewer: Viewer, state: OrderState) -> str:
    """Lead to the list of the desk, or, for a driver who may not open it, to the list of the telephone."""
    may_list = viewer.can(OperationPermission.VIEW)
    return f"/coop/operations/?state={state.value}" if may_list else "/coop/operations/mine"
