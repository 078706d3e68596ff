"""Units: bodies in a division at which people hold postings."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.units.rules import UnitKind


class Unit(Base):
    """A body that people work for; its division and all below it are where its postings reach."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[UnitKind] = mapped_column(term_column(UnitKind))
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (
        CheckConstraint(
            "valid_from is null or valid_until is null or valid_from <= valid_until", name="dates_in_order"
        ),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    def is_in_force(self, on: date) -> bool:
        """Tell whether the unit exists on the day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )
