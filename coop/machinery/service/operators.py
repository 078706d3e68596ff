"""Keeping operators, and binding them to the accounts with which they report from the field."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from coop.machinery import queries
from coop.machinery.models import Operator
from coop.machinery.rules import MachineryAct, MachineryPermission
from coop.machinery.service.refusals import (
    AccountElsewhere,
    AccountTaken,
    LicenceReversed,
    LicenceTaken,
    SenderIsProvider,
    demand_provider,
)
from coop.organisations.models import Organisation
from coop.organisations.service import demand_reason, demand_scope
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.journal.service import record


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorDetails:
    """What a form or a spreadsheet row says of an operator."""

    provider_id: int
    name: str
    phone: str | None = None
    licence_number: str = ""
    licence_class: str = ""
    licensed_from: date | None = None
    licensed_until: date | None = None
    employer_id: int | None = None
    account_id: int | None = None


def keep_operator(
    operator: Operator,
    details: OperatorDetails,
    *,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> Operator:
    """Register an operator, or change the one opened at ``version``; kept where the provider lies."""
    provider = demand_provider(operator, details.provider_id, version=version, viewer=viewer)
    _check(operator, details, provider)
    _check_account(operator, details.account_id, viewer, now.astimezone(CHINA).date())
    for field in fields(details):
        setattr(operator, field.name, getattr(details, field.name))
    operator.division_code = provider.division_code
    db.session.add(operator)
    db.session.flush()
    record(MachineryAct.OPERATOR_SAVED, operator, viewer=viewer, now=now)
    return operator


def _check(operator: Operator, details: OperatorDetails, provider: Organisation) -> None:
    if details.employer_id == provider.id:
        raise SenderIsProvider(name=provider.name)
    since, until = details.licensed_from, details.licensed_until
    if since is not None and until is not None and until < since:
        raise LicenceReversed(since=since, until=until)
    if details.licence_number:
        other = queries.operator_of_licence(details.licence_number, details.provider_id, operator.id)
        if other is not None:
            raise LicenceTaken(number=details.licence_number, name=other.name)


def _check_account(operator: Operator, account_id: int | None, viewer: Viewer, on: date) -> None:
    if account_id is None or account_id == operator.account_id:
        return
    if account_id not in {account.id for account in queries.accounts_at(viewer, on)}:
        raise AccountElsewhere
    holder = queries.account_holder(account_id)
    if holder is not None and holder.id != operator.id:
        raise AccountTaken(name=holder.name)


def reveal_phone(operator: Operator, *, reason: str, viewer: Viewer, now: datetime) -> str:
    """Return the telephone in clear, once, and tell the journal who asked and why."""
    demand_scope(viewer, MachineryPermission.REVEAL, operator.division_code)
    demand_reason(reason)
    record(MachineryAct.REVEALED, operator, viewer=viewer, now=now, reason=reason)
    return operator.phone or ""
