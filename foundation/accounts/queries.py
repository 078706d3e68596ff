"""Reading accounts, roles, postings and logins, and the viewer that a login makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from foundation.access.grants import Grant, Viewer
from foundation.accounts import rules
from foundation.accounts.models import Account, LoginFailure, LoginSession, Posting, Role
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions import queries as divisions
from foundation.divisions import rules as division_rules
from foundation.errors import NotFound
from foundation.units.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePerson:
    """Who a login token belongs to, and when it was last seen."""

    viewer: Viewer
    session_id: int
    last_seen_at: datetime


def token_digest(token: str) -> str:
    """Return what the table keeps of a login token."""
    return sha256(token.encode()).hexdigest()


def live_person(token: str, now: datetime) -> LivePerson | None:
    """Return the person of a login that is neither revoked nor idle, with the grants in force today.

    Three reads: the login with its account, the postings with their roles and units, the changed codes.
    """
    login = select(LoginSession, Account).join(Account, LoginSession.account_id == Account.id)
    mine = (
        LoginSession.token_digest == token_digest(token),
        LoginSession.revoked_at.is_(None),
        Account.is_active,
    )
    found = db.session.execute(login.where(*mine)).first()
    if found is None or rules.is_idle(found[0].last_seen_at, now):
        return None
    session, account = found
    is_old = rules.is_password_old(account.password_changed_at, now)
    viewer = Viewer(
        account_id=account.id,
        name=account.name,
        session_token=token,
        grants=grants(account.id, now.astimezone(CHINA).date()),
        must_change_password=account.must_change_password or is_old,
    )
    return LivePerson(viewer=viewer, session_id=session.id, last_seen_at=session.last_seen_at)


def viewer_of(account: Account, on: date) -> Viewer:
    """Return the viewer that an account is without a login: in commands, jobs and the sample county."""
    return Viewer(account_id=account.id, name=account.name, grants=grants(account.id, on))


def grants(account_id: int, on: date) -> tuple[Grant, ...]:
    """Return the grants of the postings that are in force on a day, at units in force."""
    held = (
        select(Posting, Role.name, Role.permissions, Unit)
        .join(Role, Posting.role_id == Role.id)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(
            Posting.account_id == account_id,
            _in_force(on),
            or_(Unit.valid_until.is_(None), Unit.valid_until > on),
        )
        .order_by(Posting.id)
    )
    rows = db.session.execute(held).all()
    aliases = divisions.aliases() if rows else ()
    return tuple(
        Grant(
            role=role,
            unit=unit.name,
            unit_id=unit.id,
            division=unit.division_code,
            permissions=frozenset(permissions),
            ranges=division_rules.ranges(unit.division_code, aliases),
            since=posting.since,
            until=posting.until,
        )
        for posting, role, permissions, unit in rows
    )


def _in_force(on: date) -> ColumnElement[bool]:
    return and_(Posting.since <= on, or_(Posting.until.is_(None), Posting.until > on))


def get_account(account_id: int) -> Account:
    """Return an account, or raise ``NotFound``."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def find_by_login_name(login_name: str) -> Account | None:
    """Return the account of a login name in any case."""
    return db.session.scalar(select(Account).where(Account.login_name == login_name.strip().lower()))


def accounts(text: str, cut: Cut, *, descending: bool = False) -> Page:
    """Return a page of accounts whose name or login name holds ``text``, by login name."""
    found = select(
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


def get_role(role_id: int) -> Role:
    """Return a role, or raise ``NotFound``."""
    role = db.session.get(Role, role_id)
    if role is None:
        raise NotFound
    return role


def find_role(code: str) -> Role | None:
    """Return the role of a code."""
    return db.session.scalar(select(Role).where(Role.code == code))


def roles() -> Sequence[Role]:
    """Return all roles by kind and code; there are few."""
    return db.session.scalars(select(Role).order_by(Role.kind, Role.code)).all()


def postings_of(account_id: int) -> Sequence[Posting]:
    """Return every posting of an account with its role and unit, the latest first."""
    held = (
        select(Posting)
        .where(Posting.account_id == account_id)
        .order_by(Posting.since.desc(), Posting.id.desc())
    )
    return db.session.scalars(held.options(joinedload(Posting.role), joinedload(Posting.unit))).all()


def postings_with(role_id: int, on: date) -> Sequence[Posting]:
    """Return the postings in force on a day that carry a role, with person and unit."""
    held = select(Posting).where(Posting.role_id == role_id, _in_force(on)).order_by(Posting.id)
    return db.session.scalars(held.options(joinedload(Posting.account), joinedload(Posting.unit))).all()


def get_posting(posting_id: int) -> Posting:
    """Return a posting with its person, role and unit, or raise ``NotFound``."""
    whole = select(Posting).where(Posting.id == posting_id)
    loaded = whole.options(joinedload(Posting.account), joinedload(Posting.role), joinedload(Posting.unit))
    posting = db.session.scalar(loaded)
    if posting is None:
        raise NotFound
    return posting


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
