"""Coming in: the page, the locks, the forced change, idle logins, and what the journal keeps of it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from foundation import clock
from foundation.accounts import queries, rules, service
from foundation.accounts.models import Account, LoginFailure, LoginSession
from foundation.database.engine import writing
from foundation.journal.models import JournalEntry
from tests.conftest import NOW
from tests.foundation.accounts.builders import PASSWORD, make_account, sign_in

WRONG = "Wrong-password-1"


def attempt(
    account: Account, password: str = PASSWORD, minutes: int = 0, address: str = "10.0.0.1"
) -> service.SignedIn:
    moment = NOW + timedelta(minutes=minutes)
    return service.sign_in(account.login_name, password, address=address, agent="tests", now=moment)


def fail(account: Account, times: int, minutes: int = 0) -> None:
    for _ in range(times):
        with pytest.raises(service.LoginRefused):
            attempt(account, WRONG, minutes)


def log_in(
    client: FlaskClient, account: Account, password: str = PASSWORD, next_path: str = ""
) -> TestResponse:
    data = {"login_name": account.login_name, "password": password}
    return client.post("/foundation/accounts/login", query_string={"next": next_path}, data=data)


def acts(session: Session) -> list[str]:
    session.commit()
    return list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)))


def test_four_failures_leave_the_account_open(session: Session) -> None:
    account = make_account()
    fail(account, 4)
    assert attempt(account).account is account


def test_the_fifth_failure_locks_for_fifteen_minutes_even_with_the_right_password(session: Session) -> None:
    account = make_account()
    fail(account, 5)
    with pytest.raises(service.AccountLocked):
        attempt(account, minutes=14)
    assert attempt(account, minutes=15).account is account


def test_a_success_forgets_the_failures_before_it(session: Session) -> None:
    account = make_account()
    fail(account, 4)
    attempt(account)
    fail(account, 4)
    assert attempt(account).account is account


def test_after_a_lock_five_more_failures_are_needed(session: Session) -> None:
    account = make_account()
    fail(account, 5)
    fail(account, 4, minutes=16)
    assert attempt(account, minutes=16).account is account


def test_an_unknown_name_and_a_wrong_password_are_refused_with_the_same_words(session: Session) -> None:
    account = make_account()
    with pytest.raises(service.WrongLogin) as wrong:
        attempt(account, WRONG)
    with pytest.raises(service.WrongLogin) as unknown:
        service.sign_in("nobody.known", PASSWORD, address="10.0.0.1", agent="", now=NOW)
    assert str(wrong.value) == str(unknown.value)


def test_a_deactivated_account_is_refused_like_an_unknown_one(session: Session) -> None:
    account = make_account()
    account.is_active = False
    with pytest.raises(service.WrongLogin):
        attempt(account)


def test_thirty_failures_from_one_address_shut_it_for_everybody(session: Session) -> None:
    session.add_all(LoginFailure(address="10.0.0.9", at=NOW) for _ in range(29))
    with pytest.raises(service.WrongLogin):
        service.sign_in("nobody.known", PASSWORD, address="10.0.0.9", agent="", now=NOW)
    account = make_account()
    with pytest.raises(service.TooManyFailures):
        attempt(account, address="10.0.0.9")
    assert attempt(account, address="10.0.0.8").account is account
    assert attempt(account, minutes=16, address="10.0.0.9").account is account


def test_failures_locks_and_logins_are_in_the_journal(session: Session) -> None:
    account = make_account()
    fail(account, 5)
    attempt(account, minutes=20)
    assert acts(session) == ["accounts.login_failed"] * 5 + ["accounts.locked", "accounts.logged_in"]


def test_the_page_keeps_a_failure_and_says_why(client: FlaskClient, session: Session) -> None:
    account = make_account()
    session.commit()
    page = log_in(client, account, WRONG)
    assert page.status_code == 422
    assert "登录名或密码不正确" in page.text
    assert account.failed_count == 1
    assert acts(session) == ["accounts.login_failed"]


def test_a_login_leads_to_the_page_asked_for_and_nowhere_else(client: FlaskClient, session: Session) -> None:
    account = make_account()
    session.commit()
    assert (
        log_in(client, account, next_path="/foundation/accounts/sessions").location
        == "/foundation/accounts/sessions"
    )
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"):
        assert log_in(client, account, next_path=elsewhere).location == "/"


def test_the_login_before_is_shown_after_the_next_one(client: FlaskClient, session: Session) -> None:
    account = make_account()
    account.last_login_at, account.last_login_address = NOW, "10.1.2.3"
    session.commit()
    log_in(client, account)
    assert "上次登录：2026-03-02 09:30，来自 10.1.2.3" in client.get("/foundation/accounts/sessions").text


def test_a_new_account_goes_nowhere_before_its_password_is_changed(
    client: FlaskClient, session: Session
) -> None:
    account = make_account(must_change_password=True)
    session.commit()
    log_in(client, account)
    for path in ("/", "/foundation/accounts/sessions", "/foundation/divisions/picker"):
        assert client.get(path).location == "/foundation/accounts/password"
    new = {"old": PASSWORD, "new": "Another-2026", "again": "Another-2026"}
    assert client.post("/foundation/accounts/password", data=new).location == "/"
    assert client.get("/foundation/accounts/sessions").status_code == 200


def test_an_old_password_must_be_changed(client: FlaskClient, session: Session) -> None:
    account = make_account()
    account.password_changed_at = clock.now() - rules.PASSWORD_AGE
    sign_in(client, account)
    assert client.get("/").location == "/foundation/accounts/password"


def test_an_idle_login_ends(client: FlaskClient, session: Session) -> None:
    account = make_account()
    sign_in(client, account)
    one = session.scalars(select(LoginSession)).one()
    one.last_seen_at = clock.now() - timedelta(minutes=29)
    session.commit()
    assert client.get("/foundation/accounts/sessions").status_code == 200
    writing.set(True)
    one.last_seen_at = clock.now() - timedelta(minutes=31)
    session.commit()
    assert "/login" in client.get("/foundation/accounts/sessions").location


def test_reading_a_page_notes_the_presence_once_a_minute(client: FlaskClient, session: Session) -> None:
    account = make_account()
    sign_in(client, account)
    one = session.scalars(select(LoginSession)).one()
    one.last_seen_at = clock.now() - timedelta(minutes=2)
    session.commit()
    client.get("/foundation/accounts/sessions")
    session.refresh(one)
    noted = one.last_seen_at
    assert clock.now() - noted < timedelta(seconds=30)
    client.get("/foundation/accounts/sessions")
    session.refresh(one)
    assert one.last_seen_at == noted


def test_a_revoked_login_is_over_at_once(client: FlaskClient, session: Session) -> None:
    account = make_account()
    sign_in(client, account)
    one = session.scalars(select(LoginSession)).one()
    assert client.post(f"/foundation/accounts/sessions/{one.id}/revoke").status_code == 302
    assert "/login" in client.get("/foundation/accounts/sessions").location


def test_nobody_ends_the_login_of_another(client: FlaskClient, session: Session) -> None:
    other = make_account("李建国")
    sign_in(client, other)
    theirs = session.scalars(select(LoginSession)).one()
    sign_in(client, make_account())
    assert client.post(f"/foundation/accounts/sessions/{theirs.id}/revoke").status_code == 403


def test_logging_out_ends_the_login_for_good(client: FlaskClient, session: Session) -> None:
    token = sign_in(client, make_account())
    client.post("/foundation/accounts/logout")
    writing.set(True)
    assert queries.live_login(token, clock.now()) is None
    assert "/login" in client.get("/").location


def test_the_token_is_not_in_the_database(client: FlaskClient, session: Session) -> None:
    token = sign_in(client, make_account())
    assert session.scalars(select(LoginSession.token_digest)).one() != token
