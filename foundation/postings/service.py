"""The verbs of authority: setting roles, posting people, ending postings."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.errors import DomainError, InvalidValue
from foundation.journal.service import record
from foundation.postings import queries, rules
from foundation.postings.models import Posting, Role
from foundation.postings.rules import PostingAct, RoleKind
from foundation.units.models import Unit


class OwnPosting(DomainError):
    """不能变更自己的任职授权；请由另一位安全管理员办理。"""


class PostingDatesReversed(InvalidValue):
    """任职结束日期 %(until)s 早于开始日期 %(since)s；请核对日期。"""


class PostingExists(DomainError):
    """%(name)s 在 %(unit)s 的 %(role)s 任职与所填期间重叠；请先结束原任职，或改填日期。"""


class PostingEnded(DomainError):
    """该任职已于 %(until)s 结束，不能再次结束。"""


class RoleCodeTaken(InvalidValue):
    """角色代码“%(code)s”或名称“%(name)s”已存在；请换一个。"""


class RoleKindFixed(InvalidValue):
    """角色“%(name)s”的类别不能变更；请新建一个角色。"""


class UnitClosed(InvalidValue):
    """%(unit)s 在任职期间不在使用期内；请选择在用的单位。"""


def set_role(
    code: str, name: str, kind: RoleKind, permissions: Iterable[str], *, viewer: Viewer, now: datetime
) -> Role:
    """Create the role of a code or bring it up to date; it may carry only what its kind allows."""
    wanted = sorted({str(permission) for permission in permissions})
    rules.check_permissions(kind, wanted)
    role = queries.find_role(code)
    namesake = db.session.scalar(select(Role).where(Role.name == name))
    if namesake is not None and namesake is not role:
        raise RoleCodeTaken(code=code, name=name)
    if role is None:
        role = Role(code=code, name=name, kind=kind, permissions=wanted)
        db.session.add(role)
    elif role.kind is not kind:
        raise RoleKindFixed(name=role.name)
    role.name = name
    if role.permissions != wanted:
        role.permissions = wanted
    if role in db.session.new or db.session.is_modified(role):
        record(PostingAct.ROLE_SET, role, viewer=viewer, now=now)
    return role


def post(
    account: Account,
    role: Role,
    unit: Unit,
    since: date,
    until: date | None = None,
    *,
    viewer: Viewer,
    now: datetime,
    reason: str = "",
) -> Posting:
    """Give a person a role at a unit for a time, unless it meets what the person already holds."""
    if account.id == viewer.account_id:
        raise OwnPosting
    if until is not None and until < since:
        raise PostingDatesReversed(since=since, until=until)
    if unit.valid_until is not None and unit.valid_until <= since:
        raise UnitClosed(unit=unit.name)
    _check_company(account, role, unit, since, until)
    posting = Posting(account=account, role=role, unit=unit, since=since, until=until, reason=reason)
    db.session.add(posting)
    record(PostingAct.POSTED, posting, viewer=viewer, now=now, reason=reason, note=_told(posting))
    return posting


def _check_company(account: Account, role: Role, unit: Unit, since: date, until: date | None) -> None:
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    for held in queries.postings_of(account.id):
        if not rules.overlap(since, until, held.since, held.until):
            continue
        if rules.exclude(held.role.kind, role.kind):
            raise rules.KindsExclude(name=account.name, held=held.role.kind, asked=role.kind)
        if (held.role, held.unit) == (role, unit):
            raise PostingExists(name=account.name, unit=unit.name, role=role.name)


def end_posting(posting: Posting, until: date, *, viewer: Viewer, now: datetime, reason: str = "") -> None:
    """Let a posting end: it gives rights until the day before ``until``."""
    if posting.account_id == viewer.account_id:
        raise OwnPosting
    if posting.until is not None and posting.until <= until:
        raise PostingEnded(until=posting.until)
    if until < posting.since:
        raise PostingDatesReversed(since=posting.since, until=until)
    posting.until = until
    record(PostingAct.ENDED, posting, viewer=viewer, now=now, reason=reason, note=_told(posting))


def _told(posting: Posting) -> str:
    return f"{posting.account.name} · {posting.role.name} · {posting.unit.name}"
