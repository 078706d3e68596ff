"""What a reader of orders may ask for, and the conditions that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from coop.contracts.models import Contract
from coop.households.models import Household
from coop.households.queries import matches as means_household
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.rules.life import OrderState
from coop.operations.rules.terms import OperationPermission, WorkResult
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.wording import Term

LIVING = OrderLine.cancelled_at.is_(None)
DONE = or_(
    and_(OrderLine.result.is_not(None), OrderLine.result == WorkResult.DONE),
    OrderLine.is_disputed.is_(True),
    OrderLine.accepted_on.is_not(None),
)
"""Lines on which nothing is left to do, as in ``rules.life``; never unknown, so that it may be negated."""
DISPUTED = OrderLine.is_disputed.is_(True)
ACCEPTED = OrderLine.accepted_on.is_not(None)
DEEMED = and_(ACCEPTED, OrderLine.is_deemed.is_(True))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """What a reader of the list asks for; empty fields do not narrow. ``since`` and ``until`` bound the
    last day of the window.
    """

    text: str = ""
    state: OrderState | None = None
    season_id: int | None = None
    link_id: int | None = None
    division_code: str = ""
    provider_id: int | None = None
    operator_id: int | None = None
    since: date | None = None
    until: date | None = None
    disputed: bool = False
    ids: tuple[int, ...] = ()


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that an order lies where ``viewer`` may see orders of its day."""
    return held(viewer, OperationPermission.VIEW)


def held(viewer: Viewer, permission: Term) -> ColumnElement[bool]:
    """Return the condition that ``viewer`` holds ``permission`` over an order."""
    return within(viewer, permission, WorkOrder.division_code, WorkOrder.dated_on)


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    lines = select(OrderLine.id).where(OrderLine.order_id == WorkOrder.id, LIVING, *conditions)
    return lines.correlate(WorkOrder).exists()


def in_state(state: OrderState, on: date) -> ColumnElement[bool]:
    """Return the condition that an order stands in ``state``: the same derivation as ``rules.life``."""
    alive = and_(WorkOrder.cancelled_at.is_(None), _has())
    empty = and_(WorkOrder.cancelled_at.is_(None), ~_has())
    open_ = and_(alive, _has(~DONE))
    is_late = WorkOrder.ends_on < on
    working = or_(open_, empty)
    conditions = {
        OrderState.CANCELLED: WorkOrder.cancelled_at.is_not(None),
        OrderState.ACCEPTED: and_(alive, ~_has(~ACCEPTED)),
        OrderState.DONE: and_(alive, ~_has(~DONE), _has(~ACCEPTED)),
        OrderState.LATE: and_(working, is_late),
        OrderState.PLANNED: and_(working, ~is_late, WorkOrder.issued_at.is_(None)),
        OrderState.ISSUED: and_(working, ~is_late, WorkOrder.issued_at.is_not(None)),
    }
    return conditions[state]


def means(text: str) -> ColumnElement[bool]:
    """Return the condition that ``text`` means an order: its number, a contract, a household or a parcel."""
    households = select(Household.id).where(means_household(text))
    contracts = select(Contract.id).where(Contract.number == text)
    parcels = select(Parcel.id).where(Parcel.code == text)
    lines = select(OrderLine.order_id).where(
        or_(
            OrderLine.household_id.in_(households),
            OrderLine.contract_id.in_(contracts),
            OrderLine.parcel_id.in_(parcels),
        )
    )
    found = [WorkOrder.number == text, WorkOrder.id.in_(lines)]
    if text.isascii() and text.isdigit() and len(text) <= 6:  # noqa: PLR2004 - a serial has six digits
        found.append(WorkOrder.serial == int(text))
    return or_(*found)


def conditions(viewer: Viewer, asked: OrderFilter, on: date) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export, a print run or a picker of orders must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        found.append(means(asked.text.strip()))
    if asked.state:
        found.append(in_state(asked.state, on))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(WorkOrder.division_code >= lower, WorkOrder.division_code < upper))
    if asked.disputed:
        found.append(_has(DISPUTED))
    if asked.ids:
        found.append(WorkOrder.id.in_(asked.ids))
    return [*found, *_same(asked), *_between(asked)]


def _same(asked: OrderFilter) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (WorkOrder.season_id, asked.season_id),
        (WorkOrder.link_id, asked.link_id),
        (WorkOrder.provider_id, asked.provider_id),
        (WorkOrder.operator_id, asked.operator_id),
    ):
        if value:
            yield column == value


def _between(asked: OrderFilter) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that the window ends within the days asked for."""
    if asked.since:
        yield WorkOrder.ends_on >= asked.since
    if asked.until:
        yield WorkOrder.ends_on <= asked.until
