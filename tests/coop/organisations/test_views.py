import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from coop.organisations.importing import ORGANISATIONS
from coop.organisations.models import Organisation
from foundation.journal.models import JournalEntry
from foundation.workbooks.reading import Workbook, read_sheet
from tests.coop.organisations.builders import CREDIT_CODE, make_organisation
from tests.coop.parcels.builders import OTHER_TOWNSHIP, REGISTER, TOWNSHIP
from tests.foundation.accounts.builders import make_division, signed_in_with

FORM = {
    "name": "长山供销合作社",
    "kind": "grassroots_coop",
    "division_code": TOWNSHIP,
    "credit_code": CREDIT_CODE,
    "listed_on": "2025-01-01",
}


def come_in(client: FlaskClient, division_code: str = TOWNSHIP, without: tuple[str, ...] = ()) -> None:
    make_division(TOWNSHIP)
    signed_in_with(client, [p.value for p in REGISTER if p.value not in without], division_code)


@pytest.mark.parametrize(
    "query", ["", "?text=gxhz", "?kind=grassroots_coop", f"?division={TOWNSHIP}", "?provider=y"]
)
def test_the_list_shows_what_was_asked_for(client: FlaskClient, query: str) -> None:
    make_organisation()
    come_in(client)

    assert "长山供销合作社" in client.get("/coop/organisations/" + query).text
    assert "长山供销合作社" not in client.get("/coop/organisations/?text=无此社").text


def test_an_organisation_is_registered_edited_and_closed_by_form(
    client: FlaskClient, session: Session
) -> None:
    come_in(client)
    assert client.get("/coop/organisations/new").status_code == 200
    answer = client.post("/coop/organisations/new", data=FORM)
    organisation = session.query(Organisation).one()
    path = f"/coop/organisations/{organisation.id}"
    assert answer.headers["Location"] == path

    edited = FORM | {"address": "长山镇驻地", "version": str(organisation.version)}
    assert client.get(path + "/edit").status_code == 200
    assert client.post(path + "/edit", data=edited).status_code == 302
    second = client.post(path + "/edit", data=edited | {"address": "别处"})
    client.post(path + "/close", data={"on": "2026-03-01", "reason": "注销登记"})

    assert second.status_code == 409
    page = client.get(path).text
    assert "长山镇驻地" in page
    assert "注销登记" in page
    client.post(path + "/reopen", data={"reason": "恢复登记"})
    session.refresh(organisation)
    assert organisation.is_open


def test_wrong_values_are_refused_in_place(client: FlaskClient) -> None:
    make_organisation()
    come_in(client)

    answer = client.post("/coop/organisations/new", data=FORM | {"name": "别的社"})
    damaged = client.post("/coop/organisations/new", data=FORM | {"credit_code": CREDIT_CODE[:17] + "0"})

    assert (answer.status_code, damaged.status_code) == (422, 422)
    assert "已登记在“长山供销合作社”名下" in answer.text
    assert "校验位应为" in damaged.text


def test_a_telephone_is_revealed_with_a_reason(client: FlaskClient) -> None:
    path = f"/coop/organisations/{make_organisation().id}"
    come_in(client)

    assert "4321234" not in client.get(path).text
    assert "0543-4321234" in client.post(path + "/reveal/phone", data={"reason": "联系业务"}).text
    assert client.post(path + "/reveal/name", data={"reason": "联系业务"}).status_code == 404


def test_another_township_sees_nothing_anywhere(client: FlaskClient) -> None:
    path = f"/coop/organisations/{make_organisation().id}"
    come_in(client, OTHER_TOWNSHIP)

    assert "长山供销" not in client.get("/coop/organisations/").text
    assert client.get("/coop/organisations/search?q=长山").get_json() == {"found": []}
    export = client.post("/coop/organisations/export", data={"extent": "all"})
    with pytest.raises(Exception, match="没有数据"):
        list(read_sheet(Workbook(export.data), ORGANISATIONS.layout))
    for action in ("", "/edit"):
        assert client.get(path + action).status_code == 404
    for action in ("/edit", "/close", "/reopen", "/reveal/phone"):
        assert client.post(path + action, data=FORM | {"reason": "核对"}).status_code == 404


@pytest.mark.parametrize("extent", ["selected", "filtered", "all"])
def test_an_export_holds_what_was_asked_for_and_is_journalled(
    client: FlaskClient, session: Session, extent: str
) -> None:
    organisation = make_organisation()
    make_organisation(name="长山棉花厂", credit_code=None)
    come_in(client)

    answer = client.post(
        "/coop/organisations/export?text=gxhz", data={"extent": extent, "selected": [organisation.id]}
    )

    rows = list(read_sheet(Workbook(answer.data), ORGANISATIONS.layout))
    assert len(rows) == (2 if extent == "all" else 1)
    assert rows[0].values["phone"] == "0543-****234"
    assert session.query(JournalEntry).filter_by(act="organisations.exported").count() == 1


def test_a_picker_offers_providers(client: FlaskClient) -> None:
    organisation = make_organisation()
    make_organisation(name="长山棉花厂", credit_code=None, listed_on=None)
    come_in(client)

    found = client.get("/coop/organisations/search?q=长山&providers=1").get_json()["found"]

    assert [one["key"] for one in found] == [str(organisation.id)]
    assert "长山镇" in found[0]["label"]
