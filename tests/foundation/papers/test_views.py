"""Printing, the register and the public desk, as browsers meet them."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.jobs.models import Job
from foundation.jobs.rules import JobState
from foundation.papers import service
from foundation.papers.models import PaperCopy, PrintedPaper
from foundation.papers.rules import PaperPermission
from tests.conftest import NOW
from tests.foundation.accounts.builders import make_viewer, signed_in_with
from tests.foundation.papers.builders import SLIP, SlipPermission, make_slip
from tests.foundation.typesetting.builders import read, text_of

CLERK = (SlipPermission.VIEW, SlipPermission.PRINT, PaperPermission.VIEW)
SMALL = 30_000


def issued(name: str = "王𬭎") -> PrintedPaper:
    clerk = make_viewer(*CLERK)
    return service.issue(SLIP, make_slip(name=name), viewer=clerk, now=NOW).paper


def test_a_clerk_prints_a_row_and_finds_it_in_the_register(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, CLERK)
    make_slip()
    answer = client.post("/foundation/papers/tests.slip/1/print")
    assert answer.mimetype == "application/pdf"
    assert "王𬭎" in text_of(answer.data)[0]
    assert "凭〔2026〕1号" in client.get("/foundation/papers/").text
    paper = session.scalars(select(PrintedPaper)).one()
    page = client.get(f"/foundation/papers/{paper.id}").text
    assert paper.digest in page
    assert client.get(f"/foundation/papers/{paper.id}/file/x.pdf").data == answer.data


def test_a_reprint_bears_its_number_and_the_reason_is_kept(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, CLERK)
    make_slip()
    client.post("/foundation/papers/tests.slip/1/print")
    paper = session.scalars(select(PrintedPaper)).one()
    answer = client.post(f"/foundation/papers/{paper.id}/reprint", data={"reason": "原件遗失"})
    assert "第 2 次打印" in text_of(answer.data)[0]
    assert session.scalars(select(PaperCopy.reason).order_by(PaperCopy.number)).all() == ["", "原件遗失"]


def test_a_person_of_another_township_meets_no_page_of_a_paper(client: FlaskClient, session: Session) -> None:
    paper = issued()
    signed_in_with(client, CLERK, division_code="371681101000")
    for address in (f"/{paper.id}", f"/{paper.id}/file/x.pdf", "/tests.slip/1/preview"):
        assert client.get(f"/foundation/papers{address}").status_code == 404
    for address in (f"/{paper.id}/reprint", "/tests.slip/1/print"):
        assert client.post(f"/foundation/papers{address}").status_code == 404
    assert paper.number not in client.get("/foundation/papers/").text


def test_anyone_may_verify_a_current_paper(client: FlaskClient, session: Session) -> None:
    paper = issued()
    session.commit()
    answer = client.get(f"/verify/{paper.token.lower()}")
    assert answer.status_code == 200
    assert "有效" in answer.text
    assert paper.office in answer.text
    assert "王＊" in answer.text
    assert "王𬭎" not in answer.text
    assert "<script" not in answer.text
    assert len(answer.data) < SMALL


def test_a_replaced_paper_names_its_successor_and_a_void_one_says_so(
    client: FlaskClient, session: Session
) -> None:
    old, new = issued(), issued("李四")
    session.commit()
    answer = client.get(f"/verify/{old.token}").text
    assert "已被替代" in answer
    assert "第 2 版" in answer
    service.void_all("slip", 1, viewer=make_viewer(*CLERK), now=NOW, reason="内部原因不公开")
    session.commit()
    answer = client.get(f"/verify/{new.token}").text
    assert "作废" in answer
    assert "内部原因不公开" not in answer


def test_an_unknown_code_is_told_kindly(client: FlaskClient) -> None:
    answer = client.get("/verify/AAAABBBBCCCCDDDD")
    assert answer.status_code == 404
    assert "查无此文书" in answer.text


def test_a_print_run_binds_many_papers_and_names_what_it_could_not_print(
    client: FlaskClient, session: Session
) -> None:
    signed_in_with(client, CLERK)
    for subject_id in (1, 2, 3):
        make_slip(subject_id, draft=subject_id == 3)
    answer = client.post("/foundation/papers/tests.slip/run", data={"selected": ["1", "2", "3"]})
    job = session.scalars(select(Job).execution_options(populate_existing=True)).one()
    assert answer.location == f"/foundation/jobs/{job.id}"
    assert job.state is JobState.DONE
    assert "凭〔2026〕3号" in job.result["refused"][0]
    bound = client.get(job.result["url"])
    assert [entry.title for entry in read(bound.data).outline] == ["凭〔2026〕1号", "凭〔2026〕2号"]  # type: ignore[union-attr]
    signed_in_with(client, CLERK)
    assert client.get(job.result["url"]).status_code == 404


def test_the_faces_page_names_what_each_role_is_set_in(client: FlaskClient, session: Session) -> None:
    signed_in_with(client, CLERK)
    page = client.get("/foundation/papers/faces").text
    assert "仿宋" in page
    assert "ShecunFangSong" in page
