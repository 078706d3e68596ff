"""Taking machines and operators out of use; orders that name them stay as they are."""

from datetime import date, datetime

from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineryAct, MachineryPermission
from coop.organisations.service import AlreadyClosed, NotClosed, demand_reason, demand_scope
from foundation.access.grants import Viewer
from foundation.errors import StaleVersion
from foundation.journal.service import record

_ACTS = {
    Machine: (MachineryAct.MACHINE_CLOSED, MachineryAct.MACHINE_REOPENED),
    Operator: (MachineryAct.OPERATOR_CLOSED, MachineryAct.OPERATOR_REOPENED),
}


def close(
    row: Machine | Operator,
    *,
    on: date,
    reason: str,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> None:
    """Take a machine or an operator out of use; pickers no longer offer it."""
    _demand(row, reason, viewer, version)
    if row.closed_on is not None:
        raise AlreadyClosed(name=row.name, day=row.closed_on)
    row.closed_on, row.closed_reason = on, reason.strip()
    record(_ACTS[type(row)][0], row, viewer=viewer, now=now, reason=reason)


def reopen(
    row: Machine | Operator, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Take a machine or an operator back into use."""
    _demand(row, reason, viewer, version)
    if row.closed_on is None:
        raise NotClosed(name=row.name)
    row.closed_on, row.closed_reason = None, ""
    record(_ACTS[type(row)][1], row, viewer=viewer, now=now, reason=reason)


def _demand(row: Machine | Operator, reason: str, viewer: Viewer, version: int | None) -> None:
    if version is not None and row.version != version:
        raise StaleVersion
    demand_scope(viewer, MachineryPermission.EDIT, row.division_code)
    demand_reason(reason)
