"""The season board: what is planned, done, accepted, disputed, late and due, by place and by link."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from coop.operations.rules.terms import OperationPermission, WorkResult
from coop.operations.service.accepting import note_accepted, note_disputed
from coop.seasons import queries
from coop.seasons.rules.board import Cell, add, digits_below
from coop.seasons.rules.terms import SeasonPermission
from coop.seasons.views.charts import drawn
from tests.coop.operations.builders import (
    TODAY,
    VILLAGE,
    find_or_make_season,
    make_order,
    report_done,
)
from tests.foundation.accounts.builders import COUNTY, make_viewer, signed_in_with

OTHER_VILLAGE = "371681112206"
TOWN, NEXT_TOWN = "371681112000", "371681101000"
ALL = [SeasonPermission.VIEW.value, *(one.value for one in OperationPermission)]


def cell(**figures: Any) -> Cell:
    """A cell of these figures."""
    return replace(Cell(), **figures)


def test_cells_add_up_figure_by_figure() -> None:
    one, two = cell(orders=1, planned=10, done=4), cell(orders=2, planned=5, late=3)
    assert add([one, two]) == cell(orders=3, planned=15, done=4, late=3)
    assert add([]) == cell()


@pytest.mark.parametrize(("code", "digits"), [("", 6), (COUNTY, 9), (TOWN, 12), (VILLAGE, 12)])
def test_rows_stand_one_level_below_the_division(code: str, digits: int) -> None:
    assert digits_below(code) == digits


def test_figures_of_a_link_in_a_village(session: Session) -> None:
    order = make_order(areas=(4_00, 3_00, 2_00, 1_00), ends_on=date(2026, 6, 25))
    whole, part, disputed, _open = order.lines
    report_done(whole)
    note_accepted(whole, area=whole.done_area, on=TODAY, is_deemed=True)
    report_done(part, 1_00, result=WorkResult.PARTLY)
    report_done(disputed)
    note_disputed(disputed)
    session.flush()
    board = queries.board(make_viewer(*ALL), order.season_id, TOWN, TODAY)
    (row,) = board.rows
    assert (row.code, row.is_village) == (VILLAGE, True)
    assert row.cells[order.link_id] == cell(
        orders=1,
        parcels=4,
        planned=10_00,
        done=7_00,
        accepted=4_00,
        deemed=4_00,
        disputed=2_00,
        late=3_00,
    )


def test_what_ends_within_a_week_is_due_and_not_late(session: Session) -> None:
    order = make_order(areas=(4_00,), ends_on=date(2026, 7, 7))
    board = queries.board(make_viewer(*ALL), order.season_id, TOWN, TODAY)
    assert (board.total.due, board.total.late) == (4_00, 0)
    later = queries.board(make_viewer(*ALL), order.season_id, TOWN, date(2026, 6, 30))
    assert later.total.due == 0


def test_a_county_is_shown_by_township_and_a_township_by_village(session: Session) -> None:
    make_order(areas=(4_00,))
    make_order(areas=(3_00,), village=OTHER_VILLAGE)
    order = make_order(areas=(2_00,), village=NEXT_TOWN[:9] + "266")
    viewer = make_viewer(*ALL)
    county = queries.board(viewer, order.season_id, "", TODAY)
    assert [(row.code, row.total.planned) for row in county.rows] == [(NEXT_TOWN, 2_00), (TOWN, 7_00)]
    town = queries.board(viewer, order.season_id, TOWN, TODAY)
    assert [(row.code, row.total.planned) for row in town.rows] == [(VILLAGE, 4_00), (OTHER_VILLAGE, 3_00)]
    assert county.total.planned == 9_00


def test_cancelled_lines_are_counted_nowhere(session: Session) -> None:
    order = make_order(areas=(4_00, 3_00))
    order.lines[0].cancelled_at = order.issued_at
    session.flush()
    assert queries.board(make_viewer(*ALL), order.season_id, "", TODAY).total.planned == 3_00


def test_whoever_works_elsewhere_sees_nothing_of_it(session: Session) -> None:
    order = make_order()
    stranger = make_viewer(*ALL, division_code=NEXT_TOWN)
    assert queries.board(stranger, order.season_id, TOWN, TODAY).rows == ()
    assert list(queries.seasons_with_orders(stranger)) == []


def test_the_season_that_is_on_is_shown_first(session: Session) -> None:
    summer, autumn = find_or_make_season(), find_or_make_season("秋播", 2025)
    assert queries.current_season([summer, autumn], date(2026, 7, 1)) is summer
    assert queries.current_season([summer, autumn], date(2025, 12, 1)) is autumn
    assert queries.current_season([], TODAY) is None


def test_the_page_says_states_in_words_and_leads_to_the_orders(client: FlaskClient, session: Session) -> None:
    order = make_order(areas=(4_00, 3_00), ends_on=date(2026, 6, 25))
    report_done(order.lines[0])
    signed_in_with(client, ALL)
    link_id, season_id = order.link_id, order.season_id
    session.commit()
    page = client.get("/coop/seasons/", query_string={"division": TOWN}).get_data(as_text=True)
    assert "4.00 / 7.00" in page
    assert "逾期 3.00" in page
    assert f"season={season_id}&amp;state=late&amp;link={link_id}&amp;division={VILLAGE}" in page


def test_the_empty_board_says_what_to_do(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, ALL)
    session.commit()
    assert "还没有作业单" in client.get("/coop/seasons/").get_data(as_text=True)


def test_the_board_leaves_the_house_with_the_figures_of_the_page(
    client: FlaskClient, session: Session
) -> None:
    make_order(areas=(4_00, 3_00))
    signed_in_with(client, ALL)
    session.commit()
    sent = client.post("/coop/seasons/export", query_string={"division": TOWN})
    rows = CalamineWorkbook.from_filelike(BytesIO(sent.data)).get_sheet_by_index(0).to_python()
    assert any(7.0 in row for row in rows)
    assert client.post("/coop/seasons/print").data.startswith(b"%PDF")


def test_the_worktable_draws_the_season(app: Flask, session: Session) -> None:
    order = make_order(areas=(4_00, 3_00))
    report_done(order.lines[0])
    with app.test_request_context():
        (chart,) = drawn(make_viewer(*ALL), TODAY)
    assert chart.series[0].values == (7_00,)
    assert chart.series[1].values == (4_00,)
