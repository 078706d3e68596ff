"""Readers of slips; every reader of the desk starts from ``visible_to``, the public page from a code."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.rules.slips import SlipFacts
from coop.acceptance.rules.terms import AcceptancePermission
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.loaded import HEAD
from coop.operations.rules.terms import WorkResult
from foundation.access.grants import Viewer
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.errors import NotFound

WAITING_RESULTS = (WorkResult.DONE, WorkResult.PARTLY)
"""A line on which one of these was reported waits for the household's word."""


def visible_to(viewer: Viewer, permission: AcceptancePermission | None = None) -> ColumnElement[bool]:
    """Return the condition, over slips joined with orders, that ``viewer`` may see the slip."""
    held = permission or AcceptancePermission.VIEW
    return within(viewer, held, AcceptanceSlip.division_code, WorkOrder.dated_on)


def work_of(order: WorkOrder) -> str:
    """Return what an order does in one line: 2026年夏玉米 播种, with the pass where there are several."""
    more = f"（第{order.pass_number}遍）" if order.pass_number > 1 else ""
    return f"{order.season.label} {order.link.name}{more}"


def facts_of(slip: AcceptanceSlip, lines: Sequence[OrderLine]) -> SlipFacts:
    """Return the facts from which a slip's state follows, of its living lines."""
    return SlipFacts(
        noticed_on=slip.noticed_on,
        due_on=slip.due_on,
        unreported=sum(line.result is None for line in lines),
        waiting=sum(waits_for_word(line) for line in lines),
        disputed=sum(line.is_disputed for line in lines),
        deemed=sum(line.is_deemed for line in lines),
        accepted=sum(line.accepted_on is not None for line in lines),
    )


def waits_for_word(line: OrderLine) -> bool:
    """Tell whether a living line was reported and nobody has said anything about it."""
    return line.result in WAITING_RESULTS and line.accepted_on is None and not line.is_disputed


def lines_by_slip(slips: Sequence[AcceptanceSlip]) -> dict[int, list[OrderLine]]:
    """Return the living lines of slips with their parcels, in the order of the paper."""
    found: dict[int, list[OrderLine]] = {slip.id: [] for slip in slips}
    slip_of = {(slip.order_id, slip.household_id): slip.id for slip in slips}
    statement = select(OrderLine).where(
        OrderLine.order_id.in_({slip.order_id for slip in slips}),
        OrderLine.household_id.in_({slip.household_id for slip in slips}),
        OrderLine.cancelled_at.is_(None),
    )
    ordered = statement.options(joinedload(OrderLine.parcel)).order_by(OrderLine.position)
    for line in db.session.scalars(ordered):
        if (key := (line.order_id, line.household_id)) in slip_of:
            found[slip_of[key]].append(line)
    return found


def whole() -> Select[AcceptanceSlip]:
    """Select slips with everything that acts, pages and papers read."""
    order = contains_eager(AcceptanceSlip.order)
    return (
        select(AcceptanceSlip)
        .join(AcceptanceSlip.order)
        .options(
            order.options(*HEAD),
            joinedload(AcceptanceSlip.household),
            selectinload(AcceptanceSlip.replies),
        )
    )


def get(viewer: Viewer, slip_id: int) -> AcceptanceSlip:
    """Return one whole slip, or raise ``NotFound``."""
    found = db.session.scalar(whole().where(AcceptanceSlip.id == slip_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def can_see(viewer: Viewer, slip_id: int) -> bool:
    """Tell whether ``viewer`` may see a slip, for its files."""
    statement = select(AcceptanceSlip.id).join(AcceptanceSlip.order)
    return db.session.scalar(statement.where(AcceptanceSlip.id == slip_id, visible_to(viewer))) is not None


def find_by_digest(digest: bytes) -> AcceptanceSlip | None:
    """Return the slip of a code; only whoever holds the code asks here."""
    return db.session.scalar(whole().where(AcceptanceSlip.code_digest == digest))


def lock(slip_id: int) -> AcceptanceSlip:
    """Return a slip as the database now has it, held until the end of the transaction."""
    statement = whole().where(AcceptanceSlip.id == slip_id).with_for_update(of=AcceptanceSlip)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def slips_of_order(order_id: int) -> Sequence[AcceptanceSlip]:
    """Return the slips of an order that the caller has already been let into, in the order of households."""
    statement = whole().where(AcceptanceSlip.order_id == order_id)
    return db.session.scalars(statement.order_by(AcceptanceSlip.household_id)).all()


def slip_of_line(line: OrderLine) -> AcceptanceSlip | None:
    """Return the slip on which a line stands, if its order has slips."""
    statement = select(AcceptanceSlip).where(
        AcceptanceSlip.order_id == line.order_id, AcceptanceSlip.household_id == line.household_id
    )
    return db.session.scalar(statement)


def standing_replies(line_ids: Collection[int]) -> dict[int, AcceptanceReply]:
    """Return the word that stands on each line; lines without one are absent."""
    statement = select(AcceptanceReply).where(
        AcceptanceReply.line_id.in_(line_ids), AcceptanceReply.undone_at.is_(None)
    )
    return {reply.line_id: reply for reply in db.session.scalars(statement)}


def open_dispute(line_id: int) -> Dispute | None:
    """Return the open dispute of a line."""
    statement = select(Dispute).where(Dispute.line_id == line_id, Dispute.resolved_at.is_(None))
    return db.session.scalar(statement)


def reload(slip_id: int) -> AcceptanceSlip:
    """Return a slip as the database now has it, for whoever was already let in."""
    statement = whole().where(AcceptanceSlip.id == slip_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()
