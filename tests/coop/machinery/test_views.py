"""The pages of machinery."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.machinery.models import Machine, Operator
from foundation.accounts.models import Account
from foundation.clock import today
from tests.coop.machinery.builders import KEEPING, make_machine, make_operator
from tests.coop.organisations.builders import make_organisation
from tests.coop.parcels.builders import OTHER_TOWNSHIP, TOWNSHIP
from tests.foundation.accounts.builders import make_division, signed_in_with

pytestmark = pytest.mark.usefixtures("app")
MACHINES, OPERATORS = "/coop/machinery/machines/", "/coop/machinery/operators/"


def come_in(client: FlaskClient, division_code: str = TOWNSHIP) -> Account:
    make_division(division_code)
    return signed_in_with(client, [p.value for p in KEEPING], division_code)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?text=谷神",
        "?text=BD-1",
        "?provider=gxhz",
        "?kind=harvester",
        "?subcontracted=y",
        "?licence=ending",
    ],
)
def test_the_list_of_machines_shows_what_was_asked_for(client: FlaskClient, query: str) -> None:
    make_machine(terminal_number="BD-1", owner_name="李四", licensed_until=today() + timedelta(days=3))
    come_in(client)
    text = client.get(MACHINES + query).text
    assert "雷沃谷神 GM100" in text
    assert "外租" in text
    assert "即将到期" in text
    for other in ("?text=无此机", "?licence=expired", "?kind=drone"):
        assert "雷沃谷神 GM100" not in client.get(MACHINES + other).text


@pytest.mark.parametrize("query", ["", "?text=孙", "?text=13805430009", "?provider=gxhz", "?licence=valid"])
def test_the_list_of_operators_shows_what_was_asked_for(client: FlaskClient, query: str) -> None:
    make_operator()
    come_in(client)
    text = client.get(OPERATORS + query).text
    assert "孙大勇" in text
    assert "138****0009" in text
    assert "孙大勇" not in client.get(OPERATORS + "?subcontracted=y").text


def test_a_machine_is_registered_edited_closed_and_reopened(client: FlaskClient, session: Session) -> None:
    provider = make_organisation()
    come_in(client)
    form = {
        "provider_id": str(provider.id),
        "kind": "drill",
        "model": "大华 2BMF-12",
        "daily_capacity": "80",
        "terminal_number": "BD-2",
    }
    assert client.get(MACHINES + "new").status_code == 200
    answer = client.post(MACHINES + "new", data=form)
    machine = session.scalars(select(Machine)).one()
    path = f"{MACHINES}{machine.id}"
    assert answer.headers["Location"] == path
    refused = client.post(MACHINES + "new", data=form)
    assert refused.status_code == 422
    assert "一个终端只对应一台机具" in refused.text

    edited = form | {"owner_name": "李四", "version": str(machine.version)}
    assert "大华 2BMF-12" in client.get(path + "/edit").text
    assert client.post(path + "/edit", data=edited).status_code == 302
    assert client.post(path + "/edit", data=edited | {"model": "别的"}).status_code == 409
    assert "外租：李四" in client.get(path).text
    session.refresh(machine)
    close = {"on": "2026-03-01", "reason": "报废", "version": str(machine.version)}
    assert client.post(path + "/close", data=close | {"reason": ""}).status_code == 422
    client.post(path + "/close", data=close)
    assert "已停用" in client.get(path).text
    session.refresh(machine)
    client.post(path + "/reopen", data={"reason": "修复", "version": str(machine.version)})
    session.refresh(machine)
    assert machine.is_open


def test_an_operator_is_registered_bound_edited_and_revealed(client: FlaskClient, session: Session) -> None:
    provider = make_organisation()
    account = come_in(client)
    form = {
        "provider_id": str(provider.id),
        "name": "孙大勇",
        "phone": "13805430009",
        "licence_number": "371626000123",
        "account_id": str(account.id),
    }
    assert account.login_name in client.get(OPERATORS + "new").text
    answer = client.post(OPERATORS + "new", data=form)
    operator = session.scalars(select(Operator)).one()
    path = f"{OPERATORS}{operator.id}"
    assert answer.headers["Location"] == path
    page = client.get(path + "/edit").text
    assert "13805430009" not in page
    edited = form | {"phone": "", "licence_class": "G2", "version": str(operator.version)}
    assert client.post(path + "/edit", data=edited).status_code == 302
    session.refresh(operator)
    assert (operator.phone, operator.account_id) == ("13805430009", account.id)
    assert "13805430009" not in client.get(path).text
    assert "13805430009" in client.post(path + "/phone", data={"reason": "联系作业"}).text
    taken = client.post(OPERATORS + "new", data=form | {"licence_number": ""})
    assert taken.status_code == 422
    assert "一个账号只对应一名机手" in taken.text
    session.refresh(operator)
    close = {"on": "2026-03-01", "reason": "离岗", "version": str(operator.version)}
    assert client.post(path + "/close", data=close).status_code == 302


def test_exports_are_the_workbooks_that_the_import_reads_back(client: FlaskClient) -> None:
    provider = make_organisation()
    make_machine(provider)
    make_operator(provider)
    come_in(client)
    for path, word in ((MACHINES, "雷沃谷神 GM100"), (OPERATORS, "孙大勇")):
        answer = client.post(path + "export", data={"extent": "all"})
        sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert word in cells
        assert "13805430009" not in cells


def test_another_township_opens_nothing(client: FlaskClient) -> None:
    machine = make_machine(licensed_until=today() + timedelta(days=3))
    come_in(client, OTHER_TOWNSHIP)
    assert client.get(f"{MACHINES}{machine.id}").status_code == 404
    assert "谷神" not in client.get(MACHINES).text


def test_ending_licences_stand_on_the_worktable(client: FlaskClient) -> None:
    make_machine(licensed_until=today() + timedelta(days=3))
    come_in(client)
    assert "即将到期的机具" in client.get("/").text
