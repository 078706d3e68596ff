"""Rows of the acreage ledger: entries, the count of each parcel-season, and the summary of each level."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base
from foundation.values.area import Mu
from foundation.values.money import Fen

_STANDING = text("struck_at is null")


class AcreageEntry(Base):
    """Accepted work on one parcel; struck with a reason, never changed.

    One parcel has one standing entry per crop season, link, pass and ``part``. A parcel has one part, 0,
    unless it was merged this year: then each parcel that went into it stays a part of its own, from 1, so
    that land worked before the merger is told from the rest. When a parcel is split or merged its entries are
    struck and carried to the successors; the standing entries of a line always add up to its accepted area.
    """

    __tablename__ = "acreage_entry"
    __table_args__ = (
        Index(
            "ix_acreage_entry_work",
            "parcel_id",
            "season_id",
            "link_id",
            "pass_number",
            "part",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(None, "division_code", "season_id", "id"),
        CheckConstraint("area > 0", name="area_positive"),
        CheckConstraint("pass_number >= 1 and part >= 0", name="passes_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("crop_season.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    pass_number: Mapped[int]
    part: Mapped[int] = mapped_column(default=0)
    area: Mapped[Mu]
    income: Mapped[Fen]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    is_entrusted: Mapped[bool]
    is_deemed: Mapped[bool]
    division_code: Mapped[str] = mapped_column(String(12))
    worked_on: Mapped[date]
    accepted_on: Mapped[date]
    entered_at: Mapped[datetime]
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("acreage_entry.id"), index=True)
    struck_at: Mapped[datetime | None]
    struck_reason: Mapped[str] = mapped_column(String(200), default="")


class ParcelCount(Base):
    """The count of one parcel in one crop season by one programme, with the coefficients it was weighed by.

    ``physical`` counts each mu once, ``mu_times`` every link and pass, ``deemed_times`` what of them silence
    accepted, ``weighted`` by coefficient; ``whole`` is the part of ``physical`` on which every required link
    was done. ``year_physical`` and ``year_whole`` are what of them no other season of the programme has
    counted already; they add up to the year's.
    ``holder`` identifies whose land it is: by identity number, not by contract or household row.
    """

    __tablename__ = "parcel_count"
    __table_args__ = (
        UniqueConstraint("programme_id", "season_id", "parcel_id"),
        Index(None, "programme_id", "holder"),
        Index(None, "programme_id", "division_code", "season_id"),
        CheckConstraint("deemed_times <= mu_times", name="deemed_within_times"),
        CheckConstraint("physical <= basis_area", name="each_mu_once"),
        CheckConstraint("weighted <= physical", name="weighs_no_more_than_land"),
        CheckConstraint("whole <= physical", name="whole_within_physical"),
        CheckConstraint("year_physical <= physical and year_whole <= whole", name="year_within_season"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("crop_season.id"), index=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("coefficient_version.id"), index=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    holder: Mapped[str] = mapped_column(String(80))
    division_code: Mapped[str] = mapped_column(String(12))
    is_entrusted: Mapped[bool]
    basis_area: Mapped[Mu]
    tilled: Mapped[Mu]
    sown: Mapped[Mu]
    protected: Mapped[Mu]
    protected_times: Mapped[Mu]
    harvested: Mapped[Mu]
    mu_times: Mapped[Mu]
    deemed_times: Mapped[Mu]
    physical: Mapped[Mu]
    weighted: Mapped[Mu]
    whole: Mapped[Mu]
    year_physical: Mapped[Mu]
    year_whole: Mapped[Mu]
    income: Mapped[Fen]
    subsidy: Mapped[Fen]


class AcreageSummary(Base):
    """The sums of one division at 2, 4, 6, 9 or 12 digits, one season (0: the whole year), one programme.

    ``code`` is the division's 12-digit code, filled up with zeros, ``digits`` how many of them count.
    Kept in the transaction that counts; ``doctor`` proves it equal to a recount of the entries.
    """

    __tablename__ = "acreage_summary"
    __table_args__ = (Index(None, "programme_id", "season_key", "digits", "code"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    season_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    digits: Mapped[int]
    small_households: Mapped[int]
    large_households: Mapped[int]
    parcels: Mapped[int]
    tilled: Mapped[Mu]
    sown: Mapped[Mu]
    protected: Mapped[Mu]
    protected_times: Mapped[Mu]
    harvested: Mapped[Mu]
    mu_times: Mapped[Mu]
    deemed_times: Mapped[Mu]
    physical: Mapped[Mu]
    physical_small: Mapped[Mu]
    physical_entrusted: Mapped[Mu]
    weighted: Mapped[Mu]
    weighted_small: Mapped[Mu]
    whole: Mapped[Mu]
    income: Mapped[Fen]
    subsidy: Mapped[Fen]


class AcreageSheet(Base):
    """A statistics sheet that an office has issued: of which division, crop season and level it speaks.

    The print register keeps its versions; the figures come from the summary each time it is drawn.
    """

    __tablename__ = "acreage_sheet"
    __table_args__ = (
        UniqueConstraint("programme_id", "division_code", "season_key", "digits", "office"),
        Index(None, "division_code", "dated_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    division_code: Mapped[str] = mapped_column(String(12))
    season_key: Mapped[int]
    digits: Mapped[int]
    office: Mapped[str] = mapped_column(String(100))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    dated_on: Mapped[date]
