"""What machines and operators have in common for whoever reads them: the scope, licences, accounts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from coop.machinery.models import Machine, Operator
from coop.machinery.rules import SOON_DAYS, LicenceAsked, MachineryPermission
from coop.organisations.models import Organisation, ServiceDivision
from coop.organisations.queries import matches
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.divisions.queries import inside
from foundation.divisions.rules import ancestors
from foundation.postings.models import Posting
from foundation.units.models import Unit
from foundation.wording import Term

Kept = type[Machine] | type[Operator]


def visible_to(
    viewer: Viewer, kind: Kept, permission: Term = MachineryPermission.VIEW
) -> ColumnElement[bool]:
    """Return the condition that a machine or an operator is kept where ``viewer`` holds ``permission``.

    Whoever may see them also sees those of a provider from elsewhere that serves the viewer's divisions.
    """
    here = within(viewer, permission, kind.division_code)
    if permission is not MachineryPermission.VIEW:
        return here
    above = {one for r in viewer.ranges(permission) for one in ancestors(r.lower)}
    served = or_(
        within(viewer, permission, ServiceDivision.division_code), ServiceDivision.division_code.in_(above)
    )
    return or_(here, kind.provider_id.in_(select(ServiceDivision.organisation_id).where(served)))


def of_provider(kind: Kept, text: str) -> ColumnElement[bool]:
    """Return the condition that the provider is the one a query bar names: by its number or its name."""
    number = text.split(maxsplit=1)[0]
    if number.isascii() and number.isdigit():
        return kind.provider_id == int(number)
    return kind.provider_id.in_(select(Organisation.id).where(matches(text)))


def in_division(kind: Kept, code: str) -> ColumnElement[bool]:
    """Return the condition that a row is kept in or below a division."""
    lower, upper = code_bounds(code)
    return and_(kind.division_code >= lower, kind.division_code < upper)


def with_licence(kind: Kept, asked: LicenceAsked, on: date) -> ColumnElement[bool]:
    """Return the condition that a licence stands as asked on a day."""
    until = kind.licensed_until
    match asked:
        case LicenceAsked.UNKNOWN:
            return until.is_(None)
        case LicenceAsked.EXPIRED:
            return until < on
        case LicenceAsked.ENDING:
            return until <= on + timedelta(days=SOON_DAYS)
    return until >= on


def licences_ending(viewer: Viewer, kind: Kept, on: date) -> tuple[int, date | None]:
    """Return how many licences that the viewer keeps have ended or soon will, and the first end."""
    statement: Any = select(func.count(), func.min(kind.licensed_until)).where(
        visible_to(viewer, kind, MachineryPermission.EDIT),
        kind.closed_on.is_(None),
        kind.licensed_until <= on + timedelta(days=SOON_DAYS),
    )
    count, first = db.session.execute(statement).one()
    return count, first


def accounts_at(viewer: Viewer, on: date) -> Sequence[Account]:
    """Return the accounts whose posting lies where the viewer keeps machinery: who may be an operator."""
    ranges = viewer.ranges(MachineryPermission.EDIT)
    posted = (
        select(Posting.account_id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(
            inside(ranges, Unit.division_code),
            Posting.since <= on,
            or_(Posting.until.is_(None), Posting.until >= on),
        )
    )
    usable = select(Account).where(Account.id.in_(posted), Account.is_active.is_(True))
    return db.session.scalars(usable.order_by(Account.name, Account.id)).all()


def account_of(operator: Operator) -> Account | None:
    """Return the account bound to an operator, if there is one."""
    return db.session.get(Account, operator.account_id) if operator.account_id is not None else None
