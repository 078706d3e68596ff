"""The life of a job's row: claimed by one, beating, taken over when silent."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from foundation.jobs import queries, service
from foundation.jobs.jobs import Running, perform
from foundation.jobs.models import Job
from foundation.jobs.rules import ATTEMPTS, LAPSE, JobState, is_lost, percent_done
from tests.foundation.accounts.builders import make_viewer
from tests.foundation.jobs.builders import NOW, make_job


def test_a_job_is_claimed_by_one_worker_only(session: Session) -> None:
    job = make_job(make_viewer())
    assert service.claim(job.id, worker="a", now=NOW, lapse=LAPSE) is job
    assert service.claim(job.id, worker="b", now=NOW, lapse=LAPSE) is None
    assert (job.worker, job.attempt) == ("a", 1)


def test_a_silent_job_is_taken_over_and_its_old_worker_stops(session: Session) -> None:
    job = make_job(make_viewer())
    service.claim(job.id, worker="a", now=NOW, lapse=LAPSE)
    later = NOW + LAPSE + timedelta(seconds=1)
    assert queries.free_jobs(NOW, LAPSE) == []
    assert queries.free_jobs(later, LAPSE) == [job.id]
    service.claim(job.id, worker="b", now=later, lapse=LAPSE)
    service.beat(job.id, worker="b", now=later, done=1, total=2)
    with pytest.raises(service.TakenOver):
        service.beat(job.id, worker="a", now=later)
    session.refresh(job)
    assert (job.worker, job.attempt, job.percent) == ("b", 2, 50)


def test_a_job_that_keeps_killing_its_worker_is_given_up(session: Session) -> None:
    job = make_job(make_viewer())
    for death in range(ATTEMPTS + 1):
        moment = NOW + death * (LAPSE + timedelta(seconds=1))
        service.claim(job.id, worker=str(death), now=moment, lapse=LAPSE)
    assert job.state is JobState.FAILED
    assert job.message_values == {"attempts": str(ATTEMPTS)}


def test_work_and_mark_are_committed_together_or_not_at_all(session: Session) -> None:
    viewer = make_viewer()
    job = make_job(viewer)
    service.claim(job.id, worker="b", now=NOW, lapse=LAPSE)
    zombie = Running(
        job_id=job.id, kind=job.kind, payload={}, viewer=viewer, worker="a", attempt=1, done=0, started_at=NOW
    )
    job.title = "没有人要的改动"
    with pytest.raises(service.TakenOver):
        zombie.progress(1, 2)
    session.rollback()


def test_a_job_runs_once_its_transaction_has_committed(session: Session) -> None:
    job = make_job(make_viewer(), steps=3)
    assert not job.is_finished
    session.commit()
    assert (job.state, job.done, job.total, job.result) == (JobState.DONE, 3, 3, {"url": "/foundation/jobs/"})
    assert not perform(job.id, worker="again")


def test_a_job_of_rolled_back_work_never_runs(session: Session) -> None:
    viewer = make_viewer()
    session.commit()
    make_job(viewer)
    session.rollback()
    session.commit()
    assert session.query(Job).count() == 0


def test_a_savepoint_does_not_ring_early(session: Session) -> None:
    viewer = make_viewer()
    with session.begin_nested():
        job = make_job(viewer)
    assert not job.is_finished
    session.commit()
    assert job.state is JobState.DONE


def test_a_refusal_is_kept_as_the_sentence_for_the_owner(session: Session) -> None:
    job = make_job(make_viewer(), "tests.refuse")
    session.commit()
    assert job.state is JobState.FAILED
    assert job.message % job.message_values == "打印机 二楼 卡纸；请取出卡纸后重新执行。"


def test_a_fault_is_kept_with_a_number_and_may_be_tried_again(session: Session) -> None:
    job = make_job(make_viewer(), "tests.break")
    session.commit()
    assert "编号" in job.message
    job.kind, job.payload = "tests.count", {"steps": 1}
    service.retry(job, NOW)
    session.commit()
    assert job.state is JobState.DONE
    with pytest.raises(service.NotRetriable):
        service.retry(job, NOW)


def test_only_silence_makes_a_running_job_lost() -> None:
    assert is_lost(JobState.RUNNING, NOW, NOW + LAPSE + timedelta(seconds=1))
    assert not is_lost(JobState.RUNNING, NOW, NOW)
    assert not is_lost(JobState.QUEUED, None, NOW)


def test_only_a_finished_job_shows_a_hundred_percent() -> None:
    assert percent_done(JobState.RUNNING, 5, 5) == 99
    assert percent_done(JobState.QUEUED, 0, 0) == 0
    assert percent_done(JobState.DONE, 0, 0) == 100
