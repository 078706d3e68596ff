"""Entering the household's word on its lines: what is accepted is counted, what is not opens a dispute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.rules.terms import AcceptanceAct, AcceptanceWay, Respondent, Verdict
from coop.acceptance.service.coding import flush
from coop.acceptance.service.refusals import (
    AlreadyAnswered,
    AreaMissing,
    AreaNotSmaller,
    NotYetReported,
    WordMissing,
    WrongParcel,
)
from coop.operations.models import OrderLine
from coop.operations.service.accepting import note_accepted, note_disputed
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.journal.service import record
from foundation.values.area import Mu, mu

TAIL = 5
"""How many digits of a parcel's code tell it apart within its village."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWord:
    """What is said of one line: the verdict, the mu that the farmer owns to, and why."""

    line_id: int
    verdict: Verdict | None
    area: Mu | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the word came: the way, the day, who wrote it down, the picture behind it, the reason given."""

    way: AcceptanceWay
    answered_on: date
    recorder_id: int | None = None
    evidence_digest: str | None = None
    exception_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who gave the word, and how satisfied."""

    respondent: Respondent
    name: str = ""
    satisfaction: int | None = None


def lines_of(slip: AcceptanceSlip) -> list[OrderLine]:
    """Return the living lines of a slip with their parcels."""
    return queries.lines_by_slip([slip])[slip.id]


def called(line: OrderLine) -> str:
    """Return a parcel as its household knows it: its name, and the last digits of its code."""
    return f"{line.parcel.name}（{line.parcel.code[-TAIL:]}）"


def give_word(
    slip: AcceptanceSlip, words: Sequence[LineWord], manner: Manner, *, viewer: Viewer, now: datetime
) -> list[int]:
    """Enter a word on lines of a slip that is locked; return the lines that were accepted by it.

    Every word is proved before the first is entered; the caller lets the book enter what was accepted.
    """
    known = {line.id: line for line in lines_of(slip)}
    for word in words:
        if word.line_id not in known:
            raise WrongParcel
        _demand_word(known[word.line_id], word)
    given = queries.standing_replies([word.line_id for word in words])
    if given:
        raise AlreadyAnswered(parcel=called(known[next(iter(given))]))
    accepted = []
    for word in words:
        line = known[word.line_id]
        reply = _reply(slip, line, word, manner, now)
        if word.verdict is Verdict.ACCEPTED:
            is_deemed = manner.way is AcceptanceWay.DEEMED
            note_accepted(line, area=line.done_area, on=manner.answered_on, is_deemed=is_deemed)
            accepted.append(line.id)
        else:
            _open_dispute(line, reply, viewer, now)
    flush()
    return accepted


def _demand_word(line: OrderLine, word: LineWord) -> None:
    parcel = called(line)
    if line.accepted_on is not None or line.is_disputed:
        raise AlreadyAnswered(parcel=parcel)
    if not queries.waits_for_word(line):
        raise NotYetReported(parcel=parcel)
    if word.verdict is None:
        raise WordMissing(parcel=parcel)
    if word.verdict is Verdict.SMALLER:
        if word.area is None:
            raise AreaMissing(parcel=parcel)
        if not 0 < word.area < line.done_area:
            raise AreaNotSmaller(parcel=parcel, area=mu(line.done_area))


def _reply(
    slip: AcceptanceSlip, line: OrderLine, word: LineWord, manner: Manner, now: datetime
) -> AcceptanceReply:
    verdict = word.verdict or Verdict.ACCEPTED
    areas = {
        Verdict.ACCEPTED: line.done_area,
        Verdict.SMALLER: word.area or Mu(0),
        Verdict.NOT_DONE: Mu(0),
    }
    reply = AcceptanceReply(
        slip_id=slip.id,
        line_id=line.id,
        verdict=verdict,
        way=manner.way,
        area=areas[verdict],
        note=word.note.strip()[:400],
        exception_reason=manner.exception_reason.strip()[:200],
        evidence_digest=manner.evidence_digest,
        answered_on=manner.answered_on,
        answered_at=now,
        recorder_id=manner.recorder_id,
    )
    db.session.add(reply)
    return reply


def _open_dispute(line: OrderLine, reply: AcceptanceReply, viewer: Viewer, now: datetime) -> None:
    note_disputed(line)
    flush()
    dispute = Dispute(
        line=line,
        reply_id=reply.id,
        division_code=line.division_code,
        reported_area=line.done_area,
        claimed_area=reply.area,
        opened_at=now,
    )
    db.session.add(dispute)
    flush()
    record(AcceptanceAct.DISPUTED, dispute, viewer=viewer, now=now, note=reply.note)


def note_speaker(slip: AcceptanceSlip, speaker: Speaker, way: AcceptanceWay, now: datetime) -> None:
    """Write on the slip who answered, how, and when; its code is spent by it."""
    slip.answered_at, slip.way = now, way
    slip.respondent, slip.respondent_name = speaker.respondent, speaker.name.strip()[:60]
    slip.satisfaction = speaker.satisfaction
