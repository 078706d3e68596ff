"""Coming in and going out."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from foundation.access.grants import NOBODY, Viewer
from foundation.accounts import queries, rules
from foundation.accounts.models import Account, LoginFailure, LoginSession
from foundation.accounts.rules import AccountAct
from foundation.accounts.service import hashing
from foundation.accounts.service.refusals import AccountLocked, TooManyFailures, WrongLogin
from foundation.database.engine import db
from foundation.journal.service import record


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A successful login: the cookie's token, and the login before, which the person is shown."""

    token: str
    account: Account
    previous_at: datetime | None
    previous_address: str


def sign_in(login_name: str, password: str, *, address: str, agent: str, now: datetime) -> SignedIn:
    """Let a person in, or raise ``LoginRefused``; the caller commits in both cases, so that failures count.

    An unknown name takes as long to refuse as a wrong password.
    """
    if queries.failures_from(address, now) >= rules.ADDRESS_FAILURES:
        record(AccountAct.LOGIN_FAILED, None, viewer=NOBODY, now=now, note=login_name[:60])
        raise TooManyFailures
    wanted = select(Account).where(Account.login_name == login_name.strip().lower()).with_for_update()
    account = db.session.scalar(wanted)
    is_right = hashing.matches(account.password_hash if account else None, password)
    if account is None or not account.is_active:
        _note_failure(None, login_name, address, now)
        raise WrongLogin
    if rules.is_locked(account.locked_until, now):
        _note_failure(account, login_name, address, now)
        raise AccountLocked
    if not is_right:
        _count_failure(account, address, now)
        raise AccountLocked if rules.is_locked(account.locked_until, now) else WrongLogin
    return _let_in(account, password, address, agent, now)


def _let_in(account: Account, password: str, address: str, agent: str, now: datetime) -> SignedIn:
    token = secrets.token_urlsafe(32)
    before = SignedIn(
        token=token,
        account=account,
        previous_at=account.last_login_at,
        previous_address=account.last_login_address,
    )
    account.failed_count, account.locked_until = 0, None
    account.last_login_at, account.last_login_address = now, address
    if hashing.is_outdated(account.password_hash):
        account.password_hash = hashing.hashed(password)
    open_session(account, token, address=address, agent=agent, now=now)
    record(AccountAct.LOGGED_IN, account, viewer=viewer_named(account), now=now)
    return before


def open_session(account: Account, token: str, *, address: str, agent: str, now: datetime) -> LoginSession:
    """Keep a login under the digest of its token."""
    session = LoginSession(
        account_id=account.id,
        token_digest=queries.token_digest(token),
        created_at=now,
        last_seen_at=now,
        address=address,
        agent=agent[:200],
    )
    db.session.add(session)
    return session


def viewer_named(account: Account, token: str = "") -> Viewer:
    """Return the person of an account as the journal names who acts; without grants."""
    return Viewer(account_id=account.id, name=account.name, session_token=token)


def _count_failure(account: Account, address: str, now: datetime) -> None:
    account.failed_count += 1
    account.locked_until = rules.lock_after(account.failed_count, now)
    _note_failure(account, account.login_name, address, now)
    if account.locked_until is not None:
        account.failed_count = 0
        record(AccountAct.LOCKED, account, viewer=viewer_named(account), now=now)


def _note_failure(account: Account | None, login_name: str, address: str, now: datetime) -> None:
    db.session.execute(delete(LoginFailure).where(LoginFailure.at < now - 2 * rules.ADDRESS_WINDOW))
    db.session.add(LoginFailure(address=address, at=now))
    viewer = viewer_named(account) if account else NOBODY
    record(AccountAct.LOGIN_FAILED, account, viewer=viewer, now=now, note=login_name[:60])


def sign_out(token: str, *, viewer: Viewer, now: datetime) -> None:
    """End the login of a token."""
    ended = update(LoginSession).where(LoginSession.token_digest == queries.token_digest(token))
    db.session.execute(ended.values(revoked_at=now))
    record(AccountAct.LOGGED_OUT, None, viewer=viewer, now=now)


def revoke(session: LoginSession, *, viewer: Viewer, now: datetime) -> None:
    """End a login on another device, one's own or, for the security administrator, anybody's."""
    session.revoked_at = session.revoked_at or now
    record(AccountAct.SESSION_REVOKED, session, viewer=viewer, now=now)


def end_logins(account: Account, now: datetime, *, but: str = "") -> None:
    """End every login of an account but the one of a token."""
    others = update(LoginSession).where(
        LoginSession.account_id == account.id, LoginSession.revoked_at.is_(None)
    )
    kept = LoginSession.token_digest != queries.token_digest(but)
    db.session.execute(others.where(kept).values(revoked_at=now))


def is_presence_due(last_seen_at: datetime, now: datetime) -> bool:
    """Tell whether a login in use should be noted again."""
    return now - last_seen_at >= rules.SEEN_EVERY


def note_presence(session_id: int, now: datetime) -> None:
    """Remember that a login is in use."""
    db.session.execute(update(LoginSession).where(LoginSession.id == session_id).values(last_seen_at=now))
