"""Ending disputes: by the farmer's word, by his written consent, by a measure, or by doing the work again."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip, Dispute
from coop.acceptance.queries import disputes
from coop.acceptance.queries.facts import used_picture
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, DisputeEnd
from coop.acceptance.service.coding import SHORTEST_REASON, flush
from coop.acceptance.service.files import SentFile, demand_pictures, digest_of_picture, file_pictures
from coop.acceptance.service.refusals import (
    ConsentMissing,
    DisputeOver,
    MayNot,
    PictureUsed,
    ReasonMissing,
    SettledAreaWrong,
)
from coop.acceptance.service.undoing import reopen_slip
from coop.acceptance.service.works import enter
from coop.operations.models import OrderLine
from coop.operations.rules.land_checks import most_area
from coop.operations.service.accepting import note_accepted, send_back
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.errors import StaleVersion
from foundation.journal.service import record
from foundation.values.area import Mu, mu


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a dispute shall end: the way, why, the measured mu, and the picture of a written consent."""

    end: DisputeEnd
    reason: str
    area: Mu | None = None
    consent: SentFile | None = None


def resolve(
    dispute: Dispute, given: Settlement, *, version: int | None, viewer: Viewer, now: datetime
) -> Dispute:
    """End a dispute; the line is accepted with what it was settled at, or goes back to be worked again."""
    _demand_resolve(dispute, viewer)
    if len(given.reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    slip = queries.lock(dispute.reply.slip_id)  # the slip before its disputes, as whoever undoes a word does
    dispute = disputes.lock(dispute.id)
    if dispute.resolved_at is not None:
        raise DisputeOver(day=dispute.resolved_at.astimezone(CHINA).date())
    if version is not None and version != dispute.version:
        raise StaleVersion
    area = _settled(dispute, given)
    dispute.resolved_at, dispute.end, dispute.settled_area = now, given.end, area
    dispute.reason, dispute.resolver_id = given.reason.strip()[:400], viewer.account_id
    if given.consent is not None:
        _file_consent(dispute, slip, given.consent, viewer, now)
    if area is None:
        _send_back(dispute, slip, now)
    else:
        _accept(dispute.line, area, now)
    flush()
    record(AcceptanceAct.RESOLVED, dispute, viewer=viewer, now=now, reason=given.reason.strip())
    return dispute


def _settled(dispute: Dispute, given: Settlement) -> Mu | None:
    """Return the mu that the line is accepted with; nothing where it is worked again."""
    line = dispute.line
    match given.end:
        case DisputeEnd.FARMER_RIGHT:
            return dispute.claimed_area
        case DisputeEnd.REPORT_RIGHT:
            if given.consent is None:
                raise ConsentMissing
            return dispute.reported_area
        case DisputeEnd.REMEASURED:
            land = most_area(line.basis_area, line.order.programme.tolerance)
            most = min(land, dispute.reported_area)  # no more is accepted than somebody reported
            if given.area is None or not 0 < given.area <= most:
                raise SettledAreaWrong(basis=mu(line.basis_area), most=mu(most))
            return given.area
    return None


def _file_consent(
    dispute: Dispute, slip: AcceptanceSlip, consent: SentFile, viewer: Viewer, now: datetime
) -> None:
    demand_pictures([consent])
    digest = digest_of_picture(consent)
    used = used_picture(digest, besides=slip.id)
    if used is not None:
        raise PictureUsed(on=used.on, order=used.order, household=used.household)
    dispute.evidence_digest = digest
    file_pictures(slip, [consent], note="农户书面认可", viewer=viewer, now=now)


def _accept(line: OrderLine, area: Mu, now: datetime) -> None:
    """Accept a line with what it was settled at; a settlement at nothing closes it uncounted."""
    today: date = now.astimezone(CHINA).date()
    note_accepted(line, area=area, on=today, is_deemed=False)
    enter([line.id], has_reason=True, now=now)


def _send_back(dispute: Dispute, slip: AcceptanceSlip, now: datetime) -> None:
    """Let the line wait for work again; the word on it is spent and the household is told anew."""
    reply = dispute.reply
    reason = f"{DisputeEnd.REWORK.label}：{dispute.reason}"[:200]
    reply.undone_at, reply.undone_reason = now, reason
    send_back(dispute.line, reason=reason, now=now)
    reopen_slip(slip, now)


def _demand_resolve(dispute: Dispute, viewer: Viewer) -> None:
    order = dispute.line.order
    if not viewer.sees(AcceptancePermission.RESOLVE, dispute.division_code, order.dated_on):
        raise MayNot(number=order.number, act=AcceptanceAct.RESOLVED)
