from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from coop.parcels.importing import KIND, PARCELS
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.journal.models import JournalEntry
from foundation.workbooks.reading import Workbook, read_sheet
from tests.coop.parcels.builders import (
    ISSUER_CODE,
    OTHER_TOWNSHIP,
    PARCEL_CODE,
    REGISTER,
    TOWNSHIP,
    VILLAGE,
    id_number,
    make_household,
    make_parcel,
    workbook,
)
from tests.foundation.accounts.builders import make_division, signed_in_with

FORM = {
    "code": PARCEL_CODE,
    "name": "东大洼",
    "land_class": "10",
    "obtained_by": "110",
    "area_kind": "contract",
    "area": "3.20",
    "dated_on": "2020-01-01",
    "source": "村台账",
}


def come_in(client: FlaskClient, division_code: str = TOWNSHIP, without: tuple[str, ...] = ()) -> None:
    make_division(VILLAGE, "东范村委会")
    signed_in_with(client, [p.value for p in REGISTER if p.value not in without], division_code)


def test_a_list_sums_the_mu(client: FlaskClient) -> None:
    come_in(client)
    make_parcel(household=make_household())
    make_parcel(ISSUER_CODE + "00002", area=1_05)

    page = client.get("/coop/parcels/").text

    assert "4.25" in page
    assert f"尾号{id_number()[-4:]}" in page


@pytest.mark.parametrize(
    "query", ["text=zjg", f"text={PARCEL_CODE}", "text=东大洼", "group=3", "land_class=10"]
)
def test_the_query_bar_narrows(client: FlaskClient, query: str) -> None:
    come_in(client)
    make_parcel(household=make_household())

    assert PARCEL_CODE in client.get(f"/coop/parcels/?{query}").text
    assert PARCEL_CODE not in client.get("/coop/parcels/?text=无此人").text
    assert PARCEL_CODE not in client.get("/coop/parcels/?land_class=22").text


def test_a_parcel_is_registered_by_form(client: FlaskClient, session: Session) -> None:
    come_in(client)
    household = make_household()
    assert client.get(f"/coop/parcels/new?household={household.id}").status_code == 200

    answer = client.post("/coop/parcels/new", data=FORM | {"household_id": str(household.id)})

    parcel = session.query(Parcel).one()
    assert answer.headers["Location"] == f"/coop/parcels/{parcel.id}"
    assert parcel.household_id == household.id
    assert "面积台账" in client.get(f"/coop/parcels/{parcel.id}").text


def test_a_duplicate_is_refused_in_place(client: FlaskClient) -> None:
    come_in(client)
    make_parcel(household=make_household())

    answer = client.post("/coop/parcels/new", data=FORM)

    assert answer.status_code == 422
    assert "已登记在“张建国”名下" in answer.text


def test_the_second_clerk_meets_the_three_way_page(client: FlaskClient) -> None:
    come_in(client)
    parcel = make_parcel()
    path = f"/coop/parcels/{parcel.id}/edit"
    assert client.get(path).status_code == 200
    form = FORM | {"version": str(parcel.version)}
    assert client.post(path, data=form | {"grade": "一等"}).status_code == 302

    answer = client.post(path, data=form | {"grade": "二等"})

    assert answer.status_code == 409
    assert "一等" in answer.text


def test_acreage_and_basis_are_recorded_by_form(client: FlaskClient, session: Session) -> None:
    come_in(client)
    parcel = make_parcel()
    path = f"/coop/parcels/{parcel.id}"
    area = {"area_kind": "measured", "square_metres": "2200", "dated_on": "2026-01-01", "source": "测绘队"}

    refused = client.post(path + "/basis", data={"basis": "measured", "reason": "复测", "version": "1"})
    client.post(path + "/areas", data=area | {"version": str(parcel.version)})
    session.refresh(parcel)
    client.post(path + "/basis", data={"basis": "measured", "reason": "复测", "version": str(parcel.version)})

    assert refused.status_code == 422
    session.refresh(parcel)
    assert (parcel.basis, parcel.area) == (AreaKind.MEASURED, 3_30)
    assert "测绘队" in client.get(path).text


