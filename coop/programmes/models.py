"""Rows of programmes and the published versions of their coefficients."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.catalogue.models import Crop, Link
from coop.programmes.rules import ProgrammeKind, WeightFormula
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

_GENERAL = text("kind = 'general'")


class Programme(Base):
    """By what a county counts the work of a year; the general one counts all of it, a project its own orders.

    ``tolerance`` bounds operated mu over the settlement basis, ``track_tolerance`` the swept area against the
    declared one; ``reply_days`` is how long silence stays open; from ``large_from`` on an operator is large.
    """

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("division_code", "year", "name"),
        Index(
            "ix_programme_general",
            "division_code",
            "year",
            unique=True,
            sqlite_where=_GENERAL,
            postgresql_where=_GENERAL,
        ),
        CheckConstraint("tolerance >= 0 and track_tolerance >= 0", name="tolerances_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[ProgrammeKind] = mapped_column(term_column(ProgrammeKind))
    formula: Mapped[WeightFormula] = mapped_column(term_column(WeightFormula))
    weighs_every_pass: Mapped[bool] = mapped_column(default=False)
    large_from: Mapped[Mu]
    tolerance: Mapped[BasisPoints] = mapped_column(Integer)
    track_tolerance: Mapped[BasisPoints] = mapped_column(Integer)
    reply_days: Mapped[int]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    coefficients: Mapped[list["CoefficientVersion"]] = relationship(
        lazy="raise", order_by="CoefficientVersion.number"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class CoefficientVersion(Base):
    """A published table of weights; followed by the next, never changed. Nobody published the shipped one."""

    __tablename__ = "coefficient_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime]
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    rows: Mapped[list["Coefficient"]] = relationship(lazy="raise", order_by="Coefficient.id")


class Coefficient(Base):
    """What an accepted mu of a link weighs (3600 = 0.36), for one crop or any; ``rate`` is money per mu."""

    __tablename__ = "coefficient"
    __table_args__ = (
        UniqueConstraint("version_id", "crop_id", "link_id"),
        CheckConstraint("weight >= 0 and weight <= 10000", name="weight_at_most_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("coefficient_version.id"))
    crop_id: Mapped[int | None] = mapped_column(ForeignKey("crop.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    weight: Mapped[BasisPoints] = mapped_column(Integer)
    rate: Mapped[Fen | None]
    crop: Mapped[Crop | None] = relationship(lazy="joined")
    link: Mapped[Link] = relationship(lazy="joined", innerjoin=True)
