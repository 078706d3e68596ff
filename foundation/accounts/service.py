"""The verbs of accounts: coming in and going out, making accounts, passwords."""

import secrets
import string
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from foundation.access.grants import NOBODY, Viewer
from foundation.accounts import queries, rules
from foundation.accounts.models import Account, LoginFailure, LoginSession
from foundation.accounts.rules import AccountAct
from foundation.database.engine import db
from foundation.errors import DomainError, InvalidValue, StaleVersion
from foundation.journal.service import record

HASHER = PasswordHasher()
ALPHABET = (string.ascii_letters + string.digits).translate(str.maketrans("", "", "0O1lI"))
INITIAL_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """An account as a form or a command gives it."""

    login_name: str
    name: str
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A successful login: the cookie's token, and the login before, which the person is shown."""

    token: str
    account: Account
    previous_at: datetime | None
    previous_address: str


class LoginRefused(DomainError):
    """登录未成功。"""


class WrongLogin(LoginRefused):
    """登录名或密码不正确；连续 5 次不正确，账号将锁定 15 分钟。忘记密码请联系系统管理员重置。"""


class AccountLocked(LoginRefused):
    """账号因连续输错密码已锁定；请于 15 分钟后再试，或联系系统管理员解除锁定。"""


class TooManyFailures(LoginRefused):
    """您所在的网络地址登录失败次数过多；请于 15 分钟后再试。"""


class WrongPassword(InvalidValue):
    """当前密码不正确；请重新输入。"""


class LoginNameTaken(InvalidValue):
    """登录名“%(login_name)s”已被 %(name)s 使用；请换一个登录名。"""


class PersonNameMissing(InvalidValue):
    """请填写使用人的姓名，最多 60 个字。"""


class ReasonMissing(InvalidValue):
    """请写明查看原因，例如“核对本人联系方式”。"""


class OwnAccount(DomainError):
    """不能停用或重置自己的账号；请由另一位管理员办理。"""


