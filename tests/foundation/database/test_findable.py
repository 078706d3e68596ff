"""What a row is found by follows its name."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from foundation.database.findable import SUFFIX, begins, stay_findable
from foundation.names.suffixes import suffixes


class _Base(DeclarativeBase):
    """Apart from the product's tables."""


class Mill(_Base):
    """Something with a name."""

    __tablename__ = "mill"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    power: Mapped[int] = mapped_column(default=0)


class MillSuffix(_Base):
    """What a mill is found by."""

    __tablename__ = "mill_suffix"

    suffix: Mapped[str] = mapped_column(SUFFIX, primary_key=True)
    mill_id: Mapped[int] = mapped_column(primary_key=True)


stay_findable(Mill.name, by=MillSuffix.mill_id, words=suffixes)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    _Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Mill(id=1, name="河东水磨"), Mill(id=2, name="河西磨坊")])
        session.flush()
        yield session
    engine.dispose()


def found(session: Session, key: str) -> list[int]:
    asked = select(MillSuffix.mill_id).where(begins(MillSuffix.suffix, key))
    return sorted(session.scalars(asked))


def test_any_part_of_a_name_finds_its_row(session: Session) -> None:
    assert found(session, "河") == [1, 2]
    assert found(session, "水磨") == [1]
    assert found(session, "东西") == []


def test_a_new_name_replaces_what_the_old_one_was_found_by(session: Session) -> None:
    session.get_one(Mill, 1).name = "村南风车"
    session.flush()
    assert found(session, "水磨") == []
    assert found(session, "风") == [1]
    assert found(session, "磨") == [2]


def test_a_repeated_character_is_one_row(session: Session) -> None:
    session.get_one(Mill, 1).name = "磨磨"
    session.flush()
    assert found(session, "磨磨") == [1]


def test_another_change_leaves_the_search_rows_alone(session: Session) -> None:
    session.get_one(Mill, 1).power = 7
    session.flush()
    assert found(session, "水") == [1]
