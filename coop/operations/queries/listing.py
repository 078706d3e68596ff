"""The list of work orders, page by page or as a stream, with what the lines of each come to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, case, func, or_, select

from coop.catalogue.models import CropSeason, Link
from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.filters import (
    ACCEPTED,
    DEEMED,
    DISPUTED,
    DONE,
    LIVING,
    OrderFilter,
    conditions,
    held,
    in_state,
)
from coop.operations.rules.life import OrderFacts, OrderState, order_state
from coop.organisations.models import Organisation
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
from foundation.values.area import Mu
from foundation.wording import Term

SORTS = {
    "dated_on": (WorkOrder.dated_on, WorkOrder.id),
    "starts_on": (WorkOrder.starts_on, WorkOrder.id),
    "ends_on": (WorkOrder.ends_on, WorkOrder.id),
    "area": (WorkOrder.area, WorkOrder.id),
    "number": (WorkOrder.county_code, WorkOrder.serial, WorkOrder.id),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One line of the list."""

    id: int
    number: str
    dated_on: date
    season: str
    link: str
    pass_number: int
    division_code: str
    village: str
    provider: str
    operator: str
    machine: str
    starts_on: date
    ends_on: date
    household_count: int
    parcel_count: int
    area: Mu
    done_area: Mu
    accepted_area: Mu
    deemed_area: Mu
    disputed_area: Mu
    state: OrderState


def _sum_of(column: Any) -> ScalarSelect[Any]:
    own = select(func.sum(column)).where(OrderLine.order_id == WorkOrder.id, LIVING)
    return own.correlate(WorkOrder).scalar_subquery()


TOTALS: Mapping[str, Any] = {
    "area": WorkOrder.area,
    "household_count": WorkOrder.household_count,
    "parcel_count": WorkOrder.parcel_count,
    "done_area": _sum_of(OrderLine.done_area),
    "accepted_area": _sum_of(OrderLine.accepted_area),
    "deemed_area": _sum_of(case((DEEMED, OrderLine.accepted_area), else_=0)),
    "disputed_area": _sum_of(case((DISPUTED, OrderLine.done_area), else_=0)),
}
LISTED = (
    select(
        WorkOrder,
        CropSeason,
        Link.name.label("link"),
        Organisation.name.label("provider"),
        Operator.name.label("operator"),
        Machine.model.label("machine"),
    )
    .join(CropSeason, CropSeason.id == WorkOrder.season_id)
    .join(Link, Link.id == WorkOrder.link_id)
    .join(Organisation, Organisation.id == WorkOrder.provider_id)
    .outerjoin(Operator, Operator.id == WorkOrder.operator_id)
    .outerjoin(Machine, Machine.id == WorkOrder.machine_id)
)


def page(viewer: Viewer, asked: OrderFilter, order: tuple[str, bool], cut: Cut, on: date) -> Page:
    """Return one page of the list with the totals of everything asked for."""
    key, descending = order
    statement = LISTED.where(*conditions(viewer, asked, on))
    found = fetch_page(
        db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut, dict(TOTALS)
    )
    return replace(found, rows=_rows(found.rows, on))


def stream(viewer: Viewer, asked: OrderFilter, on: date, permission: Term) -> Iterator[OrderRow]:
    """Yield every order asked for where ``viewer`` also holds ``permission``, newest first."""
    statement = LISTED.where(held(viewer, permission), *conditions(viewer, asked, on))
    ordered = statement.order_by(WorkOrder.dated_on.desc(), WorkOrder.id.desc())
    for part in db.session.execute(ordered, execution_options={"yield_per": 500}).partitions():
        yield from _rows(part, on)


