"""Reading the journal: lists by key, one entry, and the check of the whole chain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound
from foundation.journal import rules
from foundation.journal.models import JournalEntry, JournalHead
from foundation.secrets import keyring
from foundation.wording import N_

CHUNK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFilter:
    """What a reader of the journal asks for; empty fields do not narrow. Both days are included."""

    actor: str = ""
    act: str = ""
    subject_type: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenEntry:
    """The first entry at which the chain does not hold, and in which way (source text)."""

    entry_id: int
    fault: str


def page(asked: JournalFilter, cut: Cut) -> Page:
    """Return a page of entries, the newest first."""
    wanted = select(JournalEntry).where(*_conditions(asked))
    return fetch_page(db.session(), wanted, Sort(columns=(JournalEntry.id,), descending=True), cut)


def stream(asked: JournalFilter) -> Iterator[JournalEntry]:
    """Yield the entries asked for, the oldest first, a chunk at a time."""
    wanted = select(JournalEntry).where(*_conditions(asked)).order_by(JournalEntry.id).limit(CHUNK)
    last = -1
    while rows := db.session.scalars(wanted.where(JournalEntry.id > last)).all():
        last = rows[-1].id
        for row in rows:
            yield row
            db.session.expunge(row)


def count() -> int:
    """Return how many entries there are."""
    return db.session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def get_entry(entry_id: int) -> JournalEntry:
    """Return one entry, or raise ``NotFound``."""
    entry = db.session.get(JournalEntry, entry_id)
    if entry is None:
        raise NotFound
    return entry


def acts() -> Sequence[str]:
    """Return the acts that occur, for the filter."""
    return db.session.scalars(select(JournalEntry.act).distinct().order_by(JournalEntry.act)).all()


def of_subject(subject_type: str, subject_id: str, size: int = 50) -> Sequence[JournalEntry]:
    """Return the latest entries about one row, for the history on its page."""
    about = select(JournalEntry).where(
        JournalEntry.subject_type == subject_type, JournalEntry.subject_id == subject_id
    )
    return db.session.scalars(about.order_by(JournalEntry.id.desc()).limit(size)).all()


def verify(session: Session) -> BrokenEntry | None:
    """Walk the whole chain and return the first broken entry, or nothing when it holds.

    Found are changed, removed and inserted entries, and entries cut off at the end.
    """
    sign = keyring.current().signature
    digest, number = rules.GENESIS, 0
    for entry in _stream(session):
        number += 1
        if entry["id"] != number:
            return BrokenEntry(entry_id=number, fault=N_("这一条日志已不存在"))
        if entry["previous"] != digest:
            return BrokenEntry(entry_id=number, fault=N_("与前一条日志不衔接"))
        digest = rules.seal(digest, entry, sign)
        if entry["digest"] != digest:
            return BrokenEntry(entry_id=number, fault=N_("内容与其签章不符"))
    return _broken_end(session.get(JournalHead, 1), number, digest)


def _broken_end(head: JournalHead | None, number: int, digest: str) -> BrokenEntry | None:
    if head is None:
        return None if number == 0 else BrokenEntry(entry_id=number, fault=N_("日志的链头已不存在"))
    if head.last_id > number:
        return BrokenEntry(entry_id=number + 1, fault=N_("这一条日志已不存在"))
    if (head.last_id, head.digest) != (number, digest):
        return BrokenEntry(entry_id=number, fault=N_("与日志的链头不符"))
    return None


def _stream(session: Session) -> Iterator[dict[str, Any]]:
    """Yield all entries in their order, a chunk at a time, leaving no cursor open."""
    columns = JournalEntry.__table__.columns
    wanted: Any = select(*columns).order_by(JournalEntry.id).limit(CHUNK)
    last = -1
    while rows := session.execute(wanted.where(JournalEntry.id > last)).mappings().all():
        yield from map(dict, rows)
        last = rows[-1]["id"]


def _conditions(asked: JournalFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.actor:
        found.append(JournalEntry.actor_name == asked.actor)
    if asked.act:
        found.append(JournalEntry.act == asked.act)
    if asked.subject_type:
        found.append(JournalEntry.subject_type == asked.subject_type)
    if asked.subject:
        found.append(
            (JournalEntry.subject_id == asked.subject) | (JournalEntry.subject_label == asked.subject)
        )
    if asked.since:
        found.append(JournalEntry.at >= _midnight(asked.since))
    if asked.until:
        found.append(JournalEntry.at < _midnight(asked.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
