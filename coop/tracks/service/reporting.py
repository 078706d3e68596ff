"""What a track reports: the ground it added, on lines of which nobody has said anything yet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from coop.contracts.rules.findings import Finding
from coop.contracts.rules.terms import Severity
from coop.operations.models import OrderLine, WorkReport
from coop.operations.rules.reporting import WorkFact
from coop.operations.rules.terms import WorkResult, WorkSource
from coop.operations.service import reporting as operations
from coop.operations.service.judging import place_of
from coop.tracks import queries
from coop.tracks.models import Track
from coop.tracks.rules.matching import Match
from coop.tracks.rules.terms import TrackOutcome
from foundation.access.grants import Viewer
from foundation.values.area import Mu

REPORTABLE = frozenset({TrackOutcome.WITHIN, TrackOutcome.PARTLY, TrackOutcome.REMEASURE})
REASON = "按作业轨迹登记"
"""Why the figure is what it is; kept with the report, always in Chinese like everything people write."""


def report_swept(
    track: Track,
    matches: Sequence[Match],
    lines: Mapping[int, OrderLine],
    worked_on: date,
    *,
    viewer: Viewer,
    now: datetime,
) -> tuple[dict[int, WorkReport], list[Finding]]:
    """Report the ground that a track added, and return the reports by line beside what kept others out.

    What people have declared stays as they declared it. Never more than planned is reported: the rest is the
    matter of the re-measure. Lines that the checks bar are left to the desk; the track stands all the same.
    """
    declared = queries.declared_by_people(lines)
    own = [one for one in matches if one.line_id not in declared]
    facts = [fact for one in own if (fact := _fact(track, one, lines[one.line_id], worked_on))]
    if not facts:
        return {}, []
    findings = operations.findings_of(facts, viewer=viewer, now=now)
    barred = {one.place for one in findings if one.severity is Severity.BLOCK}
    sound = [fact for fact in facts if place_of(fact.line_id) not in barred]
    if not sound or barred - {place_of(fact.line_id) for fact in facts}:
        return {}, findings
    made = operations.report(
        sound, source=WorkSource.TRACK, viewer=viewer, now=now, exception_reason=track.remark
    )
    return {report.line_id: report for report in made}, findings


def _fact(track: Track, one: Match, line: OrderLine, worked_on: date) -> WorkFact | None:
    area = Mu(min(one.added, line.planned_area - line.done_area))
    if one.outcome not in REPORTABLE or area <= 0:
        return None
    return WorkFact(
        line_id=line.id,
        result=WorkResult.PARTLY if one.outcome is TrackOutcome.PARTLY else WorkResult.DONE,
        area=area,
        worked_on=worked_on,
        started_at=track.started_at,
        ended_at=track.ended_at,
        operator_id=track.operator_id,
        machine_id=track.machine_id,
        reason=REASON,
    )
