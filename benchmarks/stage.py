"""The ground that measurements stand on: a data folder of its own, divisions, and a person who may do all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import roles, schema
from app.config import Settings
from app.factory import create_app
from foundation.access.grants import Viewer
from foundation.accounts import service as accounts
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import importing as divisions
from foundation.postings import queries as postings_queries
from foundation.postings import service as postings
from foundation.units import service as units
from foundation.units.rules import UnitKind

DIVISIONS = Path(schema.MIGRATIONS).parent / "app" / "sample" / "divisions_zouping.csv"
CHANGES = DIVISIONS.with_name("division_aliases_zouping.csv")
COUNTY = "371681000000"
PASSWORD = "Bench-2026-mark"  # noqa: S105 - lives as long as a temporary folder
BUILDER = Viewer(account_id=0, name="benchmark")


@contextmanager
def installation(database_url: str = "") -> Iterator[tuple[Flask, Viewer]]:
    """Yield an application over an empty county and a clerk with the scope of the whole county.

    The database is a file of SQLite unless another is named.
    """
    with tempfile.TemporaryDirectory(prefix="shecun-bench-") as folder:
        overrides: dict[str, object] = {"WTF_CSRF_ENABLED": False}
        app = create_app(Settings(home=Path(folder), database_url=database_url, overrides=overrides))
        with app.app_context():
            schema.move_to(db.engine)
            divisions.load(DIVISIONS)
            divisions.load_aliases(CHANGES)
            clerk = _clerk()
            db.session.commit()
            yield app, clerk
            db.session.remove()
            db.engine.dispose()


def _clerk() -> Viewer:
    details = units.UnitDetails(name="邹平市供销社", kind=UnitKind.COUNTY_UNION, division_code=COUNTY)
    unit = units.create(details, viewer=BUILDER, now=now(), on=today())
    preset = roles.set_up(BUILDER, now())
    person = accounts.AccountDetails(login_name="bench.clerk", name="测量员")
    account, _ = accounts.create_account(person, viewer=BUILDER, now=now(), password=PASSWORD)
    account.must_change_password = False
    db.session.flush()
    postings.post(account, preset["clerk"], unit, today(), viewer=BUILDER, now=now())
    db.session.flush()
    return postings_queries.viewer_of(account, today())
