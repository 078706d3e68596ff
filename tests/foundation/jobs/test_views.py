"""What a person sees of jobs: their own, with progress, and a notice when one is done."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from foundation import clock
from foundation.accounts.models import Account
from foundation.jobs.models import Job
from foundation.jobs.rules import JobPermission
from foundation.postings import queries as postings
from tests.foundation.accounts.builders import make_viewer, signed_in_with
from tests.foundation.jobs.builders import make_job


def finished(account: Account, session: Session, kind: str = "tests.count") -> Job:
    job = make_job(postings.viewer_of(account, clock.today()), kind)
    session.commit()
    return job


def test_my_job_shows_its_result_and_a_notice_until_it_was_seen(
    client: FlaskClient, session: Session
) -> None:
    account = signed_in_with(client)
    job = finished(account, session)
    page = client.get("/foundation/jobs/").text
    assert "数一数" in page
    assert "“数一数”已完成" in client.get("/").text
    assert "查看结果" in client.get(f"/foundation/jobs/{job.id}").text
    assert client.post(f"/foundation/jobs/{job.id}/seen", headers={"HX-Request": "1"}).status_code == 204
    assert "“数一数”已完成" not in client.get("/").text


def test_a_failed_job_says_why_and_offers_another_try(client: FlaskClient, session: Session) -> None:
    account = signed_in_with(client)
    job = finished(account, session, "tests.refuse")
    page = client.get(f"/foundation/jobs/{job.id}").text
    assert "打印机 二楼 卡纸" in page
    assert "重新执行" in page
    assert client.post(f"/foundation/jobs/{job.id}/retry").status_code == 302


def test_nobody_sees_the_job_of_another_unless_they_supervise(client: FlaskClient, session: Session) -> None:
    job = make_job(make_viewer(name="李明"))
    session.commit()
    signed_in_with(client)
    for address in (f"/foundation/jobs/{job.id}", f"/foundation/jobs/{job.id}/retry"):
        answer = client.post(address) if address.endswith("retry") else client.get(address)
        assert answer.status_code == 404
    signed_in_with(client, [JobPermission.SUPERVISE])
    assert client.get(f"/foundation/jobs/{job.id}").status_code == 200


def test_a_waiting_page_asks_again_by_itself(client: FlaskClient, session: Session) -> None:
    account = signed_in_with(client)
    job = finished(account, session)
    job.state = job.state.RUNNING
    session.commit()
    page = client.get(f"/foundation/jobs/{job.id}").text
    assert 'hx-trigger="every 1s"' in page
    assert '<meta http-equiv="refresh"' in page
    part = client.get(f"/foundation/jobs/{job.id}", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<progress" in part
