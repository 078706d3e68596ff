"""Supplementary agreements on both databases: from the difference to the replaced text."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.amendments import queries, service
from coop.amendments.importing import (
    NoSuchParcel,
    NotALine,
    NotInContract,
    read_wanted,
    read_withdrawn,
    written,
)
from coop.amendments.models import Amendment
from coop.amendments.rules.life import AmendmentState
from coop.amendments.snapshot import read_snapshot as read_agreement
from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.models import Contract
from coop.contracts.rules.details import ContractDetails, PackageDetails
from coop.contracts.snapshot import read_snapshot
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.errors import NotFound, StaleVersion
from foundation.values.money import Fen
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    balanced,
    collective_details,
    make_clerk,
    make_household,
    make_mandate,
    make_organisation,
    make_reviewer,
    order_details,
    parcels_of,
    signed,
)

pytestmark = pytest.mark.usefixtures("app")
DAY = date(2026, 4, 1)


def dearer(contract: Contract, fee: int = 700_00) -> ContractDetails:
    """The contract's terms at another fee."""
    details = contract_service.details_of(contracts.reload(contract.id))
    return balanced(replace(details, package=PackageDetails(fee=Fen(fee))))


def propose(contract: Contract, clerk: Viewer, details: ContractDetails | None = None) -> Amendment:
    """A drafted agreement."""
    made = service.propose(
        contract, details or dearer(contract), reason="成本上涨", effective_on=DAY, viewer=clerk, now=NOW
    )
    return queries.reload(made.id)


