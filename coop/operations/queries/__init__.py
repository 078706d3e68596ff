"""Readers of work orders; every one that serves a person starts from ``visible_to``."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from coop.machinery.models import Operator
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries.filters import OrderFilter, conditions, held, in_state, visible_to
from coop.operations.queries.listing import (
    SORTS,
    LineSums,
    OrderRow,
    facts_of,
    find,
    ids,
    line_sums,
    page,
    stream,
    waiting,
)
from coop.operations.queries.loaded import HEAD
from coop.operations.rules.life import OrderState, order_state
from coop.organisations.models import Organisation
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import NotFound

__all__ = [
    "SORTS",
    "WHOLE",
    "LineSums",
    "OrderFilter",
    "OrderRow",
    "can_see",
    "conditions",
    "find",
    "get",
    "get_head",
    "heads",
    "held",
    "ids",
    "in_state",
    "line_sums",
    "many",
    "operators",
    "page",
    "providers",
    "state_of",
    "stream",
    "visible_to",
    "waiting",
    "whole",
]

WHOLE: tuple[ORMOption, ...] = (
    *HEAD,
    selectinload(WorkOrder.lines).options(
        joinedload(OrderLine.parcel),
        joinedload(OrderLine.household),
        joinedload(OrderLine.contract),
        selectinload(OrderLine.reports).options(
            joinedload(WorkReport.operator), joinedload(WorkReport.machine)
        ),
    ),
)
"""What a whole order is loaded with, in a fixed number of queries."""


def get(viewer: Viewer, order_id: int) -> WorkOrder:
    """Return one whole order, or raise ``NotFound``."""
    return _one(select(WorkOrder).where(WorkOrder.id == order_id, visible_to(viewer)))


def whole(order_id: int) -> WorkOrder:
    """Return one whole order as the database now has it, for services and papers that decided who may."""
    statement = select(WorkOrder).where(WorkOrder.id == order_id)
    return _one(statement.execution_options(populate_existing=True))


def many(viewer: Viewer, order_ids: Sequence[int]) -> list[WorkOrder]:
    """Return whole orders by number; those out of sight are left out."""
    statement = select(WorkOrder).where(WorkOrder.id.in_(order_ids), visible_to(viewer))
    return list(db.session.scalars(statement.options(*WHOLE).order_by(WorkOrder.serial, WorkOrder.id)))


def _one(statement: Select[WorkOrder]) -> WorkOrder:
    found = db.session.scalar(statement.options(*WHOLE))
    if found is None:
        raise NotFound
    return found


def get_head(viewer: Viewer, order_id: int) -> WorkOrder:
    """Return the row of an order without its lines, or raise ``NotFound``."""
    found = db.session.scalar(select(WorkOrder).where(WorkOrder.id == order_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def heads(viewer: Viewer, order_ids: Sequence[int]) -> list[WorkOrder]:
    """Return the rows of orders without their lines, by number; those out of sight are left out."""
    statement = select(WorkOrder).where(WorkOrder.id.in_(order_ids), visible_to(viewer))
    return list(db.session.scalars(statement.order_by(WorkOrder.serial, WorkOrder.id)))


def providers(viewer: Viewer) -> list[tuple[int, str]]:
    """Return who serves the orders in sight, for the query bar."""
    used = select(WorkOrder.provider_id).where(visible_to(viewer)).distinct()
    statement = select(Organisation.id, Organisation.name).where(Organisation.id.in_(used))
    return [(key, name) for key, name in db.session.execute(statement.order_by(Organisation.name))]


def operators(viewer: Viewer) -> list[tuple[int, str]]:
    """Return who drives for the orders in sight, for the query bar."""
    used = select(WorkOrder.operator_id).where(visible_to(viewer)).distinct()
    statement = select(Operator.id, Operator.name).where(Operator.id.in_(used))
    return [(key, name) for key, name in db.session.execute(statement.order_by(Operator.name, Operator.id))]


def can_see(viewer: Viewer, order_id: int) -> bool:
    """Tell whether ``viewer`` may see an order, for its files."""
    statement = select(WorkOrder.id).where(WorkOrder.id == order_id, visible_to(viewer))
    return db.session.scalar(statement) is not None


def state_of(order: WorkOrder, on: date) -> OrderState:
    """Return where an order stands on a day; its lines are counted in the database."""
    return order_state(facts_of(order, line_sums([order.id]).get(order.id, LineSums())), on)
