"""From the rows of a contract to its paper and back through the verify desk."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from coop.amendments import service as amendments
from coop.contracts import service
from coop.contracts.document import KINDS, freeze, freeze_many
from foundation.errors import NotFound
from foundation.papers import service as papers
from foundation.papers.rules import PaperState
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    balanced,
    collective_details,
    lease_details,
    make_clerk,
    make_reviewer,
    signed,
)
from tests.foundation.accounts.builders import make_viewer
from tests.foundation.typesetting.builders import text_of

CONTRACT = KINDS[0]
pytestmark = pytest.mark.usefixtures("app")


def test_before_approval_the_paper_is_a_draft_of_the_rows_as_they_stand(session: Session) -> None:
    clerk = make_clerk()
    contract = service.draft(lease_details(), viewer=clerk, now=NOW)
    frozen = freeze(clerk, contract.id)
    assert frozen.draft
    assert "草稿" in text_of(papers.preview(CONTRACT, frozen))[0]
    with pytest.raises(papers.NotYetApproved):
        papers.issue(CONTRACT, frozen, viewer=clerk, now=NOW)


def test_a_signed_contract_prints_its_frozen_text_alone_or_by_the_dozen(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contracts = [signed(lease_details(), clerk, reviewer) for _ in range(2)]
    alone = [freeze(clerk, contract.id) for contract in contracts]
    assert freeze_many(clerk, [contract.id for contract in contracts]) == alone
    printed = papers.issue(CONTRACT, alone[0], viewer=clerk, now=NOW)
    assert contracts[0].number is not None
    assert contracts[0].number in text_of(printed.content())[0]


def test_the_paper_of_another_township_does_not_exist(session: Session) -> None:
    contract = signed(lease_details(), make_clerk(), make_reviewer())
    stranger = make_viewer(CONTRACT.sees, CONTRACT.prints, division_code="371681101000")
    with pytest.raises(NotFound):
        freeze(stranger, contract.id)
    assert freeze_many(stranger, [contract.id]) == []


def test_after_a_supplementary_agreement_the_old_paper_verifies_as_replaced(
    client: FlaskClient, session: Session
) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(collective_details(clerk), clerk, reviewer)
    old = papers.issue(CONTRACT, freeze(clerk, contract.id), viewer=clerk, now=NOW).paper
    before = service.details_of(contract)
    smaller = replace(before, annex=before.annex[1:])
    smaller = balanced(replace(smaller, area=smaller.annex_area))
    agreement = amendments.propose(
        contract, smaller, reason="一户退出", effective_on=date(2026, 4, 1), viewer=clerk, now=NOW
    )
    amendments.submit(agreement, viewer=clerk, now=NOW)
    amendments.approve(agreement, viewer=reviewer, now=NOW)
    amendments.sign(agreement, signed_on=TODAY, viewer=clerk, now=NOW)
    assert old.state is PaperState.REPLACED
    new = papers.issue(CONTRACT, freeze(clerk, contract.id), viewer=clerk, now=NOW).paper
    assert (new.version, old.replaced_by_id) == (2, new.id)
    session.commit()
    assert "已被替代" in client.get(f"/verify/{old.token}").text
    assert "现行文本" in client.get(f"/verify/{new.token}").text


def test_a_void_contract_voids_its_paper(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(lease_details(), clerk, reviewer)
    paper = papers.issue(CONTRACT, freeze(clerk, contract.id), viewer=clerk, now=NOW).paper
    service.void(contract, reason="双方协商作废", viewer=clerk, now=NOW)
    assert paper.state is PaperState.VOID