def sign_in(login_name: str, password: str, *, address: str, agent: str, now: datetime) -> SignedIn:
    """Let a person in, or raise ``LoginRefused``; the caller commits in both cases, so that failures count.

    An unknown name takes as long to refuse as a wrong password.
    """
    if queries.failures_from(address, now) >= rules.ADDRESS_FAILURES:
        record(AccountAct.LOGIN_FAILED, None, viewer=NOBODY, now=now, note=login_name[:60])
        raise TooManyFailures
    wanted = select(Account).where(Account.login_name == login_name.strip().lower()).with_for_update()
    account = db.session.scalar(wanted)
    is_right = _matches(account.password_hash if account else _hash_of_nobody(), password)
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
    if HASHER.check_needs_rehash(account.password_hash):
        account.password_hash = HASHER.hash(password)
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


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password[: rules.LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


_nobody: list[str] = []


def _hash_of_nobody() -> str:
    if not _nobody:
        _nobody.append(HASHER.hash(secrets.token_hex(16)))
    return _nobody[0]


def sign_out(token: str, *, viewer: Viewer, now: datetime) -> None:
    """End the login of a token."""
    ended = update(LoginSession).where(LoginSession.token_digest == queries.token_digest(token))
    db.session.execute(ended.values(revoked_at=now))
    record(AccountAct.LOGGED_OUT, None, viewer=viewer, now=now)


def revoke(session: LoginSession, *, viewer: Viewer, now: datetime) -> None:
    """End a login on another device, one's own or, for the security administrator, anybody's."""
    session.revoked_at = session.revoked_at or now
    record(AccountAct.SESSION_REVOKED, session, viewer=viewer, now=now)


def _revoke_all(account: Account, now: datetime, *, but: str = "") -> None:
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


def create_account(
    details: AccountDetails, *, viewer: Viewer, now: datetime, password: str | None = None
) -> tuple[Account, str]:
    """Create an account and return it with its first password, which must be changed at the first login."""
    login_name = rules.check_login_name(details.login_name)
    _check_free(login_name)
    if password is not None:
        rules.check_password(password, login_name)
    chosen = password or initial_password()
    account = Account(
        login_name=login_name,
        name=_checked_name(details.name),
        phone=details.phone,
        password_hash=HASHER.hash(chosen),
        former_hashes=[],
        password_changed_at=now,
        must_change_password=True,
    )
    db.session.add(account)
    record(AccountAct.CREATED, account, viewer=viewer, now=now)
    return account, chosen


def initial_password() -> str:
    """Return a random password without look-alike characters that satisfies the rule."""
    while True:
        password = "".join(secrets.choice(ALPHABET) for _ in range(INITIAL_LENGTH))
        if any(map(str.isdigit, password)) and any(map(str.isalpha, password)):
            return password


def change_account(
    account: Account, details: AccountDetails, version: int, *, viewer: Viewer, now: datetime
) -> None:
    """Correct the names or the telephone of an account; without a telephone the known one stays."""
    if account.version != version:
        raise StaleVersion
    login_name = rules.check_login_name(details.login_name)
    if login_name != account.login_name:
        _check_free(login_name)
    account.login_name, account.name = login_name, _checked_name(details.name)
    account.phone = details.phone or account.phone
    record(AccountAct.CHANGED, account, viewer=viewer, now=now)


def reveal_phone(account: Account, reason: str, *, viewer: Viewer, now: datetime) -> str:
    """Return the telephone of an account in full; who asked and why is kept."""
    if not reason.strip():
        raise ReasonMissing
    record(AccountAct.REVEALED, account, viewer=viewer, now=now, reason=reason.strip()[:200])
    return account.phone or ""


def reset_password(account: Account, *, viewer: Viewer, now: datetime, reason: str = "") -> str:
    """Give an account a new first password, end its logins, and return the password to be handed over."""
    _refuse_own(account, viewer)
    password = initial_password()
    _set_password(account, password, now)
    account.must_change_password = True
    account.failed_count, account.locked_until = 0, None
    _revoke_all(account, now)
    record(AccountAct.PASSWORD_RESET, account, viewer=viewer, now=now, reason=reason)
    return password


def change_password(account: Account, old: str, new: str, *, viewer: Viewer, now: datetime) -> None:
    """Change one's own password; every other login of the account ends."""
    if not _matches(account.password_hash, old):
        raise WrongPassword
    rules.check_password(new, account.login_name)
    if any(_matches(former, new) for former in (account.password_hash, *account.former_hashes)):
        raise rules.FormerPassword
    _set_password(account, new, now)
    account.must_change_password = False
    _revoke_all(account, now, but=viewer.session_token)
    record(AccountAct.PASSWORD_CHANGED, account, viewer=viewer, now=now)


def _set_password(account: Account, password: str, now: datetime) -> None:
    former = [account.password_hash, *account.former_hashes]
    account.former_hashes = former[: rules.REMEMBERED_PASSWORDS]
    account.password_hash = HASHER.hash(password)
    account.password_changed_at = now


def deactivate(account: Account, *, viewer: Viewer, now: datetime, reason: str = "") -> None:
    """Close an account to its person; it stays in the register for what it did."""
    _refuse_own(account, viewer)
    account.is_active = False
    _revoke_all(account, now)
    record(AccountAct.DEACTIVATED, account, viewer=viewer, now=now, reason=reason)


def activate(account: Account, *, viewer: Viewer, now: datetime) -> None:
    """Open a closed account again."""
    _refuse_own(account, viewer)
    account.is_active = True
    record(AccountAct.ACTIVATED, account, viewer=viewer, now=now)


def unlock(account: Account, *, viewer: Viewer, now: datetime) -> None:
    """Lift a lock before its time."""
    account.failed_count, account.locked_until = 0, None
    record(AccountAct.UNLOCKED, account, viewer=viewer, now=now)


def _refuse_own(account: Account, viewer: Viewer) -> None:
    if account.id == viewer.account_id:
        raise OwnAccount


def _check_free(login_name: str) -> None:
    taken = queries.find_by_login_name(login_name)
    if taken is not None:
        raise LoginNameTaken(login_name=login_name, name=taken.name)


def _checked_name(name: str) -> str:
    plain = name.strip()
    if not plain or len(plain) > 60:  # noqa: PLR2004 - the width of the column
        raise PersonNameMissing
    return plain
