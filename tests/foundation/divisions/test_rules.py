"""Codes, names and the dated ranges of former codes."""

from datetime import date

import pytest

from foundation.access.grants import CodeRange
from foundation.divisions import rules
from foundation.divisions.rules import Alias, DivisionLevel

COUNTY_CHANGES = (
    Alias(old_code="372330000000", new_code="371626000000", changed_on=date(2000, 6, 12)),
    Alias(old_code="371626000000", new_code="371681000000", changed_on=date(2018, 7, 2)),
)
VILLAGE_CHANGE = Alias(old_code="371681101205", new_code="371681108230", changed_on=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("西范村委会", "西范村"),
        ("聚和村委会", "聚和村"),
        ("东范村村民委员会", "东范村"),
        ("鹤伴社区居委会", "鹤伴社区"),
        ("东关居民委员会", "东关"),
        ("黛溪街道", "黛溪街道"),
        ("村委会", "村委会"),
        ("邹平市", "邹平市"),
    ],
)
def test_people_leave_the_office_out_of_a_name(name: str, spoken: str) -> None:
    assert rules.spoken_name(name) == spoken


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("370000000000", DivisionLevel.PROVINCE),
        ("371600000000", DivisionLevel.PREFECTURE),
        ("371681000000", DivisionLevel.COUNTY),
        ("371681101000", DivisionLevel.TOWNSHIP),
        ("371681101205", DivisionLevel.VILLAGE),
    ],
)
def test_the_level_stands_in_the_zeros(code: str, level: DivisionLevel) -> None:
    assert rules.level_of(code) is level
    assert len(rules.ancestors(code)) == rules.level_number(level) - 1


def test_a_county_reaches_its_former_codes_for_their_time_only() -> None:
    assert rules.ranges("371681000000", COUNTY_CHANGES) == (
        CodeRange(lower="371681000000", upper="371682000000"),
        CodeRange(
            lower="371626000000", upper="371627000000", since=date(2000, 6, 12), until=date(2018, 7, 2)
        ),
        CodeRange(lower="372330000000", upper="372331000000", since=None, until=date(2000, 6, 12)),
    )


def test_a_township_had_the_former_codes_of_its_county() -> None:
    former = rules.ranges("371681101000", COUNTY_CHANGES)[1:]
    assert [r.lower for r in former] == ["371626101000", "372330101000"]


def test_a_village_that_came_over_brings_its_own_past_only_to_itself() -> None:
    changes = (*COUNTY_CHANGES, VILLAGE_CHANGE)
    own = rules.ranges("371681108230", changes)
    assert [r.lower for r in own] == ["371681108230", "371681101205", "371626101205", "372330101205"]
    assert own[1].until == date(2024, 1, 1)
    taking = rules.ranges("371681108000", changes)
    assert not any(r.holds("371681101205", date(2020, 1, 1)) for r in taking)
    giving = rules.ranges("371681101000", changes)
    assert any(r.holds("371681101205", date(2020, 1, 1)) for r in giving)
    assert not any(r.holds("371681108230", date(2025, 1, 1)) for r in giving)


def test_codes_that_turn_in_a_circle_end() -> None:
    circle = (
        Alias(old_code="371600000000", new_code="371700000000", changed_on=date(2000, 1, 1)),
        Alias(old_code="371700000000", new_code="371600000000", changed_on=date(2001, 1, 1)),
    )
    assert len(rules.ranges("371600000000", circle)) <= 5
    assert rules.code_on("371600000000", circle, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("code", "on", "borne"),
    [
        ("371681101000", date(2026, 1, 1), "371681101000"),
        ("371681101000", date(2018, 7, 2), "371681101000"),
        ("371681101000", date(2018, 7, 1), "371626101000"),
        ("371681101000", date(1999, 1, 1), "372330101000"),
        ("371626000000", date(2020, 1, 1), "371681000000"),
        ("372330000000", date(2020, 1, 1), "371681000000"),
        ("371681101205", date(2025, 1, 1), "371681108230"),
        ("371681108230", date(2023, 1, 1), "371681101205"),
    ],
)
def test_a_division_bears_one_code_on_a_day(code: str, on: date, borne: str) -> None:
    assert rules.code_on(code, (*COUNTY_CHANGES, VILLAGE_CHANGE), on) == borne
