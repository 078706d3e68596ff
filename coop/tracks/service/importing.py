"""Importing a track: matched with parcels, reported where nobody has, doubted where it differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coop.contracts.rules.findings import Finding, blocking
from coop.machinery import queries as machinery
from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries import reports as lines
from coop.tracks import queries
from coop.tracks.models import RemeasureTask, Track, TrackMatch
from coop.tracks.queries import machine_name, tasks
from coop.tracks.rules import geometry
from coop.tracks.rules.driving import Driven, digest_of, drive
from coop.tracks.rules.matching import Match, is_elsewhere, match
from coop.tracks.rules.proofs import Provenance, provenance_findings
from coop.tracks.rules.terms import TrackAct, TrackOutcome, TrackPermission
from coop.tracks.service.matching import elsewhere, ground_before, plots_of
from coop.tracks.service.refusals import (
    MayNot,
    NobodyDrove,
    OrderWithoutLines,
    SameFile,
    TrackQuestioned,
)
from coop.tracks.service.reporting import report_swept
from foundation.access.grants import Viewer
from foundation.attachments.rules import clean_name
from foundation.attachments.service import put
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.geography.plane import unproject
from foundation.journal.service import record
from foundation.values.area import Mu, mu
from foundation.values.dates import Period

SHORTEST_REASON = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackTerms:
    """What a person says beside the file: who drove what, how wide, and why something looks odd."""

    machine_id: int | None = None
    operator_id: int | None = None
    width_cm: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A track that was taken in, and what has to be said of it."""

    track: Track
    reports: tuple[WorkReport, ...] = ()
    remeasures: tuple[RemeasureTask, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def hands_of(order: WorkOrder, terms: TrackTerms) -> tuple[Machine | None, Operator | None]:
    """Return the machine and driver that a track is put down to: those stated, else the order's."""
    machine_id = terms.machine_id or order.machine_id
    operator_id = terms.operator_id or order.operator_id
    return (
        db.session.get(Machine, machine_id) if machine_id else None,
        db.session.get(Operator, operator_id) if operator_id else None,
    )


def usual_width(order: WorkOrder, terms: TrackTerms) -> int | None:
    """Return the working width that the register knows of the machine."""
    machine, _operator = hands_of(order, terms)
    return machine.width_cm if machine else None


def import_track(
    order: WorkOrder,
    name: str,
    content: bytes,
    terms: TrackTerms,
    *,
    viewer: Viewer,
    now: datetime,
    driven: Driven | None = None,
) -> Imported:
    """Take a terminal's file in for an order, or refuse it whole with the reason and a picture.

    ``driven`` is what the file proves, if the caller has worked it out already outside the transaction.
    """
    may = viewer.sees(TrackPermission.IMPORT, order.division_code, order.dated_on)
    if not may or not lines.may_report(viewer, order):
        raise MayNot(act=TrackAct.IMPORTED)
    queries.hold_order(order.id)
    _demand_new(order, digest_of(content))
    driven = driven or drive(name, content, stated_cm=terms.width_cm, usual_cm=usual_width(order, terms))
    living = lines.lines_of(queries.living_line_ids(order.id), lock=True)
    if not living or order.cancelled_at is not None:
        raise OrderWithoutLines(number=order.number)
    machine, operator = _hands(order, terms, driven)
    findings = _demand_explained(order, machine, driven, terms.remark)
    plots = plots_of(living, driven)
    matches = match(plots, driven.sweep, ground_before(order, driven), order.programme.track_tolerance)
    if is_elsewhere(matches):
        raise elsewhere(plots, living, driven)
    track = _saved(order, driven, machine, operator, terms, viewer=viewer, now=now)
    rows = _save_matches(track, matches)
    reports, unsaid = report_swept(track, matches, living, driven.worked_on, viewer=viewer, now=now)
    for line_id, made in reports.items():
        rows[line_id].report_id = made.id
    opened = _open_tasks(matches, rows, living, now)
    _note(track, matches, findings, opened, viewer=viewer, now=now)
    return Imported(
        track=track,
        reports=tuple(reports.values()),
        remeasures=tuple(opened),
        findings=(*findings, *unsaid),
    )


def _demand_new(order: WorkOrder, digest: str) -> None:
    twin = queries.twin_of(order.id, digest)
    if twin is not None:
        raise SameFile(day=twin.uploaded_at.astimezone(CHINA).date(), name=twin.file_name)


def _hands(order: WorkOrder, terms: TrackTerms, driven: Driven) -> tuple[Machine | None, Operator | None]:
    """Return who drove what; where nobody says it, the terminal tells the machine."""
    machine, operator = hands_of(order, terms)
    terminal = driven.reading.terminal_number
    if machine is None and terminal:
        bearer = machinery.machine_with_terminal(terminal)
        machine = bearer if bearer and bearer.provider_id == order.provider_id else None
    if machine is None and operator is None:
        raise NobodyDrove
    return machine, operator


def _demand_explained(
    order: WorkOrder, machine: Machine | None, driven: Driven, remark: str
) -> list[Finding]:
    """Refuse a track that gives itself away and has no reason with it."""
    terminal = driven.reading.terminal_number
    bearer = machinery.machine_with_terminal(terminal) if terminal else None
    provenance = Provenance(
        terminal=terminal if machine else "",
        machine=machine_name(machine),
        registered=(machine.terminal_number or "") if machine else "",
        bearer=machine_name(bearer),
        worked_on=driven.worked_on,
        window=Period(order.starts_on, order.ends_on),
        used_for=queries.used_for(driven.digest, order.id),
    )
    findings = list(provenance_findings(provenance))
    stops = blocking(findings, has_reason=len(remark.strip()) >= SHORTEST_REASON)
    if stops:
        raise TrackQuestioned(stops)
    return findings


def _saved(
    order: WorkOrder,
    driven: Driven,
    machine: Machine | None,
    operator: Operator | None,
    terms: TrackTerms,
    *,
    viewer: Viewer,
    now: datetime,
) -> Track:
    reading, sweep = driven.reading, driven.sweep
    track = Track(
        order_id=order.id,
        order=order,
        division_code=order.division_code,
        machine_id=machine.id if machine else None,
        operator_id=operator.id if operator else None,
        format=reading.format,
        file_name=clean_name(driven.name, "轨迹"),
        file_digest=put(driven.content),
        terminal_number=reading.terminal_number,
        point_count=reading.point_count,
        width_cm=driven.width_cm,
        started_at=reading.started_at,
        ended_at=reading.ended_at,
        swept=sweep.area,
        path=geometry.write(unproject(geometry.simple(sweep.path, geometry.PATH_METRES), sweep.centre)),
        ground=geometry.write(unproject(geometry.simple(sweep.ground, geometry.GROUND_METRES), sweep.centre)),
        remark=terms.remark.strip(),
        uploader_id=viewer.account_id,
        uploaded_at=now,
    )
    db.session.add(track)
    db.session.flush()
    return track


def _save_matches(track: Track, matches: Sequence[Match]) -> dict[int, TrackMatch]:
    rows = {
        one.line_id: TrackMatch(
            track_id=track.id,
            line_id=one.line_id,
            added=one.added,
            swept=one.swept,
            declared=one.declared,
            outcome=one.outcome,
        )
        for one in matches
    }
    db.session.add_all(rows.values())
    db.session.flush()
    return rows


def _open_tasks(
    matches: Sequence[Match], rows: Mapping[int, TrackMatch], living: Mapping[int, OrderLine], now: datetime
) -> list[RemeasureTask]:
    """Open a task for each parcel that differs, unless one waits already."""
    doubted = [one for one in matches if one.outcome is TrackOutcome.REMEASURE]
    waiting = tasks.open_on({living[one.line_id].parcel_id for one in doubted})
    opened = [
        RemeasureTask(
            parcel_id=living[one.line_id].parcel_id,
            parcel=living[one.line_id].parcel,
            match_id=rows[one.line_id].id,
            division_code=living[one.line_id].division_code,
            swept=one.swept,
            declared=one.declared,
            opened_at=now,
        )
        for one in doubted
        if living[one.line_id].parcel_id not in waiting
    ]
    db.session.add_all(opened)
    db.session.flush()
    return opened


def _note(
    track: Track,
    matches: Sequence[Match],
    findings: Sequence[Finding],
    opened: Sequence[RemeasureTask],
    *,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Tell the journal what a track proved, and of every parcel that is to be measured again."""
    hit = [one for one in matches if one.added]
    added = mu(Mu(sum(one.added for one in hit)))
    said = f"作业单 {track.order.number}；{len(hit)} 块 {added} 亩；" + "".join(f.text for f in findings)
    record(TrackAct.IMPORTED, track, viewer=viewer, now=now, reason=track.remark, note=said[:500])
    for task in opened:
        note = f"轨迹 {mu(task.swept)} 亩，申报 {mu(task.declared)} 亩"
        record(TrackAct.REMEASURE_OPENED, task, viewer=viewer, now=now, note=note)
