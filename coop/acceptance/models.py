"""Rows of acceptance: a slip per household and order, the word on each line, and disputes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.acceptance.rules.slips import CodeState, code_state
from coop.acceptance.rules.terms import AcceptanceWay, DisputeEnd, NoticeWay, Respondent, Verdict
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.secrets.keyring import INDEX_BYTES
from foundation.values.area import Mu

_STANDING = text("undone_at is null")
_OPEN = text("resolved_at is null")


class AcceptanceSlip(Base):
    """The one-time code of one household for one order, known here by a keyed digest only.

    ``serial`` counts its codes: each is derived anew from slip and serial, and only the last one opens.
    ``office`` is the unit that made the code and answers for it.
    ``noticed_on`` is the day on which the household was told, ``due_on`` the last day of its days to answer.
    ``address_digest`` and ``device_digest`` tell many answers from one telephone apart without keeping it.
    """

    __tablename__ = "acceptance_slip"
    __table_args__ = (UniqueConstraint("order_id", "household_id"), Index(None, "division_code", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    division_code: Mapped[str] = mapped_column(String(12))
    serial: Mapped[int] = mapped_column(default=0)
    office: Mapped[str] = mapped_column(String(100), default="")
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), unique=True)
    coded_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    noticed_on: Mapped[date | None]
    notice_way: Mapped[NoticeWay | None] = mapped_column(term_column(NoticeWay))
    due_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    way: Mapped[AcceptanceWay | None] = mapped_column(term_column(AcceptanceWay))
    respondent: Mapped[Respondent | None] = mapped_column(term_column(Respondent))
    respondent_name: Mapped[str] = mapped_column(String(60), default="")
    satisfaction: Mapped[int | None]
    address_digest: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    device_digest: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    version: Mapped[int] = mapped_column()
    order: Mapped[WorkOrder] = relationship(lazy="raise")
    household: Mapped[Household] = relationship(lazy="raise")
    replies: Mapped[list["AcceptanceReply"]] = relationship(lazy="raise", order_by="AcceptanceReply.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def journal_label(self) -> str:
        """What the journal calls the slip: its order and its household."""
        return f"{self.order.number} {self.household.head_name}"

    def code_state(self, now: datetime) -> CodeState:
        """What the code is worth at a moment."""
        return code_state(
            coded_at=self.coded_at,
            answered_at=self.answered_at,
            revoked_at=self.revoked_at,
            expires_at=self.expires_at,
            now=now,
        )


class AcceptanceReply(Base):
    """The word on one line; a line has one that stands. ``area`` is the mu the farmer owns to.

    ``evidence_digest`` is that of the picture of the signature or fingerprint, good for one household once.
    """

    __tablename__ = "acceptance_reply"
    __table_args__ = (
        Index(
            "ix_acceptance_reply_standing",
            "line_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        CheckConstraint("area >= 0", name="area_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("acceptance_slip.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    verdict: Mapped[Verdict] = mapped_column(term_column(Verdict))
    way: Mapped[AcceptanceWay] = mapped_column(term_column(AcceptanceWay))
    area: Mapped[Mu]
    note: Mapped[str] = mapped_column(String(400), default="")
    exception_reason: Mapped[str] = mapped_column(String(200), default="")
    evidence_digest: Mapped[str | None] = mapped_column(String(64), index=True)
    answered_on: Mapped[date]
    answered_at: Mapped[datetime]
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(String(200), default="")
    slip: Mapped[AcceptanceSlip] = relationship(lazy="raise", back_populates="replies")
    line: Mapped[OrderLine] = relationship(lazy="raise")


class Dispute(Base):
    """A line on which farmer and report disagree; nothing else waits for it."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index("ix_dispute_open", "line_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "division_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    reply_id: Mapped[int] = mapped_column(ForeignKey("acceptance_reply.id"), unique=True)
    division_code: Mapped[str] = mapped_column(String(12))
    reported_area: Mapped[Mu]
    claimed_area: Mapped[Mu]
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    end: Mapped[DisputeEnd | None] = mapped_column(term_column(DisputeEnd))
    settled_area: Mapped[Mu | None]
    reason: Mapped[str] = mapped_column(String(400), default="")
    evidence_digest: Mapped[str | None] = mapped_column(String(64), index=True)
    resolver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int] = mapped_column()
    line: Mapped[OrderLine] = relationship(lazy="raise")
    reply: Mapped[AcceptanceReply] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def journal_label(self) -> str:
        """What the journal calls the dispute: the parcel it is about."""
        return self.line.parcel.code

    @property
    def is_open(self) -> bool:
        """Whether it waits for an end."""
        return self.resolved_at is None
