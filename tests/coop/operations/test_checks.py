"""What is known to be done wrongly, tried with real rows and caught with a sentence that names its evidence.

The rows of cooperative.md §6: 1 land elsewhere and haste, 2 more mu than there is, 7 double work and land
that is none, 11 work at the wrong time; and of row 3, that who did it is known.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.contracts import queries as contract_queries
from coop.households.rules import HouseholdStatus
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.facts import LandAsked, key_of, land_facts, order_fact_of
from coop.operations.queries.loads import machine_facts
from coop.operations.rules.checks import check_plan
from coop.operations.rules.facts import PlannedWork
from coop.operations.rules.reporting import WorkFact
from coop.operations.rules.terms import WorkResult, WorkSource
from coop.operations.service import reporting
from coop.operations.service.refusals import ReportRefused
from coop.organisations.models import ServiceDivision
from coop.parcels.rules import LandClass
from coop.programmes.rules import ProgrammeKind
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu
from tests.coop.contracts import builders as contracts
from tests.coop.operations import builders
from tests.foundation.accounts.builders import COUNTY, make_division

OTHER_VILLAGE = "371681108226"
OTHER_COUNTY_VILLAGE = "371626101205"


@pytest.fixture
def reporter(session: Session) -> Viewer:
    return builders.make_planner(COUNTY)


def make_machine(order: WorkOrder, capacity: int = 100_00, **given: Any) -> Machine:
    """A machine of the order's provider."""
    machine = Machine(
        provider_id=order.provider_id,
        kind=MachineKind.DRILL,
        model="2BYFSF-4",
        plate="鲁M12345",
        daily_capacity=Mu(capacity),
        division_code=COUNTY,
        **given,
    )
    db.session.add(machine)
    db.session.flush()
    return machine


def make_operator(order: WorkOrder, **given: Any) -> Operator:
    """A driver of the order's provider."""
    operator = Operator(provider_id=order.provider_id, name="孙师傅", division_code=COUNTY, **given)
    db.session.add(operator)
    db.session.flush()
    return operator


def fact(line: OrderLine, machine: Machine | None, **given: Any) -> WorkFact:
    """The whole line done on the usual day."""
    usual = WorkFact(
        line_id=line.id,
        result=WorkResult.DONE,
        area=line.planned_area,
        worked_on=builders.WORK_DAY,
        machine_id=machine.id if machine else None,
    )
    return replace(usual, **given)


def refusals(facts: list[WorkFact], viewer: Viewer, reason: str = "", now: datetime = builders.NOW) -> str:
    """What reporting these facts is refused with, all sentences; nothing was saved."""
    with pytest.raises(ReportRefused) as refused:
        reporting.report(facts, source=WorkSource.BULK, viewer=viewer, now=now, exception_reason=reason)
    db.session.flush()
    for order_id in db.session.scalars(select(OrderLine.order_id).distinct()).all():
        builders.whole(order_id)
    return "\n".join(finding.text for finding in refused.value.findings)


def planned(order: WorkOrder, machine: Machine | None = None) -> str:
    """What planning this order would say, its own lines being planned."""
    line = order.lines[0]
    asked = LandAsked(parcel_id=line.parcel_id, household_id=line.household_id, contract_id=line.contract_id)
    land = land_facts([asked], key_of(order))
    works = [PlannedWork(place="parcel-1", area=line.planned_area, land=land[line.parcel_id])]
    known = machine_facts([machine.id], [])[machine.id] if machine else None
    return "\n".join(found.text for found in check_plan(order_fact_of(order), works, known))


def test_row_1_land_of_another_county_cannot_be_counted(reporter: Viewer) -> None:
    order = builders.make_order()
    line = order.lines[0]
    make_division(OTHER_COUNTY_VILLAGE)
    line.parcel.division_code = OTHER_COUNTY_VILLAGE

    said = refusals([fact(line, make_machine(order))], reporter)

    assert line.parcel.code in said
    assert "不属于邹平市；外县土地不能计入本县作业" in said
    assert "不属于邹平市" in planned(order)


