"""The readers of contracts: states in SQL, totals apart by nature, search, scope."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from coop.contracts import queries
from coop.contracts.models import Contract
from coop.contracts.queries import ContractFilter
from coop.contracts.rules.life import ContractState, LifeFacts, state_of
from coop.contracts.rules.terms import ContractMode, ContractPermission
from foundation.database.engine import db
from foundation.database.paging import Cut
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    VILLAGE,
    collective_details,
    drafted,
    lease_details,
    make_clerk,
    make_household,
    make_season,
    menu_details,
    order_details,
    signed,
    submitted,
)

pytestmark = pytest.mark.usefixtures("app")
NEWEST = ("dated_on", True)
DAYS = (None, TODAY - timedelta(1), TODAY, TODAY + timedelta(1))
MOMENTS: tuple[datetime | None, ...] = (None, NOW)


def combinations() -> list[dict[str, object]]:
    """Every combination of facts that the constraints of the table let stand."""
    names = ("submitted_at", "returned_at", "approved_at", "voided_at")
    found = []
    for moments in product(MOMENTS, repeat=4):
        facts: dict[str, object] = dict(zip(names, moments, strict=True))
        if facts["approved_at"] and not facts["submitted_at"]:
            continue
        found.append(facts)
        if facts["approved_at"]:
            days = product(DAYS[1:], DAYS, DAYS, DAYS)
            found += [
                facts
                | dict(zip(("signed_on", "effective_on", "completed_on", "terminated_on"), row, strict=True))
                for row in days
            ]
    return found


def test_states_in_sql_are_the_states_of_the_rules(session: Session) -> None:
    contract = drafted(lease_details(), make_clerk())
    stored = session.execute(select(Contract.__table__).where(Contract.id == contract.id)).mappings().one()
    bare = {name: value for name, value in stored.items() if name != "id"}
    terms = (
        (TODAY - timedelta(9), TODAY + timedelta(9)),
        (TODAY + timedelta(1), TODAY + timedelta(9)),
        (TODAY - timedelta(9), TODAY - timedelta(1)),
    )
    wanted = [
        bare | facts | {"starts_on": starts, "ends_on": ends, "number": None}
        for facts, (starts, ends) in product(combinations(), terms)
    ]
    session.execute(insert(Contract), wanted)
    names = [field.name for field in fields(LifeFacts)]
    rows = session.execute(select(Contract.id, *(getattr(Contract, name) for name in names))).all()
    by_rules = {
        row.id: state_of(LifeFacts(**{name: getattr(row, name) for name in names}), TODAY) for row in rows
    }
    for state in ContractState:
        by_sql = set(session.scalars(select(Contract.id).where(queries.in_state(state, TODAY))))
        assert by_sql == {one for one, found in by_rules.items() if found is state}, state


def test_service_and_entrustment_are_never_one_total(session: Session) -> None:
    clerk = make_clerk()
    service, entrusted = drafted(order_details(), clerk), drafted(lease_details(), clerk)
    page = queries.page(clerk, ContractFilter(), NEWEST, Cut(), TODAY)
    assert page.totals == {
        "service_area": service.area,
        "service_total": service.total,
        "entrustment_area": entrusted.area,
        "entrustment_total": entrusted.total,
    }
    lease_row = next(row for row in page.rows if row.id == entrusted.id)
    assert (lease_row.service_total, lease_row.entrustment_total) == (None, entrusted.total)


def test_a_contract_is_found_by_what_people_know_of_it(session: Session) -> None:
    clerk = make_clerk()
    contract = submitted(collective_details(clerk), clerk)
    other = submitted(lease_details(make_household("李小满")), clerk)
    for text in (str(contract.number), "000001", "农户2", "股份经济", contract.provider_name):
        assert [row.id for row in queries.find(clerk, text, TODAY)] == [contract.id], text
    assert [row.id for row in queries.find(clerk, "小满", TODAY)] == [other.id]
    assert queries.find(clerk, "查无此人", TODAY) == []


def test_filters_narrow_the_list(session: Session) -> None:
    clerk, season = make_clerk(), make_season()
    menu = drafted(menu_details(season=season), clerk)
    lease = signed(lease_details(), clerk)
    short = drafted(replace(lease_details(), ends_on=date(2026, 4, 1)), clerk)

    def found(**given: object) -> set[int]:
        return set(queries.ids(clerk, ContractFilter(**given), TODAY, ContractPermission.VIEW))  # type: ignore[arg-type]

    assert found() == {menu.id, lease.id, short.id}
    assert found(mode=ContractMode.MENU) == {menu.id}
    assert found(state=ContractState.IN_FORCE) == {lease.id}
    assert found(season_id=season.id) == {menu.id, lease.id}
    assert found(division_code=VILLAGE) == {menu.id, lease.id, short.id}
    assert found(division_code="371681101000") == set()
    assert found(since=TODAY + timedelta(1)) == set()
    assert found(ids=(menu.id, 99)) == {menu.id}


def test_exports_are_the_rows_of_the_list(session: Session) -> None:
    clerk = make_clerk()
    for _ in range(3):
        drafted(lease_details(), clerk)
    listed = queries.page(clerk, ContractFilter(), NEWEST, Cut(), TODAY).rows
    assert list(queries.stream(clerk, ContractFilter(), TODAY, ContractPermission.EXPORT)) == list(listed)
    assert list(queries.stream(clerk, ContractFilter(), TODAY, ContractPermission.APPROVE)) == []


def statements_of(reading: Callable[[], object]) -> int:
    """Return how many statements a reading sends."""
    db.session.expire_all()
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    reading()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def test_a_page_costs_the_same_number_of_queries_however_many_rows(session: Session) -> None:
    clerk = make_clerk()
    counts = []
    for _ in range(2):
        for _ in range(4):
            drafted(lease_details(), clerk)
        counts.append(statements_of(lambda: queries.page(clerk, ContractFilter(), NEWEST, Cut(), TODAY)))
    assert counts[0] == counts[1]
    assert 1 < counts[0] <= 4


def test_a_whole_contract_is_read_in_a_fixed_number_of_queries(session: Session) -> None:
    clerk = make_clerk()
    small, large = (drafted(collective_details(clerk, size), clerk).id for size in (1, 5))
    counts = [statements_of(lambda one=one: queries.get(clerk, one)) for one in (small, large)]  # type: ignore[misc]
    assert counts[0] == counts[1] > 1
