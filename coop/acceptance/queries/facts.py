"""What the checks of acceptance and the silent ones ask of the database."""

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.queries.listing import in_state
from coop.acceptance.queries.slips import visible_to
from coop.acceptance.rules.checks import UsedPicture
from coop.acceptance.rules.terms import AcceptancePermission, AcceptanceWay, SlipState
from coop.households.models import Household
from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db


def used_picture(digest: str, *, besides: int) -> UsedPicture | None:
    """Return where the picture with this digest was filed before, on a slip other than ``besides``."""
    statement = (
        select(WorkOrder.number, Household.head_name, AcceptanceReply.answered_on)
        .select_from(AcceptanceReply)
        .join(AcceptanceReply.slip)
        .join(AcceptanceSlip.order)
        .join(AcceptanceSlip.household)
        .outerjoin(Dispute, Dispute.reply_id == AcceptanceReply.id)
        .where(
            or_(AcceptanceReply.evidence_digest == digest, Dispute.evidence_digest == digest),
            AcceptanceSlip.id != besides,
        )
        .order_by(AcceptanceReply.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return None if row is None else UsedPicture(order=row[0], household=row[1], on=row[2])


def recorded_on(recorder_id: int, day: date, *, besides: int) -> int:
    """Return for how many households one person recorded paper words of one day."""
    statement = (
        select(func.count(AcceptanceSlip.household_id.distinct()))
        .select_from(AcceptanceReply)
        .join(AcceptanceReply.slip)
        .where(
            AcceptanceReply.recorder_id == recorder_id,
            AcceptanceReply.way == AcceptanceWay.PAPER,
            AcceptanceReply.answered_on == day,
            AcceptanceReply.undone_at.is_(None),
            AcceptanceSlip.id != besides,
        )
    )
    return db.session.scalar(statement) or 0


def households_from(*, device: bytes | None = None, address: bytes | None = None, besides: int) -> int:
    """Return for how many households one telephone, or one network address, has answered by code."""
    own = AcceptanceSlip.device_digest == device if device else AcceptanceSlip.address_digest == address
    if device is None and address is None:
        return 0
    statement = select(func.count(AcceptanceSlip.household_id.distinct())).where(
        own, AcceptanceSlip.way == AcceptanceWay.CODE, AcceptanceSlip.household_id != besides
    )
    return db.session.scalar(statement) or 0


def last_hands(line_ids: list[int]) -> dict[int, tuple[Operator | None, Machine | None]]:
    """Return who drove what when each line was last reported on."""
    statement = (
        select(WorkReport)
        .where(WorkReport.line_id.in_(line_ids), WorkReport.undone_at.is_(None))
        .options(joinedload(WorkReport.operator), joinedload(WorkReport.machine))
        .order_by(WorkReport.id)
    )
    return {one.line_id: (one.operator, one.machine) for one in db.session.scalars(statement)}


def last_reported_on(line_ids: list[int]) -> dict[int, date]:
    """Return the day in China on which the last standing report of each line was made."""
    statement = (
        select(WorkReport.line_id, func.max(WorkReport.reported_at))
        .where(WorkReport.line_id.in_(line_ids), WorkReport.undone_at.is_(None))
        .group_by(WorkReport.line_id)
    )
    return {line: at.astimezone(CHINA).date() for line, at in db.session.execute(statement)}


def waiting(
    viewer: Viewer, permission: AcceptancePermission, state: SlipState, on: date
) -> tuple[int, date | None]:
    """Return how many slips stand in a state where ``viewer`` holds a permission, and the first due day."""
    statement = (
        select(func.count(AcceptanceSlip.id), func.min(AcceptanceSlip.due_on))
        .join(AcceptanceSlip.order)
        .where(in_state(state, on), visible_to(viewer, permission), WorkOrder.cancelled_at.is_(None))
    )
    count, first = db.session.execute(statement).one()
    return count, first


def lines_for_book(line_ids: list[int]) -> list[OrderLine]:
    """Return lines with the order and contract that the book asks about."""
    statement = (
        select(OrderLine)
        .where(OrderLine.id.in_(line_ids))
        .options(joinedload(OrderLine.order), joinedload(OrderLine.contract), joinedload(OrderLine.parcel))
        .order_by(OrderLine.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(statement))
