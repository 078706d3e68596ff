"""Licences and capacities."""

from datetime import date

import pytest

from coop.machinery.models import Machine, Operator
from coop.machinery.rules import LicenceState, MachineKind, capacities, licence_findings, licence_state
from foundation.values.area import Mu

ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (None, LicenceState.UNKNOWN),
        (date(2026, 5, 31), LicenceState.EXPIRED),
        (ON, LicenceState.SOON),
        (date(2026, 7, 1), LicenceState.SOON),
        (date(2026, 7, 2), LicenceState.VALID),
    ],
)
def test_a_licence_holds_up_to_its_last_day(until: date | None, state: LicenceState) -> None:
    assert licence_state(until, ON) is state


def test_each_paper_that_does_not_hold_is_named_with_its_day() -> None:
    machine = Machine(model="谷神", plate="鲁16 1", licensed_until=date(2026, 5, 1))
    operator = Operator(name="孙大勇", licence_number="37", licensed_from=date(2026, 6, 2))
    first, second = licence_findings(machine, operator, ON)
    assert (first.place, second.place) == ("machine", "operator")
    assert first.text.startswith("机具“谷神 鲁16 1”的行驶证已于 2026-05-01 到期")
    assert "自 2026-06-02 起有效，作业日 2026-06-01 尚未取得" in second.text
    operator.licensed_from, operator.licensed_until = None, date(2026, 5, 31)
    assert "驾驶证 37 已于 2026-05-31 到期" in licence_findings(None, operator, ON)[0].text


def test_papers_that_hold_or_are_unknown_say_nothing() -> None:
    sound = Machine(model="谷神", plate="", licensed_until=ON)
    assert licence_findings(sound, Operator(name="孙", licence_number=""), ON) == []
    assert licence_findings(None, None, ON) == []


def test_capacities_are_summed_by_kind_with_the_hired_part_apart() -> None:
    own = Machine(kind=MachineKind.DRILL, daily_capacity=Mu(80_00), owner_name="")
    hired = Machine(kind=MachineKind.DRILL, daily_capacity=Mu(60_50), owner_name="李四")
    drone = Machine(kind=MachineKind.DRONE, daily_capacity=Mu(300_00), owner_name="")
    found = capacities([drone, own, hired])
    assert [(one.kind, one.count, one.daily) for one in found] == [
        (MachineKind.DRILL, 2, 140_50),
        (MachineKind.DRONE, 1, 300_00),
    ]
    assert (found[0].subcontracted_count, found[0].subcontracted_daily) == (1, 60_50)
