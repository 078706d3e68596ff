"""The verbs of contracts on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from coop.contracts import queries, service
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.life import ContractState
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    collective_details,
    drafted,
    lease_details,
    make_clerk,
    make_reviewer,
    menu_details,
    order_details,
    share_details,
)

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("build", [lease_details, order_details, share_details, menu_details])
def test_terms_come_back_as_they_were_drafted(session: Session, build: type) -> None:
    details: ContractDetails = build()
    contract = drafted(details, make_clerk())
    assert service.details_of(contract) == details


def test_a_collective_contract_runs_from_draft_to_force_with_two_persons(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = drafted(collective_details(clerk), clerk)
    assert contract.state(TODAY) is ContractState.DRAFT
    service.submit(contract, viewer=clerk, now=NOW)
    assert contract.number == "邹供托〔2026〕000001号"
    with pytest.raises(service.SameHands):
        service.approve(contract, viewer=make_both(clerk), now=NOW)
    service.send_back(contract, reason="面积依据请核对", viewer=reviewer, now=NOW)
    assert contract.state(TODAY) is ContractState.RETURNED
    service.submit(contract, viewer=clerk, now=NOW)
    assert contract.number == "邹供托〔2026〕000001号"
    service.approve(contract, viewer=reviewer, now=NOW)
    service.sign(contract, signed_on=TODAY, viewer=clerk, now=NOW)
    assert contract.state(TODAY) is ContractState.IN_FORCE
    whole = queries.reload(contract.id)
    assert [act.kind.label for act in whole.acts] == [
        "起草", "提交审核", "退回", "提交审核", "审核通过", "签订",
    ]  # fmt: skip
    assert whole.acts[2].reason == "面积依据请核对"


def make_both(clerk):  # type: ignore[no-untyped-def]
    """The same person with the right to approve too."""
    grant = replace(make_reviewer().grants[0])
    return replace(clerk, grants=(*clerk.grants, grant))
