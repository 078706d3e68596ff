"""The system administrator's pages of units."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation.journal.rules import JournalPermission
from foundation.postings.rules import RoleKind
from foundation.units import queries
from foundation.units.rules import UnitPermission
from tests.foundation.accounts.builders import make_division, make_unit, signed_in_with

SENT = {"name": "青阳供销社", "kind": "grassroots_coop", "division_code": "371681112000"}


def system(client: FlaskClient) -> None:
    make_division("371681112000")
    signed_in_with(client, [UnitPermission.EDIT], kind=RoleKind.SYSTEM)


def test_a_unit_is_registered_shown_changed_and_closed(client: FlaskClient, session: Session) -> None:
    system(client)
    assert client.get("/foundation/units/new").status_code == 200
    address = client.post("/foundation/units/new", data=SENT).location
    page = client.get(address).text
    assert "山东省 滨州市 邹平市 青阳镇（371681112000）" in page
    assert "371681112000 山东省 滨州市 邹平市 青阳镇" in client.get(f"{address}/edit").text
    changed = {**SENT, "name": "青阳镇供销社", "version": "1", "division_code": "371681112000 青阳镇"}
    assert client.post(f"{address}/edit", data=changed).location == address
    assert client.post(f"{address}/close", data={"reason": "撤并", "on": "2026-3-1"}).location == address
    assert "2026-03-01" in client.get(address).text
    assert "青阳镇供销社" not in client.get("/foundation/units/").text
    assert "青阳镇供销社" in client.get("/foundation/units/?closed=y&name=青阳").text


def test_a_refused_unit_stays_in_its_form_with_the_reason_at_its_field(
    client: FlaskClient, session: Session
) -> None:
    system(client)
    make_unit("青阳供销社")
    page = client.post("/foundation/units/new", data=SENT)
    assert page.status_code == 422
    assert "单位“青阳供销社”已登记" in page.text
    unknown = client.post("/foundation/units/new", data={**SENT, "division_code": "无此镇"})
    assert "没有找到“无此镇”" in unknown.text


def test_a_change_after_somebody_else_shows_three_ways(client: FlaskClient, session: Session) -> None:
    unit = make_unit("青阳供销社")
    session.commit()
    system(client)
    page = client.post(f"/foundation/units/{unit.id}/edit", data={**SENT, "name": "甲社", "version": "7"})
    assert page.status_code == 409
    assert "甲社" in page.text
    assert "青阳供销社" in page.text
    assert queries.get(unit.id).name == "青阳供销社"


def test_other_administrators_do_not_change_units(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, [JournalPermission.VIEW], kind=RoleKind.AUDIT)
    assert client.get("/foundation/units/").status_code == 403


def test_an_administrator_of_one_township_manages_its_units_only(
    client: FlaskClient, session: Session
) -> None:
    other = make_unit("长山供销社", "371681101000")
    own = make_unit("青阳供销社", "371681112000")
    signed_in_with(client, [UnitPermission.EDIT], "371681112000", kind=RoleKind.SYSTEM)
    page = client.get("/foundation/units/").text
    assert "青阳供销社" in page
    assert "长山供销社" not in page
    assert client.get(f"/foundation/units/{own.id}").status_code == 200
    for method, path in (("GET", ""), ("GET", "/edit"), ("POST", "/edit"), ("POST", "/close")):
        assert client.open(f"/foundation/units/{other.id}{path}", method=method).status_code == 404
    elsewhere = {**SENT, "name": "新社", "division_code": "371681101000"}
    assert "没有找到" in client.post("/foundation/units/new", data=elsewhere).text
