import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from coop.households.models import Household
from foundation.journal.models import JournalEntry
from tests.coop.parcels.builders import (
    HOUSEHOLD_CODE,
    OTHER_TOWNSHIP,
    REGISTER,
    TOWNSHIP,
    VILLAGE,
    id_number,
    make_household,
)
from tests.foundation.accounts.builders import make_division, signed_in_with

FORM = {
    "head_name": "张建国",
    "party_kind": "household",
    "division_code": VILLAGE,
    "group_number": "3",
    "id_kind": "resident_id",
    "id_number": id_number(),
}


def come_in(client: FlaskClient, division_code: str = TOWNSHIP) -> None:
    make_division(VILLAGE, "东范村委会")
    signed_in_with(client, REGISTER, division_code)


def test_a_list_masks_numbers_and_names_the_village(client: FlaskClient) -> None:
    come_in(client)
    make_household()

    page = client.get("/coop/households/").text

    assert "张建国" in page
    assert "东范村" in page
    assert id_number() not in page
    assert "13805430001" not in page


@pytest.mark.parametrize("query", ["text=zjg", "text=建国", f"division={VILLAGE}", "group=3"])
def test_the_query_bar_narrows(client: FlaskClient, query: str) -> None:
    come_in(client)
    make_household()
    make_household(
        "王小二", number=id_number(5), division_code="371681101299", group_number=9, phone="13905430002"
    )

    page = client.get(f"/coop/households/?{query}").text

    assert "张建国" in page
    assert "王小二" not in page


def test_another_township_sees_nothing_anywhere(client: FlaskClient) -> None:
    household = make_household()
    come_in(client, OTHER_TOWNSHIP)
    one = f"/coop/households/{household.id}"

    assert "张建国" not in client.get("/coop/households/").text
    assert client.get("/coop/households/search?q=张建国").json == {"found": []}
    for path in (one, one + "/edit", one + "/family", f"/coop/parcels/of/{household.id}"):
        assert client.get(path).status_code == 404
    for path in (one + "/edit", one + "/family", one + "/deactivate", one + "/reveal/phone"):
        assert client.post(path, data=FORM | {"reason": "核对"}).status_code == 404


def test_a_household_is_registered_by_form(client: FlaskClient, session: Session) -> None:
    come_in(client)

    answer = client.post("/coop/households/new", data=FORM | {"code": HOUSEHOLD_CODE})

    household = session.query(Household).one()
    assert answer.headers["Location"] == f"/coop/households/{household.id}"
    assert household.id_number == id_number()


def test_a_wrong_form_says_what_is_wrong_in_place(client: FlaskClient) -> None:
    come_in(client)
    number = id_number()[:17] + ("1" if id_number()[17] != "1" else "2")
    wrong = FORM | {"id_number": number, "head_name": "张三（已故）", "phone": "138"}

    answer = client.post("/coop/households/new", data=wrong)

    assert answer.status_code == 422
    for sentence in ("校验位应为", "请只填写姓名", "不是电话号码"):
        assert sentence in answer.text


def test_a_refusal_of_the_service_stands_under_its_field(client: FlaskClient) -> None:
    come_in(client)
    make_household()

    answer = client.post("/coop/households/new", data=FORM)

    assert answer.status_code == 422
    assert "在本村已登记为一户" in answer.text


def test_editing_keeps_sealed_fields_left_empty(client: FlaskClient, session: Session) -> None:
    come_in(client)
    household = make_household()
    page = client.get(f"/coop/households/{household.id}/edit").text
    assert id_number() not in page

    form = FORM | {"id_number": "", "address": "村东头", "version": str(household.version)}
    answer = client.post(f"/coop/households/{household.id}/edit", data=form)

    assert answer.status_code == 302
    session.refresh(household)
    assert (household.address, household.id_number, household.phone) == (
        "村东头",
        id_number(),
        "13805430001",
    )


def test_the_second_clerk_meets_the_three_way_page(client: FlaskClient, session: Session) -> None:
    come_in(client)
    household = make_household()
    form = FORM | {"id_number": "", "version": str(household.version)}
    client.post(f"/coop/households/{household.id}/edit", data=form | {"address": "村东头"})

    answer = client.post(f"/coop/households/{household.id}/edit", data=form | {"address": "村西头"})

    assert answer.status_code == 409
    assert "村东头" in answer.text
    assert "村西头" in answer.text


