"""Writing the terms of a contract: checked without saving, drafted, revised, read back."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from coop.contracts.models import (
    AnnexHousehold,
    AnnexParcel,
    Contract,
    ContractAct,
    DividendShare,
    MenuLine,
    PackageTerms,
    Payment,
    RentTerms,
    ShareTerms,
    StandardLine,
)
from coop.contracts.queries.facts import facts_for
from coop.contracts.rules import checks, money, storing
from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    AnnexParcelDetails,
    ContractDetails,
    DepositDetails,
    DividendShareDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
    StandardDetails,
)
from coop.contracts.rules.facts import Facts
from coop.contracts.rules.findings import Finding
from coop.contracts.rules.life import ContractActKind, Operation
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.service.permitting import demand
from coop.contracts.service.refusals import ContractRefused, OutsideScope
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.divisions.rules import county_of
from foundation.errors import StaleVersion
from foundation.journal.service import record

Row = TypeVar("Row")

CHILDREN: tuple[Any, ...] = (
    AnnexParcel,
    AnnexHousehold,
    MenuLine,
    Payment,
    StandardLine,
    DividendShare,
    PackageTerms,
    RentTerms,
    ShareTerms,
)
"""The rows of the terms, those that point at others first."""


def china_day(now: datetime) -> date:
    """Return the day on the office wall at an instant."""
    return now.astimezone(CHINA).date()


def check(details: ContractDetails, *, now: datetime, contract_id: int | None = None) -> list[Finding]:
    """Return everything that is to be said about terms, without saving; for the rows of the entry page."""
    return checks.check(details, facts_for(details, china_day(now), contract_id))


def draft(details: ContractDetails, *, viewer: Viewer, now: datetime) -> Contract:
    """Save terms as a new draft; unfinished ones are welcome, impossible ones are refused."""
    demand_scope(viewer, details.division_code)
    day = china_day(now)
    facts = facts_for(details, day)
    demand_storable(details, facts)
    contract = Contract(dated_on=day, drafter_id=viewer.account_id)
    write_head(contract, details, facts)
    db.session.add(contract)
    flush()
    _write_rows(contract.id, details)
    note_act(contract, ContractActKind.DRAFTED, viewer=viewer, now=now)
    return contract


def revise(
    contract: Contract, details: ContractDetails, *, expected_version: int, viewer: Viewer, now: datetime
) -> Contract:
    """Replace the terms of a draft or returned contract that was opened at ``expected_version``."""
    demand(Operation.EDIT, contract, viewer=viewer, now=now, version=expected_version)
    demand_scope(viewer, details.division_code)
    replace_terms(contract, details, now=now)
    note_act(contract, ContractActKind.REVISED, viewer=viewer, now=now)
    return contract


def replace_terms(contract: Contract, details: ContractDetails, *, now: datetime) -> None:
    """Write other terms over those of a contract, rows and all; who may is decided before."""
    facts = facts_for(details, china_day(now), contract.id)
    demand_storable(details, facts)
    for kind in CHILDREN:
        db.session.execute(delete(kind).where(kind.contract_id == contract.id))
    write_head(contract, details, facts)
    flush()
    _write_rows(contract.id, details)


def demand_scope(viewer: Viewer, division_code: str) -> None:
    """Refuse land where the viewer may not draft."""
    if not viewer.sees(ContractPermission.DRAFT, division_code):
        raise OutsideScope(code=division_code)


def demand_storable(details: ContractDetails, facts: Facts) -> None:
    """Refuse terms that cannot be kept even as a draft."""
    findings = storing.check_storable(details, facts)
    if findings:
        raise ContractRefused(findings)


def flush() -> None:
    """Send the changes to the database; somebody else's change in between becomes a friendly refusal."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error


def note_act(
    contract: Contract, kind: ContractActKind, *, viewer: Viewer, now: datetime, reason: str = ""
) -> None:
    """Add an act to the history and to the journal."""
    flush()
    db.session.add(
        ContractAct(
            contract_id=contract.id,
            kind=kind,
            at=now,
            account_id=viewer.account_id,
            name=viewer.name,
            reason=reason,
        )
    )
    record(kind, contract, viewer=viewer, now=now, reason=reason)


