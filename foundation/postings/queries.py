"""Reading roles and postings, and the viewer that a login makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from foundation.access.grants import Grant, Viewer
from foundation.accounts import queries as accounts
from foundation.accounts import rules as account_rules
from foundation.accounts.models import Account
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.divisions import rules as division_rules
from foundation.errors import NotFound
from foundation.postings.models import Posting, Role
from foundation.units.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePerson:
    """Who a login token belongs to, and when it was last seen."""

    viewer: Viewer
    session_id: int
    last_seen_at: datetime


def live_person(token: str, now: datetime) -> LivePerson | None:
    """Return the person of a login that is neither revoked nor idle, with the grants in force today.

    Three reads: the login with its account, the postings with their roles and units, the changed codes.
    """
    found = accounts.live_login(token, now)
    if found is None:
        return None
    session, account = found
    is_old = account_rules.is_password_old(account.password_changed_at, now)
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


def in_force(account_ids: Sequence[int], on: date) -> dict[int, list[Posting]]:
    """Return the postings that people hold on a day, by account."""
    held = select(Posting).where(Posting.account_id.in_(account_ids), _in_force(on)).order_by(Posting.id)
    found: dict[int, list[Posting]] = {}
    for posting in db.session.scalars(held.options(joinedload(Posting.role), joinedload(Posting.unit))):
        found.setdefault(posting.account_id, []).append(posting)
    return found


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
