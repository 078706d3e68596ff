"""The rows of the print register: papers by version, and each print that was handed out."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base
from foundation.database.types import Encrypted
from foundation.papers.rules import PaperState


class PrintedPaper(Base):
    """One version of one paper: the frozen text it was drawn from, and its bytes by digest.

    ``summary`` holds label and value pairs, masked, for the public verify page; ``number`` is what the paper
    itself bears. ``division_code`` and ``dated_on`` are those of the row it speaks of and decide who sees it.
    """

    __tablename__ = "printed_paper"
    __table_args__ = (
        UniqueConstraint("kind", "subject_type", "subject_id", "version"),
        Index(None, "division_code", "dated_on", "id"),
        Index(None, "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    subject_type: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[int]
    division_code: Mapped[str] = mapped_column(String(12))
    dated_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    snapshot: Mapped[str] = mapped_column(Encrypted)
    summary: Mapped[list[list[str]]] = mapped_column(JSON)
    content_digest: Mapped[str] = mapped_column(String(64))
    token: Mapped[str] = mapped_column(String(32), unique=True)
    office: Mapped[str] = mapped_column(String(100))
    issued_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[datetime]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("printed_paper.id"), index=True)
    replaced_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(400), default="")

    @property
    def state(self) -> PaperState:
        """What the paper is worth."""
        if self.voided_at is not None:
            return PaperState.VOID
        return PaperState.CURRENT if self.replaced_at is None else PaperState.REPLACED

    @property
    def file_name(self) -> str:
        """What the paper is called when it is saved."""
        return f"{self.number}-v{self.version}.pdf".replace("/", "-")


class PaperCopy(Base):
    """One print of a paper; ``job_id`` keeps a resumed print run from counting a print twice."""

    __tablename__ = "paper_copy"
    __table_args__ = (UniqueConstraint("paper_id", "number"), UniqueConstraint("paper_id", "job_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("printed_paper.id"))
    number: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(400), default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
