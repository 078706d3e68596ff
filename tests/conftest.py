"""The stage of every test: the application on each database, each test in a transaction rolled back."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from app.config import Settings
from foundation.database.engine import db, writing
from foundation.secrets import keyring
from tests import postgres, servers

DATABASES = ("sqlite", "postgres")
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KEYS = keyring.Keyring({1: bytes(range(32))}, bytes(range(32, 64)))

INSTALLATIONS = ("commands", "journeys", "sample", "tools")
"""Folders whose tests set up whole installations; ``make check`` leaves them to ``make test``."""

settings.register_profile("quick", max_examples=20)

_running = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--databases", default=",".join(DATABASES), help="sqlite, postgres or both")


def pytest_configure(config: pytest.Config) -> None:
    """Start one cluster for the whole session, in the process that deals out the tests."""
    if "postgres" in config.getoption("databases") and not hasattr(config, "workerinput"):
        os.environ["SHECUN_TEST_CLUSTER"] = _running.enter_context(postgres.temporary_cluster())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name in INSTALLATIONS:
            item.add_marker("installation")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _running.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that touches a database once on each."""
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", metafunc.config.getoption("databases").split(","), scope="session")


def new_postgres_database(name: str) -> str:
    """Create an empty database in the session's cluster and return its address."""
    cluster = os.environ["SHECUN_TEST_CLUSTER"]
    plain = cluster.format(database="postgres").replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return cluster.format(database=name)


@pytest.fixture(scope="session")
def database_url(database: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """An empty database of the kind asked for."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'shecun.db'}"
    return new_postgres_database(f"shecun_{worker_id}")


def make_app(home: Path, database_url: str) -> Flask:
    """The application as the tests run it: same keys everywhere, jobs done on the spot."""
    from app.factory import create_app  # noqa: PLC0415 - tests of pure code need no application

    keyring.save(KEYS, home / "keyring.json")
    overrides: dict[str, object] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "JOBS_IMMEDIATE": True}
    return create_app(Settings(home=home, database_url=database_url, overrides=overrides))


@pytest.fixture(scope="session")
def tables(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over a database with all tables and no rows."""
    app = make_app(tmp_path_factory.mktemp("home"), database_url)
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def may_write() -> None:
    """Begin as a job or a command does: a reading request of an earlier test leaves no trace."""
    writing.set(True)


@pytest.fixture
def app(tables: Flask) -> Iterator[Flask]:
    """The application inside one outer transaction that is rolled back after the test."""
    keyring.use(KEYS)
    writing.set(True)
    with tables.app_context():
        engines = cast("dict[str | None, Engine | Connection]", db.engines)
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        engines[None] = connection
        try:
            yield tables
        finally:
            db.session.remove()
            engines[None] = engine
            transaction.rollback()
            connection.close()


@pytest.fixture
def session(app: Flask) -> Session:
    """The session of the test, seeing what the requests of the test have committed."""
    writing.set(True)
    return db.session()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A browser without script that is not logged in."""
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the sample county, made once for the session; copy it, never use it."""
    own = tmp_path_factory.getbasetemp()
    return servers.sample_county((own if worker_id == "master" else own.parent) / "sample-county")