def test_a_wrong_acreage_says_so_on_the_page(client: FlaskClient) -> None:
    come_in(client)
    parcel = make_parcel()
    area = {"area_kind": "measured", "area": "3.30", "square_metres": "3300", "source": "测绘队"}

    answer = client.post(
        f"/coop/parcels/{parcel.id}/areas", data=area | {"dated_on": "2026-01-01", "version": "1"}
    )

    assert answer.status_code == 422
    assert "应合 4.95 亩" in answer.text


def test_a_parcel_closes_and_reopens(client: FlaskClient, session: Session) -> None:
    come_in(client)
    parcel = make_parcel()
    path = f"/coop/parcels/{parcel.id}"

    client.post(path + "/close", data={"on": "2026-03-01", "reason": "修路占用"})
    assert "修路占用" in client.get(path).text
    assert PARCEL_CODE not in client.get("/coop/parcels/").text
    client.post(path + "/reopen", data={"reason": "复垦"})
    session.refresh(parcel)
    assert parcel.is_open


def test_the_parcels_of_a_household_come_as_a_part_and_as_a_page(client: FlaskClient) -> None:
    come_in(client)
    household = make_household()
    make_parcel(household=household)
    path = f"/coop/parcels/of/{household.id}"

    part = client.get(path, headers={"HX-Request": "true"}).text

    assert PARCEL_CODE in part
    assert "<html" not in part
    assert "<html" in client.get(path).text


def test_the_contract_entry_finds_households_with_their_parcels(client: FlaskClient) -> None:
    come_in(client)
    household = make_household()
    parcel = make_parcel(household=household)

    found = client.get("/coop/parcels/search?q=zjg").get_json()["found"]

    assert found[0]["key"] == str(household.id)
    assert found[0]["parcels"] == [
        {"key": str(parcel.id), "code": PARCEL_CODE, "name": "东大洼", "mu": "3.20"}
    ]


def test_another_township_sees_nothing_anywhere(client: FlaskClient) -> None:
    household = make_household()
    parcel = make_parcel(household=household)
    come_in(client, OTHER_TOWNSHIP)
    one = f"/coop/parcels/{parcel.id}"

    assert PARCEL_CODE not in client.get("/coop/parcels/").text
    assert client.get("/coop/parcels/search?q=张建国").get_json() == {"found": []}
    for path in (one, one + "/edit"):
        assert client.get(path).status_code == 404
    for action in ("edit", "areas", "basis", "close", "reopen"):
        assert client.post(f"{one}/{action}", data=FORM | {"reason": "核对"}).status_code == 404
    assert client.post("/coop/parcels/register", data={"division": VILLAGE}).status_code == 403


@pytest.mark.parametrize("may_reveal", [True, False])
def test_an_export_is_journalled_and_masks_what_may_not_be_seen(
    client: FlaskClient, session: Session, may_reveal: bool
) -> None:
    come_in(client, without=() if may_reveal else ("coop.households.reveal",))
    make_parcel(household=make_household())
    assert client.get("/coop/parcels/register").status_code == 200

    asked = {"division": VILLAGE, "whole": "1", "reason": "年度核对"}
    answer = client.post("/coop/parcels/register", data=asked)

    book = Workbook(answer.data)
    people = list(read_sheet(book, KIND.sheets[1]))
    assert (people[0].values["id_number"] == id_number()) is may_reveal
    assert [row.values["code"] for row in read_sheet(book, PARCELS.layout)] == [PARCEL_CODE]
    entry = session.query(JournalEntry).filter_by(act="parcels.register_exported").one()
    assert (VILLAGE in entry.note, entry.reason) == (True, "年度核对")


def test_whole_numbers_leave_only_for_a_reason(client: FlaskClient, session: Session) -> None:
    come_in(client)
    make_parcel(household=make_household())

    plain = client.post("/coop/parcels/register", data={"division": VILLAGE})
    refused = client.post("/coop/parcels/register", data={"division": VILLAGE, "whole": "1", "reason": " "})

    (person,) = read_sheet(Workbook(plain.data), KIND.sheets[1])
    assert "*" in person.values["id_number"]
    assert (refused.status_code, "请写明事由" in refused.text) == (422, True)


def test_a_register_is_uploaded_and_previewed(client: FlaskClient, session: Session) -> None:
    come_in(client)
    file = {"kind": KIND.name, "file": (BytesIO(workbook()), "台账.xlsx")}

    answer = client.post("/foundation/imports/", data=file, follow_redirects=True)

    assert answer.status_code == 200
    assert "东范村村民委员会" in answer.text


