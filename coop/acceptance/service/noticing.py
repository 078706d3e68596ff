"""Telling households that their work waits for their word: from that day their days to answer run."""

from collections.abc import Sequence
from datetime import date, datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries.facts import last_reported_on
from coop.acceptance.rules.slips import due_day
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, NoticeWay
from coop.acceptance.service.coding import flush
from coop.acceptance.service.refusals import MayNot, NobodyToTell, NoticeBeforeReport, NoticeInFuture
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.journal.service import record


def notify(
    slips: Sequence[AcceptanceSlip], *, on: date, way: NoticeWay, viewer: Viewer, now: datetime
) -> int:
    """Note for many households the day and way they were told; those with nothing waiting are left alone."""
    if on > now.astimezone(CHINA).date():
        raise NoticeInFuture(day=on)
    lines = queries.lines_by_slip(slips)
    told = [slip for slip in slips if any(queries.waits_for_word(line) for line in lines[slip.id])]
    if not told:
        raise NobodyToTell
    waiting = {slip.id: [line.id for line in lines[slip.id] if queries.waits_for_word(line)] for slip in told}
    reported = last_reported_on([line for ids in waiting.values() for line in ids])
    for slip in told:
        _demand_notify(slip, viewer)
        last = max((reported[line] for line in waiting[slip.id] if line in reported), default=on)
        if on < last:
            raise NoticeBeforeReport(name=slip.household.head_name, reported=last, day=on)
        slip.noticed_on, slip.notice_way = on, way
        slip.due_on = due_day(on, slip.order.programme.reply_days)
    flush()
    for slip in told:
        record(AcceptanceAct.NOTIFIED, slip, viewer=viewer, now=now)
    return len(told)


def _demand_notify(slip: AcceptanceSlip, viewer: Viewer) -> None:
    order = slip.order
    if not viewer.sees(AcceptancePermission.NOTIFY, slip.division_code, order.dated_on):
        raise MayNot(number=order.number, act=AcceptanceAct.NOTIFIED)
