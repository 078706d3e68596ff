"""Rows that are found by a part of their name, from one plain index on both databases.

Beside the named rows stands a table of every text by which one may ask for them, in the order of bytes;
"contains 建国" is then a range of it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, delete, event, insert, inspect
from sqlalchemy.orm import InstrumentedAttribute, Mapper

SUFFIX = String(200).with_variant(String(200, collation="C"), "postgresql")
"""A text whose order is that of its bytes, so that a prefix is a range whatever the database's language."""

_BEYOND = "\U0010ffff"


def begins(suffix: InstrumentedAttribute[str], key: str) -> ColumnElement[bool]:
    """Return the condition that a stored text begins with ``key``, as a range."""
    return (suffix >= key) & (suffix < key + _BEYOND)


def stay_findable(
    name: InstrumentedAttribute[str], *, by: InstrumentedAttribute[int], words: Callable[[str], Iterable[str]]
) -> None:
    """Let the search rows of ``by`` follow ``name`` whoever changes it; ``words`` are all those of a name."""

    @event.listens_for(name.class_, "after_insert")
    @event.listens_for(name.class_, "after_update")
    def _follow(_mapper: Mapper[Any], connection: Connection, row: Any) -> None:
        change = inspect(row).attrs[name.key].history
        if not change.has_changes():
            return
        if change.deleted:
            connection.execute(delete(by.class_).where(by == row.id))
        rows = [{"suffix": word, by.key: row.id} for word in sorted(set(words(getattr(row, name.key))))]
        connection.execute(insert(by.class_), rows)
