"""Who may come in: login names that name a person, passwords, locks and idle logins."""

import re
from datetime import datetime, timedelta

from foundation.errors import InvalidValue
from foundation.wording import N_, Term

FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=15)
ADDRESS_FAILURES = 30
ADDRESS_WINDOW = timedelta(minutes=15)
IDLE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
PASSWORD_AGE = timedelta(days=180)
PASSWORD_LENGTH = 10
PASSWORD_CLASSES = 2
REMEMBERED_PASSWORDS = 5
LONGEST_PASSWORD = 200

WELL_FORMED = re.compile("[a-z][a-z0-9._-]{2,39}")

FORBIDDEN_NAMES = frozenset(
    {
        "admin",
        "administrator",
        "root",
        "test",
        "tester",
        "user",
        "guest",
        "system",
        "sys",
        "superuser",
        "super",
        "sa",
        "dba",
        "demo",
        "security",
        "audit",
        "auditor",
        "operator",
        "manager",
        "sysadmin",
        "secadmin",
        "auditadmin",
    }
)
"""Login names that name nobody; with or without digits behind them they are refused."""


class AccountPermission(Term):
    """What may be done with accounts: the system administrator manages them, the security one ends logins."""

    MANAGE = "foundation.accounts.manage", N_("管理账号")
    SESSIONS = "foundation.accounts.sessions", N_("管理登录会话")


class AccountAct(Term):
    """What the journal says about accounts."""

    CREATED = "accounts.created", N_("新建账号")
    CHANGED = "accounts.changed", N_("修改账号")
    DEACTIVATED = "accounts.deactivated", N_("停用账号")
    ACTIVATED = "accounts.activated", N_("启用账号")
    PASSWORD_RESET = "accounts.password_reset", N_("重置密码")
    PASSWORD_CHANGED = "accounts.password_changed", N_("修改密码")
    UNLOCKED = "accounts.unlocked", N_("解除锁定")
    LOGGED_IN = "accounts.logged_in", N_("登录")
    LOGGED_OUT = "accounts.logged_out", N_("退出登录")
    LOGIN_FAILED = "accounts.login_failed", N_("登录失败")
    LOCKED = "accounts.locked", N_("账号锁定")
    REVEALED = "accounts.revealed", N_("查看联系电话")
    SESSION_REVOKED = "accounts.session_revoked", N_("强制下线")


class WeakPassword(InvalidValue):
    """密码至少 10 位，并包含大写字母、小写字母、数字、符号中的两类；请重新设置。"""


class PasswordTooLong(InvalidValue):
    """密码不能超过 200 位；请缩短后重新设置。"""


class PasswordNamesAccount(InvalidValue):
    """密码不能包含登录名；请换一个密码。"""


class FormerPassword(InvalidValue):
    """新密码与当前或最近五次使用过的密码相同；请换一个没有用过的密码。"""


class BadLoginName(InvalidValue):
    """登录名“%(login_name)s”不能使用；请用 3 到 40 位小写字母、数字、点、横线或下划线，并以字母开头。"""


class UnnamedAccount(InvalidValue):
    """登录名“%(login_name)s”不能使用：账号须对应到人；请用姓名拼音等能认出本人的登录名。"""


def check_password(password: str, login_name: str) -> None:
    """Refuse a password that is short, of one class of characters, or holds the login name."""
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong
    if len(password) < PASSWORD_LENGTH or _classes(password) < PASSWORD_CLASSES:
        raise WeakPassword
    if login_name.lower() in password.lower():
        raise PasswordNamesAccount


def _classes(password: str) -> int:
    kinds = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    return sum(any(kind(letter) for letter in password) for kind in kinds)


def check_login_name(login_name: str) -> str:
    """Return the login name in lower case, or refuse one that is malformed or names nobody."""
    name = login_name.strip().lower()
    if not WELL_FORMED.fullmatch(name):
        raise BadLoginName(login_name=login_name)
    if re.sub("[^a-z]", "", name) in FORBIDDEN_NAMES:
        raise UnnamedAccount(login_name=login_name)
    return name


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Tell whether an account is locked at ``now``."""
    return locked_until is not None and now < locked_until


def lock_after(failed_count: int, now: datetime) -> datetime | None:
    """Return until when an account is locked after so many failures in a row."""
    return now + LOCK if failed_count >= FAILURES_BEFORE_LOCK else None


def is_password_old(changed_at: datetime, now: datetime) -> bool:
    """Tell whether a password has reached its age."""
    return now - changed_at >= PASSWORD_AGE


def is_idle(last_seen_at: datetime, now: datetime) -> bool:
    """Tell whether a login has been idle too long."""
    return now - last_seen_at >= IDLE
