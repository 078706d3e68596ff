"""The pages of supplementary agreements."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.amendments import queries
from coop.amendments.models import Amendment
from coop.contracts import queries as contracts
from coop.contracts.rules.terms import ContractPermission
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.clock import today
from foundation.database.engine import db, writing
from tests.coop.contracts.builders import (
    collective_details,
    make_clerk,
    make_reviewer,
    menu_details,
    order_details,
    signed,
)
from tests.foundation.accounts.builders import make_viewer, sign_in

pytestmark = pytest.mark.usefixtures("app")
BASIC = {"reason": "成本上涨", "effective_on": "2026-04-01", "ends_on": "2026-11-30", "late_fee": "0"}


def log_in(client: FlaskClient, viewer: Viewer) -> None:
    writing.set(True)
    sign_in(client, db.session.get_one(Account, viewer.account_id))


def the_one(session: Session) -> Amendment:
    writing.set(True)
    return session.scalars(select(Amendment).execution_options(populate_existing=True)).one()


def test_an_agreement_is_written_approved_and_signed_on_its_pages(
    client: FlaskClient, session: Session
) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(collective_details(clerk), clerk, reviewer)
    first = session.get_one(Parcel, contract.annex[0].parcels[0].parcel_id)
    log_in(client, clerk)
    form = client.get(f"/coop/amendments/new?contract={contract.id}")
    assert "680.00" in form.text
    data = {**BASIC, "price": "680.00", "withdrawn": first.code}
    made = client.post(f"/coop/amendments/new?contract={contract.id}", data=data)
    assert made.status_code == 302, made.text
    page = made.location
    text = client.get(page).text
    assert "退出地块：农户1的" in text
    assert "-2,380.00" in text
    assert client.get(f"/coop/amendments/of/{contract.id}").status_code == 200
    edit = client.get(page + "/edit").text
    assert first.code in edit
    version = the_one(session).version
    change = {**data, "price": "690.00", "version": version}
    assert client.post(page + "/edit", data=change).status_code == 302
    assert client.post(page + "/edit", data=change).status_code == 409
    assert client.post(page + "/submit", data={"version": the_one(session).version}).status_code == 302
    log_in(client, reviewer)
    assert client.post(page + "/return", data={"version": the_one(session).version}).status_code == 422
    assert client.post(page + "/approve", data={"version": the_one(session).version}).status_code == 302
    log_in(client, clerk)
    assert "打印协议" in client.get(page).text
    sign = {"version": the_one(session).version, "signed_on": today().isoformat()}
    assert client.post(page + "/sign", data=sign).status_code == 302
    writing.set(True)
    assert contracts.reload(contract.id).revision == 2
    assert "已签订" in client.get("/coop/amendments/").text


def test_menu_lines_are_changed_and_dropped(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = signed(menu_details(None, "04", "07"), clerk)
    log_in(client, clerk)
    address = f"/coop/amendments/new?contract={contract.id}"
    assert client.get(address).text.count("menu-") >= 8
    lines = {
        "menu-0-price": "32.00",
        "menu-0-area": "3.50",
        "menu-0-passes": "1",
        "menu-1-price": "30.00",
        "menu-1-area": "3.50",
        "menu-1-passes": "1",
        "menu-1-dropped": "y",
    }
    made = client.post(address, data={**BASIC, **lines})
    assert made.status_code == 302, made.text
    text = client.get(made.location).text
    assert "取消服务环节" in text
    assert "30.00元/亩×3.50亩变更为32.00元/亩×3.50亩" in text


def test_a_refusal_keeps_what_was_typed(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = signed(order_details(), clerk)
    log_in(client, clerk)
    address = f"/coop/amendments/new?contract={contract.id}"
    data = {**BASIC, "price": "680.00", "wanted": "看不懂的一行", "free_terms": "写了很久的话"}
    refused = client.post(address, data=data)
    assert refused.status_code == 422
    assert "第 1 行" in refused.text
    assert "写了很久的话" in refused.text
    same = client.post(address, data={**BASIC, "price": "680.00"})
    assert "没有任何差异" in same.text


def test_a_stranger_meets_nothing(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = signed(order_details(), clerk)
    log_in(client, clerk)
    made = client.post(f"/coop/amendments/new?contract={contract.id}", data={**BASIC, "price": "700.00"})
    one = the_one(session)
    client.get(made.location)
    log_in(client, make_viewer(*ContractPermission, division_code="371681101000"))
    assert one.number not in client.get("/coop/amendments/").text
    assert client.get(made.location).status_code == 404
    assert client.get(made.location + "/edit").status_code == 404
    for name in ("submit", "withdraw", "approve", "return", "sign", "void"):
        data = {"version": 1, "reason": "试试看", "signed_on": "2026-3-2"}
        assert client.post(f"{made.location}/{name}", data=data).status_code == 404
    assert client.post(f"/foundation/papers/amendment/{one.id}/print").status_code == 404
    assert queries.open_of(contract.id) is not None


def test_the_list_leaves_as_a_workbook_and_on_paper_within_the_own_reach(
    client: FlaskClient, session: Session
) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = signed(collective_details(clerk), clerk, reviewer)
    log_in(client, clerk)
    made = client.post(
        f"/coop/amendments/new?contract={contract.id}", data={**BASIC, "price": "700.00", "withdrawn": ""}
    )
    assert made.status_code == 302, made.text
    number = the_one(session).number
    permissions = (ContractPermission.VIEW, ContractPermission.EXPORT)
    log_in(client, make_viewer(*permissions))
    book = client.post("/coop/amendments/export", data={"extent": "all"})
    (sheet,) = load_workbook(BytesIO(book.data)).worksheets
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["协议编号", number]
    assert client.post("/coop/amendments/ledger", data={"extent": "filtered"}).data.startswith(b"%PDF")
    log_in(client, make_viewer(*permissions, division_code="371681001000"))
    elsewhere = client.post("/coop/amendments/export", data={"extent": "all"})
    assert load_workbook(BytesIO(elsewhere.data)).worksheets[0].max_row == 1
