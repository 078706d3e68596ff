"""A worker that is killed in the middle of an import: the batch comes to its end, and nothing is doubled."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from foundation.database.engine import db
from foundation.imports import service
from foundation.imports.models import ImportBatch, ImportChange, ImportRow
from foundation.imports.rules import BatchState
from foundation.units.models import Unit
from tests.foundation.imports.builders import NOW, importer, workbook
from tests.foundation.jobs.processes import installation, wait_for, worker

pytestmark = pytest.mark.processes

ROWS = 3000


@pytest.fixture
def home(tmp_path: Path, database: str, worker_id: str) -> Iterator[Flask]:
    with installation(tmp_path, database, f"shecun_imports_{worker_id}") as app:
        yield app


def job_of(batch_id: int) -> int:
    job_id = db.session.get_one(ImportBatch, batch_id).job_id
    db.session.rollback()
    assert job_id is not None
    return job_id


def test_an_import_survives_the_death_of_its_worker_and_doubles_nothing(home: Flask) -> None:
    viewer = importer()
    content = workbook(*((f"第{number}社",) for number in range(ROWS)))
    batch_id = service.start("test-units", "单位.xlsx", content, viewer=viewer, now=NOW).id
    db.session.commit()
    with worker(home) as first:
        wait_for(job_of(batch_id), lambda job: job.is_finished)
        batch = db.session.get_one(ImportBatch, batch_id)
        assert batch.counts == {"new": ROWS}
        service.confirm(batch, viewer=viewer, now=NOW)
        db.session.commit()
        wait_for(job_of(batch_id), lambda job: job.done >= 500)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert db.session.get_one(ImportBatch, batch_id).state is BatchState.APPLYING
    assert count(Unit) < ROWS
    db.session.rollback()
    with worker(home):
        wait_for(job_of(batch_id), lambda job: job.is_finished)
    assert db.session.get_one(ImportBatch, batch_id).counts == {"new": ROWS}
    assert (count(ImportRow), count(ImportChange)) == (ROWS, ROWS)
    names = db.session.scalars(select(Unit.name).where(Unit.name.like("第%社"))).all()
    assert len(names) == len(set(names)) == ROWS


def count(table: type[Unit | ImportRow | ImportChange]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
