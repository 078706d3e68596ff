"""The pages of contracts, as a clerk, a reviewer and a stranger use them."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from coop.contracts import queries, service
from coop.contracts.models import Contract
from coop.contracts.rules.life import ContractState
from coop.contracts.rules.terms import ContractMode, ContractPermission
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.clock import now, today
from foundation.database.engine import db, writing
from tests.coop.contracts.builders import (
    NOW,
    approved,
    collective_details,
    drafted,
    lease_details,
    make_clerk,
    make_reviewer,
    menu_details,
    share_details,
    signed,
    submitted,
)
from tests.foundation.accounts.builders import make_viewer, sign_in

pytestmark = pytest.mark.usefixtures("app")
PNG = bytes.fromhex("89504e470d0a1a0a") + b"\0" * 64


def log_in(client: FlaskClient, viewer: Viewer) -> None:
    """Let the browser be this person."""
    writing.set(True)
    sign_in(client, db.session.get_one(Account, viewer.account_id))


def version_of(contract_id: int) -> int:
    """The version as a page would carry it."""
    writing.set(True)
    return queries.reload(contract_id).version


def state_of(contract_id: int) -> ContractState:
    """Where the contract stands today."""
    writing.set(True)
    return queries.reload(contract_id).state(today())


def act(client: FlaskClient, contract_id: int, name: str, **data: object) -> int:
    """Press a button of the contract's page and return the status of the answer."""
    sent = {"version": version_of(contract_id), **data}
    return client.post(f"/coop/contracts/{contract_id}/{name}", data=sent).status_code


