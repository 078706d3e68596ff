"""The pages of tracks and re-measures."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.operations.models import WorkOrder
from coop.operations.rules.terms import OperationPermission
from coop.parcels.rules import ParcelPermission
from coop.tracks import jobs
from coop.tracks.models import RemeasureTask, Track
from coop.tracks.rules.terms import TrackPermission
from foundation.database.engine import writing
from foundation.jobs.models import Job
from tests.coop.operations.builders import WORK_DAY, make_order, whole
from tests.coop.tracks.builders import as_csv, as_gpx, lay_out, make_machine, on_day, strips, turned, worked
from tests.foundation.accounts.builders import signed_in_with

pytestmark = pytest.mark.usefixtures("app")
EVERYTHING = (*TrackPermission, *OperationPermission, *ParcelPermission)
MADE = 302
REFUSED = 422


def ordered(*areas: int, scale: float = 1.0) -> WorkOrder:
    order = make_order(areas=areas or (3_50, 6_00))
    lay_out(order, *[scale for _area in areas or (1, 2)])
    make_machine(order)
    return order


def gpx(order: WorkOrder, part: float = 1.0) -> bytes:
    return as_gpx(on_day(turned(worked(order, part)), WORK_DAY), terminal="BD-001", width=2.5)


def send(client: FlaskClient, order: WorkOrder, content: bytes, name: str = "作业.gpx", **typed: str):  # type: ignore[no-untyped-def]
    form = {"machine": str(whole(order.id).machine_id), "file": (BytesIO(content), name), **typed}
    return client.post(f"/coop/tracks/of/{order.id}/new", data=form)


def only_track(session: Session) -> Track:
    writing.set(True)
    session.expire_all()
    return session.scalars(select(Track)).one()


def test_a_file_is_uploaded_shown_compared_and_undone(client: FlaskClient, session: Session) -> None:
    order = ordered()
    content = gpx(order)
    signed_in_with(client, EVERYTHING)
    empty = client.get(f"/coop/tracks/of/{order.id}").text
    assert "还没有导入作业轨迹" in empty
    form = client.get(f"/coop/tracks/of/{order.id}/new").text
    assert "不超过 20 MB、200,000 个点" in form
    assert "GCJ-02" in form
    answer = send(client, order, content)
    assert answer.status_code == MADE, answer.text
    track = only_track(session)
    assert answer.location == f"/coop/tracks/{track.id}"
    page = client.get(answer.location).text
    assert "登记作业 2 块" in page
    assert "<svg" in page
    assert page.count("相符") >= 2
    assert 'class="is-ground"' in page
    assert client.get(f"/coop/tracks/{track.id}/file").data == content
    together = client.get(f"/coop/tracks/of/{order.id}").text
    assert "已作业完、可比对的 2 块" in together
    listed = client.get("/coop/tracks/").text
    assert "作业.gpx" in listed
    exported = client.post(f"/coop/tracks/of/{order.id}/export")
    sheet = load_workbook(BytesIO(exported.data)).active
    assert sheet is not None
    assert sheet.max_row == 3
    printed = client.post("/coop/tracks/print", data={"extent": "selected", "selected": [track.id]})
    assert printed.data.startswith(b"%PDF")
    assert load_workbook(BytesIO(client.post("/coop/tracks/export", data={"extent": "all"}).data)).active
    again = send(client, order, content)
    assert again.status_code == REFUSED
    assert "已于" in again.text
    assert client.post(f"/coop/tracks/{track.id}/undo", data={"reason": ""}).status_code == REFUSED
    assert client.post(f"/coop/tracks/{track.id}/undo", data={"reason": "选错作业单"}).status_code == MADE
    assert "选错作业单" in client.get(f"/coop/tracks/{track.id}").text
    assert "作业.gpx" not in client.get("/coop/tracks/").text
    assert "作业.gpx" in client.get("/coop/tracks/?undone=y").text
    assert "没有符合条件" in client.get("/coop/tracks/?text=没有这个").text


def test_a_track_elsewhere_is_refused_with_a_picture_of_why(client: FlaskClient, session: Session) -> None:
    order = ordered()
    signed_in_with(client, EVERYTHING)
    away = as_gpx(on_day(turned(strips(0, 400, 46, 450)), WORK_DAY), width=2.5)
    answer = send(client, order, away)
    assert answer.status_code == REFUSED
    assert "不在作业单的任何地块内" in answer.text
    assert "相距 350 米" in answer.text
    assert 'class="is-gap"' in answer.text
    assert "离最近的地块 350 米" in answer.text
    writing.set(True)
    assert session.scalars(select(Track)).all() == []


def test_faults_stand_at_the_file_row_by_row(client: FlaskClient, session: Session) -> None:
    order = ordered()
    signed_in_with(client, EVERYTHING)
    nothing = client.post(f"/coop/tracks/of/{order.id}/new", data={})
    assert nothing.status_code == REFUSED
    assert "请填写“轨迹文件”" in nothing.text
    swapped = "时间,纬度,经度\n2026-06-10 09:00:00,117.741,36.883\n2026-06-10 09:00:02,117.741,36.884\n"
    answer = send(client, order, swapped.encode(), "颠倒.csv")
    assert answer.status_code == REFUSED
    assert "2 个点有误" in answer.text
    assert "第 2 行的纬度填成了 117.741" in answer.text
    wide = send(client, order, gpx(order), width="250")
    assert "0.3 至 60 米" in wide.text


def test_a_foreign_terminal_asks_for_a_reason_in_place(client: FlaskClient, session: Session) -> None:
    order = ordered(6_00)
    make_machine(order, "BD-002")
    signed_in_with(client, EVERYTHING)
    answer = send(client, order, gpx(order))
    assert answer.status_code == REFUSED
    assert "BD-001" in answer.text
    assert "BD-002" in answer.text
    assert send(client, order, gpx(order), remark="终端临时换装").status_code == MADE
    assert "终端临时换装" in client.get(f"/coop/tracks/{only_track(session).id}").text


def test_a_large_file_is_imported_by_a_job(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ordered()
    signed_in_with(client, EVERYTHING)
    monkeypatch.setattr(jobs, "FROM_BYTES", 1000)
    answer = send(client, order, as_csv(on_day(turned(worked(order)), WORK_DAY)), "大.csv")
    assert answer.status_code == MADE
    assert "/foundation/jobs/" in answer.location
    track = only_track(session)
    job = session.scalars(select(Job).where(Job.kind == jobs.KIND)).one()
    assert job.result == {"url": f"/coop/tracks/{track.id}"}
    assert "大.csv" in client.get(f"/coop/tracks/{track.id}").text


def test_a_job_that_is_refused_says_why(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ordered()
    signed_in_with(client, EVERYTHING)
    monkeypatch.setattr(jobs, "FROM_BYTES", 1000)
    away = as_gpx(on_day(turned(strips(0, 400, 46, 450)), WORK_DAY), width=2.5)
    answer = send(client, order, away)
    assert "相距 350 米" in client.get(answer.location).text


def test_a_doubted_parcel_is_measured_again(client: FlaskClient, session: Session) -> None:
    order = ordered(6_00, scale=1.2)
    signed_in_with(client, EVERYTHING)
    assert send(client, order, as_gpx(on_day(turned(strips(0, 0, 96, 50)), WORK_DAY))).status_code == MADE
    writing.set(True)
    task = session.scalars(select(RemeasureTask)).one()
    page = f"/coop/tracks/remeasures/{task.id}"
    assert "待复测的地块" in client.get("/").text
    assert "待复测" in client.get("/coop/tracks/remeasures/").text
    assert "占申报面积 20%" in client.get(page).text
    assert f'href="{page}"' in client.get(f"/coop/tracks/{only_track(session).id}").text
    typed = {"area": "", "on": "2026-07-01", "resolution": "", "version": "1"}
    refused = client.post(page + "/resolve", data=typed)
    assert refused.status_code == REFUSED
    assert "请填写复测面积" in refused.text
    future = client.post(page + "/resolve", data=typed | {"area": "7.18", "on": "2099-01-01"})
    assert "晚于今天" in future.text
    done = client.post(
        page + "/resolve", data=typed | {"area": "7.18", "is_basis": "y", "resolution": "共同丈量"}
    )
    assert done.status_code == MADE, done.text
    text = client.get(page).text
    assert "7.18 亩" in text
    assert "已办结" in text
    assert "没有待复测的地块" in client.get("/coop/tracks/remeasures/").text
    assert "已办结" in client.get("/coop/tracks/remeasures/?resolved=y").text


def test_a_stranger_meets_nothing(client: FlaskClient, session: Session) -> None:
    order = ordered(6_00, scale=1.2)
    with client.application.test_client() as insider:
        signed_in_with(insider, EVERYTHING)
        assert (
            send(insider, order, as_gpx(on_day(turned(strips(0, 0, 96, 50)), WORK_DAY))).status_code == MADE
        )
    track = only_track(session)
    task = session.scalars(select(RemeasureTask)).one()
    signed_in_with(client, EVERYTHING, "371681108000")
    for address in (
        f"/coop/tracks/{track.id}",
        f"/coop/tracks/{track.id}/file",
        f"/coop/tracks/of/{order.id}",
        f"/coop/tracks/of/{order.id}/new",
        f"/coop/tracks/remeasures/{task.id}",
    ):
        assert client.get(address).status_code == 404
    for address in (
        f"/coop/tracks/{track.id}/undo",
        f"/coop/tracks/of/{order.id}/new",
        f"/coop/tracks/of/{order.id}/export",
        f"/coop/tracks/of/{order.id}/print",
        f"/coop/tracks/remeasures/{task.id}/resolve",
    ):
        assert client.post(address, data={"reason": "想看", "on": "2026-07-01"}).status_code == 404
    assert "作业.gpx" not in client.get("/coop/tracks/").text
    sheet = load_workbook(BytesIO(client.post("/coop/tracks/export", data={"extent": "all"}).data)).active
    assert sheet is not None
    assert sheet.max_row == 1
    assert "没有待复测的地块" in client.get("/coop/tracks/remeasures/").text


def test_a_reader_sees_and_changes_nothing(client: FlaskClient, session: Session) -> None:
    order = ordered(6_00)
    with client.application.test_client() as insider:
        signed_in_with(insider, EVERYTHING)
        assert send(insider, order, gpx(order)).status_code == MADE
    track = only_track(session)
    signed_in_with(client, (TrackPermission.VIEW,))
    assert "撤回轨迹" not in client.get(f"/coop/tracks/{track.id}").text
    assert client.post(f"/coop/tracks/{track.id}/undo", data={"reason": "想撤"}).status_code == 403
    assert client.get(f"/coop/tracks/of/{order.id}/new").status_code == 403
    assert client.post("/coop/tracks/export", data={"extent": "all"}).status_code == 403
