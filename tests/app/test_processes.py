"""Several processes at work on one SQLite file: no update is lost, nobody sees an error."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import schema
from app.config import Settings
from app.factory import create_app
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.journal import queries as journal
from foundation.journal.models import JournalEntry

ROOT = Path(__file__).resolve().parents[2]
WRITERS = ("anna", "bela", "cora", "dora")
EACH = 40


@pytest.mark.processes
def test_four_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path))
    with app.app_context():
        schema.move_to(db.engine)
    command = [sys.executable, "-W", "error::RuntimeWarning", "-m", "tests.app.writers", str(tmp_path)]
    writers = [
        subprocess.Popen([*command, name, str(EACH)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for name in WRITERS
    ]
    complaints = [writer.communicate(timeout=120)[1] for writer in writers]

    assert [writer.returncode for writer in writers] == [0] * len(WRITERS), "\n".join(complaints)
    with app.app_context():
        session = db.session()
        assert session.scalar(select(func.count(Account.id))) == EACH * len(WRITERS)
        assert session.scalar(select(func.max(JournalEntry.id))) == EACH * len(WRITERS)
        assert journal.verify(session) is None
        session.close()
        db.engine.dispose()
