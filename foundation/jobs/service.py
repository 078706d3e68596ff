"""What happens to a job: it is queued, taken by one worker, beats, and ends well or with a sentence."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.jobs.models import Job
from foundation.jobs.queries import is_free
from foundation.jobs.rules import ATTEMPTS, JobState
from foundation.wording import Term

WAITING = "jobs_waiting_for_commit"
"""Where a session keeps the ids of the jobs whose bell rings once it has committed."""


class GivenUp(DomainError):
    """任务连续 %(attempts)s 次意外中断，已停止重试；请检查服务器的内存和磁盘空间，再点“重新执行”。"""


class NotRetriable(DomainError):
    """只有未完成的任务可以重新执行；这个任务的状态是“%(state)s”。"""


class TakenOver(Exception):
    """Another worker has taken this job because this one was silent too long; stop without a trace."""


def enqueue(kind: str, payload: Mapping[str, Any], *, viewer: Viewer, now: datetime, title: str = "") -> Job:
    """Add a job for ``viewer``; its bell rings after the commit. ``title`` is what people read."""
    job = Job(
        kind=kind,
        title=title or kind,
        payload=dict(payload),
        account_id=viewer.account_id,
        state=JobState.QUEUED,
        created_at=now,
    )
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault(WAITING, []).append(job.id)
    return job


def claim(job_id: int, *, worker: str, now: datetime, lapse: timedelta) -> Job | None:
    """Take the job for ``worker`` unless another one has it; after too many deaths it is given up instead."""
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, is_free(now, lapse))
        .values(
            state=JobState.RUNNING, worker=worker, heartbeat_at=now, started_at=now, attempt=Job.attempt + 1
        )
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    job = db.session.get_one(Job, job_id, populate_existing=True)
    if job.attempt > ATTEMPTS:
        fail(job, GivenUp(attempts=ATTEMPTS), now)
        return None
    return job


def beat(
    job_id: int, *, worker: str, now: datetime, done: int | None = None, total: int | None = None
) -> None:
    """Note that ``worker`` is alive and how far it is; raise ``TakenOver`` when the job is not its own."""
    values: dict[str, Any] = {"heartbeat_at": now}
    if done is not None:
        values |= {"done": done, "total": total or 0}
    beaten = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not beaten.rowcount:  # type: ignore[attr-defined]
        raise TakenOver


def finish(job: Job, result: Mapping[str, Any], now: datetime) -> None:
    """End a job well; ``result`` may name the ``url`` where its fruit is."""
    job.state = JobState.DONE
    job.result = dict(result)
    job.done = job.total
    job.finished_at = now
    db.session.flush()


def fail(job: Job, error: DomainError, now: datetime) -> None:
    """End a job with the sentence that its owner reads."""
    job.state = JobState.FAILED
    job.message = error.message
    job.message_values = {
        key: value.label if isinstance(value, Term) else str(value) for key, value in error.values.items()
    }
    job.finished_at = now
    db.session.flush()


def retry(job: Job, now: datetime) -> None:
    """Queue a failed job once more."""
    if job.state is not JobState.FAILED:
        raise NotRetriable(state=job.state.label)
    job.state = JobState.QUEUED
    job.attempt = 0
    job.message, job.message_values = "", {}
    job.heartbeat_at, job.finished_at, job.seen_at = now, None, None
    db.session.flush()
    db.session.info.setdefault(WAITING, []).append(job.id)


def mark_seen(job: Job, now: datetime) -> None:
    """Take the notice of a finished job away."""
    if job.is_finished and job.seen_at is None:
        job.seen_at = now
        db.session.flush()
