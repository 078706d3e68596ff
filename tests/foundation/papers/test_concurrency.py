"""Many hands print one paper at once: every print has a number of its own, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from foundation.access.grants import Viewer
from foundation.database.engine import db, writing
from foundation.papers import service
from foundation.papers.models import PaperCopy, PrintedPaper
from tests.conftest import NOW, make_app, new_postgres_database
from tests.foundation.accounts.builders import make_viewer
from tests.foundation.papers.builders import SLIP, SlipPermission, make_slip

PRINTERS, PRINTS = 4, 5


def reprint(app: Flask, viewer: Viewer) -> None:
    with app.app_context():
        writing.set(True)
        for _ in range(PRINTS):
            paper = db.session.scalars(select(PrintedPaper)).one()
            service.reprint(paper, viewer=viewer, now=NOW)
            db.session.commit()


def test_no_print_is_lost_and_none_has_anothers_number(database: str, tmp_path: Path, worker_id: str) -> None:
    address = f"sqlite:///{tmp_path / 'shecun.db'}"
    if database == "postgres":
        address = new_postgres_database(f"shecun_prints_{worker_id}")
    app = make_app(tmp_path, address)
    with app.app_context():
        writing.set(True)
        db.create_all()
        viewer = make_viewer(SlipPermission.VIEW, SlipPermission.PRINT)
        service.issue(SLIP, make_slip(), viewer=viewer, now=NOW)
        db.session.commit()
    with ThreadPoolExecutor(PRINTERS) as pool:
        list(pool.map(lambda _: reprint(app, viewer), range(PRINTERS)))
    with app.app_context():
        numbers = db.session.scalars(select(PaperCopy.number).order_by(PaperCopy.number)).all()
        assert numbers == list(range(1, PRINTERS * PRINTS + 2))
        db.session.remove()
        db.engine.dispose()
