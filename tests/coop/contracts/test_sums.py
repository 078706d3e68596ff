"""Sums of contracts for the worktable: natures apart, states as the rules have them, nothing out of sight."""

from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from coop.contracts import queries
from coop.contracts.models import Contract
from coop.contracts.queries import AreaSum
from coop.contracts.rules.life import ContractState
from coop.contracts.rules.terms import ContractPermission
from foundation.values.area import Mu
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    VILLAGE,
    drafted,
    lease_details,
    make_clerk,
    order_details,
    signed,
)
from tests.coop.contracts.test_queries import combinations, statements_of

pytestmark = pytest.mark.usefixtures("app")
ELSEWHERE = "371681101000"


def test_signed_areas_stand_in_their_month_and_under_their_nature(session: Session) -> None:
    clerk = make_clerk()
    service, lease = signed(order_details(), clerk), signed(lease_details(), clerk)
    drafted(lease_details(), clerk)
    session.flush()
    assert queries.signed_by_month(clerk, TODAY.year) == {
        TODAY.month: AreaSum(count=2, service=service.area, entrustment=lease.area)
    }


def test_what_is_void_or_of_another_year_is_not_signed_this_year(session: Session) -> None:
    clerk = make_clerk()
    void, last, first, end = (signed(lease_details(), clerk) for _ in range(4))
    void.voided_at = NOW
    last.signed_on = date(TODAY.year - 1, 12, 31)
    first.signed_on, end.signed_on = date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)
    session.flush()
    found = queries.signed_by_month(clerk, TODAY.year)
    assert {month: row.count for month, row in found.items()} == {1: 1, 12: 1}


def test_states_are_counted_as_the_list_filters_them(session: Session) -> None:
    clerk = make_clerk()
    contract = drafted(lease_details(), clerk)
    stored = session.execute(select(Contract.__table__).where(Contract.id == contract.id)).mappings().one()
    bare = {name: value for name, value in stored.items() if name != "id"} | {"number": None, "area": 1_50}
    session.execute(insert(Contract), [bare | facts for facts in combinations()])
    found = queries.by_state(clerk, TODAY)
    for state in ContractState:
        listed = session.scalars(select(Contract.area).where(queries.in_state(state, TODAY))).all()
        wanted = AreaSum(count=len(listed), entrustment=Mu(sum(listed)))
        assert found.get(state, AreaSum()) == wanted, state


def test_nothing_is_summed_that_the_viewer_may_not_see(session: Session) -> None:
    signed(lease_details(), make_clerk())
    assert queries.by_state(make_clerk(VILLAGE), TODAY)
    stranger = make_clerk(ELSEWHERE)
    assert queries.by_state(stranger, TODAY) == {}
    assert queries.signed_by_month(stranger, TODAY.year) == {}


def test_each_sum_is_one_statement(session: Session) -> None:
    clerk = make_clerk()
    signed(lease_details(), clerk)
    assert statements_of(lambda: queries.by_state(clerk, TODAY)) == 1
    assert statements_of(lambda: queries.signed_by_month(clerk, TODAY.year)) == 1


def test_what_waits_is_due_when_the_first_contract_starts(session: Session) -> None:
    clerk = make_clerk()
    asked = (clerk, ContractPermission.VIEW, ContractState.DRAFT, TODAY)
    assert queries.waiting_in_state(*asked) == (0, None)
    first = drafted(lease_details(), clerk)
    assert queries.waiting_in_state(*asked) == (1, first.starts_on)
