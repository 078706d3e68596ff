"""Many people act at once: the chain stays whole on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import Flask

from foundation.access.grants import Viewer
from foundation.accounts.rules import AccountAct
from foundation.database.engine import db, writing
from foundation.journal import queries
from foundation.journal.service import record
from tests.conftest import NOW, make_app, new_postgres_database

WRITERS, ACTS = 4, 15


def act(app: Flask, writer: int) -> None:
    with app.app_context():
        writing.set(True)
        for number in range(ACTS):
            viewer = Viewer(account_id=writer, name=f"经办{writer}")
            record(AccountAct.CHANGED, None, viewer=viewer, now=NOW, note=str(number))
            db.session.commit()


def test_four_writers_leave_one_whole_chain(database: str, tmp_path: Path, worker_id: str) -> None:
    address = f"sqlite:///{tmp_path / 'shecun.db'}"
    if database == "postgres":
        address = new_postgres_database(f"shecun_chain_{worker_id}")
    app = make_app(tmp_path, address)
    with app.app_context():
        db.create_all()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda writer: act(app, writer), range(WRITERS)))
    with app.app_context():
        assert queries.count() == WRITERS * ACTS
        assert queries.verify(db.session()) is None
        db.session.remove()
        db.engine.dispose()