def ids(viewer: Viewer, asked: OrderFilter, on: date, permission: Term) -> list[int]:
    """Return the ids of every order asked for where ``viewer`` also holds ``permission``, by number."""
    statement = select(WorkOrder.id).where(held(viewer, permission), *conditions(viewer, asked, on))
    return list(db.session.scalars(statement.order_by(WorkOrder.serial, WorkOrder.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSums:
    """What the living lines of an order come to."""

    lines: int = 0
    done: int = 0
    accepted: int = 0
    done_area: Mu = Mu(0)  # noqa: RUF009 - a number
    accepted_area: Mu = Mu(0)  # noqa: RUF009 - a number
    deemed_area: Mu = Mu(0)  # noqa: RUF009 - a number
    disputed_area: Mu = Mu(0)  # noqa: RUF009 - a number


def line_sums(order_ids: Collection[int]) -> dict[int, LineSums]:
    """Return what the living lines of these orders come to, by order, in one query."""
    if not order_ids:
        return {}
    statement = (
        select(
            OrderLine.order_id,
            func.count(),
            func.sum(case((DONE, 1), else_=0)),
            func.sum(case((ACCEPTED, 1), else_=0)),
            func.sum(OrderLine.done_area),
            func.sum(func.coalesce(OrderLine.accepted_area, 0)),
            func.sum(case((DEEMED, OrderLine.accepted_area), else_=0)),
            func.sum(case((DISPUTED, OrderLine.done_area), else_=0)),
        )
        .where(OrderLine.order_id.in_(order_ids), LIVING)
        .group_by(OrderLine.order_id)
    )
    return {row[0]: _sums(*map(int, row[1:])) for row in db.session.execute(statement)}


def _sums(lines: int, done: int, accepted: int, *areas: int) -> LineSums:
    done_area, accepted_area, deemed_area, disputed_area = map(Mu, areas)
    return LineSums(
        lines=lines,
        done=done,
        accepted=accepted,
        done_area=done_area,
        accepted_area=accepted_area,
        deemed_area=deemed_area,
        disputed_area=disputed_area,
    )


def _rows(found: Sequence[Any], on: date) -> list[OrderRow]:
    rows = [row._mapping for row in found]
    sums = line_sums([row["WorkOrder"].id for row in rows])
    villages = paths({row["WorkOrder"].division_code for row in rows})
    return [
        _row(
            row,
            sums.get(row["WorkOrder"].id, LineSums()),
            villages[row["WorkOrder"].division_code].short,
            on,
        )
        for row in rows
    ]


SHARED = (
    "id",
    "number",
    "dated_on",
    "pass_number",
    "division_code",
    "starts_on",
    "ends_on",
    "household_count",
    "parcel_count",
    "area",
)


def facts_of(order: WorkOrder, sums: LineSums) -> OrderFacts:
    """Return the facts from which the state of an order follows."""
    return OrderFacts(
        ends_on=order.ends_on,
        lines=sums.lines,
        done=sums.done,
        accepted=sums.accepted,
        issued_at=order.issued_at,
        cancelled_at=order.cancelled_at,
    )


def _row(row: Mapping[Any, Any], sums: LineSums, village: str, on: date) -> OrderRow:
    order: WorkOrder = row["WorkOrder"]
    return OrderRow(
        **{name: getattr(order, name) for name in SHARED},
        season=row["CropSeason"].label,
        link=row["link"],
        provider=row["provider"],
        operator=row["operator"] or "",
        machine=row["machine"] or "",
        village=village,
        done_area=sums.done_area,
        accepted_area=sums.accepted_area,
        deemed_area=sums.deemed_area,
        disputed_area=sums.disputed_area,
        state=order_state(facts_of(order, sums), on),
    )


def find(viewer: Viewer, text: str, on: date, limit: int = 20) -> list[OrderRow]:
    """Return the orders that ``text`` may mean, newest first, for pickers."""
    statement = LISTED.where(*conditions(viewer, OrderFilter(text=text), on))
    ordered = statement.order_by(WorkOrder.dated_on.desc(), WorkOrder.id.desc()).limit(limit)
    return _rows(db.session.execute(ordered).all(), on)


def waiting(
    viewer: Viewer, permission: Term, states: Sequence[OrderState], on: date
) -> tuple[int, date | None]:
    """Return how many orders stand in ``states`` where ``viewer`` holds ``permission``, and the first due."""
    statement = select(func.count(), func.min(WorkOrder.ends_on)).where(
        held(viewer, permission), or_(*(in_state(state, on) for state in states))
    )
    count, first = db.session.execute(statement).one()
    return count, first
