"""Lists page by key, and their whole state is in the address."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from foundation.database import paging
from tests.foundation.web.stage import SORTS, PlotRow, plots

CODE = re.compile(r'<a href="/plots/\d+">(\d+)</a>')


def walk(visitor: FlaskClient, address: str, rel: str) -> list[list[str]]:
    """The codes of each page from ``address`` on, following the links of one direction."""
    pages = []
    while address:
        page = visitor.get(address).text.replace("&amp;", "&")
        pages.append(CODE.findall(page))
        link = re.search(rf'rel="{rel}" href="([^"]+)"', page)
        address = link[1] if link else ""
    return pages


@pytest.mark.parametrize("sort", ["code", "-code", "sown_on", "-sown_on", "-fee"])
def test_the_pages_hold_every_row_once_in_order(visitor: FlaskClient, sort: str) -> None:
    pages = walk(visitor, f"/plots/?sort={sort}", "next")
    codes = [code for page in pages for code in page]
    assert [len(page) for page in pages] == [50, 50, 50, 50, 30]
    assert len(set(codes)) == 230
    if sort.endswith("code"):
        assert codes == sorted(codes, reverse=sort.startswith("-"))


def test_the_way_back_shows_the_same_pages(visitor: FlaskClient) -> None:
    there = visitor.get("/plots/?size=100").text.replace("&amp;", "&")
    second = re.search(r'rel="next" href="([^"]+)"', there)
    assert second is not None
    third = re.search(r'rel="next" href="([^"]+)"', visitor.get(second[1]).text.replace("&amp;", "&"))
    assert third is not None
    back = walk(visitor, third[1], "prev")
    assert [len(page) for page in back] == [30, 100, 100]
    assert back[2] == CODE.findall(there)


def test_a_damaged_token_leads_to_the_first_page(visitor: FlaskClient) -> None:
    first = CODE.findall(visitor.get("/plots/").text)
    for token in ("x", "W10", "e30", "WzEsIDIsIDNd", "%00", "W3siZCI6ICJ4In0sIDFd"):
        assert CODE.findall(visitor.get(f"/plots/?after={token}").text) == first


def test_filters_order_and_columns_survive_in_every_link(visitor: FlaskClient) -> None:
    page = visitor.get("/plots/?name=块&sort=-fee&size=20&columns=code&columns=fee").text.replace(
        "&amp;", "&"
    )
    link = re.search(r'rel="next" href="([^"]+)"', page)
    assert link is not None
    assert all(part in link[1] for part in ("name=", "sort=-fee", "size=20", "columns=code&columns=fee"))
    assert "播种日期" not in page.partition("<thead>")[2].partition("</thead>")[0]


def test_totals_are_of_all_rows_that_were_asked_for(visitor: FlaskClient) -> None:
    foot = visitor.get("/plots/?name=第 230").text.partition("<tfoot>")[2]
    assert "17.10" in foot
    assert "28,393.50" in foot


def test_an_unreadable_filter_says_so_and_is_left_out(visitor: FlaskClient) -> None:
    page = visitor.get("/plots/?sown_from=2026-02-30").text
    assert "is-refused" in page
    assert "共 230 条" in page


def test_an_empty_list_says_what_to_do(visitor: FlaskClient) -> None:
    assert "重置查询条件" in visitor.get("/plots/?name=无").text


def test_the_count_stops_behind_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNT_CAP", 20)
    with plots(50) as session:
        sort = paging.Sort(columns=SORTS["code"])
        page = paging.fetch_page(session, select(PlotRow), sort, paging.Cut(size=20))
    assert page.count == 21
    assert page.is_capped


def test_a_statement_over_columns_gives_named_rows() -> None:
    with plots(3) as session:
        sort = paging.Sort(columns=SORTS["area"], descending=True)
        page = paging.fetch_page(session, select(PlotRow.id, PlotRow.name), sort, paging.Cut())
    assert [row.name for row in page.rows] == ["第 3 块", "第 2 块", "第 1 块"]
