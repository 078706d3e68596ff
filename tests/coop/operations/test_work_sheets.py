"""The spreadsheet of work: untouched it changes nothing; filled in it is checked, reported, can be undone."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coop.operations.importing import KIND, WORK, rows_of
from coop.operations.models import WorkOrder, WorkReport
from coop.operations.rules.terms import OperationPermission, WorkResult, WorkSource
from coop.operations.service import accepting
from coop.parcels.rules import LandClass
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.imports import jobs, service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import BatchState, ImportPermission, Outcome
from foundation.imports.service.undoing import BuiltUpon
from foundation.values.area import Mu
from foundation.workbooks.writing import Sheet, write_sheets
from tests.coop.operations import builders
from tests.coop.operations.test_checks import make_machine
from tests.coop.parcels.builders import faults_of, warnings_of
from tests.coop.parcels.builders import rows_of as batch_rows
from tests.foundation.accounts.builders import make_viewer


@pytest.fixture
def clerk(session: Session) -> Viewer:
    return make_viewer(OperationPermission.VIEW, OperationPermission.REPORT, ImportPermission.RUN)


@pytest.fixture
def order(session: Session) -> WorkOrder:
    made = builders.make_order(areas=[3_50, 1_20], households=2)
    made.machine_id = make_machine(made).id
    session.flush()
    return builders.whole(made.id)


def sheet(order: WorkOrder, *filled: dict[str, Any]) -> bytes:
    """The order's sheet as it goes out, its first rows filled in."""
    rows = rows_of(builders.whole(order.id))
    for place, given in enumerate(filled):
        rows[place] |= given
    write_sheets(target := BytesIO(), [Sheet(WORK.layout, [WORK.cells(row) for row in rows])])
    return target.getvalue()


def read(content: bytes, viewer: Viewer) -> ImportBatch:
    """The batch, read and judged."""
    batch = service.start(
        KIND.name, "work.xlsx", content, viewer=viewer, now=builders.NOW, in_background=False
    )
    return jobs.read_now(batch, viewer, builders.NOW, lambda _done, _total: db.session.commit())


def brought(content: bytes, viewer: Viewer) -> ImportBatch:
    """The batch, confirmed and applied."""
    batch = read(content, viewer)
    service.confirm(batch, viewer=viewer, now=builders.NOW, in_background=False)
    return jobs.apply_now(batch, viewer, builders.NOW, lambda _done, _total: db.session.commit())


def undone(batch: ImportBatch, viewer: Viewer) -> None:
    """Take the batch back."""
    service.undo(batch, viewer=viewer, now=builders.NOW, reason="填错表", in_background=False)
    jobs.undo_now(batch, viewer, builders.NOW, lambda _done, _total: db.session.commit())


def outcomes(batch: ImportBatch) -> list[Outcome]:
    return [row.outcome for row in batch_rows(batch)]


DONE = {"result": WorkResult.DONE, "worked_on": builders.WORK_DAY}


def test_the_untouched_sheet_changes_nothing(order: WorkOrder, clerk: Viewer) -> None:
    assert outcomes(read(sheet(order), clerk)) == [Outcome.SAME] * 4
    brought(sheet(order, DONE), clerk)
    assert outcomes(read(sheet(order), clerk)) == [Outcome.SAME] * 4


def test_filled_rows_are_reported_and_can_be_undone(order: WorkOrder, clerk: Viewer) -> None:
    partly = {**DONE, "result": WorkResult.PARTLY, "area": Mu(1_00), "reason": "地湿"}
    missed = {**DONE, "result": WorkResult.NOT_DONE, "area": None, "reason": "农户未到场"}
    batch = brought(sheet(order, DONE, partly, missed), clerk)
    assert outcomes(batch) == [Outcome.NEW] * 3 + [Outcome.SAME]
    lines = builders.whole(order.id).lines
    assert [(line.result, line.done_area) for line in lines] == [
        (WorkResult.DONE, 3_50),
        (WorkResult.PARTLY, 1_00),
        (WorkResult.NOT_DONE, 0),
        (None, 0),
    ]
    made = db.session.query(WorkReport).filter_by(line_id=lines[0].id).one()
    assert (made.source, made.machine_id) == (WorkSource.SPREADSHEET, order.machine_id)

    undone(batch, clerk)

    assert batch.state is BatchState.UNDONE
    assert db.session.query(WorkReport).count() == 0
    assert [line.result for line in builders.whole(order.id).lines] == [None] * 4


def test_every_row_tells_its_own_fault(order: WorkOrder, clerk: Viewer) -> None:
    content = sheet(
        order,
        {**DONE, "area": Mu(9_00)},
        {"result": WorkResult.DONE},
        {**DONE, "machine": "东方红"},
        {**DONE, "position": 99},
    )
    batch = read(content, clerk)
    assert outcomes(batch) == [Outcome.REFUSED] * 4
    said = "\n".join(faults_of(batch))
    assert "作业合计 9.00 亩，超过结算面积 3.50 亩" in said
    assert "请填写作业日期" in said
    assert "服务方名下没有“东方红”" in said
    assert f"没有 {order.number} 第 99 行" in said


def test_a_row_of_another_parcel_or_twice_is_refused(order: WorkOrder, clerk: Viewer) -> None:
    first, second = rows_of(order)[:2]
    batch = read(sheet(order, DONE, {**first, **DONE}, {**DONE, "parcel_code": second["parcel_code"]}), clerk)
    said = "\n".join(faults_of(batch))
    assert "与本表第 2 行是同一地块" in said
    assert "与表中编码不符" in said


def test_what_is_reported_already_is_not_reported_again(order: WorkOrder, clerk: Viewer) -> None:
    brought(sheet(order, DONE), clerk)
    batch = read(sheet(order, {**DONE, "area": Mu(3_00)}), clerk)
    assert outcomes(batch)[0] is Outcome.REFUSED
    assert "这一行已登记已完成 3.50 亩" in faults_of(batch)[0]


def test_a_finding_that_asks_needs_its_reason_in_the_row(order: WorkOrder, clerk: Viewer) -> None:
    order.lines[0].parcel.land_class = LandClass.OTHER
    db.session.flush()
    assert "不是耕地" in faults_of(read(sheet(order, DONE), clerk))[0]
    batch = brought(sheet(order, {**DONE, "exception_reason": "已复垦"}), clerk)
    assert "不是耕地" in warnings_of(batch)[0]
    assert db.session.query(WorkReport).one().exception_reason == "已复垦"


def test_an_order_out_of_scope_does_not_exist(order: WorkOrder, session: Session) -> None:
    stranger = make_viewer(
        OperationPermission.REPORT, ImportPermission.RUN, division_code="371681108000", name="外镇人"
    )
    assert set(outcomes(read(sheet(order, DONE), stranger))) == {Outcome.REFUSED}


def test_an_accepted_line_keeps_its_batch_from_being_undone(order: WorkOrder, clerk: Viewer) -> None:
    batch = brought(sheet(order, DONE), clerk)
    line = builders.whole(order.id).lines[0]
    accepting.note_accepted(line, area=Mu(3_50), on=builders.TODAY, is_deemed=False)
    db.session.flush()
    with pytest.raises(BuiltUpon, match="1 条作业单中的地块在导入后又被修改"):
        undone(batch, clerk)
    assert db.session.query(WorkReport).count() == 1
