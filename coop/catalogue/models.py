"""Rows of the catalogue: crops and their seasons, links, standards, prices and price bands."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.catalogue.rules import LinkKind
from coop.organisations.models import Organisation
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.money import Fen


class Crop(Base):
    """What is grown."""

    __tablename__ = "crop"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class CropSeason(Base):
    """One growing of a crop: the same parcel may rightly be served once in each season."""

    __tablename__ = "crop_season"
    __table_args__ = (
        UniqueConstraint("year", "name", "crop_id"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(30))
    crop_id: Mapped[int] = mapped_column(ForeignKey("crop.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    version: Mapped[int] = mapped_column()
    crop: Mapped[Crop] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def label(self) -> str:
        """The season as people say it: 2026年夏玉米（玉米）."""
        crop = "" if self.crop.name in self.name else f"（{self.crop.name}）"
        return f"{self.year}年{self.name}{crop}"


class Link(Base):
    """A piece of the work that is offered and priced by itself (环节)."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[LinkKind] = mapped_column(term_column(LinkKind))
    per_pass: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class RequiredLink(Base):
    """A link without which a crop is not served whole; a row of one season stands before the crop's own.

    ``passes`` is how often the work is done at least. No-till maize has no row for tillage.
    """

    __tablename__ = "required_link"
    __table_args__ = (
        UniqueConstraint("crop_id", "season_id", "link_id"),
        CheckConstraint("passes >= 1", name="passes_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    crop_id: Mapped[int] = mapped_column(ForeignKey("crop.id"))
    season_id: Mapped[int | None] = mapped_column(ForeignKey("crop_season.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    passes: Mapped[int] = mapped_column(default=1)
    link: Mapped[Link] = relationship(lazy="joined", innerjoin=True)


class StandardItem(Base):
    """One row of the guide to standards: what to agree about a link and how to fill it in."""

    __tablename__ = "standard_item"
    __table_args__ = (UniqueConstraint("link_id", "content"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"))
    content: Mapped[str] = mapped_column(String(60))
    guide: Mapped[str] = mapped_column(String(200), default="")
    usual: Mapped[str] = mapped_column(String(400), default="")
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    link: Mapped[Link] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class PriceVersion(Base):
    """A published price per mu of a link, general or of one crop or provider; followed, never changed."""

    __tablename__ = "price_version"
    __table_args__ = (
        Index(None, "division_code", "year", "link_id"),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("valid_until is null or valid_from < valid_until", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    crop_id: Mapped[int | None] = mapped_column(ForeignKey("crop.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    price: Mapped[Fen]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    link: Mapped[Link] = relationship(lazy="joined", innerjoin=True)
    crop: Mapped[Crop | None] = relationship(lazy="joined")
    provider: Mapped[Organisation | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class PriceBand(Base):
    """The least and the most that a county holds right for a mu of a link in a year."""

    __tablename__ = "price_band"
    __table_args__ = (
        UniqueConstraint("division_code", "year", "link_id", "crop_id"),
        CheckConstraint("least <= most", name="least_below_most"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    crop_id: Mapped[int | None] = mapped_column(ForeignKey("crop.id"), index=True)
    least: Mapped[Fen]
    most: Mapped[Fen]
    version: Mapped[int] = mapped_column()
    link: Mapped[Link] = relationship(lazy="joined", innerjoin=True)
    crop: Mapped[Crop | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it
