"""Rows of the land register's land: parcels, the ledger of their acreages, and land contracts."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.households.models import Household, Issuer
from coop.parcels.rules import AreaKind, LandClass, ObtainedBy
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu, SquareMetres


class LandContract(Base):
    """The contract by which a household holds its land (承包合同, 19 characters with J)."""

    __tablename__ = "land_contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(19), unique=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    total_area: Mapped[Mu | None]
    total_square_metres: Mapped[SquareMetres | None]
    parcel_count: Mapped[int | None]
    division_code: Mapped[str] = mapped_column(String(12), index=True)
    version: Mapped[int] = mapped_column()
    household: Mapped[Household] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class Parcel(Base):
    """A parcel of land (地块, 19 characters).

    ``title_area``, ``contract_area`` and ``measured_area`` are the ledger's current figures, ``area`` is the
    one of them that ``basis`` points at and settlements go by; the service keeps them equal to the ledger.
    """

    __tablename__ = "parcel"
    __table_args__ = (Index(None, "division_code", "code"), Index(None, "name", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(19), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("issuer.id"), index=True)
    land_contract_id: Mapped[int | None] = mapped_column(ForeignKey("land_contract.id"), index=True)
    division_code: Mapped[str] = mapped_column(String(12))
    land_class: Mapped[LandClass] = mapped_column(term_column(LandClass), default=LandClass.CONTRACTED)
    grade: Mapped[str] = mapped_column(String(20), default="")
    east: Mapped[str] = mapped_column(String(100), default="")
    south: Mapped[str] = mapped_column(String(100), default="")
    west: Mapped[str] = mapped_column(String(100), default="")
    north: Mapped[str] = mapped_column(String(100), default="")
    obtained_by: Mapped[ObtainedBy] = mapped_column(
        term_column(ObtainedBy), default=ObtainedBy.HOUSEHOLD_CONTRACT
    )
    is_confirmed: Mapped[bool] = mapped_column(default=True)
    title_area: Mapped[Mu | None]
    contract_area: Mapped[Mu | None]
    measured_area: Mapped[Mu | None]
    basis: Mapped[AreaKind] = mapped_column(term_column(AreaKind), default=AreaKind.CONTRACT)
    area: Mapped[Mu]
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()
    household: Mapped[Household | None] = relationship(lazy="raise")
    issuer: Mapped[Issuer | None] = relationship(lazy="raise")
    land_contract: Mapped[LandContract | None] = relationship(lazy="raise")
    areas: Mapped[list["ParcelArea"]] = relationship(
        back_populates="parcel", lazy="raise", cascade="all, delete-orphan", order_by="ParcelArea.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def is_open(self) -> bool:
        """Whether the parcel still exists on the ground."""
        return self.closed_on is None

    def area_of(self, kind: AreaKind) -> Mu | None:
        """Return the current acreage of one kind; nothing when the ledger has none."""
        areas = {
            AreaKind.TITLE: self.title_area,
            AreaKind.CONTRACT: self.contract_area,
            AreaKind.MEASURED: self.measured_area,
        }
        return areas[kind]


class ParcelArea(Base):
    """One line of the three-acreage ledger; lines are added, never changed."""

    __tablename__ = "parcel_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="CASCADE"), index=True)
    kind: Mapped[AreaKind] = mapped_column(term_column(AreaKind))
    area: Mapped[Mu]
    square_metres: Mapped[SquareMetres | None]
    dated_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(100), default="")
    parcel: Mapped[Parcel] = relationship(back_populates="areas", lazy="raise")


class ParcelLineage(Base):
    """How much of a parcel went into which other when it was split or merged; area in equals area out."""

    __tablename__ = "parcel_lineage"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("area > 0", name="area_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    area: Mapped[Mu]
    changed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))


class ParcelOutline(Base):
    """The outline of a parcel as a GeoJSON polygon in degrees (CGCS2000), for tracks and the map."""

    __tablename__ = "parcel_outline"

    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="CASCADE"), primary_key=True)
    geometry: Mapped[str] = mapped_column(Text)
    square_metres: Mapped[SquareMetres]
    source: Mapped[str] = mapped_column(String(100), default="")
    dated_on: Mapped[date]
