"""Reports of work: counted, taken back, barred once accepted, the same form never twice."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coop.machinery.models import Machine
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries import reports as queries
from coop.operations.rules.reporting import (
    QualityRow,
    StandingReport,
    UnknownQuality,
    WorkFact,
    count_of,
    quality_rows,
    with_exceptions,
)
from coop.operations.rules.terms import OperationPermission, WorkResult, WorkSource
from coop.operations.service import accepting, reporting
from coop.operations.service.refusals import (
    AlreadyUndone,
    MayNot,
    NothingToReport,
    NotYetIssued,
    ReasonMissing,
    ReportRefused,
    UndoRefused,
)
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.attachments.queries import attachments_of
from foundation.attachments.service import attach, remove
from foundation.database.engine import db
from foundation.errors import Forbidden, NotFound
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu
from tests.coop.operations import builders
from tests.coop.operations.test_checks import fact, make_machine, make_operator
from tests.foundation.accounts.builders import COUNTY, make_account, make_viewer

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40
OTHER_TOWNSHIP = "371681108000"


@pytest.fixture
def reporter(session: Session) -> Viewer:
    return builders.make_planner(COUNTY)


def say(facts: list[WorkFact], viewer: Viewer, **given: Any) -> list[WorkReport]:
    """Report with the usual source and moment."""
    values: dict[str, Any] = {"source": WorkSource.BULK, "now": builders.NOW}
    return reporting.report(facts, viewer=viewer, **(values | given))


def sentences(facts: list[WorkFact], viewer: Viewer, **given: Any) -> str:
    """What reporting is refused with."""
    with pytest.raises(ReportRefused) as refused:
        say(facts, viewer, **given)
    return "\n".join(finding.text for finding in refused.value.findings)


def one(areas: tuple[int, ...] = (3_50,), **given: Any) -> tuple[OrderLine, Machine]:
    """The first line of a new order and a machine for it."""
    order = builders.make_order(areas=areas, **given)
    return order.lines[0], make_machine(order)


def test_several_reports_add_up_and_the_last_day_counts(reporter: Viewer) -> None:
    line, machine = one()
    part = fact(line, machine, result=WorkResult.PARTLY, area=Mu(2_00), reason="地湿")
    say([part], reporter)
    assert (line.result, line.done_area, line.reason) == (WorkResult.PARTLY, 2_00, "地湿")

    say([fact(line, machine, area=Mu(1_50), worked_on=date(2026, 6, 12))], reporter)

    assert (line.result, line.done_area, line.done_on) == (WorkResult.DONE, 3_50, date(2026, 6, 12))


def test_an_order_that_was_not_issued_takes_no_report(reporter: Viewer) -> None:
    line, machine = one()
    db.session.get_one(WorkOrder, line.order_id).issued_at = None
    with pytest.raises(NotYetIssued, match="还没有派发"):
        say([fact(line, machine)], reporter)
    assert line.result is None


def test_all_or_nothing_and_every_row_has_its_own_sentence(reporter: Viewer) -> None:
    order = builders.make_order(areas=[3_50, 1_20], households=2)
    machine = make_machine(order)
    lines = order.lines
    facts = [
        fact(lines[0], machine),
        fact(lines[1], machine, area=Mu(9_00)),
        fact(lines[2], machine, result=WorkResult.PARTLY, area=Mu(1_00)),
        fact(lines[3], machine, result=WorkResult.NOT_DONE, area=Mu(0)),
    ]
    with pytest.raises(ReportRefused) as refused:
        say(facts, reporter)
    places = [finding.place for finding in refused.value.findings]
    assert places == [f"line-{lines[2].id}", f"line-{lines[3].id}", f"line-{lines[1].id}"]
    assert db.session.query(WorkReport).count() == 0


def test_not_done_needs_a_reason_and_has_no_acreage(reporter: Viewer) -> None:
    line, machine = one()
    missed = fact(line, None, result=WorkResult.NOT_DONE, area=Mu(0))
    assert "未作业，请写明原因" in sentences([missed], reporter)
    assert "却填了 1.00 亩" in sentences([replace(missed, area=Mu(1_00), reason="积水")], reporter)
    say([replace(missed, reason="积水")], reporter)
    assert (line.result, line.done_area, line.done_on) == (WorkResult.NOT_DONE, 0, None)
    say([fact(line, machine)], reporter)
    assert (line.result, line.done_area) == (WorkResult.DONE, 3_50)
    said = sentences([replace(missed, reason="没有")], reporter)
    assert "已登记作业 3.50 亩，不能登记为未作业" in said


def test_done_with_less_than_the_plan_is_partly_or_has_a_reason(reporter: Viewer) -> None:
    line, machine = one()
    less = fact(line, machine, area=Mu(3_00))
    assert "合计 3.00 亩，少于计划 3.50 亩；请改为部分完成，或写明原因" in sentences([less], reporter)
    say([replace(less, reason="实测只有三亩")], reporter)
    assert line.done_area == 3_00


def test_no_acreage_is_told(reporter: Viewer) -> None:
    line, machine = one()
    assert "请填写实际作业亩数" in sentences([fact(line, machine, area=Mu(0))], reporter)


def test_the_same_form_sent_twice_reports_once(reporter: Viewer) -> None:
    line, machine = one()
    first = say([fact(line, machine, version=line.version)], reporter, form_key="1:abc")
    again = say([fact(line, machine, version=1)], reporter, form_key="1:abc")
    assert [row.id for row in again] == [row.id for row in first]
    assert line.done_area == 3_50


def test_two_tabs_meet_on_a_line_by_its_version(reporter: Viewer) -> None:
    line, machine = one()
    seen = line.version
    say([fact(line, machine, version=seen, area=Mu(1_00), result=WorkResult.PARTLY, reason="半天")], reporter)
    said = sentences([fact(line, machine, version=seen, area=Mu(2_50))], reporter)
    assert "在您填写期间已有人登记（现共 1.00 亩）" in said


def test_one_line_stands_once_in_an_act(reporter: Viewer) -> None:
    line, machine = one()
    part = fact(line, machine, area=Mu(1_00), reason="分两次")
    assert "在这次登记中出现两次" in sentences([part, part], reporter)


def test_nothing_is_reported_on_accepted_disputed_or_cancelled_lines(reporter: Viewer) -> None:
    order = builders.make_order(areas=[3_50], households=4)
    machine = make_machine(order)
    accepted, deemed, disputed, cancelled = order.lines
    for line in order.lines:
        builders.report_done(line, 1_00)
    accepting.note_accepted(accepted, area=Mu(1_00), on=builders.TODAY, is_deemed=False)
    accepting.note_accepted(deemed, area=Mu(1_00), on=builders.TODAY, is_deemed=True)
    accepting.note_disputed(disputed)
    cancelled.cancelled_at = builders.NOW
    db.session.flush()

    said = sentences([fact(line, machine, area=Mu(1_00), reason="补") for line in order.lines], reporter)

    for word in ("已验收，不能再登记", "已视同验收，不能再登记", "请先处理争议", "已撤销，不能登记"):
        assert word in said


def test_a_report_is_taken_back_with_a_reason_and_the_line_counted_anew(reporter: Viewer) -> None:
    line, machine = one()
    kept, wrong = (
        say([fact(line, machine, area=Mu(area), result=WorkResult.PARTLY, reason="分段")], reporter)[0]
        for area in (1_00, 2_00)
    )
    with pytest.raises(ReasonMissing):
        reporting.undo_report(wrong, reason=" ", viewer=reporter, now=builders.NOW)
    reporting.undo_report(wrong, reason="亩数报错", viewer=reporter, now=builders.NOW)
    assert (line.done_area, line.result) == (1_00, WorkResult.PARTLY)
    with pytest.raises(AlreadyUndone):
        reporting.undo_report(wrong, reason="再来", viewer=reporter, now=builders.NOW)
    reporting.undo_report(kept, reason="全部重报", viewer=reporter, now=builders.NOW)
    assert (line.done_area, line.result, line.done_on) == (0, None, None)
    db.session.commit()
    acts = db.session.query(JournalEntry).filter_by(act="operations.report_undone").all()
    assert [entry.reason for entry in acts] == ["亩数报错", "全部重报"]


def test_an_accepted_report_cannot_be_taken_back(reporter: Viewer) -> None:
    line, machine = one()
    made = say([fact(line, machine)], reporter)[0]
    accepting.note_accepted(line, area=Mu(3_50), on=builders.TODAY, is_deemed=False)
    db.session.flush()
    with pytest.raises(UndoRefused, match="请先撤回验收"):
        reporting.undo_report(made, reason="报错", viewer=reporter, now=builders.NOW)


def test_a_reporter_of_another_township_may_not(session: Session) -> None:
    line, machine = one()
    stranger = make_viewer(OperationPermission.REPORT, division_code=OTHER_TOWNSHIP)
    with pytest.raises(MayNot):
        say([fact(line, machine)], stranger)
    with pytest.raises(NothingToReport):
        say([], stranger)
    with pytest.raises(NotFound):
        say([replace(fact(line, machine), line_id=999_999)], stranger)


def test_a_driver_reports_on_own_issued_orders_only(session: Session) -> None:
    mine, other = builders.make_order(), builders.make_order()
    own, strange = mine.lines[0], other.lines[0]
    account = make_account("孙师傅")
    driver = Viewer(account_id=account.id, name=account.name, is_authenticated=True)
    operator = make_operator(mine, account_id=account.id)
    with pytest.raises(MayNot):
        say([fact(own, None, operator_id=operator.id)], driver, source=WorkSource.PHONE)
    mine.operator_id = operator.id
    db.session.flush()
    made = say([fact(own, None, operator_id=operator.id)], driver, source=WorkSource.PHONE)
    assert made[0].reporter_id == account.id
    with pytest.raises(MayNot):
        say([fact(strange, None, operator_id=operator.id)], driver)


def test_photographs_have_the_rights_of_the_order(reporter: Viewer) -> None:
    line, machine = one()
    made = say([fact(line, machine)], reporter, photos=[("现场.png", PICTURE)])[0]
    assert [file.name for file in attachments_of(reporting.OWNER, made.id)] == ["现场.png"]
    stranger = make_viewer(OperationPermission.VIEW, division_code=OTHER_TOWNSHIP)
    watcher = make_viewer(OperationPermission.VIEW)
    assert not queries.can_see_report(stranger, made.id)
    assert queries.can_see_report(watcher, made.id)
    assert not queries.can_change_report(watcher, made.id)
    with pytest.raises(Forbidden):
        attach(
            "x.png", PICTURE, owner_type=reporting.OWNER, owner_id=made.id, viewer=watcher, now=builders.NOW
        )


def test_photographs_of_accepted_work_stay_as_they_are(reporter: Viewer) -> None:
    line, machine = one()
    made = say([fact(line, machine)], reporter, photos=[("现场.png", PICTURE)])[0]
    assert queries.can_change_report(reporter, made.id)
    line.accepted_area, line.accepted_on = line.done_area, builders.TODAY
    db.session.flush()
    (photo,) = attachments_of(reporting.OWNER, made.id)
    with pytest.raises(Forbidden):
        remove(photo.id, viewer=reporter, now=builders.NOW)


def test_a_line_not_yet_accepted_follows_the_basis_of_its_parcel(reporter: Viewer) -> None:
    line, machine = one()
    parcel = db.session.get_one(Parcel, line.parcel_id)
    parcel.area = Mu(4_00)
    db.session.flush()
    say([fact(line, machine, area=Mu(4_00))], reporter)
    assert (line.basis_area, line.done_area) == (4_00, 4_00)


def test_quality_is_kept_with_what_a_line_says_otherwise(reporter: Viewer) -> None:
    line, machine = one()
    usual = (QualityRow(content="深度", agreed="25厘米", found="26"), QualityRow(content="质量", found="好"))
    own = with_exceptions(usual, "深度：18；质量=一般")
    made = say([fact(line, machine, quality=own)], reporter)[0]
    assert [(row.content, row.agreed, row.found) for row in quality_rows(made.quality)] == [
        ("深度", "25厘米", "18"),
        ("质量", "", "一般"),
    ]
    with pytest.raises(UnknownQuality, match="深度、质量"):
        with_exceptions(usual, "宽度：3")


RESULTS = {result.value: result for result in WorkResult}
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["done", "partly", "not_done", "undo"]),
        st.integers(0, 4_00),
        st.integers(0, 20),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(moves=MOVES)
def test_no_sequence_of_reports_and_undos_lets_a_line_say_more_than_its_reports(
    reporter: Viewer, moves: list[tuple[str, int, int]]
) -> None:
    line, machine = one()
    for kind, area, number in moves:
        standing = queries.standing_of([line.id]).get(line.id, [])
        if kind == "undo":
            if standing:
                chosen = standing[number % len(standing)]
                reporting.undo_report(chosen, reason="核对后撤回", viewer=reporter, now=builders.NOW)
        else:
            said = fact(line, machine, result=RESULTS[kind], area=Mu(area), reason="据实登记")
            with suppress(ReportRefused):
                say([said], reporter, exception_reason="两班倒")
        standing = queries.standing_of([line.id]).get(line.id, [])
        db.session.refresh(line)
        assert line.done_area == sum(report.area for report in standing) <= 3_57
        assert (line.result is None) == (not standing)
        days = [report.worked_on for report in standing if report.area]
        assert line.done_on == max(days, default=None)


def test_count_of_nothing_is_nothing() -> None:
    assert count_of([]).result is None
    said = StandingReport(result=WorkResult.NOT_DONE, area=Mu(0), worked_on=date(2026, 6, 1), reason="雨")
    assert count_of([said]).worked_on is None
