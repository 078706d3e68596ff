"""Readers of machines and operators; every one of them starts from ``visible_to``."""

from coop.machinery.queries.machines import (
    MachineFilter,
    capacity_of,
    get_machine,
    machine_for_change,
    machine_with_terminal,
    machines_by_terminal,
    machines_for,
    machines_named,
    machines_page,
    machines_stream,
)
from coop.machinery.queries.operators import (
    OperatorFilter,
    account_holder,
    get_operator,
    operator_for_change,
    operator_of,
    operator_of_licence,
    operators_for,
    operators_named,
    operators_page,
    operators_stream,
)
from coop.machinery.queries.scope import account_of, accounts_at, licences_ending, visible_to

__all__ = [
    "MachineFilter",
    "OperatorFilter",
    "account_holder",
    "account_of",
    "accounts_at",
    "capacity_of",
    "get_machine",
    "get_operator",
    "licences_ending",
    "machine_for_change",
    "machine_with_terminal",
    "machines_by_terminal",
    "machines_for",
    "machines_named",
    "machines_page",
    "machines_stream",
    "operator_for_change",
    "operator_of",
    "operator_of_licence",
    "operators_for",
    "operators_named",
    "operators_page",
    "operators_stream",
    "visible_to",
]
