"""A batch from its file to the register and back."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.attachments import service as attachments
from foundation.errors import Forbidden, NotFound
from foundation.imports import jobs, queries, report, service
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import BatchState, Outcome
from foundation.imports.service.undoing import BuiltUpon
from foundation.imports.snapshot import unpacked
from foundation.units.models import Unit
from foundation.units.rules import UnitKind
from foundation.workbooks.containers import NotAWorkbook
from foundation.workbooks.reading import EmptySheet, read_sheet
from tests.foundation.accounts.builders import make_posting, make_unit, make_viewer
from tests.foundation.imports.builders import (
    KIND,
    NOW,
    UNITS,
    TestPermission,
    applied_batch,
    commit,
    importer,
    read_batch,
    undo,
    workbook,
)

COOP, UNION = UnitKind.COOPERATIVE.label, UnitKind.COUNTY_UNION.label


def names(session: Session) -> list[str]:
    return list(session.scalars(select(Unit.name).where(Unit.name.like("%社")).order_by(Unit.id)))


def outcomes(batch: ImportBatch, session: Session) -> list[str]:
    rows = select(ImportRow).where(ImportRow.batch_id == batch.id).order_by(ImportRow.number)
    return [row.outcome.value for row in session.scalars(rows)]


def test_reading_changes_nothing_and_judges_every_row(session: Session) -> None:
    viewer = importer()
    make_unit("青阳社", kind=UnitKind.COOPERATIVE)
    make_unit("焦桥社", kind=UnitKind.COOPERATIVE)
    batch = read_batch(
        viewer, ("长山社", COOP), ("青阳社", COOP), ("焦桥社", UNION), ("长山社", COOP), ("临", COOP)
    )
    assert outcomes(batch, session) == ["new", "same", "changed", "duplicate", "refused"]
    assert batch.counts == {"new": 1, "same": 1, "changed": 1, "duplicate": 1, "refused": 1}
    assert (batch.state, batch.applicable, batch.stopped) == (BatchState.PREVIEWED, 2, 2)
    assert names(session) == ["青阳社", "焦桥社"]


def test_a_changed_row_shows_what_was_and_what_will_be(session: Session) -> None:
    viewer = importer()
    make_unit("焦桥社", kind=UnitKind.COOPERATIVE)
    batch = read_batch(viewer, ("焦桥社", UNION))
    row = session.scalars(select(ImportRow).where(ImportRow.batch_id == batch.id)).one()
    assert (unpacked(row.body).before, unpacked(row.body).after) == ({"kind": COOP}, {"kind": UNION})


def test_the_kit_refuses_empty_unknown_and_damaged_cells_once_each(session: Session) -> None:
    viewer = importer()
    batch = read_batch(
        viewer,
        ("", COOP),
        ("长山社", "公司"),
        ("青阳社", COOP, "", "1.38E+10"),
        ("临池社", COOP, "", "543 4321234"),
    )
    assert outcomes(batch, session)[:3] == ["refused"] * 3
    told = [
        [(fault.column, fault.sentence) for fault in unpacked(row.body).faults]
        for row in session.scalars(select(ImportRow).order_by(ImportRow.number))
    ]
    assert [[column for column, _ in faults] for faults in told] == [["name"], ["kind"], ["phone"], []]
    assert "必填" in told[0][0][1]
    assert "公司" in told[1][0][1]
    assert COOP in told[1][0][1]


def test_a_recovered_cell_warns_and_goes_on(session: Session) -> None:
    viewer = importer()
    batch = read_batch(viewer, ("临池社", COOP, "", "13800138000.0"))
    row = session.scalars(select(ImportRow).where(ImportRow.batch_id == batch.id)).one()
    assert (row.outcome, row.warned, batch.warned) == (Outcome.NEW, True, 1)
    assert unpacked(row.body).warnings[0].column == "phone"


def test_what_a_row_says_is_sealed_in_the_database(session: Session) -> None:
    read_batch(importer(), ("长山社", COOP, "", "13800138000"))
    raw = session.connection().exec_driver_sql("SELECT body FROM import_row ORDER BY id DESC LIMIT 1").one()
    assert b"13800138000" not in bytes(raw[0])


def test_the_uploaded_file_is_sealed_on_disk(session: Session) -> None:
    content = workbook(("长山社", COOP))
    batch = read_batch(importer(), content=content)
    assert content not in attachments.fetch(batch.digest)
    assert service.content_of(batch) == content


def test_a_confirmed_batch_applies_new_and_changed_rows_only(session: Session) -> None:
    viewer = importer()
    make_unit("焦桥社", kind=UnitKind.COOPERATIVE)
    batch = applied_batch(viewer, ("长山社", COOP), ("焦桥社", UNION), ("临", COOP))
    assert batch.state is BatchState.APPLIED
    assert names(session) == ["焦桥社", "长山社"]
    assert session.scalars(select(Unit).where(Unit.name == "焦桥社")).one().kind is UnitKind.COUNTY_UNION
    assert queries.count_waiting(batch) == 0


def test_importing_the_same_file_again_changes_nothing(session: Session) -> None:
    viewer = importer()
    rows = [("长山社", COOP), ("焦桥社", UNION)]
    applied_batch(viewer, *rows)
    again = read_batch(viewer, *rows)
    assert again.counts == {"same": 2}
    with pytest.raises(service.NothingToApply):
        service.confirm(again, viewer=viewer, now=NOW)


def test_a_row_that_refuses_while_applying_is_set_aside_and_the_others_go_in(session: Session) -> None:
    viewer = importer()
    batch = applied_batch(viewer, ("长山社", COOP), ("禁用社", COOP), ("焦桥社", COOP))
    assert names(session) == ["长山社", "焦桥社"]
    assert batch.counts == {"new": 2, "refused": 1}
    row = session.scalars(select(ImportRow).where(ImportRow.outcome == Outcome.REFUSED)).one()
    assert "禁用社" in unpacked(row.body).faults[0].sentence


def test_a_row_that_somebody_else_registered_meanwhile_is_set_aside(session: Session) -> None:
    viewer = importer()
    batch = read_batch(viewer, ("长山社", COOP), ("焦桥社", COOP))
    make_unit("长山社")
    service.confirm(batch, viewer=viewer, now=NOW, in_background=False)
    jobs.apply_now(batch, viewer, NOW, commit)
    assert names(session) == ["长山社", "焦桥社"]
    assert batch.counts == {"new": 1, "refused": 1}


def test_undoing_deletes_what_was_new_and_restores_what_was_changed(session: Session) -> None:
    viewer = importer()
    make_unit("焦桥社", kind=UnitKind.COOPERATIVE)
    batch = applied_batch(viewer, ("长山社", COOP), ("焦桥社", UNION))
    undo(batch, viewer)
    assert batch.state is BatchState.UNDONE
    assert names(session) == ["焦桥社"]
    assert session.scalars(select(Unit).where(Unit.name == "焦桥社")).one().kind is UnitKind.COOPERATIVE


def test_undoing_is_refused_when_somebody_has_built_upon_a_row(session: Session) -> None:
    viewer = importer()
    batch = applied_batch(viewer, ("长山社", COOP), ("焦桥社", COOP))
    make_posting(unit=session.scalars(select(Unit).where(Unit.name == "长山社")).one())
    with pytest.raises(BuiltUpon, match="1 条任职引用了这一批"):
        undo(batch, viewer)
    session.expire_all()
    assert batch.state is BatchState.APPLIED
    assert "任职" in batch.message_values["reasons"]
    assert names(session) == ["长山社", "焦桥社"]


def test_undoing_is_refused_when_a_row_was_edited_since(session: Session) -> None:
    viewer = importer()
    batch = applied_batch(viewer, ("长山社", COOP))
    session.scalars(select(Unit).where(Unit.name == "长山社")).one().name = "长山供销社"
    session.commit()
    with pytest.raises(BuiltUpon, match="1 条单位在导入后又被修改"):
        undo(batch, viewer)
    assert names(session) == ["长山供销社"]


def test_a_batch_is_confirmed_and_undone_once_only(session: Session) -> None:
    viewer = importer()
    batch = applied_batch(viewer, ("长山社", COOP))
    with pytest.raises(service.NotNow, match="applied"):
        service.confirm(batch, viewer=viewer, now=NOW)
    undo(batch, viewer)
    with pytest.raises(service.NotNow, match="undone"):
        service.undo(batch, viewer=viewer, now=NOW, reason="")


def _divide(done: int, total: int) -> None:
    assert done // total


def test_reading_anew_after_a_crash_doubles_no_row(session: Session) -> None:
    viewer = importer()
    batch = service.start(
        "test-units", "单位.xlsx", workbook(("长山社", COOP)), viewer=viewer, now=NOW, in_background=False
    )
    with pytest.raises(ZeroDivisionError):
        jobs.read_now(batch, viewer, NOW, _divide)
    session.commit()
    jobs.read_now(batch, viewer, NOW, commit)
    assert session.scalar(select(func.count()).select_from(ImportRow)) == 1
    assert batch.counts == {"new": 1}


def test_a_file_that_cannot_be_read_leaves_its_reason_on_the_batch(session: Session) -> None:
    viewer = importer()
    for content, error in ((b"\x00\xff\xfe nothing", NotAWorkbook), (workbook(), EmptySheet)):
        batch = service.start("test-units", "x.xlsx", content, viewer=viewer, now=NOW, in_background=False)
        batch_id = batch.id
        session.commit()
        with pytest.raises(error):
            jobs.read_now(batch, viewer, NOW, commit)
        failed = queries.get_batch(viewer, batch_id)
        assert failed.state is BatchState.FAILED
        assert failed.message


def test_only_who_may_import_the_kind_can_start_and_only_the_owner_sees_the_batch(session: Session) -> None:
    batch = read_batch(importer(), ("长山社", COOP))
    stranger = make_viewer(TestPermission.IMPORT, name="李明")
    with pytest.raises(NotFound):
        queries.get_batch(stranger, batch.id)
    nobody = make_viewer(name="赵强")
    with pytest.raises(Forbidden):
        service.start("test-units", "x.xlsx", b"", viewer=nobody, now=NOW)


def test_the_error_workbook_holds_the_stopped_rows_as_they_were_and_can_be_handed_in_again(
    session: Session,
) -> None:
    viewer = importer()
    batch = read_batch(viewer, ("长山社", COOP), ("临", COOP), ("青阳社", "公司"), ("长山社", COOP))
    content = report.faults_workbook(batch, KIND)
    rows = list(read_sheet(content, UNITS))
    assert [(row.values["name"], row.values["kind"]) for row in rows] == [
        ("临", COOP),
        ("青阳社", "公司"),
        ("长山社", COOP),
    ]
    again = read_batch(viewer, content=content)
    assert again.counts == {"refused": 2, "new": 1}


def test_the_template_is_read_back_with_its_headings(session: Session) -> None:
    importer()
    with pytest.raises(EmptySheet):
        list(read_sheet(report.template(KIND), UNITS))