def test_a_signed_agreement_changes_the_contract_and_replaces_its_text(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(collective_details(clerk), clerk, reviewer)
    before = contract_service.details_of(contract)
    smaller = replace(before, annex=before.annex[1:])
    smaller = balanced(replace(smaller, area=smaller.annex_area))
    amendment = propose(contract, clerk, smaller)
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
    assert after.revisions[1].effective_on == DAY


def test_the_paper_of_an_agreement_says_the_changes_and_their_effect(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(order_details(), clerk, reviewer)
    amendment = propose(contract, clerk)
    service.submit(amendment, viewer=clerk, now=NOW)
    service.approve(amendment, viewer=reviewer, now=NOW)
    frozen = read_agreement(amendment.snapshot or "")
    assert "每亩每年的价款由680.00元变更为700.00元。" in frozen.sentences
    assert frozen.total_after - frozen.total_before == frozen.difference == 3_50 * 20
    assert frozen.contract_number == contract.number
    assert frozen.digest == amendment.digest


def test_two_persons_and_the_way_back(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    amendment = propose(signed(order_details(), clerk, reviewer), clerk)
    both = replace(clerk, grants=(*clerk.grants, *reviewer.grants))
    service.submit(amendment, viewer=clerk, now=NOW)
    with pytest.raises(service.SameHands):
        service.approve(amendment, viewer=both, now=NOW)
    with pytest.raises(service.OthersAct):
        service.withdraw(amendment, viewer=make_clerk(), now=NOW)
    service.withdraw(amendment, viewer=clerk, now=NOW)
    assert amendment.state is AmendmentState.DRAFT
    service.submit(amendment, viewer=clerk, now=NOW)
    service.approve(amendment, viewer=reviewer, now=NOW)
    service.send_back(amendment, reason="请写明原因", viewer=reviewer, now=NOW)
    assert queries.reload(amendment.id).state is AmendmentState.RETURNED
    assert amendment.snapshot is None
    service.void(amendment, reason="不再变更", viewer=clerk, now=NOW)
    assert queries.reload(amendment.id).state is AmendmentState.VOID
    with pytest.raises(service.NotPossibleNow):
        service.submit(amendment, viewer=clerk, now=NOW)


def test_what_is_no_agreement_is_refused(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(order_details(), clerk)
    details = contract_service.details_of(contract)
    with pytest.raises(service.NothingChanges):
        propose(contract, clerk, details)
    with pytest.raises(service.AnotherContract):
        propose(contract, clerk, replace(dearer(contract), provider_id=make_organisation().id))
    propose(contract, clerk)
    with pytest.raises(service.AnotherOpen, match="补1"):
        propose(contract, clerk)


def test_only_a_signed_contract_is_amended(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(order_details(), clerk)
    amendment = propose(contract, clerk)
    contract_service.void(contract, reason="录入错误", viewer=clerk, now=NOW)
    with pytest.raises(contract_service.NotPossibleNow):
        service.submit(amendment, viewer=clerk, now=NOW)


def test_a_proposal_must_be_as_sound_as_a_contract(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(order_details(), clerk)
    amendment = propose(contract, clerk, replace(dearer(contract), payments=()))
    with pytest.raises(contract_service.ContractRefused):
        service.submit(amendment, viewer=clerk, now=NOW)


def test_an_agreement_on_an_older_text_is_refused(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(order_details(), clerk, reviewer)
    first = propose(contract, clerk)
    first.base_revision = 0
    with pytest.raises(service.BaseChanged):
        service.submit(first, viewer=clerk, now=NOW)
    service.revise(
        first,
        dearer(contract, 710_00),
        reason="重新起草",
        effective_on=DAY,
        expected_version=first.version,
        viewer=clerk,
        now=NOW,
    )
    service.submit(first, viewer=clerk, now=NOW)
    service.approve(first, viewer=reviewer, now=NOW)
    with pytest.raises(service.SignedInFuture):
        service.sign(first, signed_on=TODAY + timedelta(1), viewer=clerk, now=NOW)


def test_two_clerks_on_one_agreement_meet(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(order_details(), clerk)
    amendment = propose(contract, clerk)
    with pytest.raises(StaleVersion):
        service.revise(
            amendment,
            dearer(contract, 710_00),
            reason="再改",
            effective_on=DAY,
            expected_version=amendment.version - 1,
            viewer=clerk,
            now=NOW,
        )


def test_the_second_agreement_rests_on_the_first(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(order_details(), clerk, reviewer)
    for number, fee in enumerate((700_00, 720_00), 1):
        amendment = propose(contracts.reload(contract.id), clerk, dearer(contract, fee))
        assert amendment.number.endswith(f"补{number}")
        service.submit(amendment, viewer=clerk, now=NOW)
        service.approve(amendment, viewer=reviewer, now=NOW)
        service.sign(amendment, signed_on=TODAY, viewer=clerk, now=NOW)
        contract = contracts.reload(contract.id)
    assert contract.revision == 3
    assert [text.replaced_at is None for text in contract.revisions] == [False, False, True]


def test_lines_of_land_are_read_and_written_back(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(collective_details(clerk), clerk)
    before = contract_service.details_of(contract)
    codes = {row.id: row.code for row in session.scalars(select(Parcel))}
    own = before.annex[0].parcels[0]
    fresh = make_household("新户")
    new = parcels_of(fresh)[0]
    mandate = make_mandate(fresh, contract.receiver_organisation, clerk)  # type: ignore[arg-type]
    assert read_withdrawn(f"{codes[own.parcel_id]}\n", before) == {own.parcel_id}
    wanted = read_wanted(f"{new.code}\t2.50\n{codes[own.parcel_id]} 3.00亩", before, before.ends_on)
    assert [(wish.household_id, wish.parcel.area, wish.mandate_id) for wish in wanted] == [
        (fresh.id, 2_50, mandate.id),
        (before.annex[0].household_id, 3_00, before.annex[0].mandate_id),
    ]
    with pytest.raises(NotInContract, match="第 1 行"):
        read_withdrawn(new.code, before)
    with pytest.raises(NoSuchParcel, match="第 2 行"):
        read_wanted(f"\n{'9' * 19} 1.00", before, before.ends_on)
    with pytest.raises(NotALine, match="亩数"):
        read_wanted(new.code, before, before.ends_on)
    fewer = replace(before, annex=before.annex[1:])
    gone = "\n".join(codes[parcel.parcel_id] for parcel in before.annex[0].parcels)
    assert written(before, fewer) == {"withdrawn": gone, "wanted": ""}


def test_a_stranger_sees_no_agreement(session: Session) -> None:
    clerk = make_clerk()
    amendment = propose(signed(order_details(), clerk), clerk)
    stranger = make_clerk("371681101000")
    with pytest.raises(NotFound):
        queries.get(stranger, amendment.id)
    assert not queries.can_see(stranger, amendment.id)
    assert queries.of_contract(stranger, amendment.contract_id) == []
