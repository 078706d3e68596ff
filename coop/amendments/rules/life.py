"""The life of a supplementary agreement: its state follows from facts, one table says what may be done."""

from dataclasses import dataclass
from datetime import date, datetime

from foundation.wording import N_, Term


class AmendmentState(Term):
    """Where a supplementary agreement stands; derived from its facts, never stored."""

    DRAFT = "draft", N_("草稿")
    SUBMITTED = "submitted", N_("待审核")
    RETURNED = "returned", N_("已退回")
    APPROVED = "approved", N_("待签订")
    SIGNED = "signed", N_("已签订")
    VOID = "void", N_("已作废")


class AmendmentOperation(Term):
    """What can be done with a supplementary agreement."""

    EDIT = "edit", N_("修改")
    SUBMIT = "submit", N_("提交审核")
    WITHDRAW = "withdraw", N_("撤回")
    RETURN = "return", N_("退回")
    APPROVE = "approve", N_("审核通过")
    SIGN = "sign", N_("登记签订")
    VOID = "void", N_("作废")
    PRINT = "print", N_("打印")


class AmendmentActKind(Term):
    """The acts that the history of a supplementary agreement lists, and the journal with it."""

    DRAFTED = "amendments.drafted", N_("起草补充协议")
    REVISED = "amendments.revised", N_("修改补充协议")
    SUBMITTED = "amendments.submitted", N_("提交补充协议")
    WITHDRAWN = "amendments.withdrawn", N_("撤回补充协议")
    RETURNED = "amendments.returned", N_("退回补充协议")
    APPROVED = "amendments.approved", N_("补充协议审核通过")
    SIGNED = "amendments.signed", N_("签订补充协议")
    VOIDED = "amendments.voided", N_("作废补充协议")


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentFacts:
    """The facts from which the state follows."""

    submitted_at: datetime | None = None
    returned_at: datetime | None = None
    approved_at: datetime | None = None
    signed_on: date | None = None
    voided_at: datetime | None = None


def state_of(facts: AmendmentFacts) -> AmendmentState:
    """Return where an agreement stands: later facts speak before earlier ones."""
    if facts.voided_at is not None:
        return AmendmentState.VOID
    if facts.signed_on is not None:
        return AmendmentState.SIGNED
    if facts.approved_at is not None:
        return AmendmentState.APPROVED
    if facts.submitted_at is not None:
        return AmendmentState.SUBMITTED
    return AmendmentState.RETURNED if facts.returned_at is not None else AmendmentState.DRAFT


S, O = AmendmentState, AmendmentOperation  # noqa: E741 - a table is read better with short heads

ALLOWED: dict[AmendmentState, frozenset[AmendmentOperation]] = {
    S.DRAFT: frozenset({O.EDIT, O.SUBMIT, O.VOID}),
    S.RETURNED: frozenset({O.EDIT, O.SUBMIT, O.VOID}),
    S.SUBMITTED: frozenset({O.WITHDRAW, O.RETURN, O.APPROVE}),
    S.APPROVED: frozenset({O.WITHDRAW, O.RETURN, O.SIGN, O.VOID, O.PRINT}),
    S.SIGNED: frozenset({O.PRINT}),
    S.VOID: frozenset({O.PRINT}),
}
"""What may be done in which state; nothing else decides it."""
