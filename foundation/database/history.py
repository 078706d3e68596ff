"""What a transaction changed so far, row by row and column by column, for whoever must write it down."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import LargeBinary, event, inspect
from sqlalchemy.orm import ColumnProperty, InstanceState, Mapper, Session, SessionTransaction

from foundation.database.base import Base
from foundation.database.types import Encrypted
from foundation.wording import N_

CHANGED = N_("已变更")
"""What stands for a sealed value: that it changed, never what it was."""

LONGEST = 500
_CHANGES = "row_changes"

Changes = dict[str, list[Any]]
"""Column name to [value before, value after], both fit for JSON."""


_Kept = dict[InstanceState[Any], Changes]
_CREATED: Changes = {"": []}
"""Stands for "all of it is new": a created row is read only when somebody asks."""


def taken(session: Session, row: Base | None) -> Changes:
    """Return what changed in ``row`` since the transaction began or since the last call, and start anew.

    The session must be flushed. Keys, versions and binary columns are left out; a column marked
    ``info={"secret": True}`` or sealed says only that it changed.
    """
    if row is None:
        return {}
    state: InstanceState[Any] = inspect(row)
    kept: _Kept = session.info.get(_CHANGES, {})
    changes = kept.pop(state, {})
    if changes is _CREATED:
        return _first_values(state)
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


@event.listens_for(Mapper, "mapper_configured")
def _remember_values_before(mapper: Mapper[Any], _row_class: type) -> None:
    """Load a value before it is overwritten, even one that the last commit expired."""
    for attribute in mapper.column_attrs:
        mapper.class_manager[attribute.key].impl.active_history = True


@event.listens_for(Session, "before_flush")
def _keep(session: Session, _context: Any, _instances: Any) -> None:
    kept: _Kept = session.info.setdefault(_CHANGES, {})
    kept.update((inspect(row), _CREATED) for row in session.new)
    for row in session.dirty:
        state = inspect(row)
        earlier = kept.get(state, {})
        if earlier is not _CREATED:
            kept[state] = _merged(earlier, _pending(state))


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_CHANGES, None)


@event.listens_for(Session, "after_soft_rollback")
def _rolled_back(session: Session, undone: SessionTransaction) -> None:
    if not undone.nested:
        session.info.pop(_CHANGES, None)


def _merged(earlier: Changes, later: Changes) -> Changes:
    return {**earlier, **{name: [earlier.get(name, pair)[0], pair[1]] for name, pair in later.items()}}


def _first_values(state: InstanceState[Any]) -> Changes:
    found: Changes = {}
    for attribute in state.mapper.column_attrs:
        value = state.attrs[attribute.key].value if _is_worth_noting(attribute) else None
        if value is not None and value not in ("", [], {}):
            found[attribute.key] = _told(attribute, None, value)
    return found


def _pending(state: InstanceState[Any]) -> Changes:
    found: Changes = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key not in state.committed_state or not _is_worth_noting(attribute):
            continue
        history = state.attrs[attribute.key].history
        if not history.has_changes():
            continue
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        if before != after:
            found[attribute.key] = _told(attribute, before, after)
    return found


def _is_worth_noting(attribute: ColumnProperty[Any]) -> bool:
    column = attribute.columns[0]
    if column.primary_key or column is attribute.parent.version_id_col:
        return False
    return isinstance(column.type, Encrypted) or not isinstance(column.type, LargeBinary)


def _told(attribute: ColumnProperty[Any], before: Any, after: Any) -> list[Any]:
    column = attribute.columns[0]
    if isinstance(column.type, Encrypted) or column.info.get("secret"):
        return ["", CHANGED]
    return [_plain(before), _plain(after)]


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date() | datetime():
            return value.isoformat()
        case str():
            return value if len(value) <= LONGEST else value[:LONGEST] + "…"
        case None | bool() | int():
            return value
        case list() | tuple():
            return _plain("、".join(str(_plain(one)) for one in value))
    return str(value)
