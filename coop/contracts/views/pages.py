"""The page of one contract, as it is opened and as an act that was refused leaves it."""

from datetime import date
from typing import Any

from flask import render_template

from coop.contracts import queries, service
from coop.contracts.forms import CompleteForm, ReasonForm, SignForm, TerminateForm
from coop.contracts.models import Contract
from coop.contracts.rules.life import ContractState, Operation
from coop.contracts.rules.terms import ContractPermission
from foundation.access.gate import current_viewer
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.divisions import queries as divisions
from foundation.papers.queries import papers_of
from foundation.web.wording import worded

PAPER = "contract"

STATE_KINDS = {
    ContractState.DRAFT: "plain",
    ContractState.SUBMITTED: "waiting",
    ContractState.RETURNED: "bad",
    ContractState.APPROVED: "waiting",
    ContractState.SIGNED: "good",
    ContractState.IN_FORCE: "good",
    ContractState.COMPLETED: "plain",
    ContractState.TERMINATED: "plain",
    ContractState.VOID: "bad",
}
"""How a state is underlined; the word says it already."""


def contract_page(contract: Contract, **forms: Any) -> str:
    """Return the page; ``forms`` are those that were sent and refused, by act."""
    viewer, moment = current_viewer(), now()
    state = contract.state(today())
    codes = {contract.division_code, *(row.household.division_code for row in contract.annex)}
    return render_template(
        "coop/contracts/show.html",
        contract=contract,
        details=service.details_of(contract),
        state=state,
        state_kind=STATE_KINDS[state],
        paths=divisions.paths(codes),
        allowed={one for one in Operation if service.may(one, contract, viewer=viewer, now=moment)},
        O=Operation,
        notes=_standing(contract, state),
        downstream=queries.downstream(viewer, contract.id),
        papers=papers_of(viewer, PAPER, contract.id),
        attachments=attachments_of(PAPER, contract.id),
        acts=[
            {"at": act.at, "who": act.name, "act": act.kind.label, "reason": act.reason}
            for act in contract.acts
        ],
        why=viewer.why(ContractPermission.VIEW, contract.division_code, contract.dated_on),
        forms=_forms(contract, forms),
    )


def _standing(contract: Contract, state: ContractState) -> list[str]:
    """Return what the checks have to say about a contract that is not signed yet."""
    if state not in (ContractState.DRAFT, ContractState.RETURNED, ContractState.SUBMITTED):
        return []
    found = service.check(service.details_of(contract), now=now(), contract_id=contract.id)
    return [worded(one.sentence, one.values) for one in found]


def _forms(contract: Contract, sent: dict[str, Any]) -> dict[str, Any]:
    """Return a form for each act, those that were sent as they were sent."""
    version = {"version": contract.version}
    day: dict[str, date | int] = {**version, "on": today()}
    return {
        "return_": ReasonForm(formdata=None, data=version),
        "void": ReasonForm(formdata=None, data=version),
        "sign": SignForm(formdata=None, data={**version, "signed_on": today()}),
        "complete": CompleteForm(formdata=None, data=day),
        "terminate": TerminateForm(formdata=None, data=day),
        **sent,
    }
