"""A new installation gets keys; one that has rows never gets others."""

from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.factory import create_app
from foundation.secrets import keyring
from foundation.secrets.keyring import KeyMissing
from tests.conftest import KEYS


def test_a_new_installation_gets_keys_of_its_own(tmp_path: Path) -> None:
    create_app(Settings(home=tmp_path))
    assert (tmp_path / "keyring.json").exists()


def test_a_database_with_tables_is_not_given_new_keys_when_its_own_are_lost(
    tmp_path: Path, tables: Flask
) -> None:
    with pytest.raises(KeyMissing):
        create_app(Settings(home=tmp_path, database_url=tables.config["SQLALCHEMY_DATABASE_URI"]))
    keyring.use(KEYS)
