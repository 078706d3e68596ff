"""Planning: what may be planned, into which orders it falls apart, and what is refused how."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from coop.catalogue.models import CropSeason
from coop.contracts import service as contracts_service
from coop.contracts.models import Contract
from coop.households.rules import HouseholdStatus
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.candidates import WorkAsked, candidates
from coop.operations.rules.planning import OrderDetails, OrderTerms
from coop.operations.service.planning import plan
from coop.operations.service.refusals import (
    NothingToPlan,
    NotOfProvider,
    OrderRefused,
    WindowOutsideSeason,
)
from coop.organisations.models import ServiceDivision
from coop.parcels.models import ParcelLineage
from coop.parcels.rules import LandClass
from coop.programmes.models import Programme
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.dates import PeriodReversed
from tests.coop.contracts import builders as contracts
from tests.coop.operations.builders import (
    NOW,
    VILLAGE,
    WINDOW,
    find_or_make_season,
    make_contract,
    make_order,
    make_planner,
    make_programme,
)

OTHER_VILLAGE = "371681112206"
NEXT_TOWN = "371681101266"


def details(season: CropSeason | None = None, link: str = "04", **given: Any) -> OrderDetails:
    """Sowing in the window of the builders, in the village unless told otherwise."""
    season = season or find_or_make_season()
    terms = OrderTerms(
        starts_on=given.pop("starts_on", WINDOW[0]),
        ends_on=given.pop("ends_on", WINDOW[1]),
        **{key: given.pop(key) for key in ("operator_id", "machine_id", "exception_reason") if key in given},
    )
    if not given.keys() & {"division_codes", "household_ids", "parcel_ids"}:
        given["division_codes"] = (VILLAGE,)
    return OrderDetails(season_id=season.id, link_id=contracts.make_link(link).id, terms=terms, **given)


def lines_of(order: WorkOrder) -> list[OrderLine]:
    """The lines of an order in their order."""
    statement = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    return list(db.session.scalars(statement))


def make_machine(provider_id: int, **given: Any) -> Machine:
    """A drill that does 100 mu a day."""
    values: dict[str, Any] = {
        "kind": MachineKind.DRILL,
        "model": "2BMQF-6",
        "daily_capacity": Mu(100_00),
        "division_code": VILLAGE,
        "provider_id": provider_id,
    }
    machine = Machine(**(values | given))
    db.session.add(machine)
    db.session.flush()
    return machine


def make_operator(provider_id: int, **given: Any) -> Operator:
    """Somebody who drives for a provider."""
    operator = Operator(provider_id=provider_id, name="赵铁牛", division_code=VILLAGE, **given)
    db.session.add(operator)
    db.session.flush()
    return operator


def test_a_signed_menu_contract_gives_its_lines_with_the_price_of_the_menu(session: Session) -> None:
    contract = make_contract(contracts.make_household("张建国", 3_50, 1_25))
    planned = plan(details(), viewer=make_planner(), now=NOW)
    (order,) = planned.orders
    assert (order.area, order.parcel_count, order.household_count) == (4_75, 2, 1)
    assert (order.provider_id, order.division_code) == (contract.provider_id, VILLAGE)
    assert [(line.planned_area, line.basis_area, line.price) for line in lines_of(order)] == [
        (3_50, 3_50, 30_00),
        (1_25, 1_25, 30_00),
    ]
    programme = session.get_one(Programme, order.programme_id)
    assert (programme.year, programme.division_code) == (2026, "371681000000")


def test_numbers_of_a_county_and_year_have_no_gap(session: Session) -> None:
    make_contract()
    first = plan(details(), viewer=make_planner(), now=NOW).orders[0]
    make_contract()
    with pytest.raises(OrderRefused):
        plan(
            details(parcel_ids=(lines_of(first)[0].parcel_id,), division_codes=(VILLAGE,)),
            viewer=make_planner(),
            now=NOW,
        )
    second = plan(details(), viewer=make_planner(), now=NOW).orders[0]
    assert first.number.endswith("作业〔2026〕000001号")
    assert second.number.endswith("作业〔2026〕000002号")


def test_villages_and_providers_are_orders_of_their_own(session: Session) -> None:
    one, two = contracts.make_organisation(), contracts.make_organisation()
    make_contract(contracts.make_household("甲"), provider=one)
    make_contract(contracts.make_household("乙"), provider=two)
    make_contract(contracts.make_household("丙", division_code=OTHER_VILLAGE), provider=one)
    planned = plan(details(division_codes=("371681112000",)), viewer=make_planner(), now=NOW)
    assert [(order.division_code, order.provider_id) for order in planned.orders] == [
        (VILLAGE, one.id),
        (VILLAGE, two.id),
        (OTHER_VILLAGE, one.id),
    ]


def test_a_link_that_the_menu_does_not_have_can_not_be_planned(session: Session) -> None:
    make_contract(None, "04")
    with pytest.raises(NothingToPlan):
        plan(details(link="08"), viewer=make_planner(), now=NOW)


def test_a_menu_of_the_whole_course_promises_every_link(session: Session) -> None:
    make_contract(None, "13")
    (order,) = plan(details(link="08"), viewer=make_planner(), now=NOW).orders
    assert lines_of(order)[0].price is None


def test_a_whole_course_is_no_work_of_its_own(session: Session) -> None:
    make_contract(None, "13")
    with pytest.raises(NothingToPlan):
        plan(details(link="13"), viewer=make_planner(), now=NOW)


def test_a_pass_beyond_those_of_the_menu_can_not_be_planned(session: Session) -> None:
    make_contract(None, "07")
    assert plan(details(link="07"), viewer=make_planner(), now=NOW).orders
    with pytest.raises(NothingToPlan):
        plan(details(link="07", pass_number=2), viewer=make_planner(), now=NOW)


@pytest.mark.parametrize("kind", ["order_details", "lease_details", "share_details"])
def test_a_contract_over_the_whole_promises_every_link_without_a_price(kind: str, session: Session) -> None:
    contracts.signed(getattr(contracts, kind)(), contracts.make_clerk())
    (order,) = plan(details(link="08", pass_number=2), viewer=make_planner(), now=NOW).orders
    assert lines_of(order)[0].price is None


def test_an_unsigned_a_void_and_an_ended_contract_give_nothing(session: Session) -> None:
    clerk = contracts.make_clerk()
    contracts.approved(contracts.order_details(), clerk)
    void = make_contract(clerk=clerk)
    contracts_service.void(void, reason="签错了", viewer=clerk, now=contracts.NOW)
    ended = make_contract(clerk=clerk)
    ended.terminated_on = date(2026, 6, 1)
    session.flush()
    with pytest.raises(NothingToPlan):
        plan(details(), viewer=make_planner(), now=NOW)


def test_land_that_is_handed_on_is_planned_from_the_downstream_contract(session: Session) -> None:
    clerk = contracts.make_clerk()
    cooperative = contracts.make_organisation()
    upstream = contracts.signed(contracts.lease_details(provider_id=cooperative.id), clerk)
    downstream = _handed_on(upstream)
    rows = candidates(make_planner(), _asked(details()))
    assert [(one.contract_id, one.provider_id) for one in rows] == [(downstream.id, downstream.provider_id)]


def _handed_on(upstream: Contract) -> Contract:
    """A signed order contract over the same land that rests on another contract."""
    below = contracts.drafted(
        replace(contracts.order_details(_household_of(upstream), upstream_contract_id=upstream.id)),
        contracts.make_clerk(),
    )
    below.signed_on = date(2026, 3, 2)
    below.submitted_at = below.approved_at = contracts.NOW
    db.session.flush()
    return below


def _household_of(contract: Contract) -> Any:
    return contract.annex[0].household


def _asked(asked: OrderDetails) -> WorkAsked:
    return WorkAsked(
        season_id=asked.season_id,
        link_id=asked.link_id,
        pass_number=asked.pass_number,
        window=asked.terms.window,
        division_codes=asked.division_codes,
        parcel_ids=asked.parcel_ids,
    )


def test_a_split_parcel_is_planned_as_its_living_successors(session: Session) -> None:
    household = contracts.make_household("张建国", 3_50)
    make_contract(household)
    (old,) = contracts.parcels_of(household)
    parts = [contracts.make_parcel(household, area) for area in (2_00, 1_50)]
    old.closed_on = date(2026, 5, 1)
    for part in parts:
        session.add(
            ParcelLineage(
                from_id=old.id, to_id=part.id, area=part.area, changed_on=date(2026, 5, 1), reason="分户"
            )
        )
    session.flush()
    (order,) = plan(details(), viewer=make_planner(), now=NOW).orders
    assert {(line.parcel_id, line.planned_area) for line in lines_of(order)} == {
        (part.id, part.area) for part in parts
    }
    with pytest.raises(NothingToPlan):
        plan(details(), viewer=make_planner(), now=NOW)


def test_land_whose_former_parcel_is_in_an_order_is_not_planned_again(session: Session) -> None:
    order = make_order(areas=(3_50,))
    old = order.lines[0].parcel
    part = contracts.make_parcel(order.lines[0].household, 3_50)
    old.closed_on = date(2026, 6, 8)
    session.add(
        ParcelLineage(
            from_id=old.id, to_id=part.id, area=part.area, changed_on=date(2026, 6, 8), reason="并块"
        )
    )
    session.flush()
    with pytest.raises(NothingToPlan):
        plan(details(), viewer=make_planner(), now=NOW)
    with pytest.raises(OrderRefused) as refused:
        plan(details(parcel_ids=(part.id,)), viewer=make_planner(), now=NOW)
    assert order.number in refused.value.findings[0].text


def test_work_that_another_order_has_is_left_out_and_refused_by_name(session: Session) -> None:
    order = make_order(areas=(3_50, 1_25))
    with pytest.raises(NothingToPlan):
        plan(details(), viewer=make_planner(), now=NOW)
    with pytest.raises(OrderRefused) as refused:
        plan(details(parcel_ids=(order.lines[0].parcel_id,)), viewer=make_planner(), now=NOW)
    assert order.number in refused.value.findings[0].text


def test_a_parcel_outside_the_divisions_that_the_provider_serves_is_barred(session: Session) -> None:
    provider = contracts.make_organisation()
    session.add(ServiceDivision(organisation_id=provider.id, division_code="371681101000"))
    contract = make_contract(provider=provider)
    with pytest.raises(NothingToPlan):
        plan(details(), viewer=make_planner(), now=NOW)
    parcel = contract.annex[0].parcels[0].parcel
    with pytest.raises(OrderRefused) as refused:
        plan(details(parcel_ids=(parcel.id,)), viewer=make_planner(), now=NOW)
    assert parcel.code in refused.value.findings[0].text


def test_an_ended_household_is_left_out_and_the_rest_goes_on(session: Session) -> None:
    provider = contracts.make_organisation()
    gone = make_contract(contracts.make_household("张故"), provider=provider)
    make_contract(contracts.make_household("李在"), provider=provider)
    household = gone.annex[0].household
    household.status, household.ended_on = HouseholdStatus.DIED_OUT, date(2026, 5, 1)
    session.flush()
    planned = plan(details(), viewer=make_planner(), now=NOW)
    assert planned.orders[0].household_count == 1
    assert len(planned.left_out) == 1
    assert "张故" in planned.left_out[0].text


def test_land_that_is_no_tilled_land_asks_for_a_reason(session: Session) -> None:
    household = contracts.make_household()
    make_contract(household)
    contracts.parcels_of(household)[0].land_class = LandClass.OTHER
    session.flush()
    with pytest.raises(OrderRefused):
        plan(details(), viewer=make_planner(), now=NOW)
    planned = plan(details(exception_reason="村集体机动地，实为耕地"), viewer=make_planner(), now=NOW)
    assert planned.orders[0].exception_reason == "村集体机动地，实为耕地"


def test_more_than_the_machine_can_do_in_the_window_asks_for_a_reason(session: Session) -> None:
    provider = contracts.make_organisation()
    make_contract(contracts.make_household("甲", 8_00), provider=provider)
    machine = make_machine(provider.id, daily_capacity=Mu(2_00))
    short: dict[str, Any] = {
        "starts_on": date(2026, 6, 5),
        "ends_on": date(2026, 6, 7),
        "machine_id": machine.id,
    }
    with pytest.raises(OrderRefused) as refused:
        plan(details(**short), viewer=make_planner(), now=NOW)
    assert "8.00" in refused.value.findings[0].text
    assert "6.00" in refused.value.findings[0].text
    assert plan(details(**short, exception_reason="夜间加班"), viewer=make_planner(), now=NOW).orders


def test_a_driver_whose_licence_ended_before_the_window_is_barred(session: Session) -> None:
    provider = contracts.make_organisation()
    make_contract(provider=provider)
    driver = make_operator(provider.id, licensed_until=date(2026, 6, 1))
    asked = details(operator_id=driver.id, exception_reason="急用")
    with pytest.raises(OrderRefused, match=r"赵铁牛.*2026-06-01"):
        plan(asked, viewer=make_planner(), now=NOW)
    driver.licensed_until = date(2026, 6, 10)
    session.flush()
    assert plan(asked, viewer=make_planner(), now=NOW).orders


def test_a_machine_of_another_provider_is_refused(session: Session) -> None:
    make_contract()
    machine = make_machine(contracts.make_organisation().id)
    with pytest.raises(NotOfProvider):
        plan(details(machine_id=machine.id), viewer=make_planner(), now=NOW)


def test_a_window_must_run_forwards_and_meet_the_season(session: Session) -> None:
    make_contract()
    with pytest.raises(PeriodReversed):
        plan(details(starts_on=date(2026, 6, 9), ends_on=date(2026, 6, 8)), viewer=make_planner(), now=NOW)
    with pytest.raises(WindowOutsideSeason):
        plan(details(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 9)), viewer=make_planner(), now=NOW)


def test_whoever_plans_elsewhere_finds_nothing_here(session: Session) -> None:
    contract = make_contract()
    stranger = make_planner(NEXT_TOWN[:9] + "000")
    asked = details(division_codes=("371681000000",), parcel_ids=(contract.annex[0].parcels[0].parcel_id,))
    assert candidates(stranger, _asked(asked)) == []
    with pytest.raises(NothingToPlan):
        plan(asked, viewer=stranger, now=NOW)


def test_a_project_of_the_county_and_year_may_be_chosen(session: Session) -> None:
    from coop.programmes.rules import ProgrammeKind  # noqa: PLC0415 - only here

    make_contract()
    project = make_programme(kind=ProgrammeKind.PROJECT)
    (order,) = plan(details(programme_id=project.id), viewer=make_planner(), now=NOW).orders
    assert order.programme_id == project.id


def _statements(session: Session, households: int) -> int:
    provider, clerk = contracts.make_organisation(), contracts.make_clerk()
    for number in range(households):
        make_contract(contracts.make_household(f"户{number}", 3_50, 1_25), provider=provider, clerk=clerk)
    asked, viewer = details(), make_planner()
    session.expunge_all()
    seen: list[str] = []
    connection = session.connection()

    def listener(*told: Any) -> None:
        seen.append(told[2])

    event.listen(connection, "before_cursor_execute", listener)
    try:
        plan(asked, viewer=viewer, now=NOW)
    finally:
        event.remove(connection, "before_cursor_execute", listener)
    return len(seen)


def test_many_households_are_planned_with_as_many_queries_as_few(session: Session) -> None:
    few = _statements(session, 2)
    many = _statements(session, 25)
    assert many <= few
    assert session.scalar(select(func.count()).select_from(OrderLine)) == 54
