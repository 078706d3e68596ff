"""How a job is performed: its handler is found by kind and given the job to report to."""

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from foundation.access.grants import Viewer
from foundation.accounts import queries as accounts
from foundation.clock import CHINA, now
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.jobs import service
from foundation.jobs.models import Job
from foundation.jobs.rules import LAPSE
from foundation.postings import queries as postings

log = logging.getLogger(__name__)


class Fault(DomainError):
    """任务因系统故障中断，编号 %(number)s；请稍后点“重新执行”，仍不成功时把编号告诉管理员。"""


BREATH_EVERY_SECONDS = 1.5
BREATH_SECONDS = 0.12
"""Longer than the longest pause (0.1 s) between two tries of a writer that waits for SQLite's lock."""


class Breath:
    """Lets other writers in: SQLite keeps no queue, and a job that goes on at once starves them."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def take(self) -> None:
        """Pause shortly, now and then, between two transactions."""
        if db.engine.dialect.name == "sqlite" and time.monotonic() - self._last > BREATH_EVERY_SECONDS:
            time.sleep(BREATH_SECONDS)
            self._last = time.monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A job in the hands of its handler: what to do, for whom, and where to report.

    ``done`` is how far an earlier attempt came (its last ``progress``), 0 in the first one.
    """

    job_id: int
    kind: str
    payload: Mapping[str, Any]
    viewer: Viewer
    worker: str
    attempt: int
    done: int
    started_at: datetime
    breath: Breath = field(default_factory=Breath)

    def progress(self, done: int, total: int) -> None:
        """Commit what was done so far together with how far it is.

        Work and mark go in one transaction: after a crash the handler finds exactly the steps marked as done.
        Raises ``TakenOver`` (and nothing is committed) when another worker has the job by now.
        """
        service.beat(self.job_id, worker=self.worker, now=now(), done=done, total=total)
        db.session.commit()
        self.breath.take()


Handler = Callable[[Running], Mapping[str, Any] | None]

_handlers: dict[str, Handler] = {}


def kinds() -> frozenset[str]:
    """Return the kinds of jobs that this process can perform."""
    return frozenset(_handlers)


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Make a function the handler of the jobs of ``kind``; what it returns is the job's result.

    A handler may be called again for a job that it had begun: each of its steps must be safe to repeat.
    """

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def perform(job_id: int, *, worker: str, lapse: timedelta = LAPSE) -> bool:
    """Do the job unless it is done or in other hands; tell whether it was taken."""
    job = service.claim(job_id, worker=worker, now=now(), lapse=lapse)
    db.session.commit()
    if job is None:
        return False
    try:
        result = _handlers[job.kind](_running(job, worker))
        service.beat(job_id, worker=worker, now=now())
        service.finish(db.session.get_one(Job, job_id), result or {}, now())
        db.session.commit()
    except service.TakenOver:
        db.session.rollback()
    except DomainError as error:
        _fail(job_id, worker, error)
    except Exception:
        number = secrets.token_hex(4)
        log.exception("fault %s in job %s", number, job_id)
        _fail(job_id, worker, Fault(number=number))
    return True


def _running(job: Job, worker: str) -> Running:
    moment = now()
    return Running(
        job_id=job.id,
        kind=job.kind,
        payload=job.payload,
        viewer=postings.viewer_of(accounts.get_account(job.account_id), moment.astimezone(CHINA).date()),
        worker=worker,
        attempt=job.attempt,
        done=job.done,
        started_at=moment,
    )


def _fail(job_id: int, worker: str, error: DomainError) -> None:
    db.session.rollback()
    try:
        service.beat(job_id, worker=worker, now=now())
    except service.TakenOver:
        db.session.rollback()
        return
    service.fail(db.session.get_one(Job, job_id), error, now())
    db.session.commit()
