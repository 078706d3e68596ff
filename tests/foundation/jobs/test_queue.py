"""A real worker process: it is rung, it stops when told, and what it leaves when killed is taken up again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.factory import create_app
from foundation import clock
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.drafts.models import Draft
from foundation.jobs import service
from foundation.jobs.models import Job
from foundation.jobs.rules import JobState
from foundation.postings import queries as postings
from foundation.secrets import keyring
from tests.conftest import KEYS, new_postgres_database
from tests.foundation.accounts.builders import make_account

pytestmark = pytest.mark.processes

PATIENCE = 20.0


@pytest.fixture
def home(tmp_path: Path, database: str, worker_id: str) -> Iterator[Flask]:
    """An installation of its own, whose jobs a worker process performs."""
    keyring.save(KEYS, tmp_path / "keyring.json")
    sqlite = f"sqlite:///{tmp_path / 'shecun.db'}"
    url = sqlite if database == "sqlite" else new_postgres_database(f"shecun_jobs_{worker_id}")
    app = create_app(Settings(home=tmp_path, database_url=url, overrides={"TESTING": True}))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def worker(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on the installation of ``app``, killed at the end if it still lives."""
    settings: Settings = app.extensions["settings"]
    environment = {
        **os.environ,
        "SHECUN_HOME": str(settings.home),
        "SHECUN_DATABASE": settings.database,
    }
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "tests.foundation.jobs.worker"]
    with (settings.home / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def enqueue(account: Account, steps: int) -> int:
    viewer = postings.viewer_of(account, clock.today())
    job = service.enqueue("tests.slow", {"steps": steps}, viewer=viewer, now=clock.now())
    job_id = job.id
    db.session.commit()
    return job_id


def wait_for(job_id: int, condition: Callable[[Job], bool]) -> Job:
    """Look at the job until the condition holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        job = db.session.get_one(Job, job_id)
        db.session.expunge(job)
        db.session.rollback()  # on SQLite an open transaction would lock the worker out
        if condition(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"{job.state} {job.done}/{job.total} {job.message} {job.message_values}")


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
