"""Running numbers without gaps: one row per series, raised in the very transaction that uses the number."""

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.database.base import Base


class NumberSeries(Base):
    """The last number given out in a series; who rolls back gives the number back."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int]


def next_number(session: Session, series: str) -> int:
    """Return the next number of ``series``, from 1; others who ask wait until this transaction ends."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(NumberSeries).values(series=series, last=1)
    raised = first.on_conflict_do_update(
        index_elements=[NumberSeries.series], set_={"last": NumberSeries.last + 1}
    )
    number: int = session.scalars(raised.returning(NumberSeries.last)).one()
    return number
