"""Installations of their own with a real worker process, for the tests that kill one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app.config import Settings
from app.factory import create_app
from foundation.database.engine import db, writing
from foundation.jobs.models import Job
from foundation.secrets import keyring
from tests.conftest import KEYS, new_postgres_database

PATIENCE = 60.0


@contextmanager
def installation(folder: Path, database: str, name: str) -> Iterator[Flask]:
    """An installation of its own, whose jobs a worker process performs."""
    keyring.save(KEYS, folder / "keyring.json")
    sqlite = f"sqlite:///{folder / 'shecun.db'}"
    url = sqlite if database == "sqlite" else new_postgres_database(name)
    app = create_app(Settings(home=folder, database_url=url, overrides={"TESTING": True}))
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


def wait_for(job_id: int, condition: Callable[[Job], bool]) -> Job:
    """Look at the job until the condition holds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        writing.set(False)  # a page that looks takes no lock from the worker
        job = db.session.get_one(Job, job_id)
        db.session.expunge(job)
        db.session.rollback()
        writing.set(True)
        if condition(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"{job.state} {job.done}/{job.total} {job.message} {job.message_values}")
