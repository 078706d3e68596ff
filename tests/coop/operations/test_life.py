"""Where lines and orders stand, what may be done then, and that no work ever has two living lines."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coop.operations import queries
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries import OrderFilter
from coop.operations.queries.filters import in_state
from coop.operations.rules.life import (
    ALLOWED,
    LineFacts,
    OrderFacts,
    OrderOperation,
    OrderState,
    late_area,
    line_state,
    order_state,
)
from coop.operations.rules.planning import OrderDetails, OrderTerms
from coop.operations.rules.progress import progress_of
from coop.operations.rules.terms import LineState, OperationPermission, WorkResult
from coop.operations.service import life
from coop.operations.service.accepting import note_accepted, note_disputed, note_open
from coop.operations.service.permitting import may
from coop.operations.service.planning import plan
from coop.operations.service.refusals import (
    LineAccepted,
    LineCancelled,
    LineReported,
    MayNot,
    NoLineChosen,
    NothingReported,
    NotPossibleNow,
    OrderRefused,
    ReasonMissing,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu
from tests.coop.contracts import builders as contracts
from tests.coop.operations.builders import (
    NOW,
    TODAY,
    WINDOW,
    find_or_make_season,
    make_contract,
    make_order,
    make_planner,
    report_done,
    whole,
)
from tests.foundation.accounts.builders import make_viewer

LAST = date(2026, 6, 25)
AFTER = date(2026, 6, 26)
LATER = date(2026, 9, 1)
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, LineState.PLANNED),
        ({"result": WorkResult.NOT_DONE}, LineState.NOT_DONE),
        ({"result": WorkResult.PARTLY}, LineState.PARTLY),
        ({"result": WorkResult.DONE}, LineState.DONE),
        ({"result": WorkResult.DONE, "is_disputed": True}, LineState.DISPUTED),
        ({"result": WorkResult.DONE, "is_accepted": True}, LineState.ACCEPTED),
        ({"result": WorkResult.DONE, "is_accepted": True, "is_deemed": True}, LineState.DEEMED),
        ({"result": WorkResult.DONE, "cancelled_at": BEFORE}, LineState.CANCELLED),
    ],
)
def test_a_line_stands_where_its_latest_fact_puts_it(facts: dict[str, Any], state: LineState) -> None:
    assert line_state(LineFacts(ends_on=LAST, **facts), LAST) is state


def test_a_line_is_late_from_the_day_after_its_window() -> None:
    assert line_state(LineFacts(ends_on=LAST), LAST) is LineState.PLANNED
    assert line_state(LineFacts(ends_on=LAST), AFTER) is LineState.LATE


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, OrderState.PLANNED),
        ({"lines": 3}, OrderState.PLANNED),
        ({"lines": 3, "issued_at": BEFORE}, OrderState.ISSUED),
        ({"lines": 3, "done": 2, "issued_at": BEFORE}, OrderState.ISSUED),
        ({"lines": 3, "done": 3, "accepted": 2}, OrderState.DONE),
        ({"lines": 3, "done": 3, "accepted": 3}, OrderState.ACCEPTED),
        ({"lines": 3, "done": 3, "cancelled_at": BEFORE}, OrderState.CANCELLED),
    ],
)
def test_an_order_stands_where_its_lines_put_it(facts: dict[str, Any], state: OrderState) -> None:
    assert order_state(OrderFacts(ends_on=LAST, **facts), LAST) is state


def test_an_order_with_open_lines_is_late_after_its_window() -> None:
    assert order_state(OrderFacts(ends_on=LAST, lines=3, done=2, issued_at=BEFORE), AFTER) is OrderState.LATE


def test_every_state_says_what_may_be_done() -> None:
    assert set(ALLOWED) == set(OrderState)
    assert all(OrderOperation.PRINT in allowed for allowed in ALLOWED.values())


def test_what_is_left_of_a_line_is_late_and_never_less_than_nothing() -> None:
    assert late_area(Mu(5_00), Mu(2_00), LAST, AFTER) == 3_00
    assert late_area(Mu(5_00), Mu(5_05), LAST, AFTER) == 0
    assert late_area(Mu(5_00), Mu(0), LAST, LAST) == 0


def test_the_list_finds_every_order_by_the_state_that_its_page_shows(session: Session) -> None:
    orders = _one_in_each_state()
    for state, order in orders.items():
        assert queries.state_of(order, TODAY) is state
        found = session.scalars(select(WorkOrder.id).where(in_state(state, TODAY))).all()
        assert list(found) == [order.id]


def _one_in_each_state() -> dict[OrderState, WorkOrder]:
    planned, issued = make_order(issued_at=None, ends_on=LATER), make_order(ends_on=LATER)
    late, done, accepted, cancelled = (make_order(areas=(3_50, 1_25)) for _ in range(4))
    report_done(late.lines[0])
    for line in (*done.lines, *accepted.lines):
        report_done(line)
    note_disputed(done.lines[0])
    for line in accepted.lines:
        note_accepted(line, area=line.done_area, on=TODAY, is_deemed=False)
    cancelled.cancelled_at = NOW
    for line in cancelled.lines:
        line.cancelled_at = NOW
    db.session.flush()
    rows = (planned, issued, late, done, accepted, cancelled)
    states = ("PLANNED", "ISSUED", "LATE", "DONE", "ACCEPTED", "CANCELLED")
    return {OrderState[name]: row for name, row in zip(states, rows, strict=True)}


def test_progress_adds_up_living_lines_and_marks_what_silence_accepted(session: Session) -> None:
    order = make_order(areas=(4_00, 3_00, 2_00, 1_00))
    silent, disputed, part, gone = order.lines
    report_done(silent)
    note_accepted(silent, area=Mu(3_90), on=TODAY, is_deemed=True)
    report_done(disputed)
    note_disputed(disputed)
    report_done(part, 50, result=WorkResult.PARTLY)
    gone.cancelled_at = NOW
    sums = progress_of(order.lines, order.ends_on, TODAY)
    assert (sums.lines, sums.planned, sums.done) == (3, 9_00, 7_50)
    assert (sums.accepted, sums.deemed, sums.disputed, sums.late) == (3_90, 3_90, 3_00, 1_50)


def test_acceptance_speaks_of_reported_living_lines_only(session: Session) -> None:
    order = make_order(areas=(4_00, 3_00))
    first, second = order.lines
    with pytest.raises(NothingReported):
        note_disputed(first)
    report_done(first)
    note_disputed(first)
    note_open(first)
    assert (first.is_disputed, first.accepted_on) == (False, None)
    second.cancelled_at = NOW
    with pytest.raises(LineCancelled):
        note_accepted(second, area=Mu(1), on=TODAY, is_deemed=False)


def test_an_order_is_issued_once(session: Session) -> None:
    order, viewer = make_order(issued_at=None), make_planner()
    life.issue(order, viewer=viewer, now=NOW)
    assert order.issued_at == NOW
    with pytest.raises(NotPossibleNow):
        life.issue(order, viewer=viewer, now=NOW)


def test_a_changed_window_is_checked_like_a_new_one(session: Session) -> None:
    order, viewer = make_order(), make_planner()
    life.change(order, OrderTerms(starts_on=WINDOW[0], ends_on=LATER), viewer=viewer, now=NOW)
    assert order.ends_on == LATER
    order.lines[0].contract.terminated_on = date(2026, 6, 1)
    session.flush()
    with pytest.raises(OrderRefused):
        life.change(order, OrderTerms(starts_on=date(2026, 8, 1), ends_on=LATER), viewer=viewer, now=NOW)
    with pytest.raises(StaleVersion):
        life.change(order, life.terms_of(order), viewer=viewer, now=NOW, version=order.version - 1)


def test_a_cancelled_order_frees_its_land_and_keeps_its_reason(session: Session) -> None:
    order, viewer = make_order(areas=(3_50, 1_25)), make_planner()
    with pytest.raises(ReasonMissing):
        life.cancel(order, reason=" ", viewer=viewer, now=NOW)
    life.cancel(order, reason="改期", viewer=viewer, now=NOW)
    assert all(line.cancelled_reason == "改期" for line in order.lines)
    again = plan(_details(), viewer=viewer, now=NOW).orders[0]
    assert again.parcel_count == 2


def test_what_was_reported_or_accepted_is_not_taken_back(session: Session) -> None:
    order, viewer = make_order(areas=(3_50, 1_25, 2_00)), make_planner()
    reported, accepted, free = order.lines
    report_done(reported)
    report_done(accepted)
    note_accepted(accepted, area=accepted.done_area, on=TODAY, is_deemed=False)
    for line, refusal in ((reported, LineReported), (accepted, LineAccepted)):
        with pytest.raises(refusal):
            life.cancel_lines(order, [line.id], reason="不做了", viewer=viewer, now=NOW)
    life.cancel_lines(order, [free.id], reason="不做了", viewer=viewer, now=NOW)
    assert (order.area, order.parcel_count) == (4_75, 2)
    with pytest.raises(NoLineChosen):
        life.cancel_lines(order, [free.id], reason="不做了", viewer=viewer, now=NOW)


def test_with_its_last_line_an_order_is_taken_back_itself(session: Session) -> None:
    order, viewer = make_order(areas=(3_50, 1_25)), make_planner()
    life.cancel_lines(order, [line.id for line in order.lines], reason="不做了", viewer=viewer, now=NOW)
    assert order.cancelled_reason == "不做了"


def test_whoever_only_reads_may_only_read(session: Session) -> None:
    order, reader = make_order(), make_viewer(OperationPermission.VIEW)
    assert not any(may(one, order, viewer=reader, now=NOW) for one in OrderOperation)
    with pytest.raises(MayNot):
        life.cancel(order, reason="不做了", viewer=reader, now=NOW)
    with pytest.raises(NotFound):
        queries.get(make_planner("371681101000"), order.id)


def test_every_act_is_in_the_journal(session: Session) -> None:
    contract = make_contract(contracts.make_household("张建国", 3_50, 1_25))
    assert contract.number is not None
    viewer = make_planner()
    (order,) = plan(_details(), viewer=viewer, now=NOW).orders
    row = whole(order.id)
    life.issue(row, viewer=viewer, now=NOW)
    life.cancel_lines(row, [row.lines[0].id], reason="不做了", viewer=viewer, now=NOW)
    life.cancel(row, reason="都不做了", viewer=viewer, now=NOW)
    session.commit()
    entries = session.scalars(
        select(JournalEntry).where(JournalEntry.subject_type == "work_order").order_by(JournalEntry.id)
    ).all()
    assert [entry.act.rpartition(".")[2] for entry in entries] == [
        "planned",
        "issued",
        "line_cancelled",
        "cancelled",
    ]
    assert entries[-1].reason == "都不做了"


def test_a_filter_finds_by_what_people_know(session: Session) -> None:
    order, _other = make_order(), make_order()
    viewer, line = make_planner(), order.lines[0]
    contract = line.contract.number or ""
    for text in (order.number, line.parcel.code, contract, line.household.head_name):
        found = queries.ids(viewer, OrderFilter(text=text), TODAY, OperationPermission.VIEW)
        assert found == [order.id]


def _details(*parcel_ids: int) -> OrderDetails:
    season = find_or_make_season()
    places: dict[str, Any] = (
        {"parcel_ids": parcel_ids} if parcel_ids else {"division_codes": (contracts.VILLAGE,)}
    )
    return OrderDetails(
        season_id=season.id,
        link_id=contracts.make_link("04").id,
        terms=OrderTerms(starts_on=WINDOW[0], ends_on=WINDOW[1]),
        **places,
    )


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("plan all", "plan one", "cancel order", "cancel line", "report", "undo")),
        st.integers(0, 3),
    ),
    max_size=9,
)


@given(acts=ACTS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_sequence_of_acts_gives_one_work_two_living_lines(session: Session, acts: list[Any]) -> None:
    outer = session.begin_nested()
    try:
        provider, clerk, viewer = contracts.make_organisation(), contracts.make_clerk(), make_planner()
        for name in ("甲", "乙"):
            make_contract(contracts.make_household(name, 3_50, 1_25), provider=provider, clerk=clerk)
        parcels = sorted(row.parcel_id for row in _candidates())
        for act, place in acts:
            _do(act, place, parcels, viewer)
            _prove()
    finally:
        session.expunge_all()
        outer.rollback()


def _candidates() -> list[Any]:
    from coop.operations.queries.candidates import candidates  # noqa: PLC0415 - only here
    from coop.operations.service.planning import asked_of  # noqa: PLC0415 - only here

    return candidates(make_planner(), asked_of(_details()))


def _do(act: str, place: int, parcels: list[int], viewer: Viewer) -> None:
    """Do one act, or have it refused; nothing else may come of it."""
    living = db.session.scalars(
        select(OrderLine).where(OrderLine.cancelled_at.is_(None)).order_by(OrderLine.id)
    ).all()
    line = living[place % len(living)] if living else None
    order = whole(line.order_id) if line else None
    try:
        if act == "plan all":
            plan(_details(), viewer=viewer, now=NOW)
        elif act == "plan one":
            plan(_details(parcels[place]), viewer=viewer, now=NOW)
        elif act == "report" and line is not None and line.result is None:
            report_done(line)
        elif act == "undo" and line is not None:
            line.result, line.done_area, line.done_on = None, Mu(0), None
        elif act == "cancel order" and order is not None:
            life.cancel(order, reason="不做了", viewer=viewer, now=NOW)
        elif act == "cancel line" and order is not None and line is not None:
            life.cancel_lines(order, [line.id], reason="不做了", viewer=viewer, now=NOW)
    except DomainError:
        pass
    db.session.flush()


def _prove() -> None:
    key = (OrderLine.parcel_id, OrderLine.season_id, OrderLine.link_id, OrderLine.pass_number)
    doubled = select(*key).where(OrderLine.cancelled_at.is_(None)).group_by(*key).having(func.count() > 1)
    assert db.session.execute(doubled).all() == []
    for order in db.session.scalars(select(WorkOrder).where(WorkOrder.cancelled_at.is_(None))):
        area, count = db.session.execute(
            select(func.sum(OrderLine.planned_area), func.count()).where(
                OrderLine.order_id == order.id, OrderLine.cancelled_at.is_(None)
            )
        ).one()
        assert (order.area, order.parcel_count) == (area, count)