@pytest.mark.parametrize(("extent", "codes"), [("selected", 1), ("filtered", 1), ("all", 2)])
def test_the_list_leaves_as_workbook_and_paper(client: FlaskClient, extent: str, codes: int) -> None:
    parcel = make_parcel(household=make_household())
    make_parcel(ISSUER_CODE + "00002", area=1_05)
    come_in(client)
    asked = {"extent": extent, "selected": [parcel.id]}

    book = client.post("/coop/parcels/export?text=zjg", data=asked)
    paper = client.post("/coop/parcels/list?text=zjg", data=asked)

    sheet = CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert sum(str(cell).startswith(ISSUER_CODE) for row in sheet for cell in row) == codes
    assert paper.data.startswith(b"%PDF")


def test_a_list_export_holds_nothing_of_another_township(client: FlaskClient) -> None:
    parcel = make_parcel(household=make_household())
    come_in(client, OTHER_TOWNSHIP)

    book = client.post("/coop/parcels/export", data={"extent": "selected", "selected": [parcel.id]})

    sheet = CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert PARCEL_CODE not in str(sheet)


def test_a_parcel_is_split_by_form_and_both_pages_say_so(client: FlaskClient, session: Session) -> None:
    come_in(client)
    parcel = make_parcel(household=make_household())
    path = f"/coop/parcels/{parcel.id}"
    form = client.get(path + "/split").text
    assert ISSUER_CODE + "00003" in form
    assert "其中实测面积" not in form
    parts = {
        "parts-0-name": "东大洼-1",
        "parts-0-area": "1.20",
        "parts-1-code": ISSUER_CODE + "00008",
        "parts-1-name": "东大洼-2",
        "parts-2-name": "",
        "on": "2026-03-01",
        "reason": "分户",
        "version": str(parcel.version),
    }

    refused = client.post(path + "/split", data=parts | {"parts-1-area": "2.10"})
    early = client.post(path + "/split", data=parts | {"reason": ""})
    done = client.post(path + "/split", data=parts)

    assert refused.status_code == early.status_code == 422
    assert "各部分合同面积合计 3.30 亩" in refused.text
    assert 'value="2.10"' in refused.text
    assert done.headers["Location"] == path
    page = client.get(path).text
    assert "已分割或并入以下地块" in page
    assert "恢复事由" not in page
    part = session.query(Parcel).filter_by(code=ISSUER_CODE + "00008").one()
    assert part.area == 2_00
    text = client.get(f"/coop/parcels/{part.id}").text
    assert "由以下地块分割或合并而来" in text
    assert PARCEL_CODE in text


def test_parcels_of_one_holder_are_merged_by_form(client: FlaskClient, session: Session) -> None:
    come_in(client)
    household = make_household()
    parcel, other = make_parcel(household=household), make_parcel(ISSUER_CODE + "00002", household, area=1_05)
    alone = make_parcel(ISSUER_CODE + "00003")
    path = f"/coop/parcels/{parcel.id}/merge"
    assert f"{other.id}-{other.version}" in client.get(path).text
    assert "没有可以与它合并的地块" in client.get(f"/coop/parcels/{alone.id}/merge").text
    form = {"name": "大块", "on": "2026-03-01", "reason": "并田", "version": str(parcel.version)}

    lonely = client.post(path, data=form)
    forged = client.post(path, data=form | {"others": f"{alone.id}-1"})
    done = client.post(path, data=form | {"others": f"{other.id}-{other.version}"})

    assert lonely.status_code == forged.status_code == 422
    assert "合并至少要选两块地" in lonely.text
    made = session.query(Parcel).filter_by(name="大块").one()
    assert done.headers["Location"] == f"/coop/parcels/{made.id}"
    assert (made.area, made.household_id) == (4_25, household.id)


def test_a_clerk_of_another_township_neither_splits_nor_merges(client: FlaskClient) -> None:
    parcel = make_parcel()
    come_in(client, OTHER_TOWNSHIP)

    for act in ("split", "merge"):
        assert client.get(f"/coop/parcels/{parcel.id}/{act}").status_code == 404
        assert client.post(f"/coop/parcels/{parcel.id}/{act}", data={}).status_code == 404
