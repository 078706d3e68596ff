"""Paper: the ticks of a signed slip, entered by a clerk or driver with the picture of the signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries.facts import recorded_on, used_picture
from coop.acceptance.rules.checks import WordFacts, check_word
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, AcceptanceWay
from coop.acceptance.service.answering import demand_speaker, said, work_fact
from coop.acceptance.service.coding import flush
from coop.acceptance.service.files import SentFile, demand_pictures, digest_of_picture, file_pictures
from coop.acceptance.service.refusals import MayNot, NothingToAccept, WordRefused, WrongParcel
from coop.acceptance.service.undoing import take_back
from coop.acceptance.service.words import LineWord, Manner, Speaker, give_word, lines_of, note_speaker
from coop.acceptance.service.works import enter
from coop.contracts.rules.findings import Finding, blocking
from coop.operations.models import OrderLine
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.errors import StaleVersion
from foundation.journal.service import record


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWord:
    """A signed slip: the ticks of each line, who signed when, the picture of it, and the reason if asked."""

    words: tuple[LineWord, ...]
    speaker: Speaker
    signed_on: date
    picture: SentFile | None = None
    exception_reason: str = ""


def record_paper(
    slip: AcceptanceSlip, given: PaperWord, *, version: int | None, viewer: Viewer, now: datetime
) -> list[Finding]:
    """Enter a signed slip, for all waiting lines or some; a paper word replaces what silence had settled.

    Returns what the checks had to say beside refusals; reasons are kept with the word and in the journal.
    """
    _demand_record(slip, viewer)
    slip = queries.lock(slip.id)
    if version is not None and version != slip.version:
        raise StaleVersion
    chosen = _chosen(slip, given)
    demand_speaker(given.speaker)
    if given.picture is not None:
        demand_pictures([given.picture])
    findings = proved(slip, chosen, given, viewer=viewer, now=now)
    silent = [line for line in chosen if line.is_deemed]
    take_back(slip, silent, reason="农户补交纸质答复", viewer=viewer, now=now)
    manner = Manner(
        way=AcceptanceWay.PAPER,
        answered_on=given.signed_on,
        recorder_id=viewer.account_id,
        evidence_digest=None if given.picture is None else digest_of_picture(given.picture),
        exception_reason=given.exception_reason,
    )
    accepted = give_word(slip, given.words, manner, viewer=viewer, now=now)
    findings += enter(accepted, has_reason=bool(given.exception_reason.strip()), now=now)
    note_speaker(slip, given.speaker, AcceptanceWay.PAPER, now)
    flush()
    if given.picture is not None:
        file_pictures(slip, [given.picture], note="签字或指印", viewer=viewer, now=now)
    record(
        AcceptanceAct.RECORDED,
        slip,
        viewer=viewer,
        now=now,
        reason=given.exception_reason,
        note=said(findings),
    )
    return findings


def proved(
    slip: AcceptanceSlip, lines: Sequence[OrderLine], given: PaperWord, *, viewer: Viewer, now: datetime
) -> list[Finding]:
    """Return what the checks say of a paper, or refuse what they forbid."""
    picture = None if given.picture is None else digest_of_picture(given.picture)
    facts = WordFacts(
        order=slip.order.number,
        household=slip.household.head_name,
        way=AcceptanceWay.PAPER,
        answered_on=given.signed_on,
        today=now.astimezone(CHINA).date(),
        lines=tuple(work_fact(line) for line in lines),
        has_picture=picture is not None,
        used_picture=used_picture(picture, besides=slip.id) if picture else None,
        recorder=viewer.name,
        recorded_that_day=recorded_on(viewer.account_id, given.signed_on, besides=slip.id),
    )
    findings = check_word(facts)
    stops = blocking(findings, has_reason=bool(given.exception_reason.strip()))
    if stops:
        raise WordRefused(stops)
    return findings


def _chosen(slip: AcceptanceSlip, given: PaperWord) -> list[OrderLine]:
    """Return the lines that the paper speaks of."""
    own = {line.id: line for line in lines_of(slip)}
    words = [word.line_id for word in given.words]
    if not set(words) <= own.keys() or len(set(words)) != len(words):
        raise WrongParcel
    if not words:
        raise NothingToAccept(number=slip.order.number, name=slip.household.head_name)
    return [own[line_id] for line_id in words]


def _demand_record(slip: AcceptanceSlip, viewer: Viewer) -> None:
    order = slip.order
    if not viewer.sees(AcceptancePermission.RECORD, slip.division_code, order.dated_on):
        raise MayNot(number=order.number, act=AcceptanceAct.RECORDED)
