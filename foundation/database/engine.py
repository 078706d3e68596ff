"""The session keeper, and the transaction rules that keep SQLite from losing updates.

Four writers on SQLite's default transactions lose three updates in four without an error; so every
writing transaction starts with ``BEGIN IMMEDIATE`` (see docs/decisions/0002-transactions.md).
"""

import sqlite3
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from foundation.database.base import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"join_transaction_mode": "create_savepoint"})

writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether the work at hand may write; the gate says no for GET, jobs and commands keep the default."""

BUSY_TIMEOUT_MS = 60_000


class ReadOnly(RuntimeError):
    """A page that only reads tried to write; this is a fault of ours, never the user's."""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_to_write_while_reading(session: Session, _context: Any, _instances: Any) -> None:
    if not writing.get() and (session.new or session.dirty or session.deleted):
        raise ReadOnly("a reading request may not change rows")
