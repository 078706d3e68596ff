"""The spreadsheet of machinery."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.machinery import queries
from coop.machinery.importing import KIND, MACHINES, OPERATORS
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind
from foundation.imports.models import ImportBatch
from foundation.imports.rules import Outcome
from tests.coop.machinery.builders import keeper, make_machine, make_operator
from tests.coop.organisations.builders import CREDIT_CODE, make_organisation
from tests.coop.parcels.builders import OTHER_TOWNSHIP, bound, bring_in, faults_of, preview

pytestmark = pytest.mark.usefixtures("app")
MACHINE = {
    "provider": "长山供销合作社",
    "kind": "联合收割机",
    "model": "雷沃谷神 GM100",
    "plate": "鲁16 01234",
    "terminal_number": "BD-0001",
    "daily_capacity": "120",
    "width_cm": "275",
    "licensed_until": "2027-6-30",
}
OPERATOR = {
    "provider": CREDIT_CODE,
    "name": "孙大勇",
    "phone": "13805430009",
    "licence_number": "371626000123",
    "employer": "焦桥供销合作社",
}
OTHER = {"name": "焦桥供销合作社", "division_code": OTHER_TOWNSHIP, "credit_code": None}


def outcome(batch: ImportBatch) -> dict[Outcome, int]:
    return {one: batch.count(one) for one in Outcome if batch.count(one)}


def test_machines_and_operators_enter_and_the_same_file_changes_nothing(session: Session) -> None:
    viewer, provider, sender = keeper(), make_organisation(), make_organisation(**OTHER)
    content = bound((MACHINES, [MACHINE]), (OPERATORS, [OPERATOR]))
    bring_in(content, viewer, KIND.name)
    machine, operator = session.scalars(select(Machine)).one(), session.scalars(select(Operator)).one()
    assert (machine.provider_id, machine.kind, machine.daily_capacity) == (
        provider.id,
        MachineKind.HARVESTER,
        120_00,
    )
    assert (operator.employer_id, operator.phone) == (sender.id, "13805430009")
    assert outcome(preview(content, viewer, KIND.name)) == {Outcome.SAME: 2}


def test_a_known_machine_is_changed_and_becomes_hired(session: Session) -> None:
    viewer, provider, owner = keeper(), make_organisation(), make_organisation(**OTHER)
    machine = make_machine(provider, terminal_number="BD-0001", owner_name="李四")
    row = MACHINE | {"owner": owner.name, "daily_capacity": "90"}
    batch = bring_in(bound((MACHINES, [row])), viewer, KIND.name)
    assert outcome(batch) == {Outcome.CHANGED: 1}
    found = queries.get_machine(viewer, machine.id)
    session.refresh(found)
    assert (found.owner_id, found.owner_name, found.daily_capacity) == (owner.id, "", 90_00)


def test_an_operator_without_licence_is_matched_by_name(session: Session) -> None:
    viewer, provider = keeper(), make_organisation()
    make_organisation(**OTHER)
    operator = make_operator(provider, licence_number="")
    bring_in(bound((OPERATORS, [OPERATOR])), viewer, KIND.name)
    session.refresh(operator)
    assert operator.licence_number == "371626000123"


FAULTS = {
    "an unknown provider": ({"provider": "无此社"}, "组织名录中没有“无此社”"),
    "a provider elsewhere": ({"provider": "焦桥供销合作社"}, "不在您的管辖范围内"),
    "two owners": ({"owner": "焦桥供销合作社", "owner_name": "李四"}, "只能填一个"),
    "no capacity": ({"daily_capacity": ""}, "日作业能力应大于零"),
    "a terminal of another": ({"terminal_number": "BD-0007"}, "已登记在“焦桥供销合作社”"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_with_its_cure(name: str) -> None:
    values, sentence = FAULTS[name]
    viewer = keeper()
    make_organisation()
    make_machine(make_organisation(**OTHER), terminal_number="BD-0007")
    told = faults_of(preview(bound((MACHINES, [MACHINE | values])), viewer, KIND.name))
    assert any(sentence in fault for fault in told), told


def test_a_row_twice_and_an_unclear_match_stop() -> None:
    viewer, provider = keeper(), make_organisation()
    batch = preview(bound((MACHINES, [MACHINE, MACHINE])), viewer, KIND.name)
    assert outcome(batch) == {Outcome.NEW: 1, Outcome.DUPLICATE: 1}
    make_machine(provider)
    make_machine(provider)
    assert outcome(preview(bound((MACHINES, [MACHINE])), viewer, KIND.name)) == {Outcome.SEVERAL: 1}
