"""Taking words back: the line leaves the book, waits anew, and what was said stays on record."""

from collections.abc import Sequence
from datetime import datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceReply, AcceptanceSlip
from coop.acceptance.rules.slips import CodeState
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, DisputeEnd
from coop.acceptance.service.coding import SHORTEST_REASON, flush
from coop.acceptance.service.refusals import MayNot, NothingToUndo, ReasonMissing, WrongParcel
from coop.acceptance.service.words import lines_of
from coop.acceptance.service.works import strike
from coop.operations.models import OrderLine
from coop.operations.service.accepting import note_open
from foundation.access.grants import Viewer
from foundation.errors import StaleVersion
from foundation.journal.service import record


def undo_word(
    slip: AcceptanceSlip,
    line_id: int,
    *,
    reason: str,
    version: int | None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Take the word on one line back, accepted, deemed or disputed; it is struck from the book."""
    order = slip.order
    if not viewer.sees(AcceptancePermission.UNDO, slip.division_code, order.dated_on):
        raise MayNot(number=order.number, act=AcceptanceAct.UNDONE)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    slip = queries.lock(slip.id)
    if version is not None and version != slip.version:
        raise StaleVersion
    line = next((one for one in lines_of(slip) if one.id == line_id), None)
    if line is None:
        raise WrongParcel
    if not take_back(slip, [line], reason=reason.strip(), viewer=viewer, now=now):
        raise NothingToUndo(parcel=line.parcel.code)


def take_back(
    slip: AcceptanceSlip, lines: Sequence[OrderLine], *, reason: str, viewer: Viewer, now: datetime
) -> list[AcceptanceReply]:
    """Undo the standing words on lines of a locked slip and return them; permission is the caller's."""
    standing = queries.standing_replies([line.id for line in lines])
    counted = [line.id for line in lines if line.id in standing and line.accepted_on is not None]
    if counted:
        strike(counted, reason=reason, now=now)
    for line in lines:
        reply = standing.get(line.id)
        if reply is not None:
            _undo(line, reply, reason, viewer, now)
    if standing:
        reopen_slip(slip, now)
        flush()
    for reply in standing.values():
        record(AcceptanceAct.UNDONE, reply, viewer=viewer, now=now, reason=reason)
    return list(standing.values())


def _undo(line: OrderLine, reply: AcceptanceReply, reason: str, viewer: Viewer, now: datetime) -> None:
    reply.undone_at, reply.undone_reason = now, reason[:200]
    dispute = queries.open_dispute(line.id)
    if dispute is not None:
        dispute.resolved_at, dispute.end = now, DisputeEnd.WITHDRAWN
        dispute.reason, dispute.resolver_id = reason[:400], viewer.account_id
    note_open(line)


def reopen_slip(slip: AcceptanceSlip, now: datetime) -> None:
    """Let a slip wait again: its old code never opens anew, and the household must be told anew."""
    if slip.code_state(now) is not CodeState.NONE:
        slip.revoked_at = slip.revoked_at or now
    slip.answered_at = slip.way = slip.respondent = slip.satisfaction = None
    slip.noticed_on = slip.notice_way = slip.due_on = None
