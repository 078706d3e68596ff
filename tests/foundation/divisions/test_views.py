"""The pages of divisions and the picker."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation.accounts.rules import AccountPermission
from foundation.database.engine import writing
from foundation.divisions import queries, service
from foundation.divisions.rules import DivisionPermission
from foundation.postings.rules import RoleKind
from tests.conftest import NOW
from tests.foundation.accounts.builders import COUNTY, make_division, make_viewer, signed_in_with

CHANGSHAN, JIAOQIAO, VILLAGE = "371681101000", "371681108000", "371681101205"
PICKER = "/foundation/divisions/picker"


@pytest.fixture
def system(client: FlaskClient, session: Session) -> FlaskClient:
    for code in (CHANGSHAN, JIAOQIAO):
        make_division(code)
    details = service.DivisionDetails(code=VILLAGE, name="范公村委会", parent_code=CHANGSHAN)
    service.add(details, viewer=make_viewer(), now=NOW)
    signed_in_with(client, [DivisionPermission.EDIT], kind=RoleKind.SYSTEM)
    return client


def keys(client: FlaskClient, **asked: str) -> list[str]:
    answer = client.get(PICKER, query_string=asked).json
    assert answer is not None
    return [row["key"] for row in answer["found"]]


def test_the_tree_is_walked_and_searched(system: FlaskClient) -> None:
    assert "山东省" in system.get("/foundation/divisions/").text
    assert "范公村" in system.get("/foundation/divisions/?q=fg").text
    assert "没有名称" in system.get("/foundation/divisions/?q=zzz").text
    page = system.get(f"/foundation/divisions/{CHANGSHAN}").text
    assert "范公村" in page
    assert "邹平市" in page
    assert system.get("/foundation/divisions/999999999999").status_code == 404


def test_a_village_is_added_renamed_grouped_and_closed(system: FlaskClient) -> None:
    at = "/foundation/divisions/371681101230"
    added = {"code": "371681101230", "name": "醴泉村委会"}
    assert system.post(f"/foundation/divisions/{CHANGSHAN}/add", data=added).location == at
    version = {"version": "1", "name": "新村村委会", "reason": "批复"}
    assert system.post(f"{at}/rename", data=version).location == at
    assert system.post(f"{at}/groups", data={"number": "1", "name": ""}).location == at
    assert "1组" in system.get(at).text
    assert system.post(f"{at}/close", data={"reason": "批复"}).location == at
    assert queries.get("371681101230").valid_until is not None


def test_a_refused_change_stays_in_its_form(system: FlaskClient) -> None:
    page = system.post(f"/foundation/divisions/{CHANGSHAN}/add", data={"code": "1", "name": "醴泉村委会"})
    assert page.status_code == 422
    assert "12 位数字" in page.text
    assert "醴泉村委会" in page.text
    assert system.post(f"/foundation/divisions/{VILLAGE}/groups", data={"number": "0"}).status_code == 422
    stale = {"version": "9", "name": "甲村委会", "reason": "批复"}
    assert system.post(f"/foundation/divisions/{VILLAGE}/rename", data=stale).status_code == 409


def test_a_village_is_transferred_by_the_name_of_its_new_township(
    system: FlaskClient, session: Session
) -> None:
    sent = {"parent_code": "焦桥镇", "new_code": "371681108230", "on": "2026-1-1", "reason": "批复"}
    refused = system.post(f"/foundation/divisions/{VILLAGE}/transfer", data={**sent, "parent_code": "无此镇"})
    assert refused.status_code == 422
    writing.set(True)
    service.rename(queries.get(JIAOQIAO), "焦桥镇", 1, viewer=make_viewer(), now=NOW)
    session.commit()
    done = system.post(f"/foundation/divisions/{VILLAGE}/transfer", data=sent)
    assert done.location == "/foundation/divisions/371681108230"
    assert queries.code_on(VILLAGE, date(2026, 1, 1)) == "371681108230"
    assert "编码沿革" in system.get("/foundation/divisions/371681108230").text


def test_the_cascade_leads_down_to_the_reach_and_no_further(client: FlaskClient, session: Session) -> None:
    village = make_division(VILLAGE)
    make_division(JIAOQIAO)
    service.set_group(village, "2", "", viewer=make_viewer(), now=NOW)
    signed_in_with(client, ["coop.contracts.view"], CHANGSHAN)
    assert keys(client, parent="") == ["370000000000"]
    assert keys(client, parent=COUNTY) == [CHANGSHAN]
    assert keys(client, parent=CHANGSHAN) == [VILLAGE]
    assert keys(client, parent=JIAOQIAO) == []
    assert keys(client, village=VILLAGE) == ["02"]
    assert keys(client, village="371681108230") == []


def test_the_search_of_the_picker_stays_within_reach(client: FlaskClient, session: Session) -> None:
    for code, parent in ((VILLAGE, CHANGSHAN), ("371681108230", JIAOQIAO)):
        make_division(parent)
        details = service.DivisionDetails(code=code, name="范公村委会", parent_code=parent)
        service.add(details, viewer=make_viewer(), now=NOW)
    signed_in_with(client, ["coop.contracts.view"], CHANGSHAN)
    assert keys(client, q="范公") == [VILLAGE]
    assert keys(client, q="范公", level="township") == []
    assert keys(client, q="范公", permission="coop.contracts.view") == [VILLAGE]
    assert keys(client, q="范公", permission="coop.contracts.approve") == []


def test_only_the_system_administrator_changes_divisions(client: FlaskClient, session: Session) -> None:
    make_division(VILLAGE)
    signed_in_with(client, [AccountPermission.SESSIONS], kind=RoleKind.SECURITY)
    assert client.get("/foundation/divisions/").status_code == 403
    assert client.post(f"/foundation/divisions/{VILLAGE}/close").status_code == 403


def test_an_administrator_of_one_township_changes_nothing_elsewhere(
    client: FlaskClient, session: Session
) -> None:
    make_division(VILLAGE)
    make_division(JIAOQIAO)
    signed_in_with(client, [DivisionPermission.EDIT], JIAOQIAO, kind=RoleKind.SYSTEM)
    page = client.get(f"/foundation/divisions/{VILLAGE}")
    assert page.status_code == 200
    assert "更名" not in page.text
    for act in ("add", "rename", "close", "transfer", "groups"):
        assert client.post(f"/foundation/divisions/{VILLAGE}/{act}").status_code == 403
