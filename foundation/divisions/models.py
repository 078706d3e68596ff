"""Divisions with the time they were in force, the codes they had before, and what they are found by."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.divisions.rules import DivisionLevel, spoken_name

Key = String(60).with_variant(String(60, collation="C"), "postgresql")
"""A text that is searched by its beginning: compared by code point on both databases."""


class Division(Base):
    """An administrative division, province to village, by its 12-digit code."""

    __tablename__ = "division"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[DivisionLevel] = mapped_column(term_column(DivisionLevel))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("division.code"), index=True)
    initials: Mapped[str] = mapped_column(String(60), default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (
        CheckConstraint("length(code) = 12", name="code_has_twelve_digits"),
        CheckConstraint(
            "valid_from is null or valid_until is null or valid_from <= valid_until", name="dates_in_order"
        ),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def spoken_name(self) -> str:
        """The name as people say it: 西范村, not 西范村委会."""
        return spoken_name(self.name)

    @property
    def division_code(self) -> str:
        """Where the division itself lies."""
        return self.code

    def is_in_force(self, on: date) -> bool:
        """Tell whether the division exists on the day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )


class DivisionAlias(Base):
    """A former code of a division: in use until ``changed_on``, replaced by ``new_code`` that day."""

    __tablename__ = "division_alias"

    old_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    new_code: Mapped[str] = mapped_column(String(12), index=True)
    changed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")


class DivisionSuffix(Base):
    """Every ending of a division's name and initials, so that any part of it is found by an index."""

    __tablename__ = "division_suffix"

    suffix: Mapped[str] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("division.code", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "code"),)


class VillagerGroup(Base):
    """A villager group, the part of a village that holds the land in common."""

    __tablename__ = "villager_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    number: Mapped[str] = mapped_column(String(2))
    name: Mapped[str] = mapped_column(String(60))
    closed_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("division_code", "number"),)
