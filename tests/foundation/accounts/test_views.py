"""The system administrator's accounts, the security administrator's online users, one's own password."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation import clock
from foundation.accounts import queries, service
from foundation.accounts.rules import LOCK, AccountPermission
from foundation.database.engine import writing
from foundation.postings.rules import RoleKind
from tests.foundation.accounts.builders import PASSWORD, make_account, sign_in, signed_in_with

SENT = {"login_name": "lijianguo", "name": "李建国", "phone": "13905431234"}


@pytest.fixture
def system(client: FlaskClient, session: Session) -> FlaskClient:
    signed_in_with(client, [AccountPermission.MANAGE], kind=RoleKind.SYSTEM)
    return client


def test_an_account_is_created_and_its_first_password_shown_once(system: FlaskClient) -> None:
    assert system.get("/foundation/accounts/new").status_code == 200
    page = system.post("/foundation/accounts/new", data=SENT)
    first = re.search(r'class="handover">([^<]+)<', page.text)
    account = queries.find_by_login_name("lijianguo")
    assert first is not None
    assert account is not None
    writing.set(True)
    service.sign_in("lijianguo", first[1], address="", agent="", now=clock.now())
    shown = system.get(f"/foundation/accounts/{account.id}").text
    assert first[1] not in shown
    assert "13905431234" not in shown
    assert "139****1234" in shown
    assert "李建国" in system.get("/foundation/accounts/?text=lijian").text


def test_a_refused_account_stays_in_its_form(system: FlaskClient) -> None:
    page = system.post("/foundation/accounts/new", data={**SENT, "login_name": "admin"})
    assert page.status_code == 422
    assert "账号须对应到人" in page.text
    assert "李建国" in page.text


def test_a_telephone_is_revealed_only_with_a_reason(system: FlaskClient, session: Session) -> None:
    account = make_account()
    account.phone = "13905431234"
    session.commit()
    assert system.post(f"/foundation/accounts/{account.id}/reveal", data={"reason": ""}).status_code == 422
    assert (
        "13905431234"
        in system.post(f"/foundation/accounts/{account.id}/reveal", data={"reason": "核对"}).text
    )


def test_an_account_is_changed_reset_locked_and_closed(system: FlaskClient, session: Session) -> None:
    account = make_account("李建国")
    account.locked_until = clock.now() + LOCK
    session.commit()
    at = f"/foundation/accounts/{account.id}"
    assert "13905431234" not in system.get(f"{at}/edit").text
    assert "已锁定" in system.get(at).text
    assert system.post(f"{at}/unlock").location == at
    session.refresh(account)
    changed = {"login_name": "lijianguo", "name": "李建囯", "version": str(account.version)}
    assert system.post(f"{at}/edit", data=changed).location == at
    assert system.post(f"{at}/edit", data={**changed, "name": "李二"}).status_code == 409
    assert "初始密码" in system.post(f"{at}/reset", data={"reason": "遗忘"}).text
    assert system.post(f"{at}/deactivate", data={"reason": "调离"}).location == at
    assert "已停用" in system.get("/foundation/accounts/").text
    assert system.post(f"{at}/activate").location == at


def test_the_security_administrator_sees_who_is_online_and_ends_a_login(
    client: FlaskClient, session: Session
) -> None:
    other = make_account("李建国")
    token = sign_in(client, other)
    signed_in_with(client, [AccountPermission.SESSIONS], kind=RoleKind.SECURITY)
    page = client.get("/foundation/accounts/online")
    assert "李建国" in page.text
    found = queries.live_login(token, clock.now())
    assert found is not None
    client.post(f"/foundation/accounts/sessions/{found[0].id}/revoke")
    assert queries.live_login(token, clock.now()) is None
    assert client.get("/foundation/accounts/").status_code == 403


def test_the_other_administrators_do_not_manage_accounts(client: FlaskClient, session: Session) -> None:
    account = make_account("李建国")
    signed_in_with(client, [AccountPermission.SESSIONS], kind=RoleKind.SECURITY)
    for path in ("", "new", str(account.id), f"{account.id}/edit"):
        assert client.get(f"/foundation/accounts/{path}").status_code == 403
    for act in ("reset", "deactivate", "activate", "unlock", "reveal"):
        assert client.post(f"/foundation/accounts/{account.id}/{act}").status_code == 403


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"old": "Wrong-password-1"}, "当前密码不正确"),
        ({"again": "Another-2027"}, "两次输入的新密码不一致"),
        ({"new": "short", "again": "short"}, "密码至少 10 位"),
        ({"new": "", "again": ""}, "请填写"),
    ],
)
def test_a_bad_new_password_is_refused_in_place(
    client: FlaskClient, session: Session, sent: dict[str, str], words: str
) -> None:
    sign_in(client, make_account())
    assert client.get("/foundation/accounts/password").status_code == 200
    usual = {"old": PASSWORD, "new": "Another-2026", "again": "Another-2026"}
    page = client.post("/foundation/accounts/password", data={**usual, **sent})
    assert page.status_code == 422
    assert words in page.text
