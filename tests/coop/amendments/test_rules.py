"""The law of supplementary agreements: the table, the states, the sentences, the sums."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.amendments.rules.changes import Names, changes, effect, keeps_identity
from coop.amendments.rules.life import (
    ALLOWED,
    AmendmentFacts,
    AmendmentOperation,
    AmendmentState,
    state_of,
)
from coop.amendments.rules.proposing import SURPLUS, ParcelWish, Wishes, proposed
from coop.contracts.rules import money
from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    AnnexParcelDetails,
    ContractDetails,
    DepositDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
)
from coop.contracts.rules.terms import ContractMode, DepositKind, Kilograms, ReceiverKind, RentKind
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
START, END, DAY = date(2026, 3, 1), date(2026, 11, 30), date(2026, 4, 1)


def parcels(*rows: tuple[int, int]) -> tuple[AnnexParcelDetails, ...]:
    return tuple(AnnexParcelDetails(parcel_id=one, area=Mu(area)) for one, area in rows)


def balanced(details: ContractDetails) -> ContractDetails:
    rest = Fen(money.total(details) - details.deposit.amount)
    return replace(details, payments=(PaymentDetails(label="尾款", amount=rest, due_on=END),))


ORDER = balanced(
    ContractDetails(
        mode=ContractMode.ORDER,
        receiver_kind=ReceiverKind.COLLECTIVE,
        receiver_organisation_id=1,
        provider_id=2,
        division_code="371681112205",
        starts_on=START,
        ends_on=END,
        area=Mu(10_50),
        package=PackageDetails(fee=Fen(680_00)),
        deposit=DepositDetails(kind=DepositKind.PREPAYMENT, amount=Fen(1_000_00)),
        annex=(
            AnnexHouseholdDetails(household_id=1, mandate_id=1, parcels=parcels((1, 3_50), (2, 3_50))),
            AnnexHouseholdDetails(household_id=2, mandate_id=2, parcels=parcels((3, 3_50))),
        ),
    )
)
LINE = MenuLineDetails(link_id=1, season_id=1, price=Fen(30_00), area=Mu(10_50))
MENU = balanced(replace(ORDER, mode=ContractMode.MENU, package=None, deposit=DepositDetails(), menu=(LINE,)))
NAMES = Names(
    parcels={1: "东洼", 2: "西坡", 3: "南地", 4: "新地"},
    households={1: "张建国", 2: "李四", 3: "王五"},
    links={1: "种植", 2: "植保"},
    seasons={1: "2026年夏玉米"},
)


def wishes(before: ContractDetails, **given: Any) -> Wishes:
    same = Wishes(
        ends_on=before.ends_on,
        price=money.yearly_price(before) if before.mode is not ContractMode.MENU else None,
        menu=before.menu,
        withdrawn=frozenset(),
        wanted=(),
        crops=before.crops,
        late_fee=before.late_fee,
        free_terms=before.free_terms,
        effective_on=DAY,
    )
    return replace(same, **given)


def sentences(before: ContractDetails, after: ContractDetails) -> list[str]:
    return [change.text for change in changes(before, after, NAMES)]


EXPECTED = {
    "draft": "edit submit void",
    "returned": "edit submit void",
    "submitted": "withdraw return approve",
    "approved": "withdraw return sign void print",
    "signed": "print",
    "void": "print",
}


@pytest.mark.parametrize(("state", "operation"), list(product(AmendmentState, AmendmentOperation)))
def test_the_table_allows_exactly_this(state: AmendmentState, operation: AmendmentOperation) -> None:
    assert (operation in ALLOWED[state]) == (operation.value in EXPECTED[state.value].split())


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "draft"),
        ({"returned_at": NOW}, "returned"),
        ({"submitted_at": NOW}, "submitted"),
        ({"submitted_at": NOW, "approved_at": NOW}, "approved"),
        ({"submitted_at": NOW, "approved_at": NOW, "signed_on": DAY}, "signed"),
        ({"submitted_at": NOW, "voided_at": NOW}, "void"),
    ],
)
def test_the_state_follows_from_the_facts(facts: dict[str, Any], state: str) -> None:
    assert state_of(AmendmentFacts(**facts)) == state


@pytest.mark.parametrize("before", [ORDER, MENU])
def test_who_wants_nothing_changes_nothing(before: ContractDetails) -> None:
    assert proposed(before, wishes(before)) == before
    assert sentences(before, before) == []


def test_a_household_leaves_and_the_sums_follow() -> None:
    after = proposed(ORDER, wishes(ORDER, withdrawn=frozenset({3})))
    assert [row.household_id for row in after.annex] == [1]
    assert after.area == 7_00
    assert after.deposit.amount + money.paid_by_plan(after.payments) == money.total(after) == 4_760_00
    assert sentences(ORDER, after) == [
        "退出地块：李四的南地，3.50亩。",
        "合同面积由10.50亩变更为7.00亩。",
        "付款计划变更为：尾款于2026年11月30日前3,760.00元。",
    ]
    moved = effect(ORDER, after)
    assert (moved.total_before, moved.total_after, moved.difference) == (7_140_00, 4_760_00, -2_380_00)


def test_land_comes_in_and_changes_its_area() -> None:
    new = ParcelWish(household_id=3, mandate_id=9, parcel=AnnexParcelDetails(parcel_id=4, area=Mu(2_00)))
    less = ParcelWish(household_id=1, parcel=AnnexParcelDetails(parcel_id=1, area=Mu(3_00)))
    after = proposed(ORDER, wishes(ORDER, wanted=(new, less)))
    assert after.area == 12_00
    assert [row.mandate_id for row in after.annex] == [1, 2, 9]
    assert sentences(ORDER, after)[:3] == [
        "地块面积变更：张建国的东洼，由3.50亩变更为3.00亩。",
        "新增地块：王五的新地，2.00亩。",
        "合同面积由10.50亩变更为12.00亩。",
    ]


def test_price_term_and_words_are_said_in_their_order() -> None:
    after = proposed(
        ORDER,
        wishes(
            ORDER,
            price=Fen(700_00),
            ends_on=date(2027, 3, 31),
            late_fee=BasisPoints(5),
            crops="小麦",
            free_terms="秸秆归农户。",
        ),
    )
    assert money.total(after) == 14_700_00
    assert sentences(ORDER, after) == [
        "合同终止日由2026年11月30日变更为2027年3月31日。",
        "每亩每年的价款由680.00元变更为700.00元。",
        "付款计划变更为：尾款于2026年11月30日前13,700.00元。",
        "逾期付款违约金由每日0%变更为每日0.05%。",
        "作物由未约定变更为小麦。",
        "其他约定变更为：秸秆归农户。",
    ]


def test_menu_lines_change_go_and_follow_the_land() -> None:
    dearer = proposed(MENU, wishes(MENU, menu=(replace(LINE, price=Fen(32_00)),)))
    assert "2026年夏玉米种植由30.00元/亩×10.50亩变更为32.00元/亩×10.50亩。" in sentences(MENU, dearer)
    smaller = proposed(MENU, wishes(MENU, withdrawn=frozenset({3})))
    assert smaller.menu[0].area == smaller.area == 7_00
    gone = replace(MENU, menu=(replace(LINE, link_id=2, passes=3),))
    assert sentences(MENU, gone)[:2] == [
        "取消服务环节：2026年夏玉米种植。",
        "新增服务环节：2026年夏玉米植保，30.00元/亩×3次×10.50亩。",
    ]


def test_of_a_rent_in_grain_the_floor_is_changed() -> None:
    grain = RentDetails(
        kind=RentKind.GRAIN,
        grain=Kilograms(500_00),
        grain_name="小麦",
        grain_price=Fen(2_00),
        floor=Fen(900_00),
    )
    before = balanced(replace(ORDER, mode=ContractMode.LEASE, package=None, rent=grain))
    after = proposed(before, wishes(before, price=Fen(1_100_00)))
    assert after.rent == replace(grain, floor=Fen(1_100_00))


def test_a_plan_without_instalments_gets_one_for_the_difference() -> None:
    paid = replace(
        ORDER, deposit=DepositDetails(kind=DepositKind.PREPAYMENT, amount=Fen(7_140_00)), payments=()
    )
    after = proposed(paid, wishes(paid, price=Fen(700_00)))
    assert after.payments == (PaymentDetails(label=SURPLUS, amount=Fen(210_00), due_on=DAY),)


@given(st.sets(st.sampled_from([1, 2, 3]), max_size=2), st.integers(500_00, 900_00))
def test_whatever_is_wished_the_plan_adds_up(gone: set[int], price: int) -> None:
    after = proposed(ORDER, wishes(ORDER, withdrawn=frozenset(gone), price=Fen(price)))
    assert after.area == after.annex_area
    assert after.deposit.amount + money.paid_by_plan(after.payments) == money.total(after)


def test_another_party_is_another_contract() -> None:
    assert keeps_identity(ORDER, replace(ORDER, free_terms="新"))
    assert not keeps_identity(ORDER, replace(ORDER, provider_id=3))
    assert not keeps_identity(ORDER, replace(ORDER, mode=ContractMode.SHARE))
