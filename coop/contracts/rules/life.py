"""The life of a contract: its state follows from facts, one table says what may be done in it."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.contracts.rules.terms import ContractPermission
from foundation.wording import N_, Term


class ContractState(Term):
    """Where a contract stands on a day; derived from its facts, never stored."""

    DRAFT = "draft", N_("草稿")
    SUBMITTED = "submitted", N_("待审核")
    RETURNED = "returned", N_("已退回")
    APPROVED = "approved", N_("待签订")
    SIGNED = "signed", N_("已签订未生效")
    IN_FORCE = "in_force", N_("履行中")
    COMPLETED = "completed", N_("已完成")
    TERMINATED = "terminated", N_("已终止")
    VOID = "void", N_("已作废")


class Operation(Term):
    """What can be done with a contract."""

    EDIT = "edit", N_("修改")
    SUBMIT = "submit", N_("提交审核")
    WITHDRAW = "withdraw", N_("撤回")
    RETURN = "return", N_("退回")
    APPROVE = "approve", N_("审核通过")
    SIGN = "sign", N_("登记签订")
    AMEND = "amend", N_("签订补充协议")
    COMPLETE = "complete", N_("登记完成")
    TERMINATE = "terminate", N_("终止")
    VOID = "void", N_("作废")
    RENEW = "renew", N_("续签")
    PRINT = "print", N_("打印")


class ContractActKind(Term):
    """The acts that a contract's history lists, and the journal with it."""

    DRAFTED = "contracts.drafted", N_("起草")
    REVISED = "contracts.revised", N_("修改")
    SUBMITTED = "contracts.submitted", N_("提交审核")
    WITHDRAWN = "contracts.withdrawn", N_("撤回")
    RETURNED = "contracts.returned", N_("退回")
    APPROVED = "contracts.approved", N_("审核通过")
    SIGNED = "contracts.signed", N_("签订")
    AMENDED = "contracts.amended", N_("补充协议生效")
    COMPLETED = "contracts.completed", N_("完成")
    TERMINATED = "contracts.terminated", N_("终止")
    VOIDED = "contracts.voided", N_("作废")
    RENEWED = "contracts.renewed", N_("续签")
    EXPORTED = "contracts.exported", N_("导出")


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFacts:
    """The facts from which the state of a contract follows."""

    starts_on: date
    ends_on: date
    submitted_at: datetime | None = None
    returned_at: datetime | None = None
    approved_at: datetime | None = None
    signed_on: date | None = None
    effective_on: date | None = None
    completed_on: date | None = None
    terminated_on: date | None = None
    voided_at: datetime | None = None


def state_of(facts: LifeFacts, on: date) -> ContractState:
    """Return where a contract stands on a day: later facts speak before earlier ones."""
    if facts.voided_at is not None:
        return ContractState.VOID
    if facts.signed_on is not None:
        return _signed_state(facts, facts.signed_on, on)
    if facts.approved_at is not None:
        return ContractState.APPROVED
    if facts.submitted_at is not None:
        return ContractState.SUBMITTED
    return ContractState.RETURNED if facts.returned_at is not None else ContractState.DRAFT


def _signed_state(facts: LifeFacts, signed_on: date, on: date) -> ContractState:
    if facts.terminated_on is not None and facts.terminated_on <= on:
        return ContractState.TERMINATED
    if facts.completed_on is not None or facts.ends_on < on:
        return ContractState.COMPLETED
    begins = max(facts.starts_on, facts.effective_on or signed_on)
    return ContractState.IN_FORCE if begins <= on else ContractState.SIGNED


S, O = ContractState, Operation  # noqa: E741 - a table is read better with short heads

ALLOWED: dict[ContractState, frozenset[Operation]] = {
    S.DRAFT: frozenset({O.EDIT, O.SUBMIT, O.VOID}),
    S.RETURNED: frozenset({O.EDIT, O.SUBMIT, O.VOID}),
    S.SUBMITTED: frozenset({O.WITHDRAW, O.RETURN, O.APPROVE}),
    S.APPROVED: frozenset({O.WITHDRAW, O.RETURN, O.SIGN, O.VOID, O.PRINT}),
    S.SIGNED: frozenset({O.AMEND, O.TERMINATE, O.VOID, O.RENEW, O.PRINT}),
    S.IN_FORCE: frozenset({O.AMEND, O.COMPLETE, O.TERMINATE, O.VOID, O.RENEW, O.PRINT}),
    S.COMPLETED: frozenset({O.RENEW, O.PRINT}),
    S.TERMINATED: frozenset({O.RENEW, O.PRINT}),
    S.VOID: frozenset({O.PRINT}),
}
"""What may be done in which state; nothing else decides it."""

PERMISSIONS = {
    O.EDIT: ContractPermission.DRAFT,
    O.SUBMIT: ContractPermission.DRAFT,
    O.RETURN: ContractPermission.APPROVE,
    O.APPROVE: ContractPermission.APPROVE,
    O.SIGN: ContractPermission.SIGN,
    O.AMEND: ContractPermission.DRAFT,
    O.COMPLETE: ContractPermission.CLOSE,
    O.TERMINATE: ContractPermission.CLOSE,
    O.VOID: ContractPermission.CLOSE,
    O.RENEW: ContractPermission.DRAFT,
    O.PRINT: ContractPermission.PRINT,
}
"""Which permission each operation asks for; withdrawing asks for the one of the act that is taken back."""

UNSIGNED = frozenset({S.DRAFT, S.RETURNED, S.SUBMITTED, S.APPROVED})


def permission_for(operation: Operation, state: ContractState) -> ContractPermission:
    """Return the permission an operation asks for; a draft is thrown away by whoever may draft."""
    if operation is O.WITHDRAW:
        return ContractPermission.APPROVE if state is S.APPROVED else ContractPermission.DRAFT
    if operation is O.VOID and state in (S.DRAFT, S.RETURNED):
        return ContractPermission.DRAFT
    return PERMISSIONS[operation]


def is_allowed(operation: Operation, state: ContractState) -> bool:
    """Tell whether the table allows an operation in a state."""
    return operation in ALLOWED[state]
