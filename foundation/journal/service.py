"""Adding to the journal: an act is noted when it happens and chained when its transaction commits."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from foundation.access.grants import Viewer
from foundation.database import history
from foundation.database.base import Base
from foundation.database.engine import ReadOnly, db, writing
from foundation.journal import rules
from foundation.journal.models import JournalEntry, JournalHead
from foundation.secrets import keyring
from foundation.wording import Term

HEAD = 1
LABELS = ("journal_label", "number", "name", "title", "code")
"""Where a row's name in the journal is looked for, best first."""

_NOTED = "journal_noted"

origin: ContextVar[str] = ContextVar("origin", default="")
"""The network address that the work at hand comes from; empty for commands and jobs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """An act waiting for the commit of the transaction it happened in."""

    within: SessionTransaction | None
    entry: dict[str, Any]


def record(
    act: Term,
    subject: Base | None,
    *,
    viewer: Viewer,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> None:
    """Note that ``viewer`` did ``act`` to ``subject``; call it after the change and before the commit.

    The fields changed since the last note of the same subject in this transaction are taken down by
    themselves, sealed columns only as a fact. Work that is rolled back leaves no entry.
    """
    session = db.session()
    session.flush()
    entry = {
        "at": now.astimezone(UTC),
        "actor_id": viewer.account_id,
        "actor_name": viewer.name[:60],
        "act": act.value,
        "address": origin.get(),
        "reason": reason,
        "note": note,
        **_described(subject),
        "changes": history.taken(session, subject),
    }
    within = session.get_nested_transaction() or session.get_transaction()
    session.info.setdefault(_NOTED, []).append(_Noted(within=within, entry=entry))


def _described(subject: Base | None) -> dict[str, str | None]:
    """Return what names a row in the journal: its table, key, label and division."""
    if subject is None:
        return {"subject_type": None, "subject_id": None, "subject_label": "", "division_code": None}
    identity = inspect(subject).identity or ()
    label = next((text for name in LABELS if (text := getattr(subject, name, None))), "")
    return {
        "subject_type": subject.__tablename__,
        "subject_id": "-".join(map(str, identity)),
        "subject_label": str(label)[:200],
        "division_code": getattr(subject, "division_code", None),
    }


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    """Write what was noted, last thing in the transaction, so that the head stays locked shortly."""
    if session.in_nested_transaction() or not session.info.get(_NOTED):
        return
    if not writing.get():
        raise ReadOnly("a reading request may not write the journal")
    session.flush()
    noted: list[_Noted] = session.info.pop(_NOTED)
    head = _locked_head(session)
    sign = keyring.current().signature
    rows = []
    for number, one in enumerate(noted, head.last_id + 1):
        row = {"id": number, **one.entry, "previous": head.digest}
        head.last_id, head.digest = number, rules.seal(head.digest, row, sign)
        rows.append({**row, "digest": head.digest})
    session.execute(insert(JournalEntry), rows)


def _locked_head(session: Session) -> JournalHead:
    lock = (
        select(JournalHead)
        .where(JournalHead.id == HEAD)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    head = session.scalar(lock)
    if head is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        first = dialect.insert(JournalHead).values(id=HEAD, last_id=0, digest=rules.GENESIS)
        session.execute(first.on_conflict_do_nothing())
        head = session.scalars(lock).one()
    return head


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    noted: list[_Noted] = session.info.get(_NOTED, [])
    session.info[_NOTED] = [one for one in noted if not _inside(one.within, undone)]


def _inside(transaction: SessionTransaction | None, outer: SessionTransaction) -> bool:
    while transaction is not None:
        if transaction is outer:
            return True
        transaction = transaction.parent
    return False
