"""What agreements wait for a person: shown on the worktable."""

from collections.abc import Iterator
from datetime import date

from coop.amendments import queries
from coop.amendments.rules.life import AmendmentState
from coop.amendments.views.pages import HOME
from coop.contracts.rules.terms import ContractPermission
from foundation.access.grants import Viewer
from foundation.web.todos import Todo
from foundation.wording import N_

WAITING = (
    (ContractPermission.DRAFT, AmendmentState.RETURNED, N_("被退回的补充协议，待修改")),
    (ContractPermission.APPROVE, AmendmentState.SUBMITTED, N_("待审核的补充协议")),
    (ContractPermission.SIGN, AmendmentState.APPROVED, N_("审核通过、待签订的补充协议")),
)


def waiting(viewer: Viewer, _on: date) -> Iterator[Todo]:
    """Yield how many agreements wait for the viewer, by what is to be done, and when the first shall bind."""
    for permission, state, label in WAITING:
        if viewer.can(permission):
            count, first = queries.waiting_in_state(viewer, permission, state)
            yield Todo(label=label, count=count, url=f"{HOME}?state={state.value}", due_on=first)
