"""The only writers of what was accepted on a line; called by ``coop.acceptance`` within its own acts."""

from datetime import date, datetime

from coop.operations.models import OrderLine
from coop.operations.queries import reports as queries
from coop.operations.service.refusals import LineCancelled, NothingReported
from coop.operations.service.reporting import recount
from foundation.database.engine import db
from foundation.values.area import Mu


def note_accepted(line: OrderLine, *, area: Mu, on: date, is_deemed: bool) -> None:
    """Note that so much of a line was accepted on a day, by word or by silence."""
    _demand_reported(line)
    line.accepted_area, line.accepted_on = area, on
    line.is_deemed, line.is_disputed = is_deemed, False


def note_disputed(line: OrderLine) -> None:
    """Note that the household does not accept a line as reported."""
    _demand_reported(line)
    line.accepted_area = line.accepted_on = None
    line.is_deemed, line.is_disputed = False, True


def note_open(line: OrderLine) -> None:
    """Note that nothing stands on a line any more: an acceptance was taken back, a dispute ended."""
    line.accepted_area = line.accepted_on = None
    line.is_deemed = line.is_disputed = False


def send_back(line: OrderLine, *, reason: str, now: datetime) -> None:
    """Open a line whose dispute ended in doing the work again: every report on it is taken back."""
    note_open(line)
    for report in queries.standing_of([line.id]).get(line.id, ()):
        report.undone_at, report.undone_reason = now, reason[:200]
    db.session.flush()
    recount([line])


def _demand_reported(line: OrderLine) -> None:
    if line.cancelled_at is not None:
        raise LineCancelled(position=line.position)
    if line.result is None:
        raise NothingReported(position=line.position)
