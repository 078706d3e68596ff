"""The clerk's page, with and without script."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from coop.contracts import queries, service
from coop.contracts.models import Contract
from coop.contracts.rules.life import ContractState
from foundation.accounts.models import Account
from foundation.drafts.models import Draft
from tests.coop.contracts.builders import (
    TODAY,
    make_clerk,
    make_collective,
    make_household,
    make_link,
    make_mandate,
    make_organisation,
    make_season,
    parcels_of,
)
from tests.coop.entry.builders import hidden, sent, sit_down
from tests.foundation.accounts.builders import sign_in

PAGE = "/coop/entry/"


def saved(session: Session, answer: TestResponse) -> Contract:
    """The contract that an answer leads to."""
    assert answer.status_code == 302, answer.text
    session.expire_all()
    return queries.reload(int(answer.location.rpartition("/")[2]))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Contract)) or 0


def test_an_empty_form_opens_for_a_clerk_only(client: FlaskClient) -> None:
    assert client.get(PAGE).status_code == 302
    sit_down(client)
    page = client.get(PAGE).text
    assert 'data-draft-key="coop.entry.new"' in page
    assert page.count("<label") > 20


def test_a_household_contract_is_written_in_one_go(client: FlaskClient, session: Session) -> None:
    make_household("张建国", 350, 125)
    fields = sent("张建国", make_organisation(), annex="张建国")
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    details = service.details_of(contract)
    assert (contract.area, contract.total, contract.household_count) == (475, 323_000, 1)
    assert [payment.amount for payment in details.payments] == [323_000]
    assert details.payments[0].days_after_acceptance == 10


def test_handing_in_saves_numbers_and_submits(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国", act="submit")
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    assert contract.state(TODAY) is ContractState.SUBMITTED
    assert contract.number


def test_a_village_signs_for_two_hundred_households_by_one_paste(
    client: FlaskClient, session: Session
) -> None:
    clerk, collective = make_clerk(), make_collective()
    lines = ["序号\t姓名\t承包方编码\t面积（亩）"]
    for number in range(1, 201):
        household = make_household(f"农户{number}", 300 + number, 125)
        make_mandate(household, collective, clerk)
        lines.append(f"{number}\t{household.head_name}\t{household.code}\t")
    fields = sent(
        collective.name, make_organisation(), receiver_kind="collective", annex="\n".join(lines), act="submit"
    )
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    assert contract.household_count == 200
    assert contract.area == sum(300 + number + 125 for number in range(1, 201))
    assert sum(row.area for row in contract.annex) == contract.area
    assert all(row.mandate_id for row in contract.annex)
    assert [row.household.head_name for row in contract.annex][:2] == ["农户1", "农户2"]


def test_a_wrong_line_is_refused_in_its_row_and_nothing_is_saved(
    client: FlaskClient, session: Session
) -> None:
    make_household("张建国")
    annex = "张建国\t\t\t3.50\n王五\t9999\t\t1.00\n李红\t\t3716811122050199999\t五亩"
    fields = sent("张建国", make_organisation(), annex=annex)
    sit_down(client)
    answer = client.post(PAGE, data=fields)
    assert answer.status_code == 422
    assert "没有找到农户“王五 9999”" in answer.text
    assert "没有找到地块 3716811122050199999" in answer.text
    assert "清单中有 2 行需要改正" in answer.text
    assert "王五\t9999\t\t1.00" in answer.text
    assert count(session) == 0


def test_a_missing_term_is_named_and_the_rest_is_kept(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent(
        "张建国",
        make_organisation(),
        annex="张建国",
        starts_on="",
        ends_on="2026-2-30",
        free_terms="秸秆还田",
    )
    sit_down(client)
    page = client.post(PAGE, data=fields).text
    assert "请填写“合同起”" in page
    assert "2026-2-30" in page
    assert "秸秆还田" in page
    assert count(session) == 0


def test_what_stands_in_the_way_is_said_when_handing_in_and_nothing_is_half_saved(
    client: FlaskClient, session: Session
) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国", package_fee="", act="submit")
    sit_down(client)
    answer = client.post(PAGE, data=fields)
    assert answer.status_code == 422
    assert "请填写订单式的打包服务费" in answer.text
    assert count(session) == 0


def test_namesakes_as_receiver_are_never_guessed(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    make_household("张建国")
    fields = sent("张建国", make_organisation())
    sit_down(client)
    page = client.post(PAGE, data=fields).text
    assert "对应 2 个" in page
    assert count(session) == 0


def menu_fields() -> dict[str, Any]:
    season, link = make_season(), make_link()
    return {
        "mode": "menu",
        "menu-0-link": str(link.id),
        "menu-0-season": str(season.id),
        "menu-0-price": "30",
        "menu-0-area": "3.50",
        "menu-2-price": "",
    }


def test_a_menu_is_priced_by_its_lines_and_blank_lines_are_none(
    client: FlaskClient, session: Session
) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国", **menu_fields())
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    assert [(line.price, line.area, line.passes) for line in contract.menu] == [(3000, 350, 1)]
    assert contract.total == 10_500


def test_the_guide_to_standards_comes_in_for_the_chosen_links(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国", **menu_fields(), act="standards")
    sit_down(client)
    page = client.post(PAGE, data=fields).text
    assert 'name="standards-0-item"' in page
    assert 'value="种植"' in page
    assert count(session) == 0


@pytest.mark.parametrize(
    ("given", "amounts"),
    [
        ({"payment_mode": "at_signing"}, [238_000]),
        ({"payment_mode": "from_proceeds"}, [238_000]),
        ({"deposit_kind": "prepayment", "deposit_rate": "20"}, [190_400]),
        (
            {
                "payment_mode": "instalments",
                "payments-0-label": "首期",
                "payments-0-amount": "1000",
                "payments-0-due_on": "2026-6-1",
                "payments-1-label": "尾款",
                "payments-1-days": "15",
            },
            [100_000, 138_000],
        ),
    ],
)
def test_the_payment_plan_adds_up_to_the_total(
    client: FlaskClient, session: Session, given: dict[str, str], amounts: list[int]
) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国", **given)
    sit_down(client)
    details = service.details_of(saved(session, client.post(PAGE, data=fields)))
    assert [payment.amount for payment in details.payments] == amounts
    assert details.deposit.amount + sum(amounts) == 238_000


def test_a_stored_contract_comes_back_as_it_was_written(client: FlaskClient, session: Session) -> None:
    parcel = parcels_of(make_household("张建国", 350, 125))[1]
    fields = sent(
        "张建国",
        make_organisation(),
        annex=f"\t\t{parcel.code}\t1.00",
        deposit_kind="earnest",
        deposit_rate="10",
    )
    sit_down(client)
    first = saved(session, client.post(PAGE, data=fields))
    before = service.details_of(first)
    page = client.get(f"{PAGE}{first.id}").text
    assert f"张建国\t1235\t{parcel.code}\t1.00" in page
    again = fields | {
        "version": hidden(page, "version"),
        "base": hidden(page, "base"),
        "annex": f"张建国\t1235\t{parcel.code}\t1.00",
    }
    answer = client.post(f"{PAGE}{first.id}", data=again)
    assert service.details_of(saved(session, answer)) == before


def edited(client: FlaskClient, contract: Contract, fields: dict[str, Any], **changes: str) -> TestResponse:
    """Open the form, change something, send it."""
    page = client.get(f"{PAGE}{contract.id}").text
    opened = {"version": hidden(page, "version"), "base": hidden(page, "base")}
    return client.post(f"{PAGE}{contract.id}", data=fields | opened | changes)


def test_two_clerks_on_one_contract_meet_on_the_three_way_page(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国")
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    page = client.get(f"{PAGE}{contract.id}").text
    stale = {"version": hidden(page, "version"), "base": hidden(page, "base")}
    assert edited(client, contract, fields, free_terms="秸秆还田").status_code == 302
    answer = client.post(
        f"{PAGE}{contract.id}", data=fields | stale | {"place": "村东", "package_fee": "700"}
    )
    assert answer.status_code == 409
    assert "秸秆还田" in answer.text
    assert "村东" in answer.text
    assert "700" in answer.text


def test_saving_lets_the_draft_go(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国")
    sit_down(client)
    client.post("/foundation/drafts/coop.entry.new", json={"fields": [["place", "村东"]]})
    assert session.scalar(select(func.count()).select_from(Draft)) == 1
    saved(session, client.post(PAGE, data=fields))
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


@pytest.fixture
def stranger(client: FlaskClient) -> Account:
    """A clerk of another township."""
    return sit_down(client, division_code="371681101000")


def test_a_clerk_of_another_township_finds_nothing(
    client: FlaskClient, stranger: Account, session: Session
) -> None:
    household, provider = make_household("张建国"), make_organisation(division_code="371681101000")
    sign_in(client, stranger)
    code = parcels_of(household)[0].code
    for line in ("张建国", f"\t\t{code}\t", f"\t\t{household.code}\t"):
        checked = client.post("/coop/entry/check", data=sent("张建国", provider, annex=line)).json
        assert checked is not None
        assert checked["lines"][0]["label"] == ""
        assert "没有找到" in checked["lines"][0]["error"]
    for address in (
        "receivers?kind=household&q=张建国",
        "households?q=张建国",
        f"households?q={household.code}",
    ):
        found = client.get(f"/coop/entry/{address}").json
        assert found == {"found": []}
    assert client.post(PAGE, data=sent(str(household.id), provider)).status_code == 422


def test_a_contract_out_of_sight_cannot_be_opened_checked_or_changed(
    client: FlaskClient, session: Session
) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国")
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    sit_down(client, division_code="371681101000")
    assert client.get(f"{PAGE}{contract.id}").status_code == 404
    assert client.post(f"{PAGE}{contract.id}", data=fields).status_code == 404
    assert client.post(f"/coop/entry/check?contract={contract.id}", data=fields).status_code == 404


def test_a_submitted_contract_is_not_edited_any_more(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国", act="submit")
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    answer = client.post(
        f"{PAGE}{contract.id}", data=fields | {"version": str(contract.version), "act": "save"}
    )
    assert answer.status_code == 422


WEIRD = (
    "",
    "\x00",
    "-1",
    "99999999999999.99",
    "9" * 40,
    "1e9",
    "２０２７",
    "x' OR 1=1 --",
    "\ud7ff𬭎",
    "a\tb\nc",
)
FIELDS = (
    "mode",
    "receiver_kind",
    "receiver",
    "provider",
    "starts_on",
    "ends_on",
    "area",
    "annex",
    "package_fee",
    "guaranteed_yield",
    "deposit_kind",
    "deposit_rate",
    "payment_mode",
    "late_fee",
    "upstream",
    "division",
    "printed_first",
    "free_terms",
    "menu-0-link",
    "menu-0-price",
    "payments-0-amount",
    "version",
    "act",
)


@pytest.mark.parametrize("name", FIELDS)
def test_whatever_is_written_gets_a_sentence_and_never_a_fault(client: FlaskClient, name: str) -> None:
    make_household("张建国")
    fields = sent("张建国", make_organisation(), annex="张建国")
    sit_down(client)
    for text in WEIRD:
        answer = client.post(PAGE, data=fields | {name: text})
        assert answer.status_code in (200, 302, 422), (text, answer.text)
        checked = client.post("/coop/entry/check", data=fields | {name: text})
        assert checked.status_code == 200, (text, checked.text)


def test_the_largest_amounts_still_fit(client: FlaskClient, session: Session) -> None:
    make_household("张建国")
    fields = sent(
        "张建国", make_organisation(), annex="", area="1000000", package_fee="100000", ends_on="2046-2-28"
    )
    sit_down(client)
    contract = saved(session, client.post(PAGE, data=fields))
    assert contract.total == 1_000_000 * 100_000 * 100 * 20
