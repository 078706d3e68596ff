"""The pages of contracts, as a clerk and a reviewer use them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.database.engine import db
from tests.coop.contracts.builders import (
    collective_details,
    drafted,
    make_clerk,
    make_reviewer,
)
from tests.foundation.accounts.builders import sign_in

pytestmark = pytest.mark.usefixtures("app")


def log_in(client: FlaskClient, viewer: Viewer) -> None:
    """Let the browser be this person."""
    sign_in(client, db.session.get_one(Account, viewer.account_id))


def test_a_contract_goes_from_draft_to_signed_through_its_page(client: FlaskClient, session: Session) -> None:
    clerk, reviewer = make_clerk(), make_reviewer()
    contract = drafted(collective_details(clerk), clerk)
    page = f"/coop/contracts/{contract.id}"
    log_in(client, clerk)
    assert "提交审核" in client.get(page).text
    version = contract.version
    answer = client.post(page + "/submit", data={"version": version}, follow_redirects=True)
    assert "待审核" in answer.text
    assert answer.status_code == 200
    log_in(client, reviewer)
    text = client.get(page).text
    assert "审核通过" in text
    again = client.post(page + "/return", data={"version": version, "reason": ""})
    assert again.status_code == 422
    assert "理由" in again.text
