"""The doorbell and the worker: a committed job rings, the worker wakes and performs it.

The queue file only wakes; what is to be done stands in the jobs' rows. A lost bell or a killed worker costs
time, never work: the worker looks through the rows again and again and takes up whatever is free.
"""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import SqliteHuey
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from foundation.clock import now
from foundation.database.engine import db
from foundation.jobs import queries, service
from foundation.jobs.jobs import perform
from foundation.jobs.rules import LAPSE

log = logging.getLogger(__name__)

FILE = "queue.db"
EXTENSION = "jobs_bell"
IMMEDIATELY = "JOBS_IMMEDIATE"
LAPSE_SECONDS = "JOBS_LAPSE_SECONDS"


class Bell:
    """Rings the worker of one application; opened on first use, so that tests and commands need no file."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._huey: Any = None
        self._wake: Any = None
        self._lock = threading.Lock()

    @property
    def lapse(self) -> timedelta:
        """How long a running job may be silent."""
        seconds = self.app.config.get(LAPSE_SECONDS)
        return timedelta(seconds=float(seconds)) if seconds else LAPSE

    @property
    def huey(self) -> Any:
        """The queue in the data folder, with the one task that performs a job."""
        self._opened()
        return self._huey

    def _opened(self) -> None:
        with self._lock:
            if self._huey is None:
                folder = Path(self.app.config["FILES"]).parent
                self._huey = SqliteHuey("shecun", filename=str(folder / FILE), results=False)
                self._wake = self._huey.task(name="perform")(self.perform)

    def ring(self, job_id: int) -> None:
        """Wake the worker for a job, or do it on the spot where there is no worker."""
        if self.app.config.get(IMMEDIATELY):
            self.perform(job_id)
            return
        try:
            self._opened()
            self._wake(job_id)
        except Exception:  # a bell that fails costs seconds, the worker finds the row by itself
            log.exception("the bell of job %s did not ring", job_id)

    def perform(self, job_id: int) -> None:
        """Perform a job in a context and a session of its own."""
        with self.app.app_context(), self._beating(job_id):
            perform(job_id, worker=self.name, lapse=self.lapse)

    @contextmanager
    def _beating(self, job_id: int) -> Iterator[None]:
        """Keep the heart of a job beating while its handler is busy with one long step."""
        if self.app.config.get(IMMEDIATELY):
            yield
            return
        over = threading.Event()
        heart = threading.Thread(target=self._beat, args=(job_id, over), daemon=True)
        heart.start()
        try:
            yield
        finally:
            over.set()
            heart.join()

    def _beat(self, job_id: int, over: threading.Event) -> None:
        while not over.wait(self.lapse.total_seconds() / 3):
            with self.app.app_context():
                try:
                    service.beat(job_id, worker=self.name, now=now())
                    db.session.commit()
                except service.TakenOver:
                    db.session.rollback()
                except OperationalError:  # the handler itself holds the only write lock of SQLite
                    db.session.rollback()

    def take_up(self) -> None:
        """Ring for every job that waits or lost its worker, unless bells are still unanswered."""
        if self.huey.pending_count():
            return
        with self.app.app_context():
            for job_id in queries.free_jobs(now(), self.lapse):
                self.ring(job_id)


def install(app: Flask) -> None:
    """Give ``app`` its bell."""
    app.extensions[EXTENSION] = Bell(app)


@event.listens_for(Session, "after_commit")
def _ring(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for job_id in session.info.pop(service.WAITING, ()):
        current_app.extensions[EXTENSION].ring(job_id)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(service.WAITING, None)


def run_worker(app: Flask) -> None:
    """Perform the jobs of ``app`` until SIGTERM or SIGINT; call it in a main thread."""
    bell: Bell = app.extensions[EXTENSION]
    app.config[IMMEDIATELY] = False
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(bell, over), daemon=True)
    watch.start()
    consumer = bell.huey.create_consumer(workers=1, periodic=False, initial_delay=0.1, max_delay=1.0)
    try:
        consumer.run()
    finally:
        over.set()
        watch.join()


def _watch(bell: Bell, over: threading.Event) -> None:
    while True:
        try:
            bell.take_up()
        except Exception:
            log.exception("the jobs could not be looked through")
        if over.wait(bell.lapse.total_seconds() / 3):
            return
