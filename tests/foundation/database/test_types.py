"""Columns keep values exact on both databases and refuse what would blur them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import MetaData, func, select, text
from sqlalchemy.dialects.sqlite import dialect as sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from foundation.database.base import NAMING, Base
from foundation.database.engine import ReadOnly, writing
from foundation.database.types import Encrypted, Instant, WholeNumber, term_column
from foundation.values.money import Fen
from foundation.wording import Term


class Ripeness(Term):
    """How far a specimen has come."""

    GREEN = "green", "青"
    RIPE = "ripe", "熟"


class Shelf(DeclarativeBase):
    """A base beside the house's own, so that the specimen is in no migration."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = Base.type_annotation_map


class Specimen(Shelf):
    """A row of every column type, for these tests only."""

    __tablename__ = "specimen"
    id: Mapped[int] = mapped_column(primary_key=True)
    fee: Mapped[Fen]
    seen_at: Mapped[datetime]
    secret: Mapped[str | None] = mapped_column(Encrypted)
    ripeness: Mapped[Ripeness] = mapped_column(term_column(Ripeness))


MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def shelf(session: Session) -> None:
    """The specimen's table, gone with the test's transaction."""
    Shelf.metadata.create_all(session.connection())


def a_specimen(**values: object) -> Specimen:
    return Specimen(**{"fee": Fen(1), "seen_at": MOMENT, "ripeness": Ripeness.RIPE, **values})


def test_a_row_is_read_back_as_it_was_written(session: Session) -> None:
    session.add(a_specimen(fee=Fen(99_999_999_999_999), secret="黄建国"))
    session.flush()
    session.expire_all()
    row = session.scalars(select(Specimen)).one()
    assert (row.fee, row.secret, row.ripeness) == (99_999_999_999_999, "黄建国", Ripeness.RIPE)
    assert row.seen_at == MOMENT
    assert row.seen_at.tzinfo is UTC


def test_a_sum_of_money_is_a_whole_number(session: Session) -> None:
    session.add_all([a_specimen(fee=Fen(10)), a_specimen(fee=Fen(20))])
    session.flush()
    assert session.scalar(select(func.sum(Specimen.fee))) == 30


@pytest.mark.parametrize("value", [0.1, "1", True])
def test_anything_but_a_whole_number_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="whole number"):
        WholeNumber().process_bind_param(value, sqlite())


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 3, 2), sqlite())  # noqa: DTZ001


def test_the_database_itself_refuses_an_unknown_term(session: Session) -> None:
    session.add(a_specimen())
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(text("update specimen set ripeness = 'rotten'"))


def test_a_reading_request_cannot_change_a_row(session: Session) -> None:
    session.add(a_specimen())
    writing.set(False)
    with pytest.raises(ReadOnly):
        session.flush()
