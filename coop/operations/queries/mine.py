"""What a driver or a clerk in the field has to do these days: issued orders with what is left of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, Subquery, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.facts import LIVING
from coop.operations.queries.reports import is_own, reportable_by
from coop.operations.rules.terms import WorkResult
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.values.area import Mu

AHEAD = timedelta(days=7)
BEHIND = timedelta(days=30)
LONG_AGO = timedelta(days=365)
MOST_ORDERS = 60
_FINISHED = (WorkResult.DONE, WorkResult.NOT_DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOrder:
    """An order as the telephone lists it."""

    order: WorkOrder
    village: str
    lines: int
    open_lines: int
    planned: Mu
    done: Mu
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHousehold:
    """A household of an order as the telephone lists it."""

    household_id: int
    label: str
    lines: int
    open_lines: int
    planned: Mu
    done: Mu


def orders(viewer: Viewer, on: date) -> list[OwnOrder]:
    """Return the issued orders that are due about now or late, one's own first, then what ends first."""
    due = (
        reportable_by(viewer),
        WorkOrder.issued_at.is_not(None),
        WorkOrder.cancelled_at.is_(None),
        WorkOrder.starts_on <= on + AHEAD,
        WorkOrder.ends_on >= on - LONG_AGO,
    )
    counts = _counts(OrderLine.order_id, select(WorkOrder.id).where(*due))
    own = case((is_own(viewer), 1), else_=0)
    statement = (
        select(WorkOrder, counts, own.label("own"))
        .join(counts, counts.c.key == WorkOrder.id)
        .where(or_(WorkOrder.ends_on >= on - BEHIND, counts.c.open_lines > 0))
        .options(joinedload(WorkOrder.season), joinedload(WorkOrder.link), joinedload(WorkOrder.provider))
        .order_by(own.desc(), case((counts.c.open_lines > 0, 0), else_=1), WorkOrder.ends_on, WorkOrder.id)
        .limit(MOST_ORDERS)
    )
    rows = db.session.execute(statement).all()
    names = paths({row[0].division_code for row in rows})
    return [
        OwnOrder(
            order=row[0],
            village=names[row[0].division_code].short,
            lines=row.lines,
            open_lines=row.open_lines,
            planned=Mu(int(row.planned)),
            done=Mu(int(row.done)),
            is_own=bool(row.own),
        )
        for row in rows
    ]


def own_waiting(viewer: Viewer) -> tuple[int, date | None]:
    """Return how many orders wait for the viewer as their driver, and when the first is due."""
    is_open = or_(OrderLine.result.is_(None), OrderLine.result.not_in(_FINISHED))
    has_open_lines = exists().where(OrderLine.order_id == WorkOrder.id, LIVING, is_open)
    statement = select(func.count(), func.min(WorkOrder.ends_on)).where(
        is_own(viewer), WorkOrder.cancelled_at.is_(None), has_open_lines
    )
    count, first = db.session.execute(statement).one()
    return count, first


def households(order: WorkOrder) -> Sequence[OwnHousehold]:
    """Return the households of an order that the caller was let into, by villager group."""
    counts = _counts(OrderLine.household_id, [order.id])
    statement = select(Household, counts).join(counts, counts.c.key == Household.id)
    rows = db.session.execute(statement.order_by(Household.group_number, Household.id)).all()
    villages = paths({row[0].division_code for row in rows})
    return [
        OwnHousehold(
            household_id=row[0].id,
            label=str(row[0].label(villages[row[0].division_code].name)),
            lines=row.lines,
            open_lines=row.open_lines,
            planned=Mu(int(row.planned)),
            done=Mu(int(row.done)),
        )
        for row in rows
    ]


def _counts(key: Any, orders: Select[int] | Sequence[int]) -> Subquery:
    """Return lines, open lines, planned and done mu of the living lines of some orders, by ``key``."""
    is_finished = OrderLine.result.in_(_FINISHED)
    statement = (
        select(
            key.label("key"),
            func.count().label("lines"),
            func.sum(case((is_finished, 0), else_=1)).label("open_lines"),
            func.sum(OrderLine.planned_area).label("planned"),
            func.sum(OrderLine.done_area).label("done"),
        )
        .where(LIVING, OrderLine.order_id.in_(orders))
        .group_by(key)
    )
    return statement.subquery()
