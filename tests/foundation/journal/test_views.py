"""The audit administrator reads the journal; nobody else does."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.accounts.rules import AccountAct, AccountPermission
from foundation.journal.models import JournalEntry
from foundation.journal.rules import JournalPermission
from foundation.journal.service import record
from foundation.postings.rules import RoleKind
from tests.conftest import NOW
from tests.foundation.accounts.builders import make_unit, make_viewer, signed_in_with


@pytest.fixture
def audit(client: FlaskClient, session: Session) -> FlaskClient:
    viewer = make_viewer(name="李建国")
    for number in range(60):
        unit = make_unit(f"单位{number:02}")
        record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW, reason=f"原因{number:02}")
    record(AccountAct.LOGIN_FAILED, None, viewer=viewer, now=NOW, note="zhang.san")
    signed_in_with(client, [JournalPermission.VIEW], kind=RoleKind.AUDIT)
    return client


def test_the_newest_entries_come_first_and_the_rest_is_a_page_away(audit: FlaskClient) -> None:
    page = audit.get("/foundation/journal/")
    assert "登录失败" in page.text
    assert "单位59" in page.text
    assert "单位05" not in page.text
    assert "下一页" in page.text


@pytest.mark.parametrize(
    ("asked", "found", "hidden"),
    [
        ("act=accounts.login_failed", "zhang.san", "单位59"),
        ("subject=单位07", "原因07", "单位08"),
        ("actor=李建国", "单位59", "没有符合条件"),
        ("actor=王五", "没有符合条件", "单位59"),
        ("since=2026-03-02&until=2026-03-02", "单位59", "没有符合条件"),
        ("until=2026-03-01", "没有符合条件", "单位59"),
    ],
)
def test_filters_narrow_the_list(audit: FlaskClient, asked: str, found: str, hidden: str) -> None:
    page = audit.get(f"/foundation/journal/?{asked}")
    assert found in page.text
    assert hidden not in page.text


def test_one_entry_shows_what_changed(audit: FlaskClient) -> None:
    page = audit.get("/foundation/journal/1")
    assert page.status_code == 200
    assert "单位00" in page.text
    assert audit.get("/foundation/journal/999").status_code == 404


def test_the_chain_is_checked_on_request(audit: FlaskClient) -> None:
    assert "日志链完整，共 61 条" in audit.post("/foundation/journal/verify").text


def test_what_is_asked_for_leaves_as_a_workbook_and_that_is_noted(
    audit: FlaskClient, session: Session
) -> None:
    sent = audit.post("/foundation/journal/export?subject=单位07", data={"extent": "filtered"})
    (sheet,) = load_workbook(BytesIO(sent.data)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("序号", "时间", "操作人", "操作")
    assert [(*row[1:4], row[6], row[9]) for row in rows[1:]] == [
        ("2026-03-02 09:30:00", "李建国", "修改账号", "单位07", "原因07")
    ]
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert (last.act, last.note) == ("journal.exported", "subject=单位07")


def test_other_administrators_do_not_read_it(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, [AccountPermission.MANAGE], kind=RoleKind.SYSTEM)
    for path in ("/foundation/journal/", "/foundation/journal/1"):
        assert client.get(path).status_code == 403
