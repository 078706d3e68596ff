"""The life of an order and of its lines: where they stand follows from facts, stored nowhere."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.operations.rules.terms import LineState, WorkResult
from foundation.values.area import Mu
from foundation.wording import N_, Term


class OrderState(Term):
    """Where a work order stands on a day; derived from its lines, never stored."""

    PLANNED = "planned", N_("待派发")
    ISSUED = "issued", N_("作业中")
    LATE = "late", N_("逾期")
    DONE = "done", N_("待验收")
    ACCEPTED = "accepted", N_("已验收")
    CANCELLED = "cancelled", N_("已撤销")


class OrderOperation(Term):
    """What can be done with a work order."""

    EDIT = "edit", N_("修改")
    ISSUE = "issue", N_("派发")
    REPORT = "report", N_("登记作业情况")
    CANCEL_LINES = "cancel_lines", N_("撤销地块")
    CANCEL = "cancel", N_("撤销作业单")
    PRINT = "print", N_("打印")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """The facts from which the state of a line follows; ``ends_on`` is the last day of the order's window."""

    ends_on: date
    result: WorkResult | None = None
    is_disputed: bool = False
    is_accepted: bool = False
    is_deemed: bool = False
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """The facts from which the state of an order follows: its own, and how many living lines stand where."""

    ends_on: date
    lines: int = 0
    done: int = 0
    accepted: int = 0
    issued_at: datetime | None = None
    cancelled_at: datetime | None = None


REPORTED = {
    WorkResult.DONE: LineState.DONE,
    WorkResult.PARTLY: LineState.PARTLY,
    WorkResult.NOT_DONE: LineState.NOT_DONE,
}


def line_state(facts: LineFacts, on: date) -> LineState:
    """Return where a line stands on a day: later facts speak before earlier ones."""
    if facts.cancelled_at is not None:
        return LineState.CANCELLED
    if facts.is_accepted:
        return LineState.DEEMED if facts.is_deemed else LineState.ACCEPTED
    if facts.is_disputed:
        return LineState.DISPUTED
    if facts.result is not None:
        return REPORTED[facts.result]
    return LineState.LATE if facts.ends_on < on else LineState.PLANNED


def order_state(facts: OrderFacts, on: date) -> OrderState:
    """Return where an order stands on a day."""
    if facts.cancelled_at is not None:
        return OrderState.CANCELLED
    if facts.lines and facts.accepted == facts.lines:
        return OrderState.ACCEPTED
    if facts.lines and facts.done == facts.lines:
        return OrderState.DONE
    if facts.ends_on < on:
        return OrderState.LATE
    return OrderState.PLANNED if facts.issued_at is None else OrderState.ISSUED


def late_area(planned: Mu, done: Mu, ends_on: date, on: date) -> Mu:
    """Return what of a living line should have been done before a day and was not."""
    return Mu(max(0, planned - done)) if ends_on < on else Mu(0)


S, O = OrderState, OrderOperation  # noqa: E741 - a table is read better with short heads

ALLOWED: dict[OrderState, frozenset[OrderOperation]] = {
    S.PLANNED: frozenset({O.EDIT, O.ISSUE, O.CANCEL_LINES, O.CANCEL, O.PRINT}),
    S.ISSUED: frozenset({O.EDIT, O.REPORT, O.CANCEL_LINES, O.CANCEL, O.PRINT}),
    S.LATE: frozenset({O.EDIT, O.ISSUE, O.REPORT, O.CANCEL_LINES, O.CANCEL, O.PRINT}),
    S.DONE: frozenset({O.EDIT, O.REPORT, O.CANCEL_LINES, O.PRINT}),
    S.ACCEPTED: frozenset({O.PRINT}),
    S.CANCELLED: frozenset({O.PRINT}),
}
"""What may be done in which state; nothing else decides it."""


def is_allowed(operation: OrderOperation, state: OrderState) -> bool:
    """Tell whether the table allows an operation in a state."""
    return operation in ALLOWED[state]
