"""Rows of what was agreed: the lines of the menu, the terms of each mode, payments and standards."""

from datetime import date

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.catalogue.models import CropSeason, Link
from coop.contracts.rules.terms import (
    Kilograms,
    RentKind,
)
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints


class MenuLine(Base):
    """One line of the menu of a half trusteeship."""

    __tablename__ = "menu_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("crop_season.id"), index=True)
    price: Mapped[Fen]
    area: Mapped[Mu]
    passes: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    amount: Mapped[Fen]
    link: Mapped[Link] = relationship(lazy="raise")
    season: Mapped[CropSeason] = relationship(lazy="raise")


class PackageTerms(Base):
    """The packaged fee of an order contract."""

    __tablename__ = "package_terms"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    fee: Mapped[Fen]
    guaranteed_yield: Mapped[Kilograms | None] = mapped_column(Integer)
    compensation_price: Mapped[Fen | None]
    compensation: Mapped[str] = mapped_column(String(400), default="")


class RentTerms(Base):
    """The rent of a lease contract."""

    __tablename__ = "rent_terms"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RentKind] = mapped_column(term_column(RentKind))
    cash: Mapped[Fen | None]
    grain: Mapped[Kilograms | None] = mapped_column(Integer)
    grain_name: Mapped[str] = mapped_column(String(30), default="")
    grain_price: Mapped[Fen | None]
    floor: Mapped[Fen | None]


class ShareTerms(Base):
    """The floor of a share contract."""

    __tablename__ = "share_terms"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    floor: Mapped[Fen]


class DividendShare(Base):
    """Who takes how much of the surplus of a share contract."""

    __tablename__ = "dividend_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    holder: Mapped[str] = mapped_column(String(60))
    rate: Mapped[BasisPoints] = mapped_column(Integer)


class Payment(Base):
    """One instalment of the payment plan."""

    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Fen]
    due_on: Mapped[date | None]
    days_after_acceptance: Mapped[int | None]


class StandardLine(Base):
    """One agreed row of the standards annex."""

    __tablename__ = "standard_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(30))
    content: Mapped[str] = mapped_column(String(60))
    agreed: Mapped[str] = mapped_column(String(400))
    note: Mapped[str] = mapped_column(String(200), default="")
