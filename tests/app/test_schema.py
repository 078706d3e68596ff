"""The migrations build exactly the tables of the models, on both databases, in both directions."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

from app import schema
from app.factory import create_app
from foundation.database.base import Base
from tests.app.schemas import described
from tests.conftest import new_postgres_database

REVISIONS = list(ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions())
MODELS_LOADED_BY = create_app

EmptyDatabase = Callable[[str], Engine]


@pytest.fixture
def new_database(database: str, tmp_path: Path, worker_id: str) -> Iterator[EmptyDatabase]:
    """Make empty databases of the kind asked for."""
    engines: list[Engine] = []

    def make(name: str) -> Engine:
        sqlite = f"sqlite:///{tmp_path / name}.db"
        address = sqlite if database == "sqlite" else new_postgres_database(f"{name}_{worker_id}")
        engines.append(create_engine(address))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


def test_the_migrations_build_what_the_models_say(new_database: EmptyDatabase) -> None:
    migrated, modelled = new_database("migrated"), new_database("modelled")

    schema.move_to(migrated)
    Base.metadata.create_all(modelled)

    with migrated.connect() as one, modelled.connect() as other:
        assert described(one) == described(other)


def test_the_migrations_lead_down_to_nothing_and_up_again(new_database: EmptyDatabase) -> None:
    engine = new_database("returning")
    schema.move_to(engine)
    with engine.connect() as connection:
        before = described(connection)

    schema.move_to(engine, "base")

    with engine.connect() as connection:
        assert described(connection) == {}
    schema.move_to(engine)
    with engine.connect() as connection:
        assert described(connection) == before


def test_a_migration_that_fails_leaves_the_database_as_it_was(new_database: EmptyDatabase) -> None:
    engine = new_database("failing")
    with engine.begin() as connection:
        connection.execute(text("create table journal_entry (id integer primary key)"))

    with pytest.raises(Exception, match="journal_entry"):
        schema.move_to(engine)

    with engine.connect() as connection:
        assert [name for name in described(connection) if name.startswith("column")] == [
            "column journal_entry.id"
        ]


def test_an_empty_database_is_told_what_to_do(new_database: EmptyDatabase) -> None:
    engine = new_database("untouched")

    with pytest.raises(schema.DatabaseEmpty, match="shecun init"):
        schema.require_current(engine)


def test_a_database_of_a_newer_program_is_refused(new_database: EmptyDatabase) -> None:
    engine = new_database("newer")
    schema.move_to(engine)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '2031_01_01_flying_tractors'"))

    with pytest.raises(schema.DatabaseNewerThanProgram, match="2031_01_01_flying_tractors"):
        schema.require_current(engine)


def test_a_database_behind_the_program_is_sent_to_the_upgrade(new_database: EmptyDatabase) -> None:
    engine = new_database("behind")
    schema.move_to(engine)
    with engine.begin() as connection:
        connection.execute(text("delete from alembic_version"))

    with pytest.raises(schema.DatabaseBehindProgram, match="shecun upgrade"):
        schema.require_current(engine)


def test_the_history_is_one_line_of_dated_names() -> None:
    names = [revision.revision for revision in reversed(REVISIONS)]

    assert names == sorted(names)
    assert all(re.fullmatch(r"\d{4}_\d\d_\d\d_[a-z0-9_]+", name) for name in names)
    assert [Path(revision.path).stem for revision in reversed(REVISIONS)] == names


@pytest.mark.parametrize("revision", REVISIONS, ids=lambda revision: str(revision.revision))
def test_a_migration_imports_nothing_of_ours(revision: object) -> None:
    source = Path(getattr(revision, "path", "")).read_text("utf-8")

    assert re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE) == ["sqlalchemy", "alembic"]
