"""The register of slips: what a reader asks for, which slips answer, and how they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries.slips import WAITING_RESULTS, facts_of, lines_by_slip, visible_to, whole, work_of
from coop.acceptance.rules.slips import slip_state
from coop.acceptance.rules.terms import AcceptancePermission, AcceptanceWay, SlipState
from coop.households.models import Household
from coop.households.queries import matches as means_household
from coop.operations.models import OrderLine, WorkOrder
from foundation.access.grants import Viewer, code_bounds
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
from foundation.values.area import Mu

SORTS = {
    "id": (AcceptanceSlip.id,),
    "village": (AcceptanceSlip.division_code, AcceptanceSlip.id),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    state: SlipState | None = None
    way: AcceptanceWay | None = None
    division_code: str = ""
    order_id: int | None = None
    season_id: int | None = None
    household_id: int | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow:
    """One line of the list."""

    id: int
    order_id: int
    number: str
    village: str
    household: str
    work: str
    parcels: int
    done_area: Mu
    accepted_area: Mu
    disputed: int
    noticed_on: date | None
    due_on: date | None
    way: AcceptanceWay | None
    respondent: Any
    satisfaction: int | None
    answered_at: datetime | None
    state: SlipState


def _line(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that the slip has a living line of which all this is true."""
    own = and_(
        OrderLine.order_id == AcceptanceSlip.order_id,
        OrderLine.household_id == AcceptanceSlip.household_id,
        OrderLine.cancelled_at.is_(None),
    )
    return exists().where(own, *conditions).correlate(AcceptanceSlip)


def _waits() -> ColumnElement[bool]:
    return _line(
        OrderLine.result.in_(WAITING_RESULTS),
        OrderLine.accepted_on.is_(None),
        OrderLine.is_disputed.is_(False),
    )


def in_state(state: SlipState, on: date) -> ColumnElement[bool]:
    """Return the condition that a slip stands in ``state``: the same derivation as ``rules.slips``."""
    slip = AcceptanceSlip
    disputed, waits = _line(OrderLine.is_disputed.is_(True)), _waits()
    unreported, deemed = _line(OrderLine.result.is_(None)), _line(OrderLine.is_deemed.is_(True))
    accepted = _line(OrderLine.accepted_on.is_not(None))
    calm = not_(disputed)
    settled = and_(calm, not_(waits), not_(unreported))
    conditions = {
        SlipState.DISPUTED: disputed,
        SlipState.UNTOLD: and_(calm, waits, or_(slip.noticed_on.is_(None), slip.due_on.is_(None))),
        SlipState.WAITING: and_(calm, waits, slip.due_on >= on),
        SlipState.OVERDUE: and_(calm, waits, slip.due_on < on),
        SlipState.NOT_READY: and_(calm, not_(waits), unreported),
        SlipState.DEEMED: and_(settled, deemed),
        SlipState.ANSWERED: and_(settled, not_(deemed), accepted),
        SlipState.NOTHING: and_(settled, not_(deemed), not_(accepted)),
    }
    return conditions[state]


def conditions(viewer: Viewer, asked: SlipFilter, on: date) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export or a bulk act over slips must hold to."""
    slip, found = AcceptanceSlip, [visible_to(viewer), WorkOrder.cancelled_at.is_(None)]
    if asked.text:
        people = select(Household.id).where(means_household(asked.text))
        found.append(or_(WorkOrder.number == asked.text.strip(), slip.household_id.in_(people)))
    if asked.state:
        found.append(in_state(asked.state, on))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(slip.division_code >= lower, slip.division_code < upper))
    equal = (
        (slip.way, asked.way),
        (slip.order_id, asked.order_id),
        (WorkOrder.season_id, asked.season_id),
        (slip.household_id, asked.household_id),
    )
    found += [column == value for column, value in equal if value is not None]
    if asked.ids:
        found.append(slip.id.in_(asked.ids))
    return found


def _asked(viewer: Viewer, asked: SlipFilter, on: date) -> Select[AcceptanceSlip]:
    order = contains_eager(AcceptanceSlip.order)
    return (
        select(AcceptanceSlip)
        .join(AcceptanceSlip.order)
        .where(*conditions(viewer, asked, on))
        .options(
            order.joinedload(WorkOrder.season),
            order.joinedload(WorkOrder.link),
            joinedload(AcceptanceSlip.household),
        )
    )


def page(viewer: Viewer, asked: SlipFilter, order: tuple[str, bool], cut: Cut, on: date) -> Page:
    """Return one page of the list."""
    key, descending = order
    sort = Sort(columns=SORTS[key], descending=descending)
    found = fetch_page(db.session(), _asked(viewer, asked, on), sort, cut)
    return replace(found, rows=rows_of(found.rows, on))


def stream(
    viewer: Viewer, asked: SlipFilter, on: date, permission: AcceptancePermission
) -> Iterator[SlipRow]:
    """Yield every slip asked for where ``viewer`` also holds ``permission``, village by village."""
    held = _asked(viewer, asked, on).where(visible_to(viewer, permission))
    ordered = held.order_by(AcceptanceSlip.division_code, AcceptanceSlip.id)
    for part in db.session.scalars(ordered, execution_options={"yield_per": 500}).partitions():
        yield from rows_of(part, on)


def rows_of(slips: Sequence[Any], on: date) -> list[SlipRow]:
    """Return slips whose order and household are loaded as lines of the list."""
    villages = paths({slip.division_code for slip in slips})
    lines = lines_by_slip(slips)
    return [_row(slip, villages[slip.division_code].name, lines[slip.id], on) for slip in slips]


def _row(slip: AcceptanceSlip, village: str, lines: Sequence[OrderLine], on: date) -> SlipRow:
    return SlipRow(
        id=slip.id,
        order_id=slip.order_id,
        number=slip.order.number,
        village=village,
        household=str(slip.household.label(village)),
        work=work_of(slip.order),
        parcels=len(lines),
        done_area=Mu(sum(line.done_area for line in lines)),
        accepted_area=Mu(sum(line.accepted_area or 0 for line in lines)),
        disputed=sum(line.is_disputed for line in lines),
        noticed_on=slip.noticed_on,
        due_on=slip.due_on,
        way=slip.way,
        respondent=slip.respondent,
        satisfaction=slip.satisfaction,
        answered_at=slip.answered_at,
        state=slip_state(facts_of(slip, lines), on),
    )


def get_many(
    viewer: Viewer, asked: SlipFilter, on: date, permission: AcceptancePermission
) -> list[AcceptanceSlip]:
    """Return the whole slips asked for where ``viewer`` also holds ``permission``, village by village."""
    statement = whole().where(*conditions(viewer, asked, on), visible_to(viewer, permission))
    ordered = statement.order_by(AcceptanceSlip.division_code, AcceptanceSlip.id)
    return list(db.session.scalars(ordered))
