"""The table of the journal, which the database itself refuses to change, and the head of its chain."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base


class JournalEntry(Base):
    """One thing that somebody did; ``changes`` maps a field to its value before and after."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int] = mapped_column(index=True)
    actor_name: Mapped[str] = mapped_column(String(60))
    act: Mapped[str] = mapped_column(String(64), index=True)
    subject_type: Mapped[str | None] = mapped_column(String(64))
    subject_id: Mapped[str | None] = mapped_column(String(64))
    subject_label: Mapped[str] = mapped_column(String(200), default="")
    division_code: Mapped[str | None] = mapped_column(String(12))
    address: Mapped[str] = mapped_column(String(64), default="")
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (Index(None, "subject_type", "subject_id", "id"),)


class JournalHead(Base):
    """The one row that whoever adds to the journal locks: the number and the digest of the last entry."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER journal_entry_refuses_{verb.lower()} BEFORE {verb} ON journal_entry "
    "BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    "CREATE OR REPLACE FUNCTION journal_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'journal_entry is append-only'; END $$",
    "CREATE TRIGGER journal_entry_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_append_only()",
)
"""The triggers of both databases; the first migration repeats them word for word."""

_ddl: Callable[[str], DDL] = DDL

for _dialect, _guards in (("sqlite", SQLITE_GUARDS), ("postgresql", POSTGRESQL_GUARDS)):
    for _guard in _guards:
        event.listen(JournalEntry.__table__, "after_create", _ddl(_guard).execute_if(dialect=_dialect))
