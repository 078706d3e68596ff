"""A file is seen by whoever sees its row, and changed by whoever changes it."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation.access.grants import Viewer
from foundation.attachments import queries, service
from foundation.attachments.rules import Owner
from foundation.wording import Term
from tests.foundation.accounts.builders import make_viewer, signed_in_with
from tests.foundation.attachments.test_rules import PDF
from tests.foundation.jobs.builders import NOW


class PagePermission(Term):
    """What the tests' rows ask for."""

    SEE = "tests.pages.see", "查看"
    CHANGE = "tests.pages.change", "修改"


ROW = 7


def may_see(viewer: Viewer, owner_id: int) -> bool:
    """Only row 7 exists."""
    return owner_id == ROW and viewer.can(PagePermission.SEE)


def may_change(viewer: Viewer, owner_id: int) -> bool:
    """Changing is a right of its own."""
    return viewer.can(PagePermission.CHANGE)


@pytest.fixture(autouse=True)
def _owner() -> None:
    service.register_owner(Owner(name="page", page="/pages/", may_see=may_see, may_change=may_change))


def upload(client: FlaskClient, *files: tuple[bytes, str], row: int = ROW) -> int:
    sent = {"files": [(BytesIO(content), name) for content, name in files]}
    return client.post(f"/foundation/attachments/page/{row}", data=sent).status_code


def test_a_file_goes_in_comes_out_and_is_removed(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, [PagePermission.SEE, PagePermission.CHANGE])
    page = client.get("/foundation/attachments/page/7").text
    assert "不超过 20 MB" in page
    assert upload(client, (PDF, "托管合同.pdf")) == 302
    (file,) = queries.attachments_of("page", ROW)
    assert "托管合同.pdf" in client.get("/foundation/attachments/page/7").text
    answer = client.get(f"/foundation/attachments/file/{file.id}/托管合同.pdf")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.post(f"/foundation/attachments/file/{file.id}/remove").status_code == 302
    assert client.get(f"/foundation/attachments/file/{file.id}/托管合同.pdf").status_code == 404
    assert queries.attachments_of("page", ROW) == []


def test_one_refused_file_leaves_none_behind(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, [PagePermission.SEE, PagePermission.CHANGE])
    assert upload(client, (PDF, "好.pdf"), (b"MZ", "坏.pdf")) == 422
    assert queries.attachments_of("page", ROW) == []


def test_the_rights_of_a_file_are_those_of_its_row(client: FlaskClient, session: Session) -> None:
    owner = make_viewer(PagePermission.SEE, PagePermission.CHANGE)
    file = service.attach("合同.pdf", PDF, owner_type="page", owner_id=ROW, viewer=owner, now=NOW)
    session.commit()
    number = file.id
    signed_in_with(client, [PagePermission.SEE])
    assert client.get(f"/foundation/attachments/file/{number}/x").status_code == 200
    assert client.post(f"/foundation/attachments/file/{number}/remove").status_code == 403
    assert upload(client, (PDF, "x.pdf")) == 403
    signed_in_with(client)
    assert client.get(f"/foundation/attachments/file/{number}/x").status_code == 404
    assert client.get("/foundation/attachments/page/7").status_code == 404
    assert client.get("/foundation/attachments/nothing/7").status_code == 404
    assert upload(client, (PDF, "x.pdf"), row=8) == 404


def test_equal_bytes_are_stored_once_and_a_damaged_file_is_not_handed_out(session: Session) -> None:
    digest = service.put(PDF)
    assert service.put(PDF) == digest
    assert service.path_of(digest).parts[-2:] == (digest[:2], digest[2:])
    service.path_of(digest).write_bytes(b"%PDF-changed")
    with pytest.raises(service.FileLost):
        service.fetch(digest, "合同.pdf")
    service.path_of(digest).unlink()
    with pytest.raises(service.FileLost):
        service.fetch(digest)
