"""The verbs of contracts on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.contracts import queries, service
from coop.contracts.models import Contract
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.life import ContractActKind, ContractState
from coop.contracts.rules.terms import ContractPermission, ReceiverKind
from coop.contracts.service.freezing import masked_id, masked_phone
from coop.contracts.service.refusals import (
    DayInFuture,
    EndedOutsideTerm,
    OthersAct,
    OutsideScope,
    StillHandedOn,
)
from coop.contracts.snapshot import read_snapshot
from coop.households.rules import IdKind
from foundation.access.grants import Viewer
from foundation.errors import NotFound, StaleVersion
from foundation.journal.queries import of_subject
from foundation.values.area import Mu
from foundation.values.money import Fen
from tests.coop.contracts.builders import (
    END,
    NOW,
    TODAY,
    annex_row,
    approved,
    balanced,
    collective_details,
    drafted,
    lease_details,
    make_clerk,
    make_collective,
    make_household,
    make_link,
    make_mandate,
    make_organisation,
    make_reviewer,
    make_season,
    menu_details,
    order_details,
    share_details,
    signed,
    submitted,
)
from tests.foundation.accounts.builders import COUNTY, make_viewer

pytestmark = pytest.mark.usefixtures("app")
Build = Callable[[], ContractDetails]


@pytest.mark.parametrize("build", [lease_details, order_details, share_details, menu_details])
def test_terms_come_back_as_they_were_drafted(session: Session, build: Build) -> None:
    details = build()
    contract = drafted(details, make_clerk())
    assert service.details_of(contract) == details


def test_a_collective_contract_runs_from_draft_to_force_with_two_persons(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = drafted(collective_details(clerk), clerk)
    assert contract.state(TODAY) is ContractState.DRAFT
    service.submit(contract, viewer=clerk, now=NOW)
    assert contract.number == "邹供托〔2026〕000001号"
    service.send_back(contract, reason="面积依据请核对", viewer=reviewer, now=NOW)
    assert contract.state(TODAY) is ContractState.RETURNED
    service.submit(contract, viewer=clerk, now=NOW)
    assert contract.number == "邹供托〔2026〕000001号"
    service.approve(contract, viewer=reviewer, now=NOW)
    service.sign(contract, signed_on=TODAY, viewer=clerk, now=NOW)
    assert contract.state(TODAY) is ContractState.IN_FORCE
    whole = queries.reload(contract.id)
    said = [act.kind.label for act in whole.acts]
    assert said == ["起草", "提交审核", "退回", "提交审核", "审核通过", "签订"]
    assert whole.acts[2].reason == "面积依据请核对"


def with_approval(clerk: Viewer) -> Viewer:
    """The same person with the right to approve too."""
    return replace(clerk, grants=(*clerk.grants, *make_reviewer().grants))


def test_nobody_approves_what_he_drafted_or_submitted(session: Session) -> None:
    drafter, other = make_clerk(), make_clerk()
    contract = drafted(lease_details(), drafter)
    service.submit(contract, viewer=other, now=NOW)
    for person in (drafter, other):
        with pytest.raises(service.SameHands):
            service.approve(contract, viewer=with_approval(person), now=NOW)
    service.approve(contract, viewer=make_reviewer(), now=NOW)


def test_only_who_acted_withdraws_and_only_until_the_next_act(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = submitted(lease_details(), clerk)
    with pytest.raises(OthersAct):
        service.withdraw(contract, viewer=make_clerk(), now=NOW)
    service.withdraw(contract, viewer=clerk, now=NOW)
    assert contract.state(TODAY) is ContractState.DRAFT
    service.submit(contract, viewer=clerk, now=NOW)
    service.approve(contract, viewer=reviewer, now=NOW)
    with pytest.raises(service.MayNot):
        service.withdraw(contract, viewer=clerk, now=NOW)
    service.withdraw(contract, viewer=reviewer, now=NOW)
    assert contract.state(TODAY) is ContractState.SUBMITTED
    assert contract.revision == 0
    service.approve(contract, viewer=reviewer, now=NOW)
    service.sign(contract, signed_on=TODAY, viewer=clerk, now=NOW)
    with pytest.raises(service.NotPossibleNow):
        service.withdraw(contract, viewer=reviewer, now=NOW)


def test_a_signed_contract_cannot_be_changed_in_place(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(lease_details(), clerk)
    with pytest.raises(service.NotPossibleNow):
        service.revise(contract, lease_details(), expected_version=contract.version, viewer=clerk, now=NOW)


def test_a_draft_is_revised_row_by_row_and_the_older_version_is_refused(session: Session) -> None:
    clerk = make_clerk()
    contract = drafted(collective_details(clerk), clerk)
    before = service.details_of(contract)
    version = contract.version
    fewer = replace(before, annex=before.annex[:2])
    fewer = balanced(replace(fewer, area=fewer.annex_area))
    service.revise(contract, fewer, expected_version=version, viewer=clerk, now=NOW)
    again = queries.reload(contract.id)
    assert service.details_of(again) == fewer
    assert again.household_count == 2
    with pytest.raises(StaleVersion):
        service.revise(again, before, expected_version=version, viewer=clerk, now=NOW)


def test_an_unfinished_draft_is_kept_but_not_submitted(session: Session) -> None:
    clerk = make_clerk()
    contract = drafted(replace(lease_details(), payments=()), clerk)
    with pytest.raises(service.ContractRefused) as refusal:
        service.submit(contract, viewer=clerk, now=NOW)
    assert [one.place for one in refusal.value.findings] == ["payments"]
    assert "不等于合同总额" in str(refusal.value)
    assert contract.number is None


@pytest.mark.parametrize(
    "given",
    [
        {"provider_id": 99_999},
        {"receiver_household_id": 99_999},
        {"receiver_kind": ReceiverKind.ORGANISATION},
        {"upstream_contract_id": 99_999},
        {"ends_on": date(2020, 1, 1)},
    ],
)
def test_impossible_terms_are_refused_even_as_a_draft(session: Session, given: dict[str, object]) -> None:
    details = replace(lease_details(), **given)  # type: ignore[arg-type]
    with pytest.raises(service.ContractRefused):
        service.draft(details, viewer=make_clerk(), now=NOW)


def test_rows_that_stand_twice_are_refused_even_as_a_draft(session: Session) -> None:
    details = lease_details()
    row = details.annex[0]
    for annex in ((row, row), (replace(row, parcels=(row.parcels[0], row.parcels[0])),)):
        with pytest.raises(service.ContractRefused) as refusal:
            service.draft(replace(details, annex=annex), viewer=make_clerk(), now=NOW)
        assert "重复" in str(refusal.value)


def test_a_reason_lets_an_unusual_contract_pass(session: Session) -> None:
    clerk = make_clerk()
    unlisted = make_organisation(listed_on=None)
    details = lease_details(provider_id=unlisted.id)
    contract = drafted(details, clerk)
    with pytest.raises(service.ContractRefused):
        service.submit(contract, viewer=clerk, now=NOW)
    reasoned = replace(details, exception_reason="新成立，名录正在办理")
    service.revise(contract, reasoned, expected_version=contract.version, viewer=clerk, now=NOW)
    contract = queries.reload(contract.id)
    service.submit(contract, viewer=clerk, now=NOW)
    assert contract.state(TODAY) is ContractState.SUBMITTED


def test_a_parcel_is_promised_once_from_submission_until_the_end(session: Session) -> None:
    clerk, household = make_clerk(), make_household()
    first = submitted(lease_details(household), clerk)
    second = drafted(order_details(household), clerk)
    with pytest.raises(service.ContractRefused) as refusal:
        service.submit(second, viewer=clerk, now=NOW)
    assert str(first.number) in str(refusal.value)
    service.withdraw(first, viewer=clerk, now=NOW)
    service.submit(second, viewer=clerk, now=NOW)


def test_two_menus_share_a_parcel_unless_season_and_link_are_the_same(session: Session) -> None:
    clerk, household, season = make_clerk(), make_household(), make_season()
    submitted(menu_details(household, "04", season=season), clerk)
    submitted(menu_details(household, "07", season=season), clerk)
    third = drafted(menu_details(household, "07", season=season), clerk)
    with pytest.raises(service.ContractRefused):
        service.submit(third, viewer=clerk, now=NOW)


def test_a_mandate_revoked_before_signing_stops_the_signature(session: Session) -> None:
    from coop.mandates import queries as mandate_queries  # noqa: PLC0415 - only here
    from coop.mandates import service as mandates  # noqa: PLC0415 - only here

    clerk = make_clerk()
    contract = approved(collective_details(clerk), clerk)
    mandate = mandate_queries.get(clerk, contract.annex[0].mandate_id or 0)
    mandates.revoke(mandate, on=TODAY + timedelta(1), reason="不想托管了", viewer=clerk, now=NOW)
    with pytest.raises(service.ContractRefused):
        service.sign(contract, signed_on=TODAY, viewer=clerk, now=NOW)


def test_numbers_run_without_gaps_by_county_and_year(session: Session) -> None:
    clerk = make_clerk()
    made = [submitted(lease_details(), clerk) for _ in range(3)]
    assert [contract.serial for contract in made] == [1, 2, 3]
    next_year = NOW.replace(year=2027)
    late = drafted(replace(lease_details(), ends_on=date(2027, 12, 31)), clerk)
    late = queries.reload(late.id)
    terms = balanced(service.details_of(late))
    service.revise(late, terms, expected_version=late.version, viewer=clerk, now=NOW)
    late = queries.reload(late.id)
    service.submit(late, viewer=clerk, now=next_year)
    assert late.number == "邹供托〔2027〕000001号"


def test_approval_freezes_a_text_that_later_changes_of_the_register_do_not_touch(session: Session) -> None:
    clerk = make_clerk()
    contract = approved(collective_details(clerk), clerk)
    household = contract.annex[0].household
    household.head_name = "改名后"
    contract.provider.name = "改名社"
    session.flush()
    text = queries.revision(contract.id, 1)
    frozen = read_snapshot(text.snapshot)
    assert frozen.annex[0].name == "农户1"
    assert frozen.provider.name == contract.provider_name
    assert frozen.digest == text.digest
    assert frozen.total == contract.total == sum(payment.amount for payment in frozen.payments)
    assert sum(row.area for row in frozen.annex) == frozen.area == contract.area
    assert frozen.county == "邹平市"


def test_the_annex_of_a_snapshot_masks_ids_and_telephones(session: Session) -> None:
    clerk = make_clerk()
    contract = approved(collective_details(clerk), clerk)
    text = queries.revision(contract.id, 1).snapshot
    assert "372330196501011235" not in text
    row = read_snapshot(text).annex[0]
    assert (row.id_masked, row.phone_masked) == ("372330********1235", "138****0000")
    assert masked_id("JZ1234567", IdKind.OTHER) == "*****4567"
    assert masked_phone("4321") == "****"


def test_returning_after_approval_withdraws_the_frozen_text(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = approved(lease_details(), clerk, reviewer)
    service.send_back(contract, reason="农户要求改价", viewer=reviewer, now=NOW)
    assert contract.state(TODAY) is ContractState.RETURNED
    service.submit(contract, viewer=clerk, now=NOW)
    service.approve(contract, viewer=reviewer, now=NOW)
    whole = queries.reload(contract.id)
    assert [(text.number, text.withdrawn_at is None) for text in whole.revisions] == [(1, False), (2, True)]
    assert whole.revision == 2


def test_signature_filing_and_effect_have_days_of_their_own(session: Session) -> None:
    clerk = make_clerk()
    contract = approved(lease_details(), clerk)
    with pytest.raises(service.SignedInFuture):
        service.sign(contract, signed_on=TODAY + timedelta(1), viewer=clerk, now=NOW)
    service.sign(contract, signed_on=date(2026, 2, 20), effective_on=date(2026, 3, 10), viewer=clerk, now=NOW)
    assert (contract.signed_on, contract.filed_on) == (date(2026, 2, 20), TODAY)
    assert contract.state(TODAY) is ContractState.SIGNED
    assert contract.state(date(2026, 3, 10)) is ContractState.IN_FORCE


def test_ends_are_dated_within_the_term_and_have_reasons(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(lease_details(), clerk)
    with pytest.raises(DayInFuture):
        service.complete(contract, on=TODAY + timedelta(1), viewer=clerk, now=NOW)
    with pytest.raises(EndedOutsideTerm):
        service.terminate(contract, on=END + timedelta(1), reason="违约", viewer=clerk, now=NOW)
    with pytest.raises(service.ReasonMissing):
        service.terminate(contract, on=TODAY, reason=" ", viewer=clerk, now=NOW)
    service.terminate(contract, on=date(2026, 6, 1), reason="土地征收", viewer=clerk, now=NOW)
    assert contract.state(TODAY) is ContractState.IN_FORCE
    assert contract.state(date(2026, 6, 1)) is ContractState.TERMINATED


def test_terminated_land_may_be_promised_again(session: Session) -> None:
    clerk, household = make_clerk(), make_household()
    contract = signed(lease_details(household), clerk)
    service.terminate(contract, on=date(2026, 3, 1), reason="双方协商", viewer=clerk, now=NOW)
    later = replace(lease_details(household), starts_on=date(2026, 3, 2))
    assert submitted(balanced(later), clerk).number


def test_two_tiers_hang_together_and_end_in_order(session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    collective, household = make_collective(), make_household()
    upper = signed(lease_details(household, provider_id=collective.id), clerk, reviewer)
    lower_terms = replace(
        lease_details(household),
        receiver_kind=ReceiverKind.COLLECTIVE,
        receiver_household_id=None,
        receiver_organisation_id=collective.id,
        upstream_contract_id=upper.id,
    )
    lower = signed(lower_terms, clerk, reviewer)
    assert [one.id for one in queries.downstream(clerk, upper.id)] == [lower.id]
    with pytest.raises(StillHandedOn, match=str(lower.number)):
        service.void(upper, reason="录入错误", viewer=clerk, now=NOW)
    with pytest.raises(StillHandedOn, match=str(lower.number)):
        service.terminate(upper, on=TODAY, reason="协商", viewer=clerk, now=NOW)
    service.void(lower, reason="录入错误", viewer=clerk, now=NOW)
    service.void(upper, reason="录入错误", viewer=clerk, now=NOW)
    assert upper.state(TODAY) is ContractState.VOID


def test_a_renewal_is_a_draft_of_its_own(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(lease_details(), clerk)
    follower = queries.reload(service.renew(contract, viewer=clerk, now=NOW).id)
    assert follower.state(TODAY) is ContractState.DRAFT
    assert (follower.number, follower.signed_on, follower.revision) == (None, None, 0)
    assert follower.renewed_from_id == contract.id
    assert follower.starts_on == contract.ends_on + timedelta(1)


def test_land_outside_the_clerks_township_is_refused(session: Session) -> None:
    details = lease_details()
    with pytest.raises(OutsideScope):
        service.draft(details, viewer=make_clerk("371681101000"), now=NOW)


def test_another_township_sees_no_contract_and_no_permission_lends_its_reach(session: Session) -> None:
    clerk = make_clerk()
    contract = drafted(lease_details(), clerk)
    stranger = make_clerk("371681101000")
    with pytest.raises(NotFound):
        queries.get(stranger, contract.id)
    assert not queries.can_see(stranger, contract.id)
    mixed = make_viewer(ContractPermission.VIEW, division_code=COUNTY)
    mixed = replace(mixed, grants=(*mixed.grants, *stranger.grants))
    assert queries.get(mixed, contract.id).id == contract.id
    with pytest.raises(service.MayNot):
        service.submit(contract, viewer=mixed, now=NOW)


def test_every_act_stands_in_the_journal(session: Session) -> None:
    clerk = make_clerk()
    contract = signed(lease_details(), clerk)
    session.commit()
    acts = {entry.act for entry in of_subject("contract", str(contract.id))}
    expected = ("DRAFTED", "SUBMITTED", "APPROVED", "SIGNED")
    assert {ContractActKind[name].value for name in expected} <= acts


def test_scans_are_filed_with_the_signature(session: Session) -> None:
    from foundation.attachments.queries import attachments_of  # noqa: PLC0415 - only here

    clerk = make_clerk()
    contract = approved(lease_details(), clerk)
    scan = ("签字页.png", bytes.fromhex("89504e470d0a1a0a") + b"\0" * 64)
    service.sign(contract, signed_on=TODAY, scans=[scan], viewer=clerk, now=NOW)
    assert [one.name for one in attachments_of("contract", contract.id)] == ["签字页.png"]


def test_check_reads_the_registers_without_saving(session: Session) -> None:
    clerk, household = make_clerk(), make_household()
    submitted(lease_details(household), clerk)
    found = service.check(order_details(household), now=NOW)
    assert {one.place for one in found} == {"annex-0-parcels-0", "standards"}
    assert len(session.scalars(select(Contract)).all()) == 1


def test_the_price_band_of_the_county_asks_for_a_reason(session: Session) -> None:
    from coop.catalogue.models import PriceBand  # noqa: PLC0415 - only here

    link = make_link("04")
    details = menu_details()
    session.add(
        PriceBand(division_code=COUNTY, year=2026, link_id=link.id, least=Fen(40_00), most=Fen(60_00))
    )
    session.flush()
    assert "menu-0-price" in [one.place for one in service.check(details, now=NOW)]


def test_an_annex_row_knows_its_mandate(session: Session) -> None:
    clerk, household, collective = make_clerk(), make_household(), make_collective()
    mandate = make_mandate(household, collective, clerk)
    row = annex_row(household, mandate)
    assert (row.mandate_id, row.area) == (mandate.id, Mu(3_50))
