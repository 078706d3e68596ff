"""Supplementary agreements on both databases: from the difference to the replaced text."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from coop.amendments import service
from coop.amendments.rules.life import AmendmentState
from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.snapshot import read_snapshot
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    balanced,
    collective_details,
    make_clerk,
    make_reviewer,
    signed,
)

pytestmark = pytest.mark.usefixtures("app")


def test_a_signed_agreement_changes_the_contract_and_replaces_its_text(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(collective_details(clerk), clerk, reviewer)
    before = contract_service.details_of(contract)
    smaller = replace(before, annex=before.annex[1:])
    smaller = balanced(replace(smaller, area=smaller.annex_area))
    amendment = service.propose(
        contract, smaller, reason="一户退出", effective_on=date(2026, 4, 1), viewer=clerk, now=NOW
    )
    assert amendment.number == f"{contract.number}补1"
    assert amendment.difference == -4_75 * 680
    service.submit(amendment, viewer=clerk, now=NOW)
    service.approve(amendment, viewer=reviewer, now=NOW)
    service.sign(amendment, signed_on=TODAY, viewer=clerk, now=NOW)
    assert amendment.state is AmendmentState.SIGNED
    after = contracts.reload(contract.id)
    assert contract_service.details_of(after) == smaller
    assert [(text.number, text.replaced_at is not None) for text in after.revisions] == [
        (1, True),
        (2, False),
    ]
    assert read_snapshot(after.revisions[0].snapshot).area == before.area
    assert read_snapshot(after.revisions[1].snapshot).area == smaller.area
