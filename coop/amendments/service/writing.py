"""Writing an agreement from the difference, and freezing it for its paper (N3)."""

from datetime import date, datetime

from coop.amendments import queries
from coop.amendments.models import Amendment
from coop.amendments.rules.changes import changes, effect, keeps_identity
from coop.amendments.rules.life import AmendmentActKind, AmendmentOperation
from coop.amendments.service.permitting import demand_operation, note_act
from coop.amendments.service.refusals import (
    AnotherContract,
    AnotherOpen,
    NothingChanges,
)
from coop.amendments.snapshot import AmendmentSnapshot
from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.models import Contract
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.life import Operation
from coop.contracts.service.drafting import china_day
from coop.contracts.service.permitting import demand, demand_reason
from coop.contracts.snapshot import read_details, read_snapshot, write_details
from foundation.access.grants import Viewer
from foundation.database.engine import db


def propose(
    contract: Contract,
    details: ContractDetails,
    *,
    reason: str,
    effective_on: date,
    viewer: Viewer,
    now: datetime,
) -> Amendment:
    """Draft an agreement from the difference between a contract's terms and the proposed ones (N3)."""
    demand(Operation.AMEND, contract, viewer=viewer, now=now)
    reason = demand_reason(reason)
    other = queries.open_of(contract.id)
    if other is not None:
        raise AnotherOpen(number=other.number)
    sequence = queries.count_of(contract.id) + 1
    amendment = Amendment(
        contract_id=contract.id,
        contract=contract,
        sequence=sequence,
        number=f"{contract.number}补{sequence}",
        division_code=contract.division_code,
        dated_on=china_day(now),
        drafter_id=viewer.account_id,
    )
    _write(amendment, contract, details, reason, effective_on)
    db.session.add(amendment)
    note_act(amendment, AmendmentActKind.DRAFTED, viewer=viewer, now=now)
    return amendment


def revise(
    amendment: Amendment,
    details: ContractDetails,
    *,
    reason: str,
    effective_on: date,
    expected_version: int,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Replace the proposal of a draft or returned agreement, against the contract as it now stands."""
    demand_operation(AmendmentOperation.EDIT, amendment, viewer=viewer, version=expected_version)
    contract = contracts.reload(amendment.contract_id)
    _write(amendment, contract, details, demand_reason(reason), effective_on)
    note_act(amendment, AmendmentActKind.REVISED, viewer=viewer, now=now)


def _write(
    amendment: Amendment, contract: Contract, details: ContractDetails, reason: str, effective_on: date
) -> None:
    before = contract_service.details_of(contract)
    if not keeps_identity(before, details):
        raise AnotherContract
    found = changes(before, details, queries.names_for(before, details))
    if not found:
        raise NothingChanges
    moved = effect(before, details)
    amendment.base_revision = contract.revision
    amendment.reason, amendment.effective_on = reason, effective_on
    amendment.proposal = write_details(details)
    amendment.changes = [change.plain() for change in found]
    amendment.area_before, amendment.area_after = moved.area_before, moved.area_after
    amendment.total_before, amendment.total_after = moved.total_before, moved.total_after


def proposal_of(amendment: Amendment) -> ContractDetails:
    """Return the proposed terms."""
    return read_details(amendment.proposal)


def snapshot_of(amendment: Amendment) -> AmendmentSnapshot:
    """Return everything that the paper of an agreement prints; the parties as the signed text names them."""
    contract = amendment.contract
    base = read_snapshot(contracts.revision(contract.id, amendment.base_revision).snapshot)
    return AmendmentSnapshot(
        number=amendment.number,
        contract_number=contract.number or "",
        contract_signed_on=contract.signed_on or amendment.dated_on,
        base_revision=amendment.base_revision,
        county=base.county,
        nature=contract.nature,
        receiver=base.receiver,
        provider=base.provider,
        printed_first=contract.printed_first,
        reason=amendment.reason,
        sentences=tuple(change["sentence"] % change["values"] for change in amendment.changes),
        area_before=amendment.area_before,
        area_after=amendment.area_after,
        total_before=amendment.total_before,
        total_after=amendment.total_after,
        difference=amendment.difference,
        effective_on=amendment.effective_on,
    )
