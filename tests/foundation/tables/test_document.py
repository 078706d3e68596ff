"""One table, three showings, the same figures in each."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pypdf
import pytest
from flask import Flask, render_template_string
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.journal.models import JournalEntry
from foundation.tables.document import TooManyToPrint, answer, conditions, pdf, workbook
from foundation.tables.rules import Column, Table, TableAct, TableFormat
from foundation.units.rules import UnitKind
from foundation.web.fields import TermField, TextField
from foundation.web.forms import QueryForm
from foundation.workbooks.layouts import Content
from tests.foundation.accounts.builders import make_viewer

DAY = datetime.fromisoformat("2026-03-01")
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
COLUMNS = (
    Column(label="地块"),
    Column(label="编码", content=Content.PARCEL_CODE, width=2),
    Column(label="面积", content=Content.MU, total=True),
    Column(label="金额", content=Content.YUAN, total=True),
    Column(label="日期", content=Content.DATE),
    Column(label="类型"),
)
ROWS = [
    ("村东大地", "3716811002031234567", 120, 36_050, date(2026, 3, 1), UnitKind.COOPERATIVE),
    ("村西涝洼", "3716811002031234568", 345, 99_999_999, None, UnitKind.COUNTY_UNION),
]


def parcels(count: int = 1) -> Table:
    """A table whose rows come from a generator, so that they can be walked once only."""
    rows = (row for _ in range(count) for row in ROWS)
    return Table(
        title="地块[一]", columns=COLUMNS, rows=rows, conditions="村：西范村", notes=("面积为合同面积。",)
    )


def test_the_workbook_holds_numbers_as_numbers_and_codes_as_text() -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook(parcels()))).active
    assert sheet is not None
    assert sheet.title == "地块（一）"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["地块", "编码", "面积", "金额", "日期", "类型"]
    assert rows[1] == ["村东大地", "3716811002031234567", 1.2, 360.5, DAY, UnitKind.COOPERATIVE.label]
    assert len(rows) == 3


def test_the_pdf_adds_up_each_page_and_the_whole() -> None:
    content = pdf(parcels(60), on=date(2026, 3, 2))
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]
    assert len(pages) > 2
    assert all("编码" in page for page in pages)
    assert all("本页小计" in page for page in pages)
    assert "279.00" in pages[-1]
    assert "60,021,629.40" in pages[-1]
    assert "查询条件：村：西范村" in pages[0]
    assert pdf(parcels(60), on=date(2026, 3, 2)) == content


def test_the_page_shows_the_same_rows_and_sums(app: Flask) -> None:
    page = '{% from "foundation/tables/table.html" import report with context %}{{ report(table) }}'
    with app.test_request_context():
        text = render_template_string(page, table=parcels())
    for part in ("1.20", "360.50", "2026-03-01", "合计", "4.65", "1,000,360.49", "面积为合同面积。"):
        assert part in text


def test_a_table_without_rows_says_so(app: Flask) -> None:
    page = '{% from "foundation/tables/table.html" import report with context %}{{ report(table) }}'
    with app.test_request_context():
        assert "没有符合条件" in render_template_string(
            page, table=Table(title="空", columns=COLUMNS, rows=[])
        )
    assert workbook(Table(title="空", columns=COLUMNS, rows=[]))
    assert pdf(Table(title="空", columns=COLUMNS, rows=[]), on=date(2026, 3, 2))


def test_what_leaves_the_house_is_noted_with_its_rows_and_conditions(app: Flask, session: Session) -> None:
    with app.test_request_context():
        response = answer(parcels(3), TableFormat.XLSX, viewer=make_viewer(), now=NOW)
    assert (response.mimetype or "").endswith("spreadsheetml.sheet")
    session.commit()
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == TableAct.EXPORTED.value)).one()
    assert entry.note == "地块[一]，6 行；村：西范村"


def test_a_very_long_table_is_not_printed_in_a_request() -> None:
    with pytest.raises(TooManyToPrint, match="5,000"):
        pdf(parcels(2501), on=date(2026, 3, 2))


def test_what_was_asked_for_is_said_in_words(app: Flask) -> None:
    class Query(QueryForm):
        text = TextField("关键词")
        kind = TermField("类型", terms=UnitKind)

    with app.test_request_context("/?text=长山&kind=cooperative"):
        assert conditions(Query()) == f"关键词：长山；类型：{UnitKind.COOPERATIVE.label}"


def test_every_kind_of_value_has_its_written_form() -> None:
    assert Column(label="", content=Content.PERCENT).written(1250) == "12.5"
    assert Column(label="", content=Content.COUNT).written(12345) == "12,345"
    assert Column(label="", content=Content.SQUARE_METRES).written(100) == "1.00"
    assert Column(label="").written(None) == ""
    assert Column(label="").written(True) == "是"
    assert Column(label="").written(NOW) == "2026-03-02 09:30"
    assert Column(label="").written(NOW.date()) == "2026-03-02"
