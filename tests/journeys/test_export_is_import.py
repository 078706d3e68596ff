"""What the house exports it takes back, and finds nothing changed."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.config import Settings
from app.factory import create_app
from app.sample import PASSWORD
from foundation.database.engine import db
from foundation.imports.models import ImportBatch
from foundation.imports.rules import BatchState, Outcome

VILLAGES = ("371681101266", "371681108226")


@pytest.fixture(scope="module")
def county(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The sample county on a copy of its own; jobs are done on the spot."""
    home = tmp_path_factory.mktemp("export") / "home"
    shutil.copytree(sample_home, home)
    overrides: dict[str, object] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "JOBS_IMMEDIATE": True}
    app = create_app(Settings(home=home, overrides=overrides))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def registrar(county: Flask) -> FlaskClient:
    """The keeper of the county's registers."""
    client = county.test_client()
    typed = {"login_name": "hanxiaomei", "password": PASSWORD}
    assert client.post("/foundation/accounts/login", data=typed).status_code == 302
    return client


def import_again(county: Flask, client: FlaskClient, kind: str, content: bytes) -> ImportBatch:
    """Upload what was exported, and return the batch that came of it."""
    file = {"kind": kind, "file": (BytesIO(content), "导出.xlsx")}
    answer = client.post("/foundation/imports/", data=file)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    with county.app_context():
        return db.session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc())).first()  # type: ignore[return-value]


def assert_nothing_changed(batch: ImportBatch) -> None:
    """Every row was read and is what the register holds."""
    assert batch.state is BatchState.PREVIEWED
    assert batch.total > 0
    assert batch.counts == {Outcome.SAME: batch.total}


@pytest.mark.parametrize("village", VILLAGES)
def test_the_export_of_a_village_register_changes_nothing(
    county: Flask, registrar: FlaskClient, village: str
) -> None:
    exported = registrar.post("/coop/parcels/register", data={"division": village})
    assert exported.data[:2] == b"PK", exported.get_data(as_text=True)
    assert_nothing_changed(import_again(county, registrar, "village-register", exported.data))


def test_the_export_of_the_organisations_changes_nothing(county: Flask, registrar: FlaskClient) -> None:
    exported = registrar.post("/coop/organisations/export", data={"extent": "all"})
    assert exported.data[:2] == b"PK", exported.get_data(as_text=True)
    assert_nothing_changed(import_again(county, registrar, "organisations", exported.data))
