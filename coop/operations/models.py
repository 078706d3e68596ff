"""Rows of work orders: the order, its lines, and the facts reported on each."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.catalogue.models import CropSeason, Link
from coop.contracts.models import Contract
from coop.households.models import Household
from coop.machinery.models import Machine, Operator
from coop.operations.rules.life import LineFacts, line_state
from coop.operations.rules.terms import LineState, WorkResult, WorkSource
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.programmes.models import Programme
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu
from foundation.values.money import Fen

_LIVE = text("cancelled_at is null")


class WorkOrder(Base):
    """An order to do one pass of one link of one crop season on parcels of one village (作业单).

    ``division_code`` is the village, ``starts_on`` to ``ends_on`` the window in which the work is due.
    ``area``, ``household_count`` and ``parcel_count`` are the sums of the living lines.
    """

    __tablename__ = "work_order"
    __table_args__ = (
        UniqueConstraint("county_code", "number"),
        Index(None, "division_code", "dated_on", "id"),
        Index(None, "season_id", "link_id", "division_code"),
        Index(None, "dated_on", "id"),
        CheckConstraint("starts_on <= ends_on", name="window_in_order"),
        CheckConstraint("pass_number >= 1", name="passes_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    serial: Mapped[int]
    county_code: Mapped[str] = mapped_column(String(12))
    division_code: Mapped[str] = mapped_column(String(12))
    dated_on: Mapped[date]
    provider_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("crop_season.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    pass_number: Mapped[int] = mapped_column(default=1)
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"), index=True)
    machine_id: Mapped[int | None] = mapped_column(ForeignKey("machine.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    standard: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    exception_reason: Mapped[str] = mapped_column(String(400), default="")
    area: Mapped[Mu]
    household_count: Mapped[int] = mapped_column(default=0)
    parcel_count: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(String(200), default="")
    drafter_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int] = mapped_column()
    provider: Mapped[Organisation] = relationship(lazy="raise")
    programme: Mapped[Programme] = relationship(lazy="raise")
    season: Mapped[CropSeason] = relationship(lazy="raise")
    link: Mapped[Link] = relationship(lazy="raise")
    operator: Mapped[Operator | None] = relationship(lazy="raise")
    machine: Mapped[Machine | None] = relationship(lazy="raise")
    lines: Mapped[list["OrderLine"]] = relationship(
        lazy="raise", back_populates="order", order_by="OrderLine.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class OrderLine(Base):
    """One parcel of an order: what was planned, done and accepted on it.

    One parcel has one living line per crop season, link and pass, whoever serves it and under whatever
    programme. ``basis_area`` is the settlement basis when the order was planned, ``price`` the menu's price
    per mu, ``done_area`` the sum of the reports that stand. Acceptance is written by ``coop.acceptance``.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        Index(
            "ix_order_line_work",
            "parcel_id",
            "season_id",
            "link_id",
            "pass_number",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        UniqueConstraint("order_id", "parcel_id"),
        Index(None, "order_id", "household_id"),
        Index(None, "season_id", "link_id", "division_code"),
        CheckConstraint("planned_area > 0 and done_area >= 0", name="areas_not_negative"),
        CheckConstraint("accepted_area is null or accepted_area >= 0", name="accepted_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"))
    position: Mapped[int]
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    division_code: Mapped[str] = mapped_column(String(12))
    season_id: Mapped[int] = mapped_column(ForeignKey("crop_season.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    pass_number: Mapped[int]
    planned_area: Mapped[Mu]
    basis_area: Mapped[Mu]
    price: Mapped[Fen | None]
    result: Mapped[WorkResult | None] = mapped_column(term_column(WorkResult))
    done_area: Mapped[Mu] = mapped_column(default=0)
    done_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    is_disputed: Mapped[bool] = mapped_column(default=False)
    is_deemed: Mapped[bool] = mapped_column(default=False)
    accepted_area: Mapped[Mu | None]
    accepted_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()
    order: Mapped[WorkOrder] = relationship(lazy="raise", back_populates="lines")
    contract: Mapped[Contract] = relationship(lazy="raise")
    parcel: Mapped[Parcel] = relationship(lazy="raise")
    household: Mapped[Household] = relationship(lazy="raise")
    reports: Mapped[list["WorkReport"]] = relationship(
        lazy="raise", back_populates="line", order_by="WorkReport.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    def facts(self, ends_on: date) -> LineFacts:
        """Return the facts of the state; ``ends_on`` is the last day of the order's window."""
        return LineFacts(
            ends_on=ends_on,
            result=self.result,
            is_disputed=self.is_disputed,
            is_accepted=self.accepted_on is not None,
            is_deemed=self.is_deemed,
            cancelled_at=self.cancelled_at,
        )

    def state(self, ends_on: date, on: date) -> LineState:
        """Where the line stands on a day."""
        return line_state(self.facts(ends_on), on)


class WorkReport(Base):
    """What one person says was done on a line on one day; taken back, never changed.

    ``quality`` is canonical JSON: rows of the standard's item, what was agreed and what was found.
    ``exception_reason`` is why it stands although a check asked. ``form_key`` is the one-time key of the form
    that brought it: the same form sent again reports nothing twice.
    """

    __tablename__ = "work_report"
    __table_args__ = (
        UniqueConstraint("form_key", "line_id"),
        Index(None, "machine_id", "worked_on"),
        Index(None, "reporter_id", "reported_at"),
        CheckConstraint("area >= 0", name="area_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    result: Mapped[WorkResult] = mapped_column(term_column(WorkResult))
    area: Mapped[Mu]
    worked_on: Mapped[date]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"), index=True)
    machine_id: Mapped[int | None] = mapped_column(ForeignKey("machine.id"))
    source: Mapped[WorkSource] = mapped_column(term_column(WorkSource))
    quality: Mapped[str] = mapped_column(Text, default="[]")
    reason: Mapped[str] = mapped_column(String(200), default="")
    exception_reason: Mapped[str] = mapped_column(String(200), default="")
    form_key: Mapped[str | None] = mapped_column(String(64))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(String(200), default="")
    line: Mapped[OrderLine] = relationship(lazy="raise", back_populates="reports")
    operator: Mapped[Operator | None] = relationship(lazy="raise")
    machine: Mapped[Machine | None] = relationship(lazy="raise")
