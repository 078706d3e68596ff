"""The rows of an import: the batch, what its file says row by row, and what it changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base
from foundation.database.types import Encrypted, term_column
from foundation.imports.rules import APPLICABLE, STOPPED, BatchState, ChangeAct, Outcome


class ImportBatch(Base):
    """One uploaded spreadsheet on its way into the registers."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    account_name: Mapped[str] = mapped_column(String(60))
    state: Mapped[BatchState] = mapped_column(term_column(BatchState), default=BatchState.UPLOADED)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    warned: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(500), default="")
    message_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    uploaded_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return self.counts.get(outcome.value, 0)

    @property
    def total(self) -> int:
        """How many rows were read."""
        return sum(self.counts.values())

    @property
    def applicable(self) -> int:
        """How many rows change something when the batch is confirmed."""
        return sum(self.count(outcome) for outcome in APPLICABLE)

    @property
    def stopped(self) -> int:
        """How many rows stay behind with a fault."""
        return sum(self.count(outcome) for outcome in STOPPED)


class ImportRow(Base):
    """One row of the file with its verdict; all that it says is sealed in ``body``."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "sheet", "number"),
        Index("ix_import_row_batch_id_outcome_sheet_number", "batch_id", "outcome", "sheet", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    sheet: Mapped[int]
    number: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(term_column(Outcome))
    label: Mapped[str] = mapped_column(String(200), default="")
    subject_id: Mapped[int | None]
    warned: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Encrypted)
    applied_at: Mapped[datetime | None]


class ImportChange(Base):
    """One row of a register that a batch created or changed, with what it held before, for undoing."""

    __tablename__ = "import_change"
    __table_args__ = (
        Index("ix_import_change_batch_id_table_name_subject_id", "batch_id", "table_name", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    table_name: Mapped[str] = mapped_column(String(63))
    subject_id: Mapped[int]
    act: Mapped[ChangeAct] = mapped_column(term_column(ChangeAct))
    version_after: Mapped[int | None]
    before: Mapped[str | None] = mapped_column(Encrypted)
