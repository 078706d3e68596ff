"""The loaded county: on SQLite a copy of the session's one, on PostgreSQL loaded in this process."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import sample
from app.config import Settings
from app.factory import create_app
from foundation.attachments import service as attachments
from foundation.database.engine import db, writing
from foundation.secrets import keyring
from tests.conftest import make_app, new_postgres_database


@pytest.fixture(scope="session")
def loaded(database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over a loaded county."""
    home = tmp_path_factory.mktemp("county") / "home"
    if database == "sqlite":
        shutil.copytree(request.getfixturevalue("sample_home"), home)
        return create_app(Settings(home=home))
    home.mkdir()
    app = make_app(home, new_postgres_database(f"county_{request.getfixturevalue('worker_id')}"))
    with app.app_context():
        writing.set(True)
        db.create_all()
        sample.load()
    return app


@pytest.fixture
def county(loaded: Flask) -> Iterator[Flask]:
    """The county in an application context; what a test changes is not committed."""
    home: Path = loaded.extensions["settings"].home
    keyring.use(keyring.load(home / "keyring.json"))
    attachments.use(home / "files")
    writing.set(True)
    with loaded.app_context():
        yield loaded
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()
