"""The answer by code: no account, one transaction, once; and what is said when it cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries.facts import households_from
from coop.acceptance.rules.checks import WordFacts, WorkFact, check_word
from coop.acceptance.rules.slips import MOST_SATISFIED, CodeState
from coop.acceptance.rules.terms import AcceptanceAct, AcceptanceWay, Respondent
from coop.acceptance.service.coding import digest_of_code, flush
from coop.acceptance.service.files import SentFile, demand_pictures, file_pictures
from coop.acceptance.service.refusals import (
    CodeExpired,
    CodeRevoked,
    CodeSpent,
    CodeUnknown,
    NothingToAccept,
    NotYetReported,
    OrderGone,
    SatisfactionOutOfRange,
    WitnessUnnamed,
    WordMissing,
    WordRefused,
    WrongParcel,
)
from coop.acceptance.service.words import LineWord, Manner, Speaker, called, give_word, lines_of, note_speaker
from coop.acceptance.service.works import enter
from coop.contracts.rules.findings import Finding, blocking
from coop.operations.models import OrderLine
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.journal.service import record
from foundation.secrets.keyring import blind_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a household sends: its word on each line, who speaks, pictures by line, and from where.

    ``telephone`` and ``network`` tell many answers from one place apart; they are kept as digests only.
    """

    words: tuple[LineWord, ...]
    speaker: Speaker
    pictures: Mapping[int, Sequence[SentFile]] = field(default_factory=dict)
    telephone: str = ""
    network: str = ""


def open_slip(code: str, *, now: datetime) -> AcceptanceSlip:
    """Return the slip that a code opens now; refuse with one sentence everything else."""
    slip = queries.find_by_digest(digest_of_code(code))
    if slip is None:
        raise CodeUnknown
    demand_open(slip, now)
    return slip


def demand_open(slip: AcceptanceSlip, now: datetime) -> None:
    """Refuse a slip whose code is spent, revoked or expired, or whose work is not there to be accepted."""
    office = slip.office
    match slip.code_state(now):
        case CodeState.SPENT:
            raise CodeSpent(at=_clock(slip.answered_at), office=office)
        case CodeState.REVOKED:
            raise CodeRevoked(office=office)
        case CodeState.EXPIRED:
            raise CodeExpired(at=_clock(slip.expires_at), office=office)
    if slip.order.cancelled_at is not None:
        raise OrderGone(number=slip.order.number, office=office)
    lines = lines_of(slip)
    for line in lines:
        if line.result is None:
            raise NotYetReported(parcel=called(line))
    if not any(queries.waits_for_word(line) for line in lines):
        raise NothingToAccept(number=slip.order.number, name=slip.household.head_name)


def answer(code: str, given: Answer, *, now: datetime) -> AcceptanceSlip:
    """Take a household's answer: all lines or none, and the code opens nothing afterwards."""
    found = queries.find_by_digest(digest_of_code(code))
    if found is None:
        raise CodeUnknown
    slip = queries.lock(found.id)
    demand_open(slip, now)
    lines = lines_of(slip)
    _demand_all(lines, given)
    demand_speaker(given.speaker)
    for pictures in given.pictures.values():
        demand_pictures(pictures)
    viewer = _farmer(slip)
    findings = _proved(slip, lines, given, now)
    accepted = give_word(slip, given.words, _manner(now), viewer=viewer, now=now)
    findings += enter(accepted, has_reason=True, now=now)
    note_speaker(slip, given.speaker, AcceptanceWay.CODE, now)
    slip.device_digest = blind_index(f"telephone:{given.telephone}") if given.telephone else None
    slip.address_digest = blind_index(f"network:{given.network}") if given.network else None
    flush()
    for line in lines:
        file_pictures(
            slip, given.pictures.get(line.id, ()), note=f"地块{line.parcel.code}", viewer=viewer, now=now
        )
    record(AcceptanceAct.ANSWERED, slip, viewer=viewer, now=now, note=said(findings))
    return slip


def said(findings: Sequence[Finding]) -> str:
    """Return what the checks had to say, as the journal keeps it."""
    return "；".join(finding.text for finding in findings)


def _demand_all(lines: Sequence[OrderLine], given: Answer) -> None:
    """Demand one word on every waiting line and none on any other: nothing is saved of a forged form."""
    own = {line.id for line in lines}
    words = [word.line_id for word in given.words]
    if not set(words) <= own or len(set(words)) != len(words) or not set(given.pictures) <= own:
        raise WrongParcel
    for line in lines:
        if queries.waits_for_word(line) and line.id not in words:
            raise WordMissing(parcel=called(line))


def demand_speaker(speaker: Speaker) -> None:
    """Demand a name unless the farmer speaks, and marks from one to five."""
    if speaker.respondent is not Respondent.FARMER and not speaker.name.strip():
        raise WitnessUnnamed
    if speaker.satisfaction is not None and not 1 <= speaker.satisfaction <= MOST_SATISFIED:
        raise SatisfactionOutOfRange


def _proved(slip: AcceptanceSlip, lines: Sequence[OrderLine], given: Answer, now: datetime) -> list[Finding]:
    """Return what the checks say; a farmer gives no reasons, so only what blocks stands in the way."""
    telephone = blind_index(f"telephone:{given.telephone}") if given.telephone else None
    network = blind_index(f"network:{given.network}") if given.network else None
    today = now.astimezone(CHINA).date()
    facts = WordFacts(
        order=slip.order.number,
        household=slip.household.head_name,
        way=AcceptanceWay.CODE,
        answered_on=today,
        today=today,
        lines=tuple(work_fact(line) for line in lines),
        from_one_telephone=households_from(device=telephone, besides=slip.household_id),
        from_one_network=households_from(address=network, besides=slip.household_id),
    )
    findings = check_word(facts)
    stops = blocking(findings, has_reason=True)
    if stops:
        raise WordRefused(stops)
    return findings


def work_fact(line: OrderLine) -> WorkFact:
    """Return what the checks must know of a line."""
    return WorkFact(place=f"line-{line.id}", parcel=line.parcel.code, done_on=line.done_on)


def _manner(now: datetime) -> Manner:
    return Manner(way=AcceptanceWay.CODE, answered_on=now.astimezone(CHINA).date())


def _farmer(slip: AcceptanceSlip) -> Viewer:
    """Return who acts in the journal: the household, which has no account."""
    return Viewer(account_id=0, name=f"农户 {slip.household.head_name}", is_authenticated=False)


def _clock(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