def write_head(contract: Contract, details: ContractDetails, facts: Facts) -> None:
    """Write the terms that stand in the contract's own row, and what follows from them."""
    for name in HEAD:
        setattr(contract, name, getattr(details, name))
    receiver = facts.organisations.get(details.receiver_organisation_id or 0)
    household = facts.households.get(details.receiver_household_id or 0)
    contract.receiver_name = receiver.name if receiver else household.label if household else ""
    contract.provider_name = facts.organisations[details.provider_id].name
    contract.county_code = county_of(details.division_code)
    contract.nature = details.nature
    contract.total = money.total(details)
    contract.household_count = len(details.annex)
    contract.deposit_kind = details.deposit.kind
    contract.deposit_rate = details.deposit.rate
    contract.deposit_amount = details.deposit.amount


HEAD = (
    "mode",
    "receiver_kind",
    "receiver_household_id",
    "receiver_organisation_id",
    "provider_id",
    "division_code",
    "printed_first",
    "upstream_contract_id",
    "place",
    "crops",
    "starts_on",
    "ends_on",
    "area",
    "payment_mode",
    "late_fee",
    "dispute",
    "free_terms",
    "exception_reason",
)
"""The terms whose column bears their own name."""


def _write_rows(contract_id: int, details: ContractDetails) -> None:
    rows: list[object] = []
    for place, line in enumerate(details.menu):
        amount = money.line_amount(line)
        rows.append(MenuLine(contract_id=contract_id, position=place, amount=amount, **_columns(line)))
    for place, payment in enumerate(details.payments):
        rows.append(Payment(contract_id=contract_id, position=place, **_columns(payment)))
    for place, standard in enumerate(details.standards):
        rows.append(StandardLine(contract_id=contract_id, position=place, **_columns(standard)))
    if details.package:
        rows.append(PackageTerms(contract_id=contract_id, **_columns(details.package)))
    if details.rent:
        rows.append(RentTerms(contract_id=contract_id, **_columns(details.rent)))
    if details.share:
        rows.append(ShareTerms(contract_id=contract_id, floor=details.share.floor))
        for place, part in enumerate(details.share.dividend):
            rows.append(DividendShare(contract_id=contract_id, position=place, **_columns(part)))
    rows.extend(_annex_row(contract_id, place, row) for place, row in enumerate(details.annex))
    db.session.add_all(rows)
    flush()


def _annex_row(contract_id: int, place: int, row: AnnexHouseholdDetails) -> AnnexHousehold:
    return AnnexHousehold(
        contract_id=contract_id,
        position=place,
        household_id=row.household_id,
        mandate_id=row.mandate_id,
        area=row.area,
        parcels=[
            AnnexParcel(contract_id=contract_id, position=number, **_columns(parcel))
            for number, parcel in enumerate(row.parcels)
        ],
    )


def _columns(details: Any) -> dict[str, Any]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def details_of(contract: Contract) -> ContractDetails:
    """Return the terms of a whole contract (loaded by ``queries.get``) as one value."""
    own = {name: getattr(contract, name) for name in HEAD}
    return ContractDetails(
        **own,
        menu=tuple(_like(MenuLineDetails, line) for line in contract.menu),
        package=_like(PackageDetails, contract.package) if contract.package else None,
        rent=_like(RentDetails, contract.rent) if contract.rent else None,
        share=_share(contract),
        deposit=DepositDetails(
            kind=contract.deposit_kind, rate=contract.deposit_rate, amount=contract.deposit_amount
        ),
        payments=tuple(_like(PaymentDetails, payment) for payment in contract.payments),
        standards=tuple(_like(StandardDetails, standard) for standard in contract.standards),
        annex=tuple(
            AnnexHouseholdDetails(
                household_id=row.household_id,
                mandate_id=row.mandate_id,
                parcels=tuple(_like(AnnexParcelDetails, parcel) for parcel in row.parcels),
            )
            for row in contract.annex
        ),
    )


def _share(contract: Contract) -> ShareDetails | None:
    if contract.share is None:
        return None
    dividend = tuple(_like(DividendShareDetails, part) for part in contract.dividend)
    return ShareDetails(floor=contract.share.floor, dividend=dividend)


def _like(kind: type[Row], row: object) -> Row:
    """Return the details of a row whose columns bear the names of the details' fields."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})  # type: ignore[arg-type]
