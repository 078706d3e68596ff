"""Seal every sensitive value with the newest key; until then it stays readable with its old one."""

from typing import Any

from sqlalchemy import Column, Connection, Engine, LargeBinary, Table, and_, select, type_coerce, update

from foundation.database.base import Base
from foundation.database.engine import writing
from foundation.database.types import Encrypted
from foundation.secrets import keyring


def seal_anew(engine: Engine) -> int:
    """Seal what an older key sealed, in one transaction, and return how many values that were."""
    writing.set(True)
    with engine.begin() as connection:
        return sum(
            _column(connection, table, column)
            for table in Base.metadata.sorted_tables
            for column in table.c
            if isinstance(column.type, Encrypted)
        )


def _column(connection: Connection, table: Table, column: Column[Any]) -> int:
    newest, keys = keyring.current().version, list(table.primary_key)
    stored = type_coerce(column, LargeBinary)
    found = connection.execute(select(*keys, stored).where(column.is_not(None))).all()
    old = [row for row in found if row[-1][0] != newest]
    for row in old:
        same = and_(*(key == value for key, value in zip(keys, row, strict=False)))
        opened = keyring.current().open(row[-1])
        connection.execute(update(table).where(same).values({column: opened}))
    return len(old)
