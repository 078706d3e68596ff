"""What the page hears while one types."""

from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from coop.catalogue.models import PriceVersion
from coop.contracts.models import Contract
from foundation.database.engine import db
from tests.coop.contracts.builders import (
    VILLAGE,
    make_clerk,
    make_collective,
    make_household,
    make_link,
    make_mandate,
    make_organisation,
    make_season,
)
from tests.coop.entry.builders import sent, sit_down
from tests.foundation.accounts.builders import COUNTY, make_division


def check(client: FlaskClient, fields: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/coop/entry/check", data=fields)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    return dict(answer.json)


def test_the_sums_run_along(client: FlaskClient) -> None:
    make_household("张建国", 350, 125)
    fields = sent("张建国", make_organisation(), annex="张建国", deposit_kind="prepayment", deposit_rate="10")
    sit_down(client)
    said = check(client, fields)
    assert said["sums"] == {
        "households": "1",
        "parcels": "2",
        "annex_area": "4.75",
        "area": "4.75",
        "total": "3,230.00",
        "capitals": "人民币叁仟贰佰叁拾元整",
        "deposit": "323.00",
        "balance": "2,907.00",
    }
    assert said["lines"][0]["area"] == "4.75"
    assert "尾号1235" in said["lines"][0]["label"]


def test_an_unfinished_form_shows_its_annex_and_does_not_scold_for_what_is_empty(
    client: FlaskClient,
) -> None:
    make_household("张建国", 350)
    sit_down(client)
    said = check(client, {"annex": "张建国\t\t\t3.50", "starts_on": "2026-2-30"})
    assert said["sums"]["annex_area"] == "3.50"
    assert list(said["errors"]) == ["starts_on"]


def test_a_household_without_a_mandate_is_named_in_its_line(client: FlaskClient) -> None:
    clerk, collective = make_clerk(), make_collective()
    make_mandate(make_household("张建国"), collective, clerk)
    make_household("李红")
    fields = sent(collective.name, make_organisation(), receiver_kind="collective", annex="张建国\n李红")
    sit_down(client)
    first, second = check(client, fields)["lines"]
    assert (first["notes"], bool(first["mandate"])) == ([], True)
    assert "没有委托书" in second["notes"][0]["text"]


def test_a_check_saves_nothing_and_asks_a_fixed_number_of_queries(
    client: FlaskClient, session: Session
) -> None:
    for number in range(30):
        make_household(f"农户{number}", 350, 125)
    collective, provider = make_collective(), make_organisation()
    sit_down(client)
    asked: list[str] = []
    engine = db.engine

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    counts = []
    for size in (2, 2, 30):
        asked.clear()
        annex = "\n".join(f"农户{number}" for number in range(size))
        check(client, sent(collective.name, provider, receiver_kind="collective", annex=annex))
        counts.append(len(asked))
    event.remove(engine, "before_cursor_execute", note)
    assert counts[1] == counts[2] < 40
    assert session.scalar(select(func.count()).select_from(Contract)) == 0


def test_a_paste_comes_back_as_lines(client: FlaskClient) -> None:
    sit_down(client)
    answer = client.post("/coop/entry/paste", data={"text": "姓名\t亩数\r\n张建国\t5.2\r\n"})
    assert answer.json == {"lines": [["张建国", "", "", "5.2"]]}
    refused = client.post("/coop/entry/paste", data={"text": "张建国\t5.2\n" * 5001}).json
    assert refused is not None
    assert "最多 5000 行" in refused["error"]


def test_the_pickers_tell_namesakes_apart(client: FlaskClient) -> None:
    make_household("张建国", 350)
    make_household("张建国", 125)
    provider = make_organisation(name="焦桥供销合作社")
    sit_down(client)
    found = client.get("/coop/entry/households?q=zjg").json
    assert found is not None
    assert [row["name"] for row in found["found"]] == ["张建国", "张建国"]
    assert "1 块 3.50 亩" in found["found"][0]["label"]
    assert len({row["key"] for row in found["found"]}) == 2
    providers = client.get("/coop/entry/providers?q=焦桥").json
    assert providers is not None
    assert providers["found"][0]["key"] == str(provider.id)


def test_a_picked_label_is_read_back_by_its_key(client: FlaskClient) -> None:
    make_household("张建国", 350)
    make_household("张建国", 125)
    provider = make_organisation()
    sit_down(client)
    found = client.get("/coop/entry/receivers?kind=household&q=张建国").json
    assert found is not None
    second = found["found"][1]
    fields = sent(f"{second['key']} {second['label']}", provider, annex="")
    assert "receiver" not in check(client, fields)["errors"]


def test_a_new_line_takes_the_price_of_the_own_county(client: FlaskClient, session: Session) -> None:
    link, season = make_link("04"), make_season()
    for division_code, price in ((COUNTY, 50_00), ("371625000000", 77_00)):
        make_division(division_code)
        session.add(
            PriceVersion(
                division_code=division_code,
                year=season.year,
                link_id=link.id,
                price=price,
                valid_from=date(2020, 1, 1) if division_code == COUNTY else date(2021, 1, 1),
            )
        )
    session.commit()
    asked = f"/coop/entry/price?link={link.id}&season={season.id}"
    sit_down(client, VILLAGE)
    assert client.get(asked).json == {"price": "50.00"}
    sit_down(client, "371626000000")
    assert client.get(asked).json == {"price": ""}
