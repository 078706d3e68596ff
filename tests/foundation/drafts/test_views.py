"""Drafts keep themselves, for one person and one form."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation.drafts import queries, service
from foundation.drafts.models import Draft
from foundation.drafts.rules import MOST_BYTES, MOST_DRAFTS, is_key
from tests.foundation.accounts.builders import make_viewer, signed_in_with
from tests.foundation.jobs.builders import NOW

ADDRESS = "/foundation/drafts/coop.contracts.entry:7"


def test_what_was_typed_comes_back_until_it_is_discarded(client: FlaskClient, session: Session) -> None:
    signed_in_with(client)
    assert client.get(ADDRESS).json == {}
    sent = {"fields": [["name", "王秀英"], ["row-mu", "1.20"], ["row-mu", "3.40"]]}
    saved = client.post(ADDRESS, json=sent).json
    found = client.get(ADDRESS).json
    assert saved is not None
    assert found == {**sent, "saved_at": saved["saved_at"]}
    client.post(ADDRESS, json={"fields": [["name", "李明"]]})
    found = client.get(ADDRESS).json
    assert found is not None
    assert found["fields"] == [["name", "李明"]]
    assert client.post(f"{ADDRESS}/discard").status_code == 204
    assert client.get(ADDRESS).json == {}


def test_nobody_sees_the_draft_of_another(client: FlaskClient, session: Session) -> None:
    service.keep("coop.contracts.entry:7", [("name", "x")], viewer=make_viewer(name="李明"), now=NOW)
    session.commit()
    signed_in_with(client)
    assert client.get(ADDRESS).json == {}
    client.post(f"{ADDRESS}/discard")
    assert len(session.query(Draft).all()) == 1


@pytest.mark.parametrize("sent", [None, {}, {"fields": 3}, {"fields": [["a"]]}, {"fields": [["a", 1]]}])
def test_a_damaged_draft_is_refused(client: FlaskClient, session: Session, sent: object) -> None:
    signed_in_with(client)
    assert client.post(ADDRESS, json=sent).status_code == 422
    assert client.get(ADDRESS).json == {}


def test_a_draft_has_bounds(session: Session) -> None:
    viewer = make_viewer()
    with pytest.raises(service.NoDraftKey):
        service.keep("../etc", [], viewer=viewer, now=NOW)
    with pytest.raises(service.DraftTooLarge):
        service.keep("a.b", [("x", "长" * MOST_BYTES)], viewer=viewer, now=NOW)
    for number in range(MOST_DRAFTS + 3):
        service.keep(f"a.b:{number}", [], viewer=viewer, now=NOW)
    assert len(queries.drafts_of(viewer)) == MOST_DRAFTS


def test_a_draft_is_sealed_in_the_database(session: Session) -> None:
    service.keep("a.b", [("id_number", "371626197001010017")], viewer=make_viewer(), now=NOW)
    raw = session.connection().exec_driver_sql("SELECT body FROM draft").one()
    assert b"371626197001010017" not in bytes(raw[0])


def test_a_draft_is_named_after_a_form() -> None:
    assert is_key("coop.contracts.entry:7")
    assert is_key("coop.contracts.entry:new")
    assert not is_key("contracts")
    assert not is_key("coop.contracts.entry:" + "7" * 60)