def test_a_number_is_revealed_once_and_journalled(client: FlaskClient, session: Session) -> None:
    household = make_household()
    come_in(client)
    path = f"/coop/households/{household.id}"
    assert id_number() not in client.get(path).text

    assert client.post(path + "/reveal/id_number", data={"reason": ""}).status_code == 422
    shown = client.post(path + "/reveal/id_number", data={"reason": "核对合同"}).text

    assert id_number() in shown
    assert "13805430001" not in shown
    assert id_number() not in client.get(path).text
    assert session.query(JournalEntry).filter_by(act="households.revealed").count() == 1
    assert client.post(path + "/reveal/head_name", data={"reason": "核对"}).status_code == 404


def test_a_household_page_says_why_it_is_visible(client: FlaskClient) -> None:
    come_in(client)

    page = client.get(f"/coop/households/{make_household().id}").text

    assert "我为什么能看到这条记录" in page


def test_the_family_is_kept_by_form(client: FlaskClient, session: Session) -> None:
    come_in(client)
    household = make_household()
    path = f"/coop/households/{household.id}/family"
    assert client.get(path).status_code == 200
    lines = {
        "version": str(household.version),
        "members-0-name": "李秀英",
        "members-0-relation": "妻",
        "members-0-id_number": id_number(22),
        "members-1-name": "",
    }

    assert client.post(path, data=lines).status_code == 302

    page = client.get(f"/coop/households/{household.id}").text
    assert "李秀英" in page
    assert id_number(22) not in page


def test_a_household_is_deactivated_and_reactivated_by_form(client: FlaskClient, session: Session) -> None:
    household = make_household()
    come_in(client)
    path = f"/coop/households/{household.id}"

    refused = client.post(path + "/deactivate", data={"status": "moved", "on": "2026-03-01", "reason": ""})
    client.post(path + "/deactivate", data={"status": "moved", "on": "2026-03-01", "reason": "迁往县城"})

    assert refused.status_code == 422
    assert "已迁出" in client.get(path).text
    client.post(path + "/reactivate", data={"reason": "迁回"})
    session.refresh(household)
    assert household.is_active


def test_a_picker_offers_labels_that_tell_namesakes_apart(client: FlaskClient) -> None:
    come_in(client)
    household = make_household()

    found = client.get("/coop/households/search?q=zjg").json

    label = f"张建国 · 东范村 · 3组 · 尾号{id_number()[-4:]}"
    assert found == {"found": [{"key": str(household.id), "label": label}]}


def test_a_list_asks_the_database_equally_often_for_few_and_many(client: FlaskClient) -> None:
    come_in(client)
    for serial in range(1, 60):
        make_household("张建国", number=id_number(serial))

    page = client.get("/coop/households/?size=20").text

    assert len(re.findall(r'name="selected"|<td>', page)) > 20
    assert 'rel="next"' in page


def test_the_list_leaves_masked_and_within_scope(client: FlaskClient, session: Session) -> None:
    household = make_household()
    make_household("王小二", number=id_number(5), division_code="371681108226")
    come_in(client)

    book = client.post("/coop/households/export", data={"extent": "all"})
    paper = client.post("/coop/households/list", data={"extent": "selected", "selected": [household.id]})

    sheet = str(CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_index(0).to_python())
    assert "张建国" in sheet
    assert "王小二" not in sheet
    assert id_number() not in sheet
    assert paper.data.startswith(b"%PDF")
    assert session.query(JournalEntry).filter_by(act="households.exported").count() == 2


def test_a_name_with_a_character_that_no_face_has_is_kept_and_warned_of(
    client: FlaskClient, session: Session
) -> None:
    come_in(client)

    page = client.post(
        "/coop/households/new", data=FORM | {"head_name": "王\U00030000"}, follow_redirects=True
    )

    assert session.query(Household).one().head_name == "王\U00030000"
    assert "暂时打印不出来" in page.text
