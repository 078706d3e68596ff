"""Reporting: facts on lines are checked together and saved all or none; a report can be taken back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from coop.contracts.rules.findings import Finding, blocking
from coop.contracts.rules.terms import Severity
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries import reports as queries
from coop.operations.rules.life import OrderOperation
from coop.operations.rules.reporting import (
    SHORTEST_REASON,
    StandingReport,
    WorkFact,
    bar_of,
    count_of,
    quality_text,
)
from coop.operations.rules.terms import OperationAct, WorkSource
from coop.operations.service.judging import judge, line_facts
from coop.operations.service.refusals import (
    AlreadyUndone,
    MayNot,
    NothingToReport,
    NotYetIssued,
    ReasonMissing,
    ReportRefused,
    UndoRefused,
)
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import attach, register_owner
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import NotFound, StaleVersion
from foundation.journal.service import record
from foundation.values.area import Mu, mu

OWNER = "work_report"

register_owner(
    Owner(
        name=OWNER,
        page="/coop/operations/reports/",
        may_see=queries.can_see_report,
        may_change=queries.can_change_report,
    )
)


def findings_of(facts: Sequence[WorkFact], *, viewer: Viewer, now: datetime) -> list[Finding]:
    """Return what reporting these facts would say; nothing is saved."""
    lines = _lines(facts, viewer, lock=False)
    return judge(facts, lines, viewer=viewer, today=now.astimezone(CHINA).date())


def report(
    facts: Sequence[WorkFact],
    *,
    source: WorkSource,
    viewer: Viewer,
    now: datetime,
    exception_reason: str = "",
    form_key: str = "",
    photos: Sequence[tuple[str, bytes]] = (),
    tell: Callable[[Finding], object] | None = None,
) -> list[WorkReport]:
    """Save facts on lines of one order or several, all or none, and return the reports that stand for them.

    ``ReportRefused`` carries every finding by its line. ``form_key`` is the one-time key of a form: what the
    same form has brought already is returned, not reported twice. Photographs go to every new report.
    ``tell`` hears the notes that stand beside what was saved.
    """
    lines = _lines(facts, viewer, lock=True)
    known = {} if not form_key else queries.with_form_key(form_key, list(lines))
    fresh = [fact for fact in facts if not _is_same(fact, known.get(fact.line_id))]
    findings = judge(fresh, lines, viewer=viewer, today=now.astimezone(CHINA).date())
    reason = exception_reason.strip()
    standing = blocking(findings, has_reason=len(reason) >= SHORTEST_REASON)
    if standing:
        raise ReportRefused(standing)
    asked = [finding for finding in findings if finding.severity is Severity.REASON]
    made = [
        _saved(fact, source=source, reason=reason if asked else "", form_key=form_key, viewer=viewer, now=now)
        for fact in fresh
    ]
    _flush()
    recount([lines[one.line_id] for one in made])
    _flush()
    for one in made:
        for name, content in photos:
            attach(name, content, owner_type=OWNER, owner_id=one.id, viewer=viewer, now=now)
    if tell is not None:
        for finding in findings:
            if finding.severity is Severity.NOTE:
                tell(finding)
    _note(made, lines, findings, reason=reason if asked else "", viewer=viewer, now=now)
    return [*known.values(), *made]


def _lines(facts: Sequence[WorkFact], viewer: Viewer, *, lock: bool) -> dict[int, OrderLine]:
    """Return the lines spoken of, refusing those that do not exist or on which the viewer may not report."""
    if not facts:
        raise NothingToReport
    wanted = {fact.line_id for fact in facts}
    lines = queries.lines_of(wanted, lock=lock)
    if wanted - set(lines):
        raise NotFound
    for order in {line.order_id: line.order for line in lines.values()}.values():
        if not queries.may_report(viewer, order):
            raise MayNot(operation=OrderOperation.REPORT)
        if order.issued_at is None:
            raise NotYetIssued(number=order.number)
    return lines


def _is_same(fact: WorkFact, known: WorkReport | None) -> bool:
    """Tell whether a fact is the one that the same form has brought already."""
    return known is not None and (known.result, known.area, known.worked_on) == (
        fact.result,
        fact.area,
        fact.worked_on,
    )


def _saved(
    fact: WorkFact, *, source: WorkSource, reason: str, form_key: str, viewer: Viewer, now: datetime
) -> WorkReport:
    made = WorkReport(
        line_id=fact.line_id,
        result=fact.result,
        area=fact.area,
        worked_on=fact.worked_on,
        started_at=fact.started_at,
        ended_at=fact.ended_at,
        operator_id=fact.operator_id,
        machine_id=fact.machine_id,
        source=source,
        quality=quality_text(fact.quality),
        reason=fact.reason.strip(),
        exception_reason=reason,
        form_key=form_key or None,
        reporter_id=viewer.account_id,
        reported_at=now,
    )
    db.session.add(made)
    return made


def recount(lines: Collection[OrderLine]) -> None:
    """Make lines say what their standing reports come to; their basis follows the parcel's until then."""
    standing = queries.standing_of([line.id for line in lines])
    for line in lines:
        count = count_of(
            StandingReport(result=row.result, area=row.area, worked_on=row.worked_on, reason=row.reason)
            for row in standing.get(line.id, ())
        )
        line.result, line.done_area, line.done_on = count.result, count.area, count.worked_on
        line.reason = count.reason
        if line.parcel.is_open:
            line.basis_area = line.parcel.area
        flag_modified(line, "result")


def _flush() -> None:
    """Send the changes; somebody else's change in between becomes a friendly refusal."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error


def _note(
    made: Sequence[WorkReport],
    lines: Mapping[int, OrderLine],
    findings: Sequence[Finding],
    *,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Tell the journal once for each order: how much, and every finding that a reason answered."""
    said = "".join(finding.text for finding in findings)
    orders: dict[int, WorkOrder] = {lines[one.line_id].order_id: lines[one.line_id].order for one in made}
    for order_id, order in orders.items():
        own = [one for one in made if lines[one.line_id].order_id == order_id]
        area = mu(Mu(sum(one.area for one in own)))
        note = f"{len(own)} 块 {area} 亩；{said}"
        record(OperationAct.REPORTED, order, viewer=viewer, now=now, reason=reason, note=note)


def undo_report(report: WorkReport, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a report back with a reason, as long as its line is neither accepted nor disputed."""
    line = queries.lines_of([report.line_id], lock=True)[report.line_id]
    if not queries.may_report(viewer, line.order):
        raise MayNot(operation=OrderOperation.REPORT)
    if report.undone_at is not None:
        raise AlreadyUndone
    parcel = f"{line.parcel.name}（{line.parcel.code}）"
    if bar_of(line_facts(line), now.astimezone(CHINA).date()) is not None:
        raise UndoRefused(parcel=parcel)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    report.undone_at, report.undone_reason = now, reason.strip()
    _flush()
    recount([line])
    _flush()
    note = f"{parcel} {mu(report.area)} 亩"
    record(OperationAct.REPORT_UNDONE, line.order, viewer=viewer, now=now, reason=reason.strip(), note=note)
