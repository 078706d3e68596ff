"""The import pages as a clerk walks them."""

from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.imports import service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import BatchState, ImportPermission
from foundation.units.models import Unit
from foundation.units.rules import UnitKind
from foundation.workbooks.reading import Workbook
from tests.foundation.accounts.builders import make_division, make_unit, signed_in_with
from tests.foundation.imports.builders import KIND, TestPermission, importer, read_batch, workbook

COOP, UNION = UnitKind.COOPERATIVE.label, UnitKind.COUNTY_UNION.label


def clerk(client: FlaskClient) -> None:
    service.register(KIND)
    signed_in_with(client, [TestPermission.IMPORT, ImportPermission.RUN])
    make_division()


def uploaded(client: FlaskClient, session: Session, content: bytes) -> ImportBatch:
    """The batch of an upload, read on the spot."""
    sent = {"kind": "test-units", "file": (BytesIO(content), "单位名录.xlsx")}
    answer = client.post("/foundation/imports/", data=sent)
    assert answer.status_code == 302, answer.text
    number = int(answer.location.rsplit("/", 1)[1])
    return session.get_one(ImportBatch, number)


def test_from_upload_to_undo(client: FlaskClient, session: Session) -> None:
    clerk(client)
    make_unit("焦桥社", kind=UnitKind.COOPERATIVE)
    session.commit()
    content = workbook(("长山社", COOP), ("焦桥社", UNION), ("临", COOP), ("青阳社", "公司"))
    batch = uploaded(client, session, content)
    page = client.get(f"/foundation/imports/{batch.id}").text
    assert "确认导入 2 行" in page
    assert "名称“临”太短" in page
    assert "“类型”填的“公司”不在可选项中" in page
    assert f"<del>{COOP}</del> <ins>{UNION}</ins>" in page
    only_new = client.get(f"/foundation/imports/{batch.id}?outcome=new").text
    assert "长山社" in only_new
    assert "焦桥社" not in only_new
    client.post(f"/foundation/imports/{batch.id}/confirm")
    page = client.get(f"/foundation/imports/{batch.id}").text
    assert "撤销这一批" in page
    client.post(f"/foundation/imports/{batch.id}/undo", data={"reason": "导错了"})
    session.expire_all()
    assert batch.state is BatchState.UNDONE
    assert session.scalar(select(Unit).where(Unit.name == "长山社")) is None


def test_a_phone_is_masked_in_the_preview_unless_something_is_wrong_with_it(
    client: FlaskClient, session: Session
) -> None:
    clerk(client)
    batch = uploaded(
        client, session, workbook(("长山社", COOP, "", "13800138000"), ("青阳社", COOP, "", "13900139000.0"))
    )
    page = client.get(f"/foundation/imports/{batch.id}").text
    assert "13800138000" not in page
    assert "138****8000" in page
    assert "13900139000.0" in page


def test_the_template_and_the_error_list_are_handed_out(client: FlaskClient, session: Session) -> None:
    clerk(client)
    assert "单位" in Workbook(client.get("/foundation/imports/template/test-units").data).titles
    batch = uploaded(client, session, workbook(("临", COOP)))
    assert Workbook(client.post(f"/foundation/imports/{batch.id}/faults").data).titles == ["单位"]


def test_a_file_that_is_no_workbook_says_so_and_offers_another_try(
    client: FlaskClient, session: Session
) -> None:
    clerk(client)
    batch = uploaded(client, session, b"\x00\xffnothing")
    assert batch.state is BatchState.FAILED
    assert client.get(f"/foundation/imports/{batch.id}").status_code == 200
    assert client.post("/foundation/imports/", data={"kind": "test-units"}).status_code == 422


def test_another_persons_batch_does_not_exist(client: FlaskClient, session: Session) -> None:
    batch = read_batch(importer("李明"), ("长山社", COOP))
    clerk(client)
    for verb in ("confirm", "undo", "discard", "faults"):
        assert client.post(f"/foundation/imports/{batch.id}/{verb}").status_code == 404
    for address in ("", "/progress"):
        assert client.get(f"/foundation/imports/{batch.id}{address}").status_code == 404


def test_who_may_not_import_a_kind_is_not_offered_it(client: FlaskClient, session: Session) -> None:
    service.register(KIND)
    signed_in_with(client, [ImportPermission.RUN])
    assert "单位名录" not in client.get("/foundation/imports/").text
    assert client.get("/foundation/imports/template/test-units").status_code == 403
    sent = {"kind": "test-units", "file": (BytesIO(b"x"), "x.xlsx")}
    assert client.post("/foundation/imports/", data=sent).status_code == 422


def test_a_discarded_batch_leaves_the_register_alone(client: FlaskClient, session: Session) -> None:
    clerk(client)
    batch = uploaded(client, session, workbook(("长山社", COOP)))
    assert "待确认的导入批次" in client.get("/").text
    assert client.post(f"/foundation/imports/{batch.id}/discard").status_code == 302
    assert "待确认的导入批次" not in client.get("/").text
    assert client.post(f"/foundation/imports/{batch.id}/confirm").status_code == 422


def test_an_upload_without_a_file_is_refused_beside_the_field(client: FlaskClient, session: Session) -> None:
    clerk(client)
    session.commit()
    sent = {"kind": "test-units", "file": (BytesIO(b""), "")}
    answer = client.post("/foundation/imports/", data=sent)
    assert answer.status_code == 422
    assert "请填写“文件”" in answer.text
    assert session.scalar(select(ImportBatch.id)) is None
