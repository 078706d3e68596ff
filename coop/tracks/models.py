"""Rows of tracks, of what they say about each parcel, and of parcels to be measured again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder
from coop.parcels.models import Parcel
from coop.tracks.rules.terms import TrackFormat, TrackOutcome
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu, SquareMetres

_STANDING = text("undone_at is null")


class Track(Base):
    """A terminal's file read for one order; as long as it stands the same file counts for it once.

    The file itself lies in the file store under ``file_digest``. ``swept`` is the area under the implement
    without overlap. ``path`` and ``ground`` are GeoJSON in degrees: the way driven, simplified for the map,
    and the ground swept.
    """

    __tablename__ = "track"
    __table_args__ = (
        Index(
            "ix_track_file",
            "order_id",
            "file_digest",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(None, "file_digest"),
        Index(None, "division_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"))
    division_code: Mapped[str] = mapped_column(String(12))
    machine_id: Mapped[int | None] = mapped_column(ForeignKey("machine.id"), index=True)
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"), index=True)
    format: Mapped[TrackFormat] = mapped_column(term_column(TrackFormat))
    file_name: Mapped[str] = mapped_column(String(200))
    file_digest: Mapped[str] = mapped_column(String(64))
    terminal_number: Mapped[str] = mapped_column(String(40), default="")
    point_count: Mapped[int]
    width_cm: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    swept: Mapped[SquareMetres]
    path: Mapped[str] = mapped_column(Text, deferred=True)
    ground: Mapped[str] = mapped_column(Text, deferred=True)
    remark: Mapped[str] = mapped_column(String(200), default="")
    uploader_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    uploaded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(String(200), default="")
    order: Mapped[WorkOrder] = relationship(lazy="raise")
    machine: Mapped[Machine | None] = relationship(lazy="raise")
    operator: Mapped[Operator | None] = relationship(lazy="raise")
    matches: Mapped[list["TrackMatch"]] = relationship(lazy="raise", order_by="TrackMatch.id")

    @property
    def journal_label(self) -> str:
        """What the journal calls the row."""
        return self.file_name


class TrackMatch(Base):
    """What a track says of one line: the mu swept inside the parcel beside the declared mu.

    ``added`` is the ground that this track swept and no standing one before it, ``swept`` all ground that
    the order's standing tracks have swept by then; ``swept`` is what is set against ``declared``.
    """

    __tablename__ = "track_match"
    __table_args__ = (UniqueConstraint("track_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("track.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    added: Mapped[Mu]
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

    @property
    def journal_label(self) -> str:
        """What the journal calls the row: the parcel's code."""
        return self.parcel.code
