"""A backup holds database and files, says so with digests, and keeps the keys out."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from app import backup
from app.config import Settings
from tests.conftest import new_postgres_database

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(home=tmp_path)
    (made.files / "ab").mkdir(parents=True)
    (made.files / "ab" / "cdef").write_bytes(b"%PDF signed contract")
    made.keyring_file.write_text("{}", "ascii")
    return made


@pytest.fixture
def engine(settings: Settings, database: str, worker_id: str) -> Iterator[Engine]:
    is_sqlite = database == "sqlite"
    made = create_engine(settings.database if is_sqlite else new_postgres_database(f"backup_{worker_id}"))
    with made.begin() as connection:
        connection.execute(text("create table ledger (line varchar(20))"))
        connection.execute(text("insert into ledger values ('第一笔')"))
    yield made
    made.dispose()


def names(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist())


def test_a_backup_holds_the_database_and_the_files_but_not_the_keys(
    engine: Engine, settings: Settings
) -> None:
    file = backup.back_up(engine, settings, settings.home / "backups", now=NOW)

    assert file.name == "shecun-20261123-090000.zip"
    database = "database.db" if engine.dialect.name == "sqlite" else "database.dump"
    assert names(file) == {database, "files/ab/cdef", "manifest.json"}
    assert file.stat().st_mode & 0o077 == 0


def test_the_keys_go_along_only_when_asked_for(engine: Engine, settings: Settings) -> None:
    file = backup.back_up(engine, settings, settings.home / "backups", now=NOW, with_keys=True)

    assert "keyring.json" in names(file)


def test_a_backup_that_was_damaged_is_recognised(engine: Engine, settings: Settings) -> None:
    file = backup.back_up(engine, settings, settings.home / "backups", now=NOW)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body if name != "files/ab/cdef" else b"%PDF another contract")

    with pytest.raises(backup.DamagedCopy, match="files/ab/cdef"):
        backup.check(file)


def test_a_restored_database_has_the_rows_of_its_copy(engine: Engine, settings: Settings) -> None:
    copy = backup.save_database(engine, settings.home / "backups", "before")
    with engine.begin() as connection:
        connection.execute(text("delete from ledger"))

    backup.restore_database(engine, copy)

    with engine.connect() as connection:
        assert connection.execute(text("select line from ledger")).scalar() == "第一笔"


def test_a_copy_that_is_no_database_is_refused_before_anything_is_lost(
    engine: Engine, settings: Settings
) -> None:
    fake = settings.home / "fake.db"
    fake.write_bytes(b"this is no database at all, but long enough to look like one" * 20)

    with pytest.raises((backup.DamagedCopy, backup.ToolFailed)):
        backup.restore_database(engine, fake)

    with engine.connect() as connection:
        assert connection.execute(text("select line from ledger")).scalar() == "第一笔"
