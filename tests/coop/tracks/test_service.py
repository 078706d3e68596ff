"""Importing tracks, taking them back, measuring again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.rules.terms import OperationPermission, WorkResult, WorkSource
from coop.parcels.rules import AreaKind, ParcelPermission
from coop.tracks import queries, service
from coop.tracks.models import RemeasureTask, Track, TrackMatch
from coop.tracks.queries import comparisons, tasks
from coop.tracks.queries.comparisons import Comparison
from coop.tracks.rules.driving import SeveralDays
from coop.tracks.rules.sweeping import NoWidth
from coop.tracks.rules.terms import TrackAct, TrackFormat, TrackOutcome, TrackPermission
from coop.tracks.service import Imported, Measured, TrackTerms
from foundation.access.grants import Viewer
from foundation.attachments.service import fetch
from foundation.errors import Forbidden, NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu, mu_from_square_metres
from tests.coop.operations.builders import NOW, TODAY, WORK_DAY, make_order, report_done, whole
from tests.coop.tracks.builders import (
    as_csv,
    as_geojson,
    as_gpx,
    lay_out,
    make_machine,
    on_day,
    run_of,
    strip,
    strips,
    turned,
    worked,
)
from tests.foundation.accounts.builders import make_viewer

pytestmark = pytest.mark.usefixtures("app")
EVERYTHING = (*TrackPermission, *OperationPermission, *ParcelPermission)


def make_clerk(division_code: str = "371681000000") -> Viewer:
    return make_viewer(*EVERYTHING, division_code=division_code)


def ordered(*areas: int, households: int = 1) -> WorkOrder:
    return make_order(areas=areas or (3_50, 6_00), households=households)


def file_of(
    order: WorkOrder, part: float = 1.0, day: date = WORK_DAY, terminal: str = "BD-001", **given: float
) -> bytes:
    rows = turned(worked(order, part, **given))  # type: ignore[arg-type]
    return as_gpx(on_day(rows, day), terminal=terminal, width=2.5)


def take(order: WorkOrder, content: bytes, clerk: Viewer, name: str = "轨迹.gpx", **terms: Any) -> Imported:
    loaded = queries.order_for(clerk, order.id, TrackPermission.IMPORT)
    return service.import_track(
        loaded,
        name,
        content,
        TrackTerms(**terms),
        viewer=clerk,
        now=NOW,
    )


def matches_of(session: Session, track: Track) -> dict[int, TrackMatch]:
    found = session.scalars(select(TrackMatch).where(TrackMatch.track_id == track.id))
    return {match.line_id: match for match in found}


def lines_of(session: Session, order: WorkOrder) -> list[OrderLine]:
    statement = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def test_a_track_reports_what_it_swept_where_nobody_has_reported(session: Session) -> None:
    order = ordered(3_50, 6_00)
    lay_out(order)
    machine, clerk = make_machine(order), make_clerk()
    done = take(order, file_of(order), clerk)
    track = done.track
    assert (track.format, track.terminal_number, track.machine_id) == (TrackFormat.GPX, "BD-001", machine.id)
    assert fetch(track.file_digest) == file_of(order)
    assert len(done.reports) == 2
    assert not done.remeasures
    found = matches_of(session, track)
    for line in lines_of(session, order):
        match = found[line.id]
        assert match.outcome is TrackOutcome.WITHIN
        assert abs(match.swept - line.planned_area) <= 3
        assert line.done_area == min(match.swept, line.planned_area)
        assert line.result is WorkResult.DONE
        assert line.done_on == WORK_DAY
        report = session.get_one(WorkReport, match.report_id)
        assert (report.source, report.machine_id) == (WorkSource.TRACK, machine.id)
    assert mu_from_square_metres(track.swept) >= 9_50


def test_what_people_reported_stays_and_is_compared(session: Session) -> None:
    order = ordered(3_50, 6_00)
    lay_out(order)
    make_machine(order)
    honest, inflated = whole(order.id).lines
    report_done(honest)
    report_done(inflated)
    done = take(order, file_of(order, 0.5), make_clerk())
    assert not done.reports
    found = matches_of(session, done.track)
    assert found[honest.id].outcome is TrackOutcome.REMEASURE
    assert found[inflated.id].declared == 6_00
    assert {task.parcel_id for task in done.remeasures} == {honest.parcel_id, inflated.parcel_id}
    assert [line.done_area for line in lines_of(session, order)] == [3_50, 6_00]
    acts = session.scalars(select(JournalEntry.act)).all()
    assert not acts or TrackAct.IMPORTED.value in acts


def test_ground_larger_than_the_register_opens_one_task_and_reports_no_more_than_planned(
    session: Session,
) -> None:
    order = ordered(6_00)
    lay_out(order, 1.2)
    make_machine(order)
    rows = strips(0, 0, 6_00 / 100 * 2000 / 3 / 50 * 1.2, 50)
    clerk = make_clerk()
    done = take(order, as_gpx(on_day(turned(rows), WORK_DAY)), clerk)
    (line,) = lines_of(session, order)
    (match,) = matches_of(session, done.track).values()
    assert match.outcome is TrackOutcome.REMEASURE
    assert abs(match.swept - 7_20) <= 3
    assert line.done_area == 6_00
    (task,) = done.remeasures
    assert (task.swept, task.declared) == (match.swept, 6_00)
    service.undo_track(queries.get(clerk, done.track.id), reason="重导", viewer=clerk, now=NOW)
    again = take(order, as_gpx(on_day(turned(rows), WORK_DAY)), clerk)
    assert len(again.remeasures) == 1, "the first was closed with its track"
    third = take(order, as_csv(on_day(turned(rows), WORK_DAY + timedelta(days=1))), clerk)
    assert not third.remeasures, "one task for a parcel is enough"


def test_two_days_add_up_and_their_overlap_is_reported_once(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order)
    make_machine(order)
    clerk = make_clerk()
    first = take(order, file_of(order, 0.65), clerk)
    (line,) = lines_of(session, order)
    assert line.result is WorkResult.PARTLY
    assert matches_of(session, first.track)[line.id].outcome is TrackOutcome.PARTLY
    second = take(order, file_of(order, 1.0, WORK_DAY + timedelta(days=1), from_part=0.35), clerk)
    (line,) = lines_of(session, order)
    match = matches_of(session, second.track)[line.id]
    assert match.outcome is TrackOutcome.WITHIN
    assert abs(line.done_area - 6_00) <= 5
    assert line.result is WorkResult.DONE
    twice = take(order, file_of(order, 1.0, WORK_DAY + timedelta(days=2)), clerk)
    assert not twice.reports, "driven again, nothing is new"
    assert lines_of(session, order)[0].done_area == line.done_area


def test_the_same_file_counts_once_for_an_order_until_it_is_undone(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order)
    make_machine(order)
    clerk = make_clerk()
    done = take(order, file_of(order), clerk)
    with pytest.raises(service.SameFile, match="已于 2026-07-01"):
        take(order, file_of(order), clerk, "换个名字.gpx")
    with pytest.raises(Exception, match="至少两个字"):
        service.undo_track(queries.get(clerk, done.track.id), reason=" ", viewer=clerk, now=NOW)
    service.undo_track(queries.get(clerk, done.track.id), reason="选错了作业单", viewer=clerk, now=NOW)
    (line,) = lines_of(session, order)
    assert (line.done_area, line.result) == (0, None)
    with pytest.raises(service.AlreadyUndone):
        service.undo_track(queries.get(clerk, done.track.id), reason="再撤", viewer=clerk, now=NOW)
    again = take(order, file_of(order), clerk)
    assert len(again.reports) == 1


def test_a_track_on_which_a_later_one_builds_is_not_undone_first() -> None:
    order = ordered(6_00)
    lay_out(order)
    make_machine(order)
    clerk = make_clerk()
    first = take(order, file_of(order, 0.5), clerk, "上午.gpx")
    later = take(order, file_of(order, 1.0, from_part=0.5), clerk, "下午.gpx")
    with pytest.raises(service.LaterTrackStands, match="下午"):
        service.undo_track(queries.get(clerk, first.track.id), reason="撤回", viewer=clerk, now=NOW)
    for track in (later.track, first.track):
        service.undo_track(queries.get(clerk, track.id), reason="撤回", viewer=clerk, now=NOW)


def test_a_track_that_hits_no_parcel_is_refused_with_the_nearest_and_a_picture(session: Session) -> None:
    order = ordered(3_50, 6_00)
    lay_out(order)
    make_machine(order)
    away = as_gpx(on_day(turned(strips(0, 500, 40, 550)), WORK_DAY), width=2.5)
    with pytest.raises(service.TrackElsewhere) as refused:
        take(order, away, make_clerk())
    assert "相距 450 米" in str(refused.value)
    assert whole(order.id).lines[0].parcel.code in str(refused.value)
    assert refused.value.picture.gap_metres == 450
    assert session.scalars(select(Track)).all() == []


def test_a_parcel_that_the_track_missed_is_refused_alone(session: Session) -> None:
    order = ordered(3_50, 6_00, 2_00)
    lay_out(order)
    make_machine(order)
    done = take(order, file_of(order, first=0, last=1), make_clerk())
    hit, other, missed = lines_of(session, order)
    found = matches_of(session, done.track)
    assert [found[line.id].outcome for line in (hit, other, missed)] == [
        TrackOutcome.WITHIN,
        TrackOutcome.WITHIN,
        TrackOutcome.OUTSIDE,
    ]
    assert (missed.done_area, missed.result) == (0, None)


def test_parcels_without_an_outline_are_told_apart(session: Session) -> None:
    order = ordered(3_50, 6_00)
    lay_out(order, 1.0, 0.0)
    make_machine(order)
    done = take(order, file_of(order, first=0, last=0), make_clerk())
    outcomes = [match.outcome for match in matches_of(session, done.track).values()]
    assert sorted(outcomes) == ["no_outline", "within"]


def test_anothers_terminal_asks_for_a_reason_and_names_the_machine(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order)
    make_machine(order, "BD-777", model="约翰迪尔")
    make_machine(order, "BD-001", model="2BMYF-4")
    clerk = make_clerk()
    with pytest.raises(service.TrackQuestioned, match=r"BD-777（播种机 约翰迪尔）.*BD-001"):
        take(order, file_of(order, terminal="BD-777"), clerk)
    done = take(order, file_of(order, terminal="BD-777"), clerk, remark="终端当天换装在这台机具上")
    assert len(done.findings) >= 1
    assert done.track.remark == "终端当天换装在这台机具上"


def test_a_file_used_for_another_order_asks_for_a_reason() -> None:
    first = ordered(6_00)
    lay_out(first)
    make_machine(first, "BD-001")
    clerk = make_clerk()
    content = file_of(first, terminal="")
    take(first, content, clerk)
    second = ordered(6_00)
    lay_out(second)
    make_machine(second, "BD-002")
    with pytest.raises(service.TrackQuestioned, match=first.number):
        take(second, content, clerk)
    assert take(second, content, clerk, remark="播种施肥一次进地").reports


def test_the_terminal_tells_the_machine_where_the_order_names_none(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order)
    machine, clerk = make_machine(order), make_clerk()
    order.machine_id = None
    session.flush()
    assert take(order, file_of(order), clerk).track.machine_id == machine.id
    with pytest.raises(service.NobodyDrove):
        take(order, file_of(order, terminal="BD-404"), clerk)


def test_a_width_that_nobody_knows_is_asked_for(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order)
    machine, clerk = make_machine(order), make_clerk()
    machine.width_cm = None
    session.flush()
    bare = as_geojson(on_day(turned(worked(order)), WORK_DAY))
    with pytest.raises(NoWidth):
        take(order, bare, clerk)
    done = take(order, bare, clerk, width_cm=250)
    assert done.track.width_cm == 250
    assert len(done.reports) == 1


def test_several_days_in_one_file_are_refused() -> None:
    order = ordered(6_00)
    lay_out(order)
    make_machine(order)
    runs = [*on_day(worked(order)[:2], WORK_DAY), *on_day(worked(order)[2:], WORK_DAY + timedelta(days=3))]
    with pytest.raises(SeveralDays, match="按天分段"):
        take(order, as_gpx(runs), make_clerk())


def test_who_may_not_import_or_see_is_refused() -> None:
    order = ordered(6_00)
    lay_out(order)
    make_machine(order)
    done = take(order, file_of(order), make_clerk())
    stranger = make_clerk("371681108000")
    with pytest.raises(NotFound):
        queries.order_for(stranger, order.id, TrackPermission.IMPORT)
    with pytest.raises(NotFound):
        queries.get(stranger, done.track.id)
    reader = make_viewer(TrackPermission.VIEW)
    loaded = queries.order_for(make_clerk(), order.id, TrackPermission.IMPORT)
    with pytest.raises(Forbidden):
        service.import_track(loaded, "x.gpx", file_of(order), TrackTerms(), viewer=reader, now=NOW)
    with pytest.raises(Forbidden):
        service.undo_track(queries.get(reader, done.track.id), reason="撤回", viewer=reader, now=NOW)


def doubted(order: WorkOrder, clerk: Viewer) -> RemeasureTask:
    rows = strips(0, 0, 96, 50)
    done = take(order, as_gpx(on_day(turned(rows), WORK_DAY)), clerk)
    (task,) = done.remeasures
    return tasks.get(clerk, task.id)


def test_a_new_measure_goes_into_the_ledger_and_may_become_the_basis(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order, 1.2)
    make_machine(order)
    clerk = make_clerk()
    task = doubted(order, clerk)
    measured = Measured(area=Mu(7_18), on=TODAY, is_basis=True, resolution="村委会、农户共同丈量")
    with pytest.raises(StaleVersion):
        service.resolve_remeasure(task, measured, version=99, viewer=clerk, now=NOW)
    service.resolve_remeasure(task, measured, version=task.version, viewer=clerk, now=NOW)
    parcel = tasks.get(clerk, task.id).parcel
    assert (parcel.measured_area, parcel.basis, parcel.area) == (7_18, AreaKind.MEASURED, 7_18)
    assert task.measured == 7_18
    assert tasks.waiting(clerk)[0] == 0
    with pytest.raises(service.AlreadyResolved):
        service.resolve_remeasure(task, measured, version=None, viewer=clerk, now=NOW)


def test_an_old_area_may_stand_for_a_reason(session: Session) -> None:
    order = ordered(6_00)
    lay_out(order, 1.2)
    make_machine(order)
    clerk = make_clerk()
    task = doubted(order, clerk)
    assert tasks.waiting(clerk)[0] == 1
    for refused, given in (
        (service.NoWordOfMeasure, Measured(area=None, on=TODAY)),
        (service.NothingMeasured, Measured(area=None, on=TODAY, is_basis=True, resolution="维持")),
    ):
        with pytest.raises(refused):
            service.resolve_remeasure(task, given, version=None, viewer=clerk, now=NOW)
    kept = Measured(area=None, on=TODAY, resolution="界桩外为机耕路，维持原面积")
    service.resolve_remeasure(task, kept, version=None, viewer=clerk, now=NOW)
    assert tasks.get(clerk, task.id).parcel.area == 6_00
    stranger = make_clerk("371681108000")
    with pytest.raises(NotFound):
        tasks.get(stranger, task.id)


def test_the_comparison_has_one_row_for_each_parcel(session: Session) -> None:
    order = ordered(3_50, 6_00)
    lay_out(order)
    make_machine(order)
    clerk = make_clerk()
    take(order, file_of(order, first=0, last=0), clerk)
    take(order, file_of(order, day=WORK_DAY + timedelta(days=1), first=1, last=1), clerk)
    asked = queries.TrackFilter(order_id=order.id)
    rows: list[Comparison] = list(comparisons.comparisons(clerk, asked, TrackPermission.EXPORT))
    assert [row.position for row in rows] == [1, 2]
    assert [row.outcome for row in rows] == [TrackOutcome.WITHIN, TrackOutcome.WITHIN]
    assert list(comparisons.comparisons(make_clerk("371681108000"), asked, TrackPermission.EXPORT)) == []
    assert whole(order.id).lines[0].done_area == rows[0].done


def test_a_swept_road_reports_nothing_on_the_neighbours(session: Session) -> None:
    order = ordered(3_50, 6_00)
    lay_out(order)
    make_machine(order)
    rows = [*worked(order, first=0, last=0), strip((46.0, 25.0), (49.5, 25.0))]
    done = take(order, as_gpx([*on_day(rows, WORK_DAY)]), make_clerk())
    outcomes = {match.line_id: match.outcome for match in matches_of(session, done.track).values()}
    assert outcomes[whole(order.id).lines[1].id] is TrackOutcome.OUTSIDE
    assert run_of([(0, 0), (1, 1)])[0].width_cm == 250
