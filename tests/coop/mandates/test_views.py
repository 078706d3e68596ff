"""The pages of mandates."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.mandates.models import Mandate
from coop.mandates.rules import MandatePermission
from coop.organisations.rules import OrganisationPermission
from foundation.database.engine import writing
from tests.coop.contracts.builders import VILLAGE, make_clerk, make_collective, make_household, make_mandate
from tests.foundation.accounts.builders import signed_in_with

pytestmark = pytest.mark.usefixtures("app")
EVERYTHING = (*MandatePermission, OrganisationPermission.VIEW)


def test_a_whole_village_is_registered_signed_and_printed(client: FlaskClient, session: Session) -> None:
    collective = make_collective()
    for name in ("甲一", "乙二"):
        make_household(name)
    signed_in_with(client, EVERYTHING)
    form = client.get("/coop/mandates/new")
    assert form.status_code == 200
    data = {
        "division": VILLAGE,
        "agent": str(collective.id),
        "households": "",
        "authority": "sign",
        "starts_on": "2026-1-1",
        "ends_on": "2028-12-31",
        "matter": "委托农业生产托管",
    }
    answer = client.post("/coop/mandates/new", data=data)
    assert answer.status_code == 302, answer.text
    writing.set(True)
    made = session.scalars(select(Mandate).order_by(Mandate.id)).all()
    assert len(made) == 2
    again = client.post("/coop/mandates/new", data=data)
    assert again.status_code == 422
    assert "没有需要登记委托书的农户" in again.text
    text = client.get("/coop/mandates/").text
    assert "待签字" in text
    ids = [mandate.id for mandate in made]
    assert client.post("/coop/mandates/sign", data={"selected": ids}).status_code == 302
    assert "待签字</span>" not in client.get("/coop/mandates/").text
    printed = client.post("/coop/mandates/print", data={"extent": "selected", "selected": ids})
    assert "/foundation/jobs/" in printed.location
    exported = client.post("/coop/mandates/export", data={"extent": "all"})
    sheet = load_workbook(BytesIO(exported.data)).active
    assert sheet is not None
    assert sheet.max_row == 3


def test_what_is_missing_is_said_in_place(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, EVERYTHING)
    answer = client.post("/coop/mandates/new", data={"authority": "sign", "starts_on": "2026-13-01"})
    assert answer.status_code == 422
    assert "日历上没有" in answer.text


def test_one_mandate_is_shown_signed_and_revoked(client: FlaskClient, session: Session) -> None:
    mandate = make_mandate(make_household(), make_collective(), make_clerk(), signed_on=None)
    signed_in_with(client, EVERYTHING)
    page = f"/coop/mandates/{mandate.id}"
    assert "登记签字" in client.get(page).text
    assert client.post(page + "/sign", data={"signed_on": "2099-1-1"}).status_code == 422
    assert client.post(page + "/sign", data={"signed_on": "2026-3-2"}).status_code == 302
    assert client.post(page + "/revoke", data={"on": "2026-3-3", "reason": ""}).status_code == 422
    early = client.post(page + "/revoke", data={"on": "2026-3-1", "reason": "不想托管"})
    assert "早于签字日期" in early.text
    assert client.post(page + "/revoke", data={"on": "2026-3-3", "reason": "不想托管"}).status_code == 302
    assert "不想托管" in client.get(page).text


def test_a_stranger_meets_nothing(client: FlaskClient, session: Session) -> None:
    mandate = make_mandate(make_household(), make_collective(), make_clerk())
    signed_in_with(client, EVERYTHING, division_code="371681101000")
    assert mandate.number not in client.get("/coop/mandates/").text
    assert client.get(f"/coop/mandates/{mandate.id}").status_code == 404
    for name in ("sign", "revoke"):
        data = {"signed_on": "2026-3-2", "on": "2026-3-2", "reason": "试试"}
        assert client.post(f"/coop/mandates/{mandate.id}/{name}", data=data).status_code == 404
    assert client.get(f"/foundation/attachments/mandate/{mandate.id}").status_code == 404