def test_row_1_land_outside_the_service_divisions_cannot_be_counted(reporter: Viewer) -> None:
    order = builders.make_order()
    make_division(OTHER_VILLAGE, "爱贤村委会")
    db.session.add(ServiceDivision(organisation_id=order.provider_id, division_code=OTHER_VILLAGE))
    db.session.flush()

    said = refusals([fact(order.lines[0], make_machine(order))], reporter)

    assert f"不在{order.provider.name}登记的服务区域（焦桥镇 爱贤村）内" in said
    assert order.lines[0].parcel.code in said
    assert "服务区域" in planned(order)


def test_row_1_a_crowd_of_entries_by_one_person_at_the_deadline_is_noted(reporter: Viewer) -> None:
    order = builders.make_order(areas=[1_00] * 12, households=5)
    machine = make_machine(order)
    order.season.ends_on = date(2026, 7, 5)
    db.session.flush()

    findings = reporting.findings_of(
        [fact(line, machine) for line in order.lines], viewer=reporter, now=builders.NOW
    )

    assert [one.severity.value for one in findings] == ["note"]
    said = findings[0].text
    assert "王秀英自 2026-06-25 起已登记 60 块地 60.00 亩，集中在截止日 2026-07-05 前后" in said
    assert "另一人抽查" in said


def test_row_1_the_same_crowd_in_mid_season_is_nothing_to_note(reporter: Viewer) -> None:
    order = builders.make_order(areas=[1_00] * 12, households=5)
    facts = [fact(line, make_machine(order)) for line in order.lines]
    assert reporting.findings_of(facts, viewer=reporter, now=builders.NOW) == []


def test_row_2_more_than_the_parcel_and_the_tolerance_is_refused(reporter: Viewer) -> None:
    order = builders.make_order(areas=[3_50])
    machine, line = make_machine(order), order.lines[0]

    said = refusals([fact(line, machine, area=Mu(3_58))], reporter)

    assert line.parcel.code in said
    assert "作业合计 3.58 亩，超过结算面积 3.50 亩（允许误差 2%，最多 3.57 亩）" in said
    assert reporting.report(
        [fact(line, machine, area=Mu(3_57))], source=WorkSource.BULK, viewer=reporter, now=builders.NOW
    )


def test_row_2_a_second_report_counts_with_the_first(reporter: Viewer) -> None:
    order = builders.make_order(areas=[3_50])
    machine, line = make_machine(order), order.lines[0]
    builders.report_done(line, 2_00)

    assert "作业合计 3.80 亩，超过结算面积 3.50 亩" in refusals(
        [fact(line, machine, area=Mu(1_80))], reporter
    )


def test_row_2_a_village_cannot_work_more_than_its_confirmed_register(reporter: Viewer) -> None:
    order = builders.make_order(areas=[3_50], households=2)
    first, second = order.lines
    first.parcel.is_confirmed = False
    builders.report_done(second)

    said = refusals([fact(first, make_machine(order))], reporter)

    assert "2026年夏玉米作业的土地合计 7.00 亩，超过确权登记 3.50 亩（多 3.50 亩）" in said


def test_row_2_two_links_on_one_parcel_are_the_same_mu_of_the_village(reporter: Viewer) -> None:
    household = contracts.make_household("张三", 3_50)
    contract = builders.make_contract(household, "02", "04")
    tilled = builders.make_order(contract=contract, link="02")
    builders.report_done(tilled.lines[0])
    sown = builders.make_order(contract=contract_queries.reload(contract.id), link="04")

    facts = [fact(sown.lines[0], make_machine(sown))]
    assert reporting.findings_of(facts, viewer=reporter, now=builders.NOW) == []


def test_row_2_more_than_a_machine_does_in_a_day_needs_a_reason(reporter: Viewer) -> None:
    order = builders.make_order(areas=[3_50], households=3)
    machine = make_machine(order, 8_00)
    builders.report_done(order.lines[0], machine_id=machine.id)
    facts = [fact(line, machine) for line in order.lines[1:]]

    said = refusals(facts, reporter)

    assert "机具 播种机 2BYFSF-4（鲁M12345） 在 2026-06-10 共登记 10.50 亩（其中此前已登记 3.50 亩）" in said
    assert "超过每天 8.00 亩的作业能力" in said
    made = reporting.report(
        facts,
        source=WorkSource.BULK,
        viewer=reporter,
        now=builders.NOW,
        exception_reason="两班倒，夜间继续作业",
    )
    assert {one.exception_reason for one in made} == {"两班倒，夜间继续作业"}
    db.session.commit()
    entry = db.session.query(JournalEntry).filter_by(act="operations.reported").one()
    assert entry.reason == "两班倒，夜间继续作业"
    assert "2 块 7.00 亩" in entry.note
    assert "共登记 10.50 亩" in entry.note


