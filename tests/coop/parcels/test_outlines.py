"""Outlines come in as GeoJSON, are proved and measured, and go out again."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from shapely.geometry import Polygon, box, mapping
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.parcels import queries, service
from coop.parcels.models import ParcelOutline
from coop.parcels.rules import ParcelAct
from foundation.geography.plane import Position, unproject
from foundation.journal.models import JournalEntry
from tests.conftest import NOW
from tests.coop.parcels.builders import (
    ISSUER_CODE,
    ON,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    PARCEL_CODE,
    VILLAGE,
    clerk,
    make_household,
    make_parcel,
)
from tests.coop.parcels.test_views import come_in

pytestmark = pytest.mark.usefixtures("app")
CENTRE = Position(117.743, 36.863)


def field(width: float = 64, height: float = 33.33, left: float = 0) -> Polygon:
    """A field of so many metres; 64 × 33.33 m are 3.20 mu."""
    return unproject(box(left, 0, left + width, height), CENTRE)


def feature(code: str, geometry: Mapping[str, Any] | None = None, key: str = "DKBM") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry or mapping(field())}


def sent(*features: Mapping[str, Any], **values: str) -> dict[str, Any]:
    text = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    upload = (BytesIO(text), "东范村.geojson")
    return {"file": upload, "source": "县测绘队", "dated_on": "2026-03-01", **values}


def test_sound_outlines_are_kept_and_the_others_told(client: FlaskClient, session: Session) -> None:
    come_in(client)
    parcel, other = make_parcel(household=make_household()), make_parcel(ISSUER_CODE + "00002", area=1_05)
    bow = {
        "type": "Polygon",
        "coordinates": [[[117, 36], [117.1, 36.1], [117.1, 36], [117, 36.1], [117, 36]]],
    }

    page = client.post(
        "/coop/parcels/outlines",
        data=sent(
            feature(PARCEL_CODE),
            feature(PARCEL_CODE),
            feature(other.code, key="code"),
            feature(ISSUER_CODE + "00009"),
            feature("12"),
            feature("", key="x"),
            feature(ISSUER_CODE + "00003", bow),
        ),
    ).text

    assert "共 7 个图形，已登记 2 块，有错误的 5 个没有导入" in page
    assert "界线合 3.20 亩，登记为 1.05 亩，相差超过 5%" in page
    for words in (
        "在文件中出现两次",
        "没有登记，或不在您的管辖范围内",
        "图形没有地块编码",
        "自相交",
        "地块编码应为 19 位",
    ):
        assert words in page
    kept = session.get_one(ParcelOutline, parcel.id)
    assert abs(kept.square_metres - 2133_12) < 10
    text = client.get(f"/coop/parcels/{parcel.id}").text
    assert "<svg" in text
    assert "县测绘队" in text
    assert "与登记面积相差超过" not in text
    assert "与登记面积相差超过" in client.get(f"/coop/parcels/{other.id}").text
    acts = session.scalars(select(JournalEntry.note).where(JournalEntry.act == ParcelAct.OUTLINED)).all()
    assert acts == ["2 块"]


def test_a_newer_outline_replaces_an_older_one_and_the_same_changes_nothing(
    client: FlaskClient, session: Session
) -> None:
    come_in(client)
    parcel = make_parcel()
    client.post("/coop/parcels/outlines", data=sent(feature(PARCEL_CODE)))
    client.post("/coop/parcels/outlines", data=sent(feature(PARCEL_CODE), source="无关"))
    assert session.get_one(ParcelOutline, parcel.id).source == "县测绘队"

    newer = mapping(field(width=66))
    client.post("/coop/parcels/outlines", data=sent(feature(PARCEL_CODE, newer), source="复测"))

    session.expire_all()
    assert session.get_one(ParcelOutline, parcel.id).source == "复测"


def test_a_file_that_cannot_be_is_refused_at_its_field(client: FlaskClient) -> None:
    come_in(client)
    for values, words in (
        ({"file": (BytesIO(b"<kml/>"), "a.kml")}, "不是 GeoJSON"),
        ({"dated_on": "2099-01-01"}, "晚于今天"),
        ({"source": ""}, "请填写"),
    ):
        answer = client.post("/coop/parcels/outlines", data=sent(feature(PARCEL_CODE)) | values)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_closed_parcel_and_a_parcel_out_of_reach_take_no_outline(client: FlaskClient) -> None:
    come_in(client)
    parcel = make_parcel()
    make_parcel(OTHER_VILLAGE + "0000001")
    service.close(parcel, on=ON, reason="修路占用", viewer=clerk(), now=NOW)

    page = client.post(
        "/coop/parcels/outlines", data=sent(feature(PARCEL_CODE), feature(OTHER_VILLAGE + "0000001"))
    ).text

    assert "已于 2026-03-02 停用" in page
    assert "不在您的管辖范围内" in page


def test_what_goes_out_comes_in_again(client: FlaskClient, session: Session) -> None:
    come_in(client)
    make_parcel()
    client.post("/coop/parcels/outlines", data=sent(feature(PARCEL_CODE)))

    answer = client.post("/coop/parcels/outlines/export", data={"division": VILLAGE})

    assert json.loads(answer.data)["features"][0]["properties"]["DKBM"] == PARCEL_CODE
    again = {"file": (BytesIO(answer.data), "x.geojson"), "source": "再导入", "dated_on": "2026-03-01"}
    assert "已登记 1 块" in client.post("/coop/parcels/outlines", data=again).text
    assert session.scalars(select(ParcelOutline.source)).all() == ["县测绘队"]
    assert client.post("/coop/parcels/outlines/export", data={"division": OTHER_TOWNSHIP}).status_code == 403


def test_outlines_are_for_those_who_import_or_export(client: FlaskClient) -> None:
    come_in(client, without=("coop.parcels.import",))
    assert "导入界线" not in client.get("/coop/parcels/outlines").text
    assert client.post("/coop/parcels/outlines", data=sent()).status_code == 403


def test_a_parcel_without_an_outline_has_none() -> None:
    assert queries.outlines_of([make_parcel().id]) == {}
