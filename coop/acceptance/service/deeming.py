"""Silence: what nobody answered in the days of the programme is accepted by an explicit act, and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries.facts import last_reported_on
from coop.acceptance.rules.slips import may_deem
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, AcceptanceWay, Verdict
from coop.acceptance.service.coding import flush
from coop.acceptance.service.refusals import MayNot, NobodyOverdue
from coop.acceptance.service.words import LineWord, Manner, give_word
from coop.acceptance.service.works import enter
from coop.operations.models import OrderLine
from coop.operations.rules.terms import WorkResult
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.journal.service import record
from foundation.values.area import Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A slip whose time is over, with the lines that silence settles; none where it must be told anew."""

    slip: AcceptanceSlip
    lines: tuple[OrderLine, ...]

    @property
    def area(self) -> Mu:
        """The mu that would be accepted."""
        return Mu(sum(line.done_area for line in self.lines))


def silent_ones(slips: Sequence[AcceptanceSlip], on: date) -> list[Silent]:
    """Return overdue slips with what may be deemed: reported done, told of, and not reported on since.

    Nothing is deemed while a parcel of the slip waits for its report: until then its code does not open, and
    whoever could not answer was not silent.
    """
    lines = queries.lines_by_slip(slips)
    waiting = {
        slip.id: [line for line in lines[slip.id] if _is_done_and_waits(line)]
        for slip in slips
        if slip.due_on is not None and slip.due_on < on
    }
    reported = last_reported_on([line.id for found in waiting.values() for line in found])
    return [
        Silent(
            slip=slip,
            lines=tuple(
                line
                for line in waiting[slip.id]
                if all(one.result is not None for one in lines[slip.id])
                and may_deem(slip.noticed_on, slip.due_on, reported.get(line.id), on)
            ),
        )
        for slip in slips
        if waiting.get(slip.id)
    ]


def _is_done_and_waits(line: OrderLine) -> bool:
    return queries.waits_for_word(line) and line.result is WorkResult.DONE


def deem_overdue(slips: Sequence[AcceptanceSlip], *, viewer: Viewer, now: datetime) -> int:
    """Accept by silence every line of these slips whose time is over; return how many lines there were."""
    today = now.astimezone(CHINA).date()
    locked = [queries.lock(slip.id) for slip in slips]
    found = [one for one in silent_ones(locked, today) if one.lines]
    if not found:
        raise NobodyOverdue
    accepted: list[int] = []
    for one in found:
        _demand_deem(one.slip, viewer)
        words = [LineWord(line_id=line.id, verdict=Verdict.ACCEPTED) for line in one.lines]
        manner = Manner(way=AcceptanceWay.DEEMED, answered_on=today, recorder_id=viewer.account_id)
        accepted += give_word(one.slip, words, manner, viewer=viewer, now=now)
        one.slip.way, one.slip.answered_at = AcceptanceWay.DEEMED, now
    enter(accepted, has_reason=True, now=now)
    flush()
    for one in found:
        note = f"送达 {one.slip.noticed_on}，答复期至 {one.slip.due_on}，{len(one.lines)} 块"
        record(AcceptanceAct.DEEMED, one.slip, viewer=viewer, now=now, note=note)
    return len(accepted)


def _demand_deem(slip: AcceptanceSlip, viewer: Viewer) -> None:
    order = slip.order
    if not viewer.sees(AcceptancePermission.DEEM, slip.division_code, order.dated_on):
        raise MayNot(number=order.number, act=AcceptanceAct.DEEMED)