def test_row_2_an_order_beyond_what_the_machine_can_do_in_its_window_needs_a_reason(session: Session) -> None:
    order = builders.make_order(areas=[90_00], starts_on=date(2026, 6, 5), ends_on=date(2026, 6, 6))
    said = planned(order, make_machine(order, 40_00))
    assert "作业单共 90.00 亩" in said
    assert "每天 40.00 亩，2 天最多 80.00 亩" in said


def test_row_3_work_names_the_machine_or_driver_that_did_it(reporter: Viewer) -> None:
    order = builders.make_order()
    assert "请写明实际作业的机具或机手" in refusals([fact(order.lines[0], None)], reporter)


def test_row_3_a_machine_of_somebody_else_must_be_registered_with_the_provider(reporter: Viewer) -> None:
    order, other = builders.make_order(), builders.make_order()
    strange = make_machine(other)
    said = refusals([fact(order.lines[0], strange)], reporter)
    assert f"鲁M12345） 没有登记在{order.provider.name}名下" in said


def test_row_3_a_licence_that_had_ended_needs_a_reason(reporter: Viewer) -> None:
    order = builders.make_order()
    machine = make_machine(order, licensed_until=date(2026, 6, 9))
    driver = make_operator(order, licensed_until=date(2026, 5, 31))

    said = refusals([fact(order.lines[0], machine, operator_id=driver.id)], reporter)

    assert "证照 2026-06-09 到期，早于作业日期 2026-06-10" in said
    assert "机手 孙师傅 的驾驶证有效期是 — 至 2026-05-31，不含作业日期 2026-06-10" in said


def test_row_7_the_same_work_elsewhere_names_order_provider_contract_and_programme(session: Session) -> None:
    household = contracts.make_household("李四", 3_50)
    contract = builders.make_contract(household)
    project = builders.make_programme(kind=ProgrammeKind.PROJECT, name="深松项目")
    taken = builders.make_order(contract=contract, programme=project)
    asked = LandAsked(parcel_id=taken.lines[0].parcel_id, household_id=household.id, contract_id=contract.id)
    other = replace(key_of(taken), order_id=None)

    land = land_facts([asked], other)[asked.parcel_id]
    works = [PlannedWork(place="parcel-1", area=land.basis_area, land=land)]
    said = "\n".join(found.text for found in check_plan(order_fact_of(taken), works))

    assert land.parcel in said
    assert (
        f"已列入作业单 {taken.number}（{taken.provider.name}，合同 {contract.number}，深松项目，3.50 亩）"
        in said
    )


def test_row_7_another_pass_or_season_is_other_work(session: Session) -> None:
    order = builders.make_order()
    line = order.lines[0]
    asked = LandAsked(parcel_id=line.parcel_id, household_id=line.household_id, contract_id=line.contract_id)
    again = replace(key_of(order), order_id=None, pass_number=2)
    assert land_facts([asked], again)[line.parcel_id].rivals == ()


def test_row_7_the_land_before_a_split_is_the_same_land(session: Session) -> None:
    from coop.parcels.models import ParcelLineage  # noqa: PLC0415 - only here

    order = builders.make_order()
    line = order.lines[0]
    new = contracts.make_parcel(line.household, 3_50)
    lineage = ParcelLineage(
        from_id=line.parcel_id, to_id=new.id, area=Mu(3_50), changed_on=date(2026, 6, 20), reason="分户"
    )
    session.add(lineage)
    session.flush()
    asked = LandAsked(parcel_id=new.id, household_id=line.household_id, contract_id=line.contract_id)

    rivals = land_facts([asked], replace(key_of(order), order_id=None))[new.id].rivals

    assert [rival.order for rival in rivals] == [order.number]


