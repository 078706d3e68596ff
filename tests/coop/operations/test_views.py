"""Work orders over HTTP: the list, planning, one order and its acts, and who may do what."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.contracts.rules.terms import ContractPermission
from coop.machinery.rules import MachineryPermission
from coop.operations.models import WorkOrder
from coop.operations.rules.terms import OperationPermission
from coop.programmes.rules import ProgrammePermission
from tests.coop.contracts import builders as contracts
from tests.coop.operations.builders import (
    VILLAGE,
    find_or_make_season,
    make_contract,
    make_order,
    report_done,
)
from tests.foundation.accounts.builders import signed_in_with

HOME = "/coop/operations/"
ALL = (*OperationPermission, MachineryPermission.VIEW, ProgrammePermission.VIEW, ContractPermission.VIEW)


@pytest.fixture
def planner(client: FlaskClient, session: Session) -> FlaskClient:
    """A browser in which a planner of the county has logged in."""
    signed_in_with(client, [one.value for one in ALL])
    return client


def work(**given: object) -> dict[str, object]:
    """The question of the planning page: sowing of summer maize in its window."""
    return {
        "season": find_or_make_season().id,
        "link": contracts.make_link("04").id,
        "pass_number": 1,
        "starts_on": "2026-06-05",
        "ends_on": "2026-06-25",
        **given,
    }


def test_the_list_shows_orders_and_what_came_of_them(planner: FlaskClient, session: Session) -> None:
    order = make_order(areas=(3_50, 1_25))
    report_done(order.lines[0])
    session.commit()
    page = planner.get(HOME).get_data(as_text=True)
    assert order.number in page
    assert "4.75" in page
    assert "3.50" in page


@pytest.mark.parametrize(
    "asked", ["state=late", "state=issued", "disputed=y", "text=农户", "since=2026-06-01&until=2026-06-30"]
)
def test_the_list_is_narrowed_by_every_filter(planner: FlaskClient, session: Session, asked: str) -> None:
    make_order()
    session.commit()
    assert planner.get(f"{HOME}?{asked}").status_code == 200


def test_planning_offers_villages_and_opens_them(planner: FlaskClient, session: Session) -> None:
    contract = make_contract(contracts.make_household("张建国", 3_50))
    taken = make_order()
    session.commit()
    page = planner.get(HOME + "plan", query_string=work(open=VILLAGE)).get_data(as_text=True)
    assert "张建国" in page
    assert contract.number is not None
    assert contract.number in page
    assert taken.number in page


def test_namesakes_are_told_apart_on_the_planning_page(planner: FlaskClient, session: Session) -> None:
    for group in (2, 3):
        household = contracts.make_household("张建国", 3_50)
        household.group_number = group
        make_contract(household)
    marks = [f"{group}组 {household.id_tail}" for group in (2, 3)]
    session.commit()
    page = planner.get(HOME + "plan", query_string=work(open=VILLAGE)).get_data(as_text=True)
    assert all(f"张建国 <small>{mark}</small>" in page for mark in marks)


def test_the_empty_planning_page_asks_for_the_work_first(planner: FlaskClient) -> None:
    page = planner.get(HOME + "plan")
    assert page.status_code == 200
    assert "先选定作物季" in page.get_data(as_text=True)


def test_a_ticked_village_becomes_an_order(planner: FlaskClient, session: Session) -> None:
    make_contract(contracts.make_household("张建国", 3_50))
    asked = work()
    session.commit()
    sent = planner.post(HOME + "plan", query_string=asked, data={"villages": [VILLAGE]})
    order = session.scalars(select(WorkOrder)).one()
    assert sent.status_code == 302
    assert sent.location == f"{HOME}{order.id}"
    assert order.number in planner.get(sent.location).get_data(as_text=True)


def test_nothing_ticked_is_refused_with_the_cure(planner: FlaskClient, session: Session) -> None:
    make_contract()
    asked = work()
    session.commit()
    sent = planner.post(HOME + "plan", query_string=asked)
    assert sent.status_code == 422
    assert "请先勾选村、农户或地块" in sent.get_data(as_text=True)


def test_an_order_is_changed_issued_and_taken_back(planner: FlaskClient, session: Session) -> None:
    order = make_order(areas=(3_50, 1_25), issued_at=None, ends_on=contracts.END)
    number, first = f"{HOME}{order.id}", order.lines[0].id
    session.commit()
    form = {
        "version": order.version,
        "starts_on": "2026-06-05",
        "ends_on": "2026-06-28",
        "standard": "播深四厘米",
    }
    assert planner.post(f"{number}/edit", data=form).status_code == 302
    assert planner.post(f"{number}/issue").status_code == 302
    sent = planner.post(f"{number}/lines/cancel", data={"lines": [first], "reason": "农户自种"})
    assert sent.status_code == 302
    assert planner.post(f"{number}/cancel", data={"reason": "改期重编"}).status_code == 302
    session.expire_all()
    row = session.get_one(WorkOrder, order.id)
    assert row.standard == "播深四厘米"
    assert row.issued_at is not None
    assert row.cancelled_reason == "改期重编"
    page = planner.get(number).get_data(as_text=True)
    assert "农户自种" in page
    assert "改期重编" in page


def test_who_comes_second_meets_the_three_way_page(planner: FlaskClient, session: Session) -> None:
    order = make_order()
    session.commit()
    first = {"version": order.version, "starts_on": "2026-06-05", "ends_on": "2026-06-28"}
    address = f"{HOME}{order.id}/edit"
    assert planner.post(address, data=first).status_code == 302
    second = planner.post(address, data=first | {"ends_on": "2026-06-30"})
    assert second.status_code == 409


def test_a_reported_parcel_is_not_taken_back_and_the_page_says_why(
    planner: FlaskClient, session: Session
) -> None:
    order = make_order(areas=(3_50, 1_25))
    line = order.lines[0]
    report_done(line)
    session.commit()
    chosen = {"lines": [line.id], "reason": "算了吧"}
    sent = planner.post(f"{HOME}{order.id}/lines/cancel", data=chosen)
    assert sent.status_code == 422
    assert "先撤回作业登记" in sent.get_data(as_text=True)


def test_many_orders_are_issued_at_once(planner: FlaskClient, session: Session) -> None:
    orders = [make_order(issued_at=None, ends_on=contracts.END) for _ in range(2)]
    session.commit()
    sent = planner.post(
        f"{HOME}issue", data={"extent": "selected", "selected": [order.id for order in orders]}
    )
    assert sent.status_code == 302
    session.expire_all()
    assert all(session.get_one(WorkOrder, order.id).issued_at for order in orders)


@pytest.mark.parametrize("address", ["export", "ledger"])
def test_the_list_leaves_the_house_as_workbook_and_paper(
    planner: FlaskClient, session: Session, address: str
) -> None:
    make_order()
    session.commit()
    sent = planner.post(f"{HOME}{address}", data={"extent": "filtered"})
    assert sent.status_code == 200
    assert len(sent.data) > 1000


def test_a_picker_finds_an_order(planner: FlaskClient, session: Session) -> None:
    order = make_order()
    session.commit()
    found = planner.get(f"{HOME}search", query_string={"q": order.number}).get_json()["found"]
    assert [row["key"] for row in found] == [str(order.id)]


def test_whoever_works_elsewhere_sees_no_order(client: FlaskClient, session: Session) -> None:
    order = make_order()
    signed_in_with(client, [one.value for one in ALL], division_code="371681101000")
    session.commit()
    assert order.number not in client.get(HOME).get_data(as_text=True)
    for act in ("", "/edit"):
        assert client.get(f"{HOME}{order.id}{act}").status_code == 404
    for act in ("issue", "cancel", "lines/cancel", "edit"):
        assert client.post(f"{HOME}{order.id}/{act}").status_code == 404


def test_a_reader_plans_nothing(client: FlaskClient, session: Session) -> None:
    order = make_order()
    signed_in_with(client, [OperationPermission.VIEW.value])
    session.commit()
    page = client.get(f"{HOME}{order.id}").get_data(as_text=True)
    assert "撤销作业单" not in page
    assert client.get(HOME + "plan").status_code == 403
    assert client.post(f"{HOME}{order.id}/cancel").status_code == 403


def test_a_driver_is_led_from_the_worktable_to_the_list_of_the_telephone(
    client: FlaskClient, session: Session
) -> None:
    make_order()
    signed_in_with(client, [OperationPermission.REPORT.value])
    session.commit()
    page = client.get("/").get_data(as_text=True)
    assert 'href="/coop/operations/?' not in page
    assert 'href="/coop/operations/mine"' in page
