"""The map of a village and its table: every parcel where its work stands."""

import json
from datetime import date

import pytest
from flask.testing import FlaskClient
from shapely.geometry import box
from sqlalchemy.orm import Session

from coop.operations.models import OrderLine
from coop.operations.rules.terms import LineState, OperationPermission, WorkResult
from coop.operations.service.accepting import note_accepted
from coop.parcels.models import ParcelOutline
from coop.seasons import queries
from coop.seasons.rules.map import PlotState, counted
from coop.seasons.rules.terms import SeasonPermission
from foundation.access.grants import Viewer
from foundation.geography.geojson import written
from foundation.geography.plane import Position, square_metres, unproject
from tests.coop.contracts.builders import make_household, parcels_of
from tests.coop.operations.builders import TODAY, VILLAGE, make_order, report_done
from tests.foundation.accounts.builders import make_viewer, signed_in_with

pytestmark = pytest.mark.usefixtures("app")
ALL = [SeasonPermission.VIEW.value, *(one.value for one in OperationPermission)]
ELSEWHERE = "371681101000"


def outline(session: Session, parcel_id: int, place: int) -> None:
    """Give a parcel a square of its own."""
    square = unproject(box(place * 60, 0, place * 60 + 50, 50), Position(117.743, 36.863))
    row = ParcelOutline(parcel_id=parcel_id, geometry=written(square), square_metres=square_metres(square))
    row.source, row.dated_on = "测绘队", date(2026, 1, 1)
    session.add(row)
    session.flush()


def viewer() -> Viewer:
    return make_viewer(*ALL)


def test_a_parcel_has_a_state_of_the_map_for_every_state_of_its_line() -> None:
    living = {state.name for state in LineState if state is not LineState.CANCELLED}
    assert living | {"NONE"} == {state.name for state in PlotState}
    assert {PlotState[name].label for name in living} == {LineState[name].label for name in living}


def test_the_latest_pass_of_every_parcel_is_shown_and_bare_land_behind_it(session: Session) -> None:
    order = make_order(areas=(4_00, 3_00), ends_on=date(2026, 6, 25))
    accepted, late = order.lines
    report_done(accepted)
    note_accepted(accepted, area=accepted.done_area, on=TODAY, is_deemed=True)
    (bare,) = parcels_of(make_household("李无单", 1_00))
    outline(session, accepted.parcel_id, 1)
    outline(session, bare.id, 2)

    found = queries.plots(viewer(), order.season_id, order.link_id, VILLAGE, TODAY)

    by_parcel = {plot.parcel_id: plot for plot in found}
    assert by_parcel[accepted.parcel_id].state is PlotState.DEEMED
    assert by_parcel[accepted.parcel_id].accepted == 4_00
    assert (by_parcel[late.parcel_id].state, by_parcel[late.parcel_id].has_outline) == (PlotState.LATE, False)
    assert (by_parcel[bare.id].state, by_parcel[bare.id].number) == (PlotState.NONE, 3)
    assert [plot.number for plot in found] == [1, 2, 3]
    assert counted(found) == [(PlotState.NONE, 1), (PlotState.LATE, 1), (PlotState.DEEMED, 1)]
    assert queries.villages(viewer(), order.season_id) == [VILLAGE]
    assert [link.id for link in queries.links_of(viewer(), order.season_id, VILLAGE)] == [order.link_id]


def test_nobody_elsewhere_sees_a_plot(session: Session) -> None:
    order = make_order(areas=(4_00,))
    outline(session, order.lines[0].parcel_id, 1)
    stranger = make_viewer(*ALL, division_code=ELSEWHERE)

    assert queries.plots(stranger, order.season_id, order.link_id, VILLAGE, TODAY) == []
    assert queries.villages(stranger, order.season_id) == []


def test_the_table_says_what_the_map_shows(client: FlaskClient, session: Session) -> None:
    order = make_order(areas=(4_00, 3_00), ends_on=date(2026, 6, 25))
    line = session.get_one(OrderLine, order.lines[0].id)
    report_done(line, 1_00, result=WorkResult.PARTLY)
    outline(session, line.parcel_id, 1)
    signed_in_with(client, ALL)

    page = client.get("/coop/seasons/map").text

    assert "部分完成" in page
    assert order.number in page
    assert 'id="field-map"' in page
    assert "vendor/leaflet/leaflet.js" in page
    assert "地块：2 块，其中 1 块有界线" in page
    source = f"/coop/seasons/map.geojson?season={order.season_id}&village={VILLAGE}&link={order.link_id}"
    assert source.replace("&", "&amp;") in page
    shapes = json.loads(client.get(source).data)
    (shape,) = shapes["features"]
    assert shape["properties"]["state"] == "partly"
    assert "部分完成" in shape["properties"]["label"]
    assert client.get("/coop/seasons/map?season=99&village=1&link=x").status_code == 200


def test_without_outlines_there_is_a_table_and_no_map(client: FlaskClient) -> None:
    make_order(areas=(4_00,))
    signed_in_with(client, ALL)
    page = client.get("/coop/seasons/map").text
    assert 'id="field-map"' not in page
    assert "还没有界线" in page
    assert "leaflet" not in page


def test_an_empty_season_says_what_to_do(client: FlaskClient) -> None:
    signed_in_with(client, ALL)
    assert "这里还没有作业单" in client.get("/coop/seasons/map").text
    assert json.loads(client.get("/coop/seasons/map.geojson").data)["features"] == []