def test_row_7_land_that_is_not_arable_needs_a_reason(reporter: Viewer) -> None:
    order = builders.make_order()
    machine, line = make_machine(order), order.lines[0]
    line.parcel.land_class = LandClass.OTHER

    said = refusals([fact(line, machine)], reporter)

    assert f"{line.parcel.code}） 登记为其他集体土地，不是耕地，却安排了2026年夏玉米" in said
    assert "不是耕地" in planned(order)
    assert reporting.report(
        [fact(line, machine)],
        source=WorkSource.BULK,
        viewer=reporter,
        now=builders.NOW,
        exception_reason="已复垦，村委会证明附后",
    )


def test_row_7_a_household_that_has_ended_cannot_be_served(reporter: Viewer) -> None:
    order = builders.make_order()
    line = order.lines[0]
    line.household.status, line.household.ended_on = HouseholdStatus.DIED_OUT, date(2026, 5, 1)

    said = refusals([fact(line, make_machine(order))], reporter)

    assert line.household.head_name in said
    assert "已消亡（2026-05-01）；请先办理承包关系变更" in said
    assert "已消亡" in planned(order)


def test_row_7_a_household_that_ended_after_the_work_was_served_rightly(reporter: Viewer) -> None:
    order = builders.make_order()
    line = order.lines[0]
    line.household.status, line.household.ended_on = HouseholdStatus.MOVED, date(2026, 6, 20)
    facts = [fact(line, make_machine(order))]
    assert reporting.findings_of(facts, viewer=reporter, now=builders.NOW) == []


def test_row_11_work_before_the_signature_is_refused(reporter: Viewer) -> None:
    order = builders.make_order()
    line = order.lines[0]
    said = refusals([fact(line, make_machine(order), worked_on=date(2026, 3, 1))], reporter)
    assert f"作业日期 2026-03-01 早于合同 {line.contract.number} 的签订日期 2026-03-02" in said


def test_row_11_work_before_the_contract_binds_is_refused(reporter: Viewer) -> None:
    order = builders.make_order()
    line = order.lines[0]
    line.contract.effective_on = date(2026, 6, 15)
    said = refusals([fact(line, make_machine(order))], reporter)
    assert f"作业日期 2026-06-10 不在合同 {line.contract.number} 的期限（2026-06-15 至 2026-11-30）内" in said


def test_row_11_work_after_a_contract_was_terminated_is_refused(reporter: Viewer) -> None:
    order = builders.make_order()
    line = order.lines[0]
    line.contract.terminated_on = date(2026, 6, 1)
    said = refusals([fact(line, make_machine(order))], reporter)
    assert f"不在合同 {line.contract.number} 的期限（2026-03-02 至 2026-06-01）内" in said
    assert f"合同 {line.contract.number}" in planned(order)


def test_row_11_work_in_the_future_is_refused(reporter: Viewer) -> None:
    order = builders.make_order()
    day = builders.TODAY + timedelta(days=1)
    said = refusals([fact(order.lines[0], make_machine(order), worked_on=day)], reporter)
    assert "作业日期 2026-07-02 晚于今天 2026-07-01" in said


def test_today_is_the_day_on_the_wall_in_china(reporter: Viewer) -> None:
    order = builders.make_order()
    evening = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)
    facts = [fact(order.lines[0], make_machine(order))]
    assert reporting.findings_of(facts, viewer=reporter, now=evening) == []


def test_a_parcel_that_is_closed_is_told(reporter: Viewer) -> None:
    order = builders.make_order()
    order.lines[0].parcel.closed_on = date(2026, 6, 1)
    said = refusals([fact(order.lines[0], make_machine(order))], reporter)
    assert "已停用（合并、分割或灭失）" in said


def test_the_facts_of_many_lines_take_a_fixed_number_of_queries(session: Session) -> None:
    from sqlalchemy import event  # noqa: PLC0415 - only here

    few, many = builders.make_order(households=1), builders.make_order(households=12)

    def count(order: WorkOrder) -> int:
        asked = [
            LandAsked(parcel_id=row.parcel_id, household_id=row.household_id, contract_id=row.contract_id)
            for row in order.lines
        ]
        key = key_of(order)
        session.expunge_all()
        seen: list[str] = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731 - counted, not read
        event.listen(session.get_bind(), "before_cursor_execute", listener)
        try:
            land_facts(asked, key)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", listener)
        return len(seen)

    assert count(few) == count(many)
