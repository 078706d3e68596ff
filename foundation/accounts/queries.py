"""Reading accounts and their logins."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, or_, select

from foundation.accounts import rules
from foundation.accounts.models import Account, LoginFailure, LoginSession
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound


def token_digest(token: str) -> str:
    """Return what the table keeps of a login token."""
    return sha256(token.encode()).hexdigest()


def live_login(token: str, now: datetime) -> tuple[LoginSession, Account] | None:
    """Return the login of a token with its account, unless it is revoked, idle, or the account is closed."""
    login = select(LoginSession, Account).join(Account, LoginSession.account_id == Account.id)
    mine = LoginSession.token_digest == token_digest(token)
    login = login.where(mine, LoginSession.revoked_at.is_(None), Account.is_active)
    found = db.session.execute(login).first()
    if found is None or rules.is_idle(found[0].last_seen_at, now):
        return None
    return found[0], found[1]


def get_account(account_id: int) -> Account:
    """Return an account, or raise ``NotFound``."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def find_by_login_name(login_name: str) -> Account | None:
    """Return the account of a login name in any case."""
    return db.session.scalar(select(Account).where(Account.login_name == login_name.strip().lower()))


def page(text: str, cut: Cut, *, descending: bool = False) -> Page:
    """Return a page of accounts whose name or login name holds ``text``, by login name."""
    found: Any = select(
        Account.id,
        Account.login_name,
        Account.name,
        Account.is_active,
        Account.locked_until,
        Account.last_login_at,
        Account.must_change_password,
    )
    if text:
        found = found.where(
            or_(
                Account.name.contains(text, autoescape=True),
                Account.login_name.contains(text.lower(), autoescape=True),
            )
        )
    return fetch_page(db.session(), found, Sort(columns=(Account.login_name,), descending=descending), cut)


def live_sessions(account_id: int, now: datetime) -> Sequence[LoginSession]:
    """Return the logins of an account that are neither revoked nor idle, the latest first."""
    live = select(LoginSession).where(
        LoginSession.account_id == account_id,
        LoginSession.revoked_at.is_(None),
        LoginSession.last_seen_at > now - rules.IDLE,
    )
    return db.session.scalars(live.order_by(LoginSession.last_seen_at.desc())).all()


def everyone_online(now: datetime) -> Sequence[tuple[LoginSession, str]]:
    """Return all live logins with the name of the person, the latest first."""
    live = select(LoginSession, Account.name).join(Account, LoginSession.account_id == Account.id)
    open_now = LoginSession.revoked_at.is_(None), LoginSession.last_seen_at > now - rules.IDLE
    rows = db.session.execute(live.where(*open_now).order_by(LoginSession.last_seen_at.desc()).limit(500))
    return [(session, name) for session, name in rows]


def get_session(session_id: int) -> LoginSession:
    """Return a login, or raise ``NotFound``."""
    session = db.session.get(LoginSession, session_id)
    if session is None:
        raise NotFound
    return session


def failures_from(address: str, now: datetime) -> int:
    """Return how many logins from an address failed within the window."""
    recent = LoginFailure.address == address, LoginFailure.at > now - rules.ADDRESS_WINDOW
    return db.session.scalar(select(func.count()).where(*recent)) or 0
