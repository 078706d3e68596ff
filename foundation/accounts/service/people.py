"""Making accounts, correcting and closing them, and their passwords."""

from dataclasses import dataclass
from datetime import datetime

from foundation.access.grants import Viewer
from foundation.accounts import queries, rules
from foundation.accounts.models import Account
from foundation.accounts.rules import AccountAct
from foundation.accounts.service import hashing
from foundation.accounts.service.logins import end_logins
from foundation.accounts.service.refusals import (
    LoginNameTaken,
    OwnAccount,
    PersonNameMissing,
    ReasonMissing,
    WrongPassword,
)
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.journal.service import record


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """An account as a form or a command gives it."""

    login_name: str
    name: str
    phone: str | None = None


def create_account(
    details: AccountDetails, *, viewer: Viewer, now: datetime, password: str | None = None
) -> tuple[Account, str]:
    """Create an account and return it with its first password, which must be changed at the first login."""
    login_name = rules.check_login_name(details.login_name)
    if password is not None:
        rules.check_password(password, login_name)
    chosen = password or hashing.initial_password()
    sealed = hashing.hashed(chosen)  # slow on purpose: before the first query, so that no other writer waits
    _check_free(login_name)
    account = Account(
        login_name=login_name,
        name=_checked_name(details.name),
        phone=details.phone,
        password_hash=sealed,
        former_hashes=[],
        password_changed_at=now,
        must_change_password=True,
    )
    db.session.add(account)
    record(AccountAct.CREATED, account, viewer=viewer, now=now)
    return account, chosen


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
    password = hashing.initial_password()
    _set_password(account, password, now)
    account.must_change_password = True
    account.failed_count, account.locked_until = 0, None
    end_logins(account, now)
    record(AccountAct.PASSWORD_RESET, account, viewer=viewer, now=now, reason=reason)
    return password


def change_password(account: Account, old: str, new: str, *, viewer: Viewer, now: datetime) -> None:
    """Change one's own password; every other login of the account ends."""
    if not hashing.matches(account.password_hash, old):
        raise WrongPassword
    rules.check_password(new, account.login_name)
    if any(hashing.matches(former, new) for former in (account.password_hash, *account.former_hashes)):
        raise rules.FormerPassword
    _set_password(account, new, now)
    account.must_change_password = False
    end_logins(account, now, but=viewer.session_token)
    record(AccountAct.PASSWORD_CHANGED, account, viewer=viewer, now=now)


def _set_password(account: Account, password: str, now: datetime) -> None:
    former = [account.password_hash, *account.former_hashes]
    account.former_hashes = former[: rules.REMEMBERED_PASSWORDS]
    account.password_hash = hashing.hashed(password)
    account.password_changed_at = now


def deactivate(account: Account, *, viewer: Viewer, now: datetime, reason: str = "") -> None:
    """Close an account to its person; it stays in the register for what it did."""
    _refuse_own(account, viewer)
    account.is_active = False
    end_logins(account, now)
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