def test_a_contract_goes_from_draft_to_signed_through_its_page(client: FlaskClient, session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    one = drafted(collective_details(clerk), clerk).id
    page = f"/coop/contracts/{one}"
    log_in(client, clerk)
    text = client.get(page).text
    assert "提交审核" in text
    assert "登记签订" not in text
    assert act(client, one, "submit") == 302
    log_in(client, reviewer)
    assert "审核通过" in client.get(page).text
    assert act(client, one, "return", reason="") == 422
    assert act(client, one, "return", reason="请核对面积") == 302
    log_in(client, clerk)
    assert "请核对面积" in client.get(page).text
    assert act(client, one, "submit") == 302
    log_in(client, reviewer)
    assert act(client, one, "approve") == 302
    log_in(client, clerk)
    assert "登记签订" in client.get(page).text
    tomorrow = (today() + timedelta(1)).isoformat()
    assert act(client, one, "sign", signed_on=tomorrow) == 422
    files = [(BytesIO(PNG), "签字页.png")]
    assert act(client, one, "sign", signed_on=today().isoformat(), scans=files) == 302
    assert "签字页.png" in client.get(page).text
    assert state_of(one) in (ContractState.IN_FORCE, ContractState.COMPLETED)


def test_a_refused_act_keeps_what_was_typed(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    one = signed(lease_details(), clerk).id
    log_in(client, clerk)
    data = {"version": version_of(one), "on": "2020-01-01", "reason": "农户迁出，无人耕种"}
    answer = client.post(f"/coop/contracts/{one}/terminate", data=data)
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert "农户迁出，无人耕种" in answer.text
    assert state_of(one) is not ContractState.TERMINATED


def test_a_button_of_an_old_page_is_refused(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = drafted(lease_details(), clerk)
    log_in(client, clerk)
    answer = client.post(f"/coop/contracts/{contract.id}/submit", data={"version": contract.version + 1})
    assert answer.status_code == 409
    assert state_of(contract.id) is ContractState.DRAFT


@pytest.mark.parametrize("name", ["submit", "approve", "withdraw", "complete"])
def test_an_act_that_the_state_forbids_is_a_sentence(
    name: str, client: FlaskClient, session: Session
) -> None:
    clerk = make_clerk()
    contract = signed(lease_details(), clerk)
    service.void(contract, reason="录入错误", viewer=clerk, now=NOW)
    everything = make_viewer(*ContractPermission)
    log_in(client, everything)
    answer = client.post(
        f"/coop/contracts/{contract.id}/{name}",
        data={"version": version_of(contract.id), "on": today().isoformat()},
    )
    assert answer.status_code == 422
    assert "已作废" in answer.text


@pytest.mark.parametrize("build", [lease_details, share_details, menu_details])
def test_each_mode_has_its_page(build: object, client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = signed(build(), clerk)  # type: ignore[operator]
    log_in(client, clerk)
    answer = client.get(f"/coop/contracts/{contract.id}")
    assert answer.status_code == 200
    assert str(contract.number) in answer.text
    assert "我为什么能看到这条记录" in answer.text


def test_the_list_shows_states_and_totals_apart(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    lease, menu = submitted(lease_details(), clerk), drafted(menu_details(), clerk)
    log_in(client, clerk)
    text = client.get("/coop/contracts/").text
    assert str(lease.number) in text
    assert "（未编号）" in text
    assert text.count("3.50") >= 4
    assert "待审核" in text
    assert str(menu.id) in text
    narrowed = client.get("/coop/contracts/?state=submitted&mode=lease").text
    assert str(lease.number) in narrowed
    assert "（未编号）" not in narrowed


def test_the_export_holds_the_rows_of_the_list(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    first, second = submitted(lease_details(), clerk), submitted(share_details(), clerk)
    log_in(client, clerk)

    def numbers(**data: object) -> list[object]:
        answer = client.post("/coop/contracts/export", data=data)
        assert answer.status_code == 200
        sheet = load_workbook(BytesIO(answer.data)).active
        assert sheet is not None
        return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert set(numbers(extent="all")) == {first.number, second.number}
    assert numbers(extent="selected", selected=second.id) == [second.number]
    assert numbers(extent="selected") == []
    paper = client.post("/coop/contracts/ledger?mode=lease", data={"extent": "filtered"})
    assert paper.mimetype == "application/pdf"
    text = PdfReader(BytesIO(paper.data)).pages[0].extract_text()
    assert str(first.number) in text.replace("\n", "")
    assert f"托管模式：{ContractMode.LEASE.label}" in text


def test_a_print_run_is_queued_for_the_selection(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = approved(lease_details(), clerk)
    log_in(client, clerk)
    data = {"extent": "selected", "selected": contract.id}
    answer = client.post("/coop/contracts/print", data=data)
    assert answer.status_code == 302
    assert "/foundation/jobs/" in answer.location


def test_a_picker_finds_within_the_scope(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = submitted(lease_details(), clerk)
    log_in(client, clerk)
    found = client.get("/coop/contracts/search?q=张建国").get_json()["found"]
    assert [row["key"] for row in found] == [str(contract.id)]
    log_in(client, make_clerk("371681101000"))
    assert client.get("/coop/contracts/search?q=张建国").get_json()["found"] == []


def test_a_renewal_opens_the_entry_page(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = signed(lease_details(), clerk)
    log_in(client, clerk)
    answer = client.post(f"/coop/contracts/{contract.id}/renew", data={"version": contract.version})
    assert answer.status_code == 302
    assert answer.location.startswith("/coop/entry/")
    assert client.get(answer.location).status_code == 200


def test_a_person_of_another_township_meets_nothing(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract: Contract = signed(collective_details(clerk), clerk)
    stranger = make_viewer(*ContractPermission, division_code="371681101000")
    log_in(client, stranger)
    assert str(contract.number) not in client.get("/coop/contracts/").text
    assert client.get(f"/coop/contracts/{contract.id}").status_code == 404
    for name in ("submit", "withdraw", "approve", "return", "sign", "complete", "terminate", "void", "renew"):
        data = {"version": 1, "reason": "试试看", "on": "2026-03-02", "signed_on": "2026-03-02"}
        assert client.post(f"/coop/contracts/{contract.id}/{name}", data=data).status_code == 404, name
    assert client.get(f"/foundation/attachments/contract/{contract.id}").status_code == 404
    assert client.post(f"/foundation/papers/contract/{contract.id}/print").status_code == 404
    assert client.get(f"/coop/amendments/of/{contract.id}").status_code == 404
    assert client.get(f"/coop/amendments/new?contract={contract.id}").status_code == 404
    export = client.post("/coop/contracts/export", data={"extent": "selected", "selected": contract.id})
    sheet = load_workbook(BytesIO(export.data)).active
    assert sheet is not None
    assert sheet.max_row == 1


def test_the_worktable_counts_what_waits(client: FlaskClient, session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    submitted(lease_details(), clerk)
    log_in(client, reviewer)
    assert "待审核的合同" in client.get("/").text
    log_in(client, clerk)
    assert "待审核的合同" not in client.get("/").text


def test_reading_a_page_changes_nothing(client: FlaskClient, session: Session) -> None:
    clerk = make_clerk()
    contract = drafted(lease_details(), clerk)
    log_in(client, clerk)
    before = version_of(contract.id)
    client.get(f"/coop/contracts/{contract.id}")
    assert version_of(contract.id) == before
    assert now() > NOW
