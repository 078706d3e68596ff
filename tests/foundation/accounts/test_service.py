"""Accounts and passwords."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.access.grants import Viewer
from foundation.accounts import queries, rules, service
from foundation.accounts.models import Account
from foundation.errors import StaleVersion
from foundation.journal.models import JournalEntry
from tests.conftest import NOW
from tests.foundation.accounts.builders import PASSWORD, make_account, make_viewer

NEXT = ["Xiangcun-2027", "Xiangcun-2028", "Xiangcun-2029", "Xiangcun-2030", "Xiangcun-2031", "Xiangcun-2032"]


def create(
    login_name: str = "wangxiuying", name: str = "王秀英", phone: str | None = None
) -> tuple[Account, str]:
    details = service.AccountDetails(login_name=login_name, name=name, phone=phone)
    return service.create_account(details, viewer=make_viewer(), now=NOW)


def own(account: Account) -> Viewer:
    return service.viewer_named(account, "token")


@pytest.mark.parametrize(
    "login_name",
    [
        "admin",
        "Administrator",
        "root",
        "test",
        "test01",
        "admin-2",
        "sys.admin",
        "SA1",
        "guest",
        "auditor",
        "system",
    ],
)
def test_an_account_names_a_person(session: Session, login_name: str) -> None:
    with pytest.raises((rules.UnnamedAccount, rules.BadLoginName)):
        create(login_name)


@pytest.mark.parametrize(
    "login_name", ["", "wx", "1wang", "王秀英", "wang xiu", "w" * 41, "wang/xiu", "-wang"]
)
def test_a_malformed_login_name_is_refused(session: Session, login_name: str) -> None:
    with pytest.raises(rules.BadLoginName):
        create(login_name)


def test_login_names_are_one_whatever_their_case(session: Session) -> None:
    account, _first = create(" WangXiuying ")
    assert account.login_name == "wangxiuying"
    with pytest.raises(service.LoginNameTaken, match="王秀英"):
        create("WANGXIUYING", "王秀英二")


def test_a_first_password_satisfies_the_rule_and_must_be_changed(session: Session) -> None:
    account, first = create()
    rules.check_password(first, account.login_name)
    assert account.must_change_password
    assert first not in account.password_hash
    entered = service.sign_in(account.login_name, first, address="", agent="", now=NOW)
    assert entered.previous_at is None


def test_a_name_is_needed(session: Session) -> None:
    with pytest.raises(service.PersonNameMissing):
        create(name="  ")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("Ab1", rules.WeakPassword),
        ("abcdefghij", rules.WeakPassword),
        ("1234567890", rules.WeakPassword),
        ("xx-WANGXIUYING-2026", rules.PasswordNamesAccount),
        ("a1" * 101, rules.PasswordTooLong),
        (PASSWORD, rules.FormerPassword),
    ],
)
def test_a_bad_password_is_refused(session: Session, password: str, refusal: type[Exception]) -> None:
    account = make_account(login_name="wangxiuying")
    with pytest.raises(refusal):
        service.change_password(account, PASSWORD, password, viewer=own(account), now=NOW)


def test_the_old_password_is_asked_for(session: Session) -> None:
    account = make_account()
    with pytest.raises(service.WrongPassword):
        service.change_password(account, "Wrong-password-1", NEXT[0], viewer=own(account), now=NOW)


def test_none_of_the_last_five_passwords_comes_back_but_an_older_one_may(session: Session) -> None:
    account = make_account()
    current = PASSWORD
    for password in NEXT[:5]:
        service.change_password(account, current, password, viewer=own(account), now=NOW)
        current = password
        with pytest.raises(rules.FormerPassword):
            service.change_password(account, current, PASSWORD, viewer=own(account), now=NOW)
    service.change_password(account, current, NEXT[5], viewer=own(account), now=NOW)
    service.change_password(account, NEXT[5], PASSWORD, viewer=own(account), now=NOW)


def test_changing_a_password_ends_the_other_logins_and_keeps_this_one(session: Session) -> None:
    account = make_account()
    for token in ("token", "elsewhere"):
        service.open_session(account, token, address="", agent="", now=NOW)
    service.change_password(account, PASSWORD, NEXT[0], viewer=own(account), now=NOW)
    assert queries.live_login("token", NOW) is not None
    assert queries.live_login("elsewhere", NOW) is None


def test_a_reset_ends_every_login_and_every_lock(session: Session) -> None:
    account = make_account()
    account.locked_until = NOW + timedelta(minutes=5)
    service.open_session(account, "token", address="", agent="", now=NOW)
    first = service.reset_password(account, viewer=make_viewer(), now=NOW, reason="遗忘")
    assert queries.live_login("token", NOW) is None
    assert service.sign_in(
        account.login_name, first, address="", agent="", now=NOW
    ).account.must_change_password


def test_a_deactivated_account_is_out_at_once_and_may_come_back(session: Session) -> None:
    account, viewer = make_account(), make_viewer()
    service.open_session(account, "token", address="", agent="", now=NOW)
    service.deactivate(account, viewer=viewer, now=NOW)
    assert queries.live_login("token", NOW) is None
    service.activate(account, viewer=viewer, now=NOW)
    service.sign_in(account.login_name, PASSWORD, address="", agent="", now=NOW)


def test_nobody_resets_or_closes_their_own_account(session: Session) -> None:
    account = make_account()
    for act in (service.reset_password, service.deactivate, service.activate):
        with pytest.raises(service.OwnAccount):
            act(account, viewer=own(account), now=NOW)


def test_a_change_without_a_telephone_keeps_the_known_one(session: Session) -> None:
    account, _first = create(phone="13905431234")
    details = service.AccountDetails(login_name="wangxiuying", name="王秀瑛")
    service.change_account(account, details, account.version, viewer=make_viewer(), now=NOW)
    assert (account.name, account.phone) == ("王秀瑛", "13905431234")
    with pytest.raises(StaleVersion):
        service.change_account(account, details, 0, viewer=make_viewer(), now=NOW)


def test_a_telephone_is_revealed_for_a_reason_that_is_kept(session: Session) -> None:
    account, _first = create(phone="13905431234")
    with pytest.raises(service.ReasonMissing):
        service.reveal_phone(account, "  ", viewer=make_viewer(), now=NOW)
    assert service.reveal_phone(account, "核对联系方式", viewer=make_viewer(), now=NOW) == "13905431234"
    session.commit()
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert (last.act, last.reason) == ("accounts.revealed", "核对联系方式")


def test_no_password_reaches_the_journal(session: Session) -> None:
    account, first = create(phone="13905431234")
    service.change_password(account, first, NEXT[0], viewer=own(account), now=NOW)
    session.commit()
    kept = " ".join(str(entry.changes) for entry in session.scalars(select(JournalEntry)))
    for secret in (first, NEXT[0], "argon2", "13905431234"):
        assert secret not in kept
