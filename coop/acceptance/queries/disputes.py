"""Readers of disputes; every one of them starts from ``visible_to``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from coop.acceptance.models import AcceptanceReply, Dispute
from coop.acceptance.queries.slips import work_of
from coop.acceptance.rules.terms import AcceptancePermission, DisputeEnd, Verdict
from coop.households.models import Household
from coop.households.queries import matches as means_household
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.loaded import HEAD
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
from foundation.errors import NotFound
from foundation.values.area import Mu

SORTS = {"id": (Dispute.id,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    is_open: bool | None = None
    end: DisputeEnd | None = None
    division_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """One line of the list."""

    id: int
    number: str
    village: str
    household: str
    parcel: str
    work: str
    verdict: Verdict
    reported_area: Mu
    claimed_area: Mu
    settled_area: Mu | None
    opened_at: datetime
    end: DisputeEnd | None


def visible_to(viewer: Viewer, permission: AcceptancePermission | None = None) -> ColumnElement[bool]:
    """Return the condition, over disputes joined with orders, that ``viewer`` may see the dispute."""
    held = permission or AcceptancePermission.VIEW
    return within(viewer, held, Dispute.division_code, WorkOrder.dated_on)


def _joined() -> Select[Dispute]:
    order = contains_eager(Dispute.line).contains_eager(OrderLine.order)
    return (
        select(Dispute)
        .join(Dispute.line)
        .join(OrderLine.order)
        .options(
            order.options(*HEAD),
            contains_eager(Dispute.line).joinedload(OrderLine.parcel),
            contains_eager(Dispute.line).joinedload(OrderLine.household),
            contains_eager(Dispute.line).selectinload(OrderLine.reports),
            joinedload(Dispute.reply).joinedload(AcceptanceReply.slip),
        )
    )


def conditions(viewer: Viewer, asked: DisputeFilter) -> list[ColumnElement[bool]]:
    """Return everything that a list of disputes must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        people = select(Household.id).where(means_household(asked.text))
        found.append(or_(WorkOrder.number == asked.text.strip(), OrderLine.household_id.in_(people)))
    if asked.is_open is not None:
        found.append(Dispute.resolved_at.is_(None) if asked.is_open else Dispute.resolved_at.is_not(None))
    if asked.end:
        found.append(Dispute.end == asked.end)
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Dispute.division_code >= lower, Dispute.division_code < upper))
    return found


def page(viewer: Viewer, asked: DisputeFilter, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list."""
    key, descending = order
    statement = _joined().where(*conditions(viewer, asked))
    found = fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)
    return replace(found, rows=_rows(found.rows))


def _rows(disputes: Sequence[Any]) -> list[DisputeRow]:
    villages = paths({dispute.division_code for dispute in disputes})
    return [
        DisputeRow(
            id=dispute.id,
            number=dispute.line.order.number,
            village=villages[dispute.division_code].name,
            household=str(dispute.line.household.label(villages[dispute.division_code].name)),
            parcel=f"{dispute.line.parcel.name} {dispute.line.parcel.code}",
            work=work_of(dispute.line.order),
            verdict=dispute.reply.verdict,
            reported_area=dispute.reported_area,
            claimed_area=dispute.claimed_area,
            settled_area=dispute.settled_area,
            opened_at=dispute.opened_at,
            end=dispute.end,
        )
        for dispute in disputes
    ]


def get(viewer: Viewer, dispute_id: int) -> Dispute:
    """Return one whole dispute, or raise ``NotFound``."""
    found = db.session.scalar(_joined().where(Dispute.id == dispute_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def lock(dispute_id: int) -> Dispute:
    """Return a dispute as the database now has it, held until the end of the transaction."""
    statement = _joined().where(Dispute.id == dispute_id).with_for_update(of=Dispute)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def of_slip(slip_id: int) -> Sequence[Dispute]:
    """Return the disputes that arose from a slip the caller has been let into, oldest first."""
    statement = select(Dispute).join(Dispute.reply).where(AcceptanceReply.slip_id == slip_id)
    return db.session.scalars(statement.order_by(Dispute.id)).all()


def waiting(viewer: Viewer, permission: AcceptancePermission) -> int:
    """Return how many disputes are open where ``viewer`` may settle them."""
    statement = (
        select(func.count(Dispute.id))
        .join(Dispute.line)
        .join(OrderLine.order)
        .where(Dispute.resolved_at.is_(None), visible_to(viewer, permission))
    )
    return db.session.scalar(statement) or 0
