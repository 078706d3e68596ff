"""The law of contracts: the table of acts, the states, the sums."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.contracts.rules import money
from coop.contracts.rules.details import (
    ContractDetails,
    DepositDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
)
from coop.contracts.rules.life import (
    ALLOWED,
    ContractState,
    LifeFacts,
    Operation,
    is_allowed,
    permission_for,
    state_of,
)
from coop.contracts.rules.renewal import COPIED, renewed
from coop.contracts.rules.terms import (
    ContractMode,
    ContractNature,
    ContractPermission,
    Kilograms,
    ReceiverKind,
    RentKind,
)
from coop.contracts.snapshot import read_details, write_details
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
START, END = date(2026, 3, 1), date(2026, 11, 30)
BARE = ContractDetails(
    mode=ContractMode.ORDER,
    receiver_kind=ReceiverKind.HOUSEHOLD,
    receiver_household_id=1,
    provider_id=1,
    division_code="371681112205",
    starts_on=START,
    ends_on=END,
    area=Mu(10_00),
    package=PackageDetails(fee=Fen(680_00)),
)

EXPECTED = {
    "draft": "edit submit void",
    "returned": "edit submit void",
    "submitted": "withdraw return approve",
    "approved": "withdraw return sign void print",
    "signed": "amend terminate void renew print",
    "in_force": "amend complete terminate void renew print",
    "completed": "renew print",
    "terminated": "renew print",
    "void": "print",
}


@pytest.mark.parametrize(("state", "operation"), list(product(ContractState, Operation)))
def test_the_table_allows_exactly_this(state: ContractState, operation: Operation) -> None:
    assert is_allowed(operation, state) == (operation.value in EXPECTED[state.value].split())


def test_every_allowed_operation_asks_for_a_permission() -> None:
    for state, operations in ALLOWED.items():
        assert all(
            isinstance(permission_for(operation, state), ContractPermission) for operation in operations
        )


def test_withdrawing_asks_for_the_permission_of_the_act_taken_back() -> None:
    assert permission_for(Operation.WITHDRAW, ContractState.SUBMITTED) is ContractPermission.DRAFT
    assert permission_for(Operation.WITHDRAW, ContractState.APPROVED) is ContractPermission.APPROVE
    assert permission_for(Operation.VOID, ContractState.DRAFT) is ContractPermission.DRAFT
    assert permission_for(Operation.VOID, ContractState.SIGNED) is ContractPermission.CLOSE


FACTS = LifeFacts(starts_on=START, ends_on=END)
SIGNED = replace(FACTS, submitted_at=NOW, approved_at=NOW, signed_on=START, effective_on=START)


@pytest.mark.parametrize(
    ("facts", "on", "state"),
    [
        (FACTS, START, "draft"),
        (replace(FACTS, returned_at=NOW), START, "returned"),
        (replace(FACTS, submitted_at=NOW), START, "submitted"),
        (replace(FACTS, submitted_at=NOW, approved_at=NOW), START, "approved"),
        (replace(SIGNED, starts_on=START + timedelta(1)), START, "signed"),
        (replace(SIGNED, effective_on=START + timedelta(1)), START, "signed"),
        (SIGNED, START, "in_force"),
        (SIGNED, END, "in_force"),
        (SIGNED, END + timedelta(1), "completed"),
        (replace(SIGNED, completed_on=END), END, "completed"),
        (replace(SIGNED, terminated_on=END), END - timedelta(1), "in_force"),
        (replace(SIGNED, terminated_on=END), END, "terminated"),
        (replace(SIGNED, voided_at=NOW), END, "void"),
        (replace(FACTS, voided_at=NOW), END, "void"),
    ],
)
def test_the_state_follows_from_the_facts(facts: LifeFacts, on: date, state: str) -> None:
    assert state_of(facts, on) == state


AREAS = st.integers(1, 10_000_00).map(Mu)
PRICES = st.integers(1, 100_000_00).map(Fen)


@given(st.lists(st.tuples(PRICES, AREAS, st.integers(1, 9)), min_size=1, max_size=20))
def test_a_menu_costs_the_sum_of_its_printed_lines(lines: list[tuple[Fen, Mu, int]]) -> None:
    menu = tuple(
        MenuLineDetails(link_id=1, season_id=1, price=price, area=area, passes=passes)
        for price, area, passes in lines
    )
    details = replace(BARE, mode=ContractMode.MENU, package=None, menu=menu)
    assert money.total(details) == sum(money.line_amount(line) for line in menu)


def test_each_begun_year_is_paid() -> None:
    assert money.total(BARE) == 6_800_00
    assert money.total(replace(BARE, ends_on=date(2027, 2, 28))) == 6_800_00
    assert money.total(replace(BARE, ends_on=date(2027, 3, 1))) == 13_600_00


def test_rent_in_grain_never_falls_below_its_floor() -> None:
    grain = RentDetails(
        kind=RentKind.GRAIN,
        grain=Kilograms(500_00),
        grain_name="小麦",
        grain_price=Fen(2_40),
        floor=Fen(1_100_00),
    )
    assert money.rent_per_mu(grain) == 1_200_00
    assert money.rent_per_mu(replace(grain, grain_price=Fen(2_00))) == 1_100_00


def test_the_late_fee_stops_at_half() -> None:
    assert money.late_fee(Fen(1_000_00), BasisPoints(5), 10) == 5_00
    assert money.late_fee(Fen(1_000_00), BasisPoints(5), 1_000) == 500_00
    assert money.late_fee(Fen(1_000_00), BasisPoints(5), 100_000) == 500_00
    assert money.late_fee(Fen(1_000_00), BasisPoints(5), -3) == 0


@given(st.lists(PRICES, min_size=1, max_size=6), st.integers(-100_000_00, 100_000_00).map(Fen))
def test_rebalancing_moves_the_whole_difference_or_empties_the_plan(amounts: list[Fen], gap: Fen) -> None:
    plan = tuple(PaymentDetails(label="期", amount=amount, due_on=END) for amount in amounts)
    after = money.rebalanced(plan, gap)
    assert money.paid_by_plan(after) == max(0, sum(amounts) + gap)
    assert all(payment.amount > 0 for payment in after)


def test_a_renewal_takes_over_the_whitelist_and_nothing_else() -> None:
    old = replace(
        BARE,
        deposit=DepositDetails(amount=Fen(100)),
        payments=(PaymentDetails(label="全款", amount=Fen(6_800_00), due_on=END),),
        exception_reason="特批",
        upstream_contract_id=7,
        free_terms="保留",
    )
    new = renewed(old)
    assert new.starts_on == date(2026, 12, 1)
    assert (new.ends_on - new.starts_on) == (old.ends_on - old.starts_on)
    fresh = ContractDetails(
        mode=old.mode,
        receiver_kind=old.receiver_kind,
        provider_id=old.provider_id,
        division_code=old.division_code,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        area=old.area,
    )
    for name in ContractDetails.__dataclass_fields__:
        expected = getattr(old, name) if name in COPIED else getattr(fresh, name)
        assert getattr(new, name) == expected, name


def test_mode_decides_the_nature() -> None:
    assert BARE.nature is ContractNature.SERVICE
    assert replace(BARE, mode=ContractMode.LEASE).nature is ContractNature.ENTRUSTMENT


def test_terms_survive_their_canonical_text() -> None:
    assert read_details(write_details(BARE)) == BARE
    assert write_details(BARE) == write_details(replace(BARE))
