"""The statistics sheet: its figures, its averages, its workbook, and the paper of the register."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.programmes.rules import WeightFormula
from coop.trusteeship.document import KINDS, draw_sheet, summarise
from coop.trusteeship.models import AcreageSheet
from coop.trusteeship.report.sheets import BY_SEASON, SUBTOTAL, SheetAsked, gather
from coop.trusteeship.report.tables import SHEET_COLUMNS, sheet_table, weighing, weight
from coop.trusteeship.rules.averages import averages
from coop.trusteeship.rules.terms import WHOLE_YEAR, AcreagePermission
from coop.trusteeship.service.sheets import sheet_for
from coop.trusteeship.snapshot import SheetSnapshot, read_snapshot
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.database.engine import db, writing
from foundation.errors import Forbidden, NotFound
from foundation.journal.models import JournalEntry
from foundation.papers.models import PrintedPaper
from foundation.papers.rules import Seal
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints
from tests.coop.trusteeship.builders import (
    NEIGHBOUR,
    NOW,
    accept,
    find_season,
    make_general,
    make_household,
    make_line,
    make_parcel,
    served,
)
from tests.coop.trusteeship.papers import ADDED, LINE, VERSION, added_up, sheet_of
from tests.foundation.accounts.builders import COUNTY, make_viewer, sign_in
from tests.foundation.typesetting.builders import text_of

TOWNSHIP, OTHER = "371681101000", "371681108000"
SEAL = Seal(version=1, verify_url="http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRS")


def clerk(division_code: str = COUNTY) -> Viewer:
    """Someone who reads, exports and prints the ledger."""
    return make_viewer(*AcreagePermission, division_code=division_code)


@pytest.fixture
def county(session: Session) -> None:
    """Work in two townships and two crop seasons, a part of it accepted by silence."""
    wheat = find_season("冬小麦")
    served(make_parcel(make_household("甲")), "02", "04", "07", "08")
    served(make_parcel(make_household("乙"), 3_33), "04", season=wheat)
    both = make_parcel(make_household("丙", village=NEIGHBOUR), 60_00)
    served(both, "04")
    served(both, "08", season=wheat)
    silent = make_line(make_parcel(make_household("丁", village=NEIGHBOUR), 1_11))
    silent.is_deemed = True
    session.flush()
    accept(silent)


def asked(season_key: int = WHOLE_YEAR, digits: int = 12, code: str = COUNTY) -> SheetAsked:
    """A question about the general programme."""
    return SheetAsked(programme=make_general(), code=code, season_key=season_key, digits=digits)


def words(sheet: SheetSnapshot) -> str:
    """All text of the paper, without blanks."""
    return re.sub(r"\s", "", "".join(text_of(draw_sheet(sheet.write(), SEAL).render())))


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("digits", [9, 12])
def test_every_total_is_the_sum_of_the_printed_rows(digits: int) -> None:
    for key in (WHOLE_YEAR, find_season().id, find_season("冬小麦").id):
        sheet = gather(clerk(), asked(key, digits))
        (total,) = sheet.totals
        rows = [line for line in sheet.lines if line.village != SUBTOTAL]
        for name in ADDED:
            if "households" not in name:
                assert getattr(total, name) == sum(getattr(row, name) for row in rows), name
        assert total.physical == total.whole + total.single


@pytest.mark.usefixtures("county")
def test_a_township_closes_with_its_own_row() -> None:
    sheet = gather(clerk(), asked())
    closing = [line for line in sheet.lines if line.village == SUBTOTAL]
    assert len(closing) == 2
    assert sum(line.physical for line in closing) == sheet.totals[0].physical


@pytest.mark.usefixtures("county")
def test_the_seasons_stand_beside_the_year_in_which_a_mu_counts_once() -> None:
    sheet = gather(clerk(), asked(BY_SEASON))
    totals = {line.season: line for line in sheet.totals}
    assert list(totals) == ["冬小麦", "夏玉米", "全年"]
    year = totals.pop("全年")
    assert year.mu_times == sum(line.mu_times for line in totals.values())
    assert year.physical < sum(line.physical for line in totals.values())
    assert year.deemed == sum(line.deemed for line in totals.values()) == 1_11


@pytest.mark.usefixtures("county")
def test_a_township_clerk_gets_a_sheet_of_the_own_township_only() -> None:
    viewer = clerk(TOWNSHIP)
    own = gather(viewer, asked(code=TOWNSHIP))
    assert own.totals[0].physical == 13_33
    foreign = gather(viewer, asked(code=OTHER))
    assert not foreign.lines
    assert not foreign.totals


def test_an_average_says_what_it_was_divided_by() -> None:
    said = {one.label: one.sentence for one in averages(LINE)}
    assert said["户均托管土地面积"] == "户均托管土地面积 6.41 亩 = 1204.50 亩 ÷ 188 户"
    assert said["每亩次服务收入"] == "每亩次服务收入 39.01 元 = 231,456.78 元 ÷ 5933.45 亩次"
    assert said["全程托管占托管土地面积"].startswith("全程托管占托管土地面积 91.32% = 1100.00 亩 ÷ ")


def test_nothing_is_divided_by_nothing() -> None:
    nothing: dict[str, Any] = dict.fromkeys(ADDED, 0)
    none = replace(LINE, **nothing)
    assert not list(averages(none))


def test_the_paper_prints_coefficients_version_source_and_denominators() -> None:
    said = words(sheet_of())
    for part in ("0.36", "0.27", "0.10", "第1版", "2024年省级实施方案", "6.41亩=3613.50亩÷564户"):
        assert part in said
    for column in SHEET_COLUMNS:
        assert column.label.replace("（亩）", "").replace("（元）", "") in said
    assert "邹平市供销合作社联合社" in said
    assert "邹供统〔2026〕0001号" in said


def test_the_sums_of_the_paper_are_those_of_its_rows() -> None:
    sheet = sheet_of(60)
    assert "合计冬小麦" in words(sheet)
    assert f"{60 * 1204}.00"[:3] in words(sheet)
    assert added_up(*sheet.lines[:-1]).physical == sheet.totals[0].physical


def test_money_weights_are_printed_as_money() -> None:
    rows = tuple(replace(row, rate=Fen(26_00), weight=BasisPoints(2600)) for row in VERSION.rows)
    sheet = sheet_of(formula=WeightFormula.MONEY, versions=(replace(VERSION, rows=rows),))
    assert "26.00 元÷100 元" in weighing(sheet, sheet.versions[0])
    assert "补助标准÷100元" in words(sheet)


@pytest.mark.parametrize(
    ("basis_points", "said"), [(3600, "0.36"), (1025, "0.1025"), (10000, "1.00"), (0, "0.00")]
)
def test_a_weight_is_written_as_the_plan_writes_it(basis_points: int, said: str) -> None:
    assert weight(BasisPoints(basis_points)) == said


def test_the_public_summary_holds_sums_only() -> None:
    said = dict(summarise(sheet_of().write()))
    assert said["冬小麦托管土地面积"] == "3613.50 亩"
    assert "范公村" not in str(said)


def test_a_sheet_reads_back_as_it_was_written() -> None:
    sheet = sheet_of()
    assert read_snapshot(sheet.write()) == sheet


@pytest.mark.usefixtures("county")
def test_an_office_numbers_a_sheet_once() -> None:
    viewer = clerk()
    terms = {"division_code": COUNTY, "season_key": 0, "digits": 12, "viewer": viewer, "now": NOW}
    first = sheet_for(make_general(), **terms)  # type: ignore[arg-type]
    assert sheet_for(make_general(), **terms).id == first.id  # type: ignore[arg-type]
    other = sheet_for(make_general(), **(terms | {"digits": 9}))  # type: ignore[arg-type]
    assert other.number != first.number


@pytest.mark.usefixtures("county")
def test_nobody_prints_the_sheet_of_another_township() -> None:
    with pytest.raises(Forbidden):
        sheet_for(
            make_general(), division_code=COUNTY, season_key=0, digits=9, viewer=clerk(TOWNSHIP), now=NOW
        )
    sheet = sheet_for(make_general(), division_code=COUNTY, season_key=0, digits=9, viewer=clerk(), now=NOW)
    with pytest.raises(NotFound):
        KINDS[0].freeze(clerk(TOWNSHIP), sheet.id)


def log_in(client: FlaskClient, viewer: Viewer) -> None:
    """Let the browser be this person."""
    writing.set(True)
    sign_in(client, db.session.get_one(Account, viewer.account_id))


@pytest.mark.usefixtures("county")
def test_the_sheet_goes_through_the_print_register_and_changes_with_the_ledger(client: FlaskClient) -> None:
    log_in(client, clerk())
    address = "/coop/trusteeship/statistics/print?season=-1&level=12"
    for _ in range(2):
        answer = client.post(address)
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF")
    writing.set(True)
    paper = db.session.scalars(select(PrintedPaper)).one()
    sheet = db.session.scalars(select(AcreageSheet)).one()
    assert (paper.kind, paper.number, paper.version) == ("acreage-sheet", sheet.number, 1)
    served(make_parcel(make_household("戊")), "04")
    db.session.commit()
    client.post(address)
    writing.set(True)
    assert sorted(db.session.scalars(select(PrintedPaper.version))) == [1, 2]
    page = client.get(f"/coop/trusteeship/sheets/{sheet.id}", follow_redirects=True)
    assert "土地托管面积统计表" in page.text


@pytest.mark.usefixtures("county")
def test_the_workbook_holds_the_rows_of_the_page_as_numbers(client: FlaskClient) -> None:
    viewer = clerk()
    log_in(client, viewer)
    answer = client.post("/coop/trusteeship/statistics/export?season=0&level=9")
    book = load_workbook(BytesIO(answer.data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    writing.set(True)
    table = sheet_table(gather(viewer, asked(digits=9)))
    assert len([row for row in rows if row[0] is not None]) >= len(list(table.rows)) + 1
    assert any(row[0] == "合计" and row[14] == pytest.approx(74.44) for row in rows)
    noted = db.session.scalars(select(JournalEntry.act).order_by(JournalEntry.id.desc())).first()
    assert noted == "trusteeship.exported"


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_the_work_of_providers_is_taken_away(client: FlaskClient, form: str) -> None:
    log_in(client, clerk())
    answer = client.post("/coop/trusteeship/providers/export?season=0", data={"format": form})
    assert answer.status_code == 200
    assert "长山供销合作社" in client.get("/coop/trusteeship/providers").text
