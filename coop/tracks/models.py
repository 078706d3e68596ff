"""Rows of tracks, of what they say about each parcel, and of parcels to be measured again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.operations.models import OrderLine, WorkOrder
from coop.parcels.models import Parcel
from coop.tracks.rules import TrackFormat, TrackOutcome
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu, SquareMetres


class Track(Base):
    """A terminal's file read for one order; the same file counts for it once.

    ``swept`` is the area under the implement without overlap. ``path`` and ``ground`` are GeoJSON in degrees,
    simplified for the map: the way driven and the ground swept.
    """

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("order_id", "file_digest"), Index(None, "division_code", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"))
    division_code: Mapped[str] = mapped_column(String(12))
    format: Mapped[TrackFormat] = mapped_column(term_column(TrackFormat))
    file_name: Mapped[str] = mapped_column(String(200))
    file_digest: Mapped[str] = mapped_column(String(64))
    terminal_number: Mapped[str] = mapped_column(String(40), default="")
    point_count: Mapped[int]
    width_cm: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    swept: Mapped[SquareMetres]
    path: Mapped[str] = mapped_column(Text)
    ground: Mapped[str] = mapped_column(Text)
    uploader_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    uploaded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(String(200), default="")
    order: Mapped[WorkOrder] = relationship(lazy="raise")
    matches: Mapped[list["TrackMatch"]] = relationship(lazy="raise", order_by="TrackMatch.id")


class TrackMatch(Base):
    """What a track says of one line: the mu swept inside the parcel beside the declared mu."""

    __tablename__ = "track_match"
    __table_args__ = (UniqueConstraint("track_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("track.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    swept: Mapped[Mu]
    declared: Mapped[Mu]
    outcome: Mapped[TrackOutcome] = mapped_column(term_column(TrackOutcome))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("work_report.id"), index=True)
    line: Mapped[OrderLine] = relationship(lazy="raise")


class RemeasureTask(Base):
    """A parcel to be measured again because a track says otherwise; closed by the new measure."""

    __tablename__ = "remeasure_task"
    __table_args__ = (Index(None, "division_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("track_match.id"), unique=True)
    division_code: Mapped[str] = mapped_column(String(12))
    swept: Mapped[Mu]
    declared: Mapped[Mu]
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    measured: Mapped[Mu | None]
    resolution: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()
    parcel: Mapped[Parcel] = relationship(lazy="raise")
    match: Mapped[TrackMatch] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it
