"""The pages of the catalogue."""

from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.catalogue import queries, service
from coop.catalogue.models import Crop, CropSeason, Link, PriceBand, PriceVersion
from coop.catalogue.rules import CatalogueAct, CataloguePermission
from foundation.journal.models import JournalEntry
from tests.foundation.accounts.builders import COUNTY, make_division, signed_in_with

pytestmark = pytest.mark.usefixtures("app")
ON = date(2026, 6, 16)
EDIT = (CataloguePermission.VIEW, CataloguePermission.EDIT)


def test_the_shipped_guide_stands_on_the_page(client: FlaskClient, session: Session) -> None:
    service.fill_with_shipped()
    signed_in_with(client, EDIT)
    text = client.get("/coop/catalogue/").text
    assert text.count("/coop/catalogue/standards/") == 38
    assert "秸秆处理" in text


@pytest.mark.parametrize("kind", ["crops", "seasons", "links", "standards", "bands", "prices"])
def test_each_kind_has_a_form(kind: str, client: FlaskClient, session: Session) -> None:
    signed_in_with(client, EDIT)
    assert client.get(f"/coop/catalogue/{kind}/new").status_code == 200


def test_a_crop_is_registered_changed_and_not_registered_twice(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, EDIT)
    assert client.post("/coop/catalogue/crops/new", data={"code": "01", "name": "小麦"}).status_code == 302
    refused = client.post("/coop/catalogue/crops/new", data={"code": "01", "name": "大豆"})
    assert refused.status_code == 422
    assert "代码 01 或名称“大豆”已被使用" in refused.text
    crop = session.scalars(select(Crop)).one()
    page = f"/coop/catalogue/crops/{crop.id}"
    assert "小麦" in client.get(page).text
    changed = client.post(page, data={"code": "01", "name": "冬小麦", "version": crop.version})
    assert changed.status_code == 302
    stale = client.post(page, data={"code": "01", "name": "春小麦", "version": 1})
    assert stale.status_code == 409


def grown(session: Session) -> tuple[Crop, CropSeason, dict[str, int]]:
    service.fill_with_shipped()
    crop = Crop(code="02", name="玉米")
    session.add(crop)
    session.flush()
    season = CropSeason(year=2026, name="夏玉米", crop_id=crop.id, starts_on=ON, ends_on=date(2026, 10, 4))
    session.add(season)
    session.flush()
    return crop, season, {link.name: link.id for link in session.scalars(select(Link))}


def test_a_season_follows_its_crop_until_it_has_required_links_of_its_own(
    client: FlaskClient, session: Session
) -> None:
    crop, season, ids = grown(session)
    signed_in_with(client, EDIT)
    assert queries.required_links(season) == {}
    page = f"/coop/catalogue/crops/{crop.id}/required"
    wanted = {f"passes_{ids['种植']}": "1", f"passes_{ids['植保']}": "2", "version": crop.version}
    assert client.post(page, data=wanted).status_code == 302
    assert queries.required_links(season) == {ids["种植"]: 1, ids["植保"]: 2}
    assert client.post(page, data=wanted).status_code == 409
    own = f"/coop/catalogue/seasons/{season.id}/required"
    assert client.post(own, data={f"passes_{ids['收获']}": "21", "version": 1}).status_code == 422
    assert client.post(own, data={f"passes_{ids['收获']}": "1", "version": 1}).status_code == 302
    assert queries.required_links(season) == {ids["收获"]: 1}
    text = client.get("/coop/catalogue/").text
    assert "种植、植保 2 次" in text
    assert 'value="1"' in client.get(own).text
    session.refresh(season)
    assert client.post(own, data={"version": season.version}).status_code == 302
    assert queries.required_links(season) == {ids["种植"]: 1, ids["植保"]: 2}
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.subject_type == "crop_season")).all()
    assert acts == [CatalogueAct.REQUIRED_SAVED] * 2


def test_nothing_but_crops_and_seasons_requires_links(client: FlaskClient, session: Session) -> None:
    service.fill_with_shipped()
    signed_in_with(client, EDIT)
    assert client.get("/coop/catalogue/links/1/required").status_code == 404


def test_wheat_is_tilled_and_maize_is_not(client: FlaskClient, session: Session) -> None:
    service.fill_with_shipped()
    signed_in_with(client, EDIT)
    for code, name in (("01", "小麦"), ("02", "夏玉米"), ("03", "大豆")):
        client.post("/coop/catalogue/crops/new", data={"code": code, "name": name})
    found: dict[str, list[str]] = {}
    crops = {crop.id: crop.name for crop in session.scalars(select(Crop))}
    for row in queries.required_rows():
        found.setdefault(crops[row.crop_id], []).append(row.link.name)
    assert found == {"小麦": ["耕整地", "种植", "植保", "收获"], "夏玉米": ["种植", "植保", "收获"]}


def test_a_new_price_ends_the_one_before(client: FlaskClient, session: Session) -> None:
    make_division()
    service.fill_with_shipped()
    link = session.scalars(select(Link).where(Link.code == "04")).one()
    signed_in_with(client, EDIT)
    data = {
        "division_code": COUNTY,
        "year": "2026",
        "link_id": link.id,
        "price": "30",
        "valid_from": "2026-1-1",
    }
    assert client.post("/coop/catalogue/prices/new", data=data).status_code == 302
    early = client.post("/coop/catalogue/prices/new", data=data)
    assert "新价格的起始日应晚于这一天" in early.text
    later = client.post("/coop/catalogue/prices/new", data=data | {"price": "32", "valid_from": "2026-6-1"})
    assert later.status_code == 302
    found = session.scalars(select(PriceVersion).order_by(PriceVersion.id)).all()
    assert [(price.price, price.valid_until) for price in found] == [(30_00, date(2026, 6, 1)), (32_00, None)]
    assert "32.00" in client.get("/coop/catalogue/prices?year=2026").text
    book = client.post("/coop/catalogue/prices/export?year=2026", data={"extent": "filtered"})
    (sheet,) = load_workbook(BytesIO(book.data)).worksheets
    assert [row[5] for row in sheet.iter_rows(values_only=True)] == ["单价(元/亩)", 32, 30]
    assert client.post("/coop/catalogue/prices/list?year=2026").data.startswith(b"%PDF")


def test_a_band_upside_down_is_refused(client: FlaskClient, session: Session) -> None:
    make_division()
    service.fill_with_shipped()
    link = session.scalars(select(Link).where(Link.code == "04")).one()
    signed_in_with(client, EDIT)
    data = {"division_code": COUNTY, "year": "2026", "link_id": link.id, "least": "50", "most": "20"}
    refused = client.post("/coop/catalogue/bands/new", data=data)
    assert "高于上限" in refused.text
    assert client.post("/coop/catalogue/bands/new", data=data | {"most": "60"}).status_code == 302
    assert session.scalars(select(PriceBand)).one().most == 60_00


def test_a_person_of_another_county_does_not_see_the_prices(client: FlaskClient, session: Session) -> None:
    make_division()
    service.fill_with_shipped()
    link = session.scalars(select(Link).where(Link.code == "04")).one()
    session.add(PriceBand(division_code=COUNTY, year=2026, link_id=link.id, least=12_34, most=56_78))
    session.flush()
    signed_in_with(client, EDIT, division_code="371623000000")
    assert "12.34" not in client.get("/coop/catalogue/").text
    signed_in_with(client, EDIT, division_code="371681112000")
    assert "12.34" in client.get("/coop/catalogue/").text
