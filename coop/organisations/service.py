"""The verbs of organisations: register, revise, close, list as a provider, reveal a sealed field."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.organisations import queries
from coop.organisations.models import Organisation, ServiceDivision
from coop.organisations.rules import OrganisationAct, OrganisationKind, OrganisationPermission, SensitiveField
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, StaleVersion
from foundation.journal.service import record
from foundation.wording import Term


class OutsideScope(Forbidden):
    """区划 %(code)s 不在您的管辖范围内；请选择本单位管辖的镇村，或请有权限的人员办理。"""


class DuplicateCreditCode(DomainError):
    """统一社会信用代码 %(code)s 已登记在“%(name)s”名下；请核对代码，或直接修改那条记录。"""


class DuplicateOrganisation(DomainError):
    """“%(name)s”在同一区划已有同类登记；请直接修改那条记录，或补充信用代码以示区别。"""


class FoundedInFuture(DomainError):
    """成立日期 %(day)s 晚于今天；请核对日期。"""


class ListedAfterRemoval(DomainError):
    """移出名录的日期 %(removed)s 不晚于列入日期 %(listed)s；请核对两个日期。"""


class ReasonMissing(DomainError):
    """请写明事由（至少两个字）；事由会记入操作日志。"""


class AlreadyClosed(DomainError):
    """“%(name)s”已于 %(day)s 停用，不能再次停用。"""


class NotClosed(DomainError):
    """“%(name)s”正在使用，无需恢复。"""


class ClosedBeforeFounded(DomainError):
    """停用日期 %(day)s 早于成立日期 %(founded)s；请核对日期。"""


SHORTEST_REASON = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """What a form or a spreadsheet row says of an organisation."""

    name: str
    kind: OrganisationKind
    division_code: str
    credit_code: str | None = None
    legal_representative: str = ""
    representative_id: str | None = None
    phone: str | None = None
    address: str = ""
    bank_name: str = ""
    bank_account: str | None = None
    founded_on: date | None = None
    listed_on: date | None = None
    removed_on: date | None = None
    service_divisions: tuple[str, ...] = ()


FIELDS = tuple(name for name in OrganisationDetails.__slots__ if name != "service_divisions")


def demand_reason(reason: str) -> None:
    """Refuse an act that needs a reason and has none."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing


def demand_scope(viewer: Viewer, permission: Term, code: str) -> None:
    """Refuse an act on a division where ``viewer`` does not hold ``permission``."""
    if not viewer.sees(permission, code):
        raise OutsideScope(code=code)


def demand_version(row: Organisation, expected: int) -> None:
    """Refuse to change a row that somebody else changed since the form was opened."""
    if row.version != expected:
        raise StaleVersion


def check(details: OrganisationDetails, on: date, organisation: Organisation | None = None) -> None:
    """Refuse details that contradict themselves or another organisation."""
    if details.founded_on and details.founded_on > on:
        raise FoundedInFuture(day=details.founded_on)
    if details.removed_on and (details.listed_on is None or details.removed_on <= details.listed_on):
        raise ListedAfterRemoval(removed=details.removed_on, listed=details.listed_on or "—")
    twin = queries.twin_of(details.credit_code, details.name, details.kind, details.division_code)
    if twin is None or (organisation is not None and twin.id == organisation.id):
        return
    if details.credit_code and twin.credit_code == details.credit_code:
        raise DuplicateCreditCode(code=details.credit_code, name=twin.name)
    raise DuplicateOrganisation(name=twin.name)


def fill(organisation: Organisation, details: OrganisationDetails) -> Organisation:
    """Write ``details`` into a row whose service divisions are loaded, unjournalled."""
    for name in FIELDS:
        setattr(organisation, name, getattr(details, name))
    wanted = set(details.service_divisions)
    kept = [row for row in organisation.service_divisions if row.division_code in wanted]
    new = sorted(wanted - {row.division_code for row in kept})
    organisation.service_divisions = [*kept, *(ServiceDivision(division_code=code) for code in new)]
    return organisation


def register(details: OrganisationDetails, *, viewer: Viewer, now: datetime, on: date) -> Organisation:
    """Add an organisation to the register."""
    demand_scope(viewer, OrganisationPermission.EDIT, details.division_code)
    check(details, on)
    organisation = fill(Organisation(service_divisions=[]), details)
    db.session.add(organisation)
    db.session.flush()
    record(OrganisationAct.REGISTERED, organisation, viewer=viewer, now=now)
    return organisation


def revise(
    organisation: Organisation,
    details: OrganisationDetails,
    *,
    version: int,
    viewer: Viewer,
    now: datetime,
    on: date,
) -> None:
    """Change an organisation that was opened at ``version``."""
    demand_version(organisation, version)
    demand_scope(viewer, OrganisationPermission.EDIT, organisation.division_code)
    demand_scope(viewer, OrganisationPermission.EDIT, details.division_code)
    check(details, on, organisation)
    before = organisation.listed_on, organisation.removed_on
    fill(organisation, details)
    record(_act_of_change(before, organisation), organisation, viewer=viewer, now=now)
    db.session.flush()


def _act_of_change(before: tuple[date | None, date | None], organisation: Organisation) -> OrganisationAct:
    listed_on, removed_on = before
    if listed_on is None and organisation.listed_on is not None:
        return OrganisationAct.ENTERED_DIRECTORY
    if removed_on is None and organisation.removed_on is not None:
        return OrganisationAct.LEFT_DIRECTORY
    return OrganisationAct.CHANGED


def close(organisation: Organisation, *, on: date, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take an organisation out of use; everything that names it stays as it is."""
    demand_scope(viewer, OrganisationPermission.EDIT, organisation.division_code)
    demand_reason(reason)
    if organisation.closed_on is not None:
        raise AlreadyClosed(name=organisation.name, day=organisation.closed_on)
    if organisation.founded_on and on < organisation.founded_on:
        raise ClosedBeforeFounded(day=on, founded=organisation.founded_on)
    organisation.closed_on, organisation.closed_reason = on, reason.strip()
    record(OrganisationAct.CLOSED, organisation, viewer=viewer, now=now, reason=reason)


def reopen(organisation: Organisation, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a closed organisation back into use."""
    demand_scope(viewer, OrganisationPermission.EDIT, organisation.division_code)
    demand_reason(reason)
    if organisation.closed_on is None:
        raise NotClosed(name=organisation.name)
    organisation.closed_on, organisation.closed_reason = None, ""
    record(OrganisationAct.REOPENED, organisation, viewer=viewer, now=now, reason=reason)


def reveal(
    organisation: Organisation, field: SensitiveField, *, reason: str, viewer: Viewer, now: datetime
) -> str:
    """Return one sealed field in clear, once, and tell the journal who asked and why."""
    demand_scope(viewer, OrganisationPermission.REVEAL, organisation.division_code)
    demand_reason(reason)
    record(OrganisationAct.REVEALED, organisation, viewer=viewer, now=now, reason=reason, note=field.label)
    return str(getattr(organisation, field.value) or "")
