"""kill -9 in an import and in a print run: started again, the work is finished and nothing doubled."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, insert, select

from app.config import Settings
from app.factory import create_app
from coop.contracts.models import Contract, ContractRevision
from coop.households.models import Household, HouseholdMember
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.accounts import queries as accounts
from foundation.attachments import service as files
from foundation.clock import now, today
from foundation.database.base import Base
from foundation.database.engine import db, writing
from foundation.imports import service as imports
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import BatchState
from foundation.jobs.models import Job
from foundation.jobs.rules import JobState
from foundation.papers.jobs import enqueue_print_run
from foundation.papers.models import PaperCopy, PrintedPaper
from foundation.postings import queries as postings
from foundation.workbooks.writing import Sheet, write_sheets
from tools.sample_registers import VILLAGES, register_of

ROOT = Path(__file__).resolve().parents[2]
ANOTHER_VILLAGE = "371681101205"
PATIENCE = 240.0
TO_PRINT = 120


@pytest.fixture
def county(sample_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The sample county on a copy of its own, in an application context."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    app = create_app(Settings(home=home))
    writing.set(True)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def worker(county: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that takes a silent one for dead after a second; killed with the block."""
    home = county.extensions["settings"].home
    told = {**os.environ, "SHECUN_HOME": str(home), "SHECUN_DATABASE": ""}
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.foundation.jobs.worker"], cwd=ROOT, env=told, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again, reading only, so that the worker finds the database free."""
    deadline = time.monotonic() + PATIENCE
    while not _seen(is_so):
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def _seen(is_so: Callable[[], bool]) -> bool:
    writing.set(False)
    try:
        return is_so()
    finally:
        db.session.rollback()
        writing.set(True)


def kill_when(county: Flask, is_so: Callable[[], bool]) -> None:
    """Let a worker begin and kill it without warning as soon as ``is_so``."""
    with worker(county) as process:
        wait_until(is_so)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def viewer(login_name: str) -> Viewer:
    account = accounts.find_by_login_name(login_name)
    assert account is not None
    return postings.viewer_of(account, today())


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def latest_job() -> Job:
    return db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()


def is_under_way() -> bool:
    job = latest_job()
    return job.state is JobState.RUNNING and job.done > 0


def register_of_another_village() -> dict[str, Sheet]:
    """Return the sheets of a village that the sample county does not have, by their titles."""
    sheets = register_of(replace(VILLAGES[0], code=ANOTHER_VILLAGE, seed=7))
    return {sheet.layout.title: Sheet(sheet.layout, list(sheet.rows)) for sheet in list(sheets)[1:]}


def workbook(sheets: dict[str, Sheet]) -> bytes:
    target = BytesIO()
    write_sheets(target, sheets.values())
    return target.getvalue()


@pytest.mark.processes
def test_an_import_whose_worker_is_killed_is_finished_once(county: Flask) -> None:
    clerk = viewer("zhangwei.cs")
    sheets = register_of_another_village()
    sizes = {title: len(list(sheet.rows)) for title, sheet in sheets.items()}
    before = {model: count(model) for model in (Household, HouseholdMember, Parcel)}
    batch = imports.start("village-register", "登记册.xlsx", workbook(sheets), viewer=clerk, now=now())
    batch_id = batch.id
    db.session.commit()

    def state() -> BatchState:
        return db.session.get_one(ImportBatch, batch_id, populate_existing=True).state

    kill_when(county, lambda: latest_job().state is JobState.RUNNING)
    with worker(county):
        wait_until(lambda: state() is BatchState.PREVIEWED)
    assert rows_of(batch_id) == sum(sizes.values())

    imports.confirm(db.session.get_one(ImportBatch, batch_id), viewer=clerk, now=now())
    db.session.commit()
    kill_when(county, is_under_way)
    assert state() is BatchState.APPLYING
    with worker(county):
        wait_until(lambda: state() is BatchState.APPLIED)

    batch = db.session.get_one(ImportBatch, batch_id)
    assert (batch.stopped, batch.applicable) == (0, sum(sizes.values()))
    grown = {model.__tablename__: count(model) - before[model] for model in before}
    assert grown == {
        "household": sizes["承包方"],
        "household_member": sizes["家庭成员"],
        "parcel": sizes["承包地块"],
    }


def rows_of(batch_id: int) -> int:
    own = select(func.count(ImportRow.id)).where(ImportRow.batch_id == batch_id)
    return db.session.scalar(own) or 0


@pytest.mark.processes
def test_a_print_run_whose_worker_is_killed_prints_each_contract_once(county: Flask) -> None:
    approver = viewer("fanshoujun")
    ids = many_contracts(TO_PRINT)
    papers, copies = count(PrintedPaper), count(PaperCopy)
    job = enqueue_print_run("contract", ids, viewer=approver, now=now(), title="批量打印")
    job_id = job.id
    db.session.commit()

    kill_when(county, is_under_way)
    assert latest_job().state is JobState.RUNNING
    with worker(county):
        wait_until(lambda: latest_job().is_finished)

    job = db.session.get_one(Job, job_id, populate_existing=True)
    assert job.state is JobState.DONE, job.message
    assert job.attempt > 1
    assert (job.result["count"], job.result["refused"]) == (TO_PRINT, [])
    assert (count(PrintedPaper) - papers, count(PaperCopy) - copies) == (TO_PRINT, TO_PRINT)
    assert files.fetch(job.result["digest"], "run").startswith(b"%PDF")


def many_contracts(wanted: int) -> list[int]:
    """Multiply one approved contract of 长山 with its frozen text, each under a number of its own."""
    within = Contract.division_code.startswith("371681101")
    frozen = select(Contract.id).where(within, Contract.revision == 1, Contract.signed_on.is_not(None))
    source = db.session.scalars(frozen.limit(1)).one()
    contract = _values(Contract, Contract.id == source)
    revision = _values(ContractRevision, ContractRevision.contract_id == source)
    first = (db.session.scalar(select(func.max(Contract.id))) or 0) + 1
    ids = list(range(first, first + wanted))
    numbered = [
        {**contract, "id": new, "number": f"邹供托〔2020〕{new:06d}号", "serial": None} for new in ids
    ]
    db.session.execute(insert(Contract), numbered)
    db.session.execute(
        insert(ContractRevision), [{**revision, "id": None, "contract_id": new} for new in ids]
    )
    db.session.commit()
    return ids


def _values(model: type[Base], condition: ColumnElement[bool]) -> dict[str, Any]:
    return dict(db.session.execute(select(*model.__table__.c).where(condition)).mappings().one())
