"""What field papers say besides their lines: disputes, photographs, tracks, satisfaction, contracts."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.contracts.models import Contract
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.organisations.models import Organisation
from coop.tracks.models import Track, TrackMatch
from foundation.attachments.models import Attachment
from foundation.database.engine import db


def open_disputes(line_ids: Collection[int]) -> dict[int, Dispute]:
    """Return the open dispute of each line that has one, with what the farmer said."""
    found = select(Dispute).where(Dispute.line_id.in_(line_ids), Dispute.resolved_at.is_(None))
    rows = db.session.scalars(found.options(joinedload(Dispute.reply)))
    return {row.line_id: row for row in rows}


def settled_disputes(line_ids: Collection[int]) -> dict[int, Dispute]:
    """Return the last settled dispute of each line that had one."""
    found = select(Dispute).where(Dispute.line_id.in_(line_ids), Dispute.resolved_at.is_not(None))
    return {row.line_id: row for row in db.session.scalars(found.order_by(Dispute.id))}


def evidence_of(reports: Collection[WorkReport]) -> dict[int, list[str]]:
    """Return the numbers of photographs and tracks by line."""
    found: dict[int, list[str]] = defaultdict(list)
    line_of = {report.id: report.line_id for report in reports}
    photos = select(Attachment.owner_id, Attachment.id).where(
        Attachment.owner_type == "work_report", Attachment.owner_id.in_(line_of)
    )
    for report_id, key in db.session.execute(photos.order_by(Attachment.id)):
        found[line_of[report_id]].append(f"照片{key}")
    tracks = (
        select(TrackMatch.line_id, Track.id)
        .join(Track, Track.id == TrackMatch.track_id)
        .where(TrackMatch.line_id.in_(set(line_of.values())), Track.undone_at.is_(None))
    )
    for line_id, key in db.session.execute(tracks.order_by(Track.id)):
        found[line_id].append(f"轨迹{key}")
    return found


def slips_with_households(order_id: int) -> Sequence[AcceptanceSlip]:
    """Return the slips of an order with their households."""
    found = select(AcceptanceSlip).where(AcceptanceSlip.order_id == order_id)
    return db.session.scalars(
        found.options(joinedload(AcceptanceSlip.household)).order_by(AcceptanceSlip.id)
    ).all()


def satisfaction_of(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return how satisfied the households of orders said they were, by order and household."""
    orders = {order_id for order_id, _ in keys}
    found = select(AcceptanceSlip.order_id, AcceptanceSlip.household_id, AcceptanceSlip.satisfaction).where(
        AcceptanceSlip.order_id.in_(orders), AcceptanceSlip.satisfaction.is_not(None)
    )
    return {
        (order_id, household_id): mark
        for order_id, household_id, mark in db.session.execute(found)
        if (order_id, household_id) in keys and mark is not None
    }


def replies_of(line_ids: Collection[int]) -> dict[int, AcceptanceReply]:
    """Return the word that stands on each line."""
    found = select(AcceptanceReply).where(
        AcceptanceReply.line_id.in_(line_ids), AcceptanceReply.undone_at.is_(None)
    )
    return {row.line_id: row for row in db.session.scalars(found)}


def contract_for_paper(contract_id: int) -> Contract:
    """Return a contract with its provider and standards; the caller has let the reader in."""
    found = select(Contract).where(Contract.id == contract_id)
    return db.session.scalars(
        found.options(joinedload(Contract.provider), selectinload(Contract.standards))
    ).one()


def lines_of_contract(contract_id: int) -> Sequence[OrderLine]:
    """Return the living lines that serve a contract, with their orders and reports, by season and link."""
    order = joinedload(OrderLine.order)
    found = (
        select(OrderLine)
        .join(OrderLine.order)
        .where(
            OrderLine.contract_id == contract_id,
            OrderLine.cancelled_at.is_(None),
            WorkOrder.cancelled_at.is_(None),
        )
        .options(
            order.joinedload(WorkOrder.season),
            order.joinedload(WorkOrder.link),
            joinedload(OrderLine.parcel),
            selectinload(OrderLine.reports),
        )
        .order_by(OrderLine.season_id, OrderLine.link_id, OrderLine.pass_number, OrderLine.id)
    )
    return db.session.scalars(found).all()


def telephone_of(organisation_id: int) -> str:
    """Return the telephone of a provider, printed on the slips for objections."""
    found = db.session.get(Organisation, organisation_id)
    return (found.phone or "") if found else ""
