"""Accounts, roles, units, postings and logins with defaults, for the tests of every area."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from secrets import token_urlsafe

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from foundation import clock
from foundation.access.grants import Viewer
from foundation.accounts import service as accounts
from foundation.accounts.models import Account
from foundation.database.engine import db, writing
from foundation.divisions import rules
from foundation.divisions.models import Division
from foundation.postings import queries as postings
from foundation.postings.models import Posting, Role
from foundation.postings.rules import RoleKind
from foundation.units.models import Unit
from foundation.units.rules import UnitKind

COUNTY = "371681000000"
PASSWORD = "Xiangcun-2026"
LONG_AGO = date(2020, 1, 1)
NAMES = {
    "370000000000": "山东省",
    "371600000000": "滨州市",
    COUNTY: "邹平市",
    "371681001000": "黛溪街道",
    "371681001213": "西范村委会",
    "371681101000": "长山镇",
    "371681108000": "焦桥镇",
    "371681112000": "青阳镇",
}
_numbers = count(1)


@cache
def password_hash(password: str = PASSWORD) -> str:
    """The hash of the tests' password, made at the least cost and only once."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(password)


def make_division(code: str = COUNTY, name: str = "") -> Division:
    """The division of ``code`` with all divisions above it."""
    for step in (*rules.ancestors(code), code):
        if db.session.get(Division, step) is None:
            above = rules.ancestors(step)
            given = name if step == code and name else NAMES.get(step, f"第{step}区划")
            level = rules.level_of(step)
            db.session.add(
                Division(code=step, name=given, level=level, parent_code=above[-1] if above else None)
            )
            db.session.flush()
    return db.session.get_one(Division, code)


def make_unit(name: str = "", division_code: str = COUNTY, kind: UnitKind = UnitKind.COUNTY_UNION) -> Unit:
    """A unit in a division."""
    make_division(division_code)
    unit = Unit(name=name or f"第{next(_numbers)}单位", kind=kind, division_code=division_code)
    db.session.add(unit)
    db.session.flush()
    return unit


def make_account(
    name: str = "王秀英", login_name: str = "", *, must_change_password: bool = False
) -> Account:
    """An account with the password ``PASSWORD``."""
    account = Account(
        login_name=login_name or f"wangxy{next(_numbers)}",
        name=name,
        password_hash=password_hash(),
        former_hashes=[],
        password_changed_at=clock.now(),
        must_change_password=must_change_password,
    )
    db.session.add(account)
    db.session.flush()
    return account


def make_role(*permissions: str, kind: RoleKind = RoleKind.BUSINESS, name: str = "") -> Role:
    """A role with these permissions."""
    number = next(_numbers)
    role = Role(
        code=f"role-{number}",
        name=name or f"角色{number}",
        kind=kind,
        permissions=[str(p) for p in permissions],
    )
    db.session.add(role)
    db.session.flush()
    return role


def make_posting(
    account: Account | None = None,
    *permissions: str,
    division_code: str = COUNTY,
    role: Role | None = None,
    unit: Unit | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Posting:
    """A posting that gives an account these permissions in a division."""
    posting = Posting(
        account=account or make_account(),
        role=role or make_role(*permissions),
        unit=unit or make_unit(division_code=division_code),
        since=since,
        until=until,
    )
    db.session.add(posting)
    db.session.flush()
    return posting


def make_viewer(*permissions: str, division_code: str = COUNTY, name: str = "王秀英") -> Viewer:
    """The viewer of a new account that holds these permissions in a division."""
    account = make_account(name)
    make_posting(account, *permissions, division_code=division_code)
    return postings.viewer_of(account, clock.today())


def sign_in(client: FlaskClient, account: Account) -> str:
    """Log the browser in as ``account`` without the login page, and return the token."""
    writing.set(True)
    token = token_urlsafe(16)
    accounts.open_session(account, token, address="127.0.0.1", agent="tests", now=clock.now())
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return token


def signed_in_with(
    client: FlaskClient,
    permissions: Iterable[str] = (),
    division_code: str = COUNTY,
    kind: RoleKind = RoleKind.BUSINESS,
) -> Account:
    """Log the browser in as a new person with these permissions in a division."""
    writing.set(True)
    account = make_account()
    make_posting(account, role=make_role(*permissions, kind=kind), division_code=division_code)
    sign_in(client, account)
    return account


def at(text: str) -> datetime:
    """The instant of an ISO text in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
