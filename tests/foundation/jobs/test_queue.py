"""A real worker process: it is rung, it stops when told, and what it leaves when killed is taken up again."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from foundation import clock
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.drafts.models import Draft
from foundation.jobs import service
from foundation.jobs.rules import JobState
from foundation.postings import queries as postings
from tests.foundation.accounts.builders import make_account
from tests.foundation.jobs.processes import PATIENCE, installation, wait_for, worker

pytestmark = pytest.mark.processes


@pytest.fixture
def home(tmp_path: Path, database: str, worker_id: str) -> Iterator[Flask]:
    with installation(tmp_path, database, f"shecun_jobs_{worker_id}") as app:
        yield app


def enqueue(account: Account, steps: int) -> int:
    viewer = postings.viewer_of(account, clock.today())
    job = service.enqueue("tests.slow", {"steps": steps}, viewer=viewer, now=clock.now())
    job_id = job.id
    db.session.commit()
    return job_id


def test_a_job_survives_the_death_of_its_worker_and_doubles_nothing(home: Flask) -> None:
    account = make_account()
    job_id = enqueue(account, steps=60)
    with worker(home) as first:
        wait_for(job_id, lambda job: job.done >= 5)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    halfway = wait_for(job_id, lambda job: job.state is JobState.RUNNING)
    assert halfway.done < 60
    with worker(home):
        job = wait_for(job_id, lambda job: job.is_finished)
    assert (job.state, job.done, job.attempt) == (JobState.DONE, 60, 2)
    keys = [draft.key for draft in db.session.query(Draft)]
    assert sorted(keys) == sorted(f"step:{step}" for step in range(60))


def test_the_bell_wakes_an_idle_worker_and_sigterm_ends_it(home: Flask) -> None:
    account = make_account()
    with worker(home) as process:
        wait_for(enqueue(account, steps=0), lambda job: job.is_finished)
        rung = time.monotonic()
        wait_for(enqueue(account, steps=0), lambda job: job.is_finished)
        assert time.monotonic() - rung < PATIENCE / 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
