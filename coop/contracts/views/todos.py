"""What contracts wait for a person: shown on the worktable."""

from collections.abc import Iterator
from datetime import date

from coop.contracts import queries
from coop.contracts.rules.life import ContractState
from coop.contracts.rules.terms import ContractPermission
from foundation.access.grants import Viewer
from foundation.web.todos import Todo
from foundation.wording import N_

WAITING = (
    (ContractPermission.DRAFT, ContractState.RETURNED, N_("被退回的合同，待修改")),
    (ContractPermission.APPROVE, ContractState.SUBMITTED, N_("待审核的合同")),
    (ContractPermission.SIGN, ContractState.APPROVED, N_("审核通过、待签订的合同")),
)


def waiting(viewer: Viewer, on: date) -> Iterator[Todo]:
    """Yield how many contracts wait for the viewer, by what is to be done, and when the first shall start."""
    for permission, state, label in WAITING:
        if viewer.can(permission):
            count, first = queries.waiting_in_state(viewer, permission, state, on)
            url = f"/coop/contracts/?state={state.value}"
            yield Todo(label=label, count=count, url=url, due_on=first)
