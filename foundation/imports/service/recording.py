"""What applying changes in the registers, taken down row by row so that it can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Enum as EnumType
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import InstanceState, Mapper, Session

from foundation.database.base import Base
from foundation.imports.rules import ChangeAct

NOT_REGISTERS = ("journal", "import_", "job")
"""Tables of these beginnings are the kit's own or never undone."""


class Tape:
    """The rows created and changed while the tape ran, and what the changed ones held before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._created: dict[InstanceState[Any], Any] = {}
        self._before: dict[InstanceState[Any], dict[str, Any]] = {}
        self._held: list[Any] = []  # the session itself lets go of flushed rows

    def take_down(self, session: Session, _context: Any, _instances: Any) -> None:
        """Note what the coming flush will insert and what it will overwrite."""
        for row in session.new:
            if _is_register(state := inspect(row)):
                self._created[state] = row
        changed: dict[type[Any], list[InstanceState[Any]]] = {}
        for row in session.dirty:
            state = inspect(row)
            if _is_register(state) and state not in self._created and _changed_names(state):
                changed.setdefault(state.class_, []).append(state)
                self._held.append(row)
        for states in changed.values():
            self._look_up(states)

    def _look_up(self, states: list[InstanceState[Any]]) -> None:
        """Ask the database what the rows hold; the session may never have loaded it."""
        mapper: Mapper[Any] = states[0].mapper
        keys = [attribute.key for attribute in mapper.column_attrs]
        columns = [mapper.columns[key] for key in keys]
        by_id = {_id(state): state for state in states}
        found = self._session.connection().execute(select(*columns).where(mapper.primary_key[0].in_(by_id)))
        place = keys.index(mapper.get_property_by_column(mapper.primary_key[0]).key)
        for values in found:
            state = by_id[values[place]]
            held = dict(zip(keys, values, strict=True))
            before = {name: _plain(held[name]) for name in _changed_names(state)}
            self._before[state] = before | self._before.get(state, {})

    def changes(self) -> list[dict[str, Any]]:
        """Return the rows for ``import_change``, without the batch; the session must be flushed."""
        created = [_change(state, ChangeAct.CREATED, None) for state in self._created if state.persistent]
        changed = [
            _change(state, ChangeAct.CHANGED, before)
            for state, before in self._before.items()
            if state.persistent
        ]
        return [*created, *changed]


@contextmanager
def taped(session: Session) -> Iterator[Tape]:
    """Run a tape over what happens in ``session`` inside the block."""
    tape = Tape(session)
    session.flush()
    event.listen(session, "before_flush", tape.take_down)
    try:
        yield tape
        session.flush()
    finally:
        event.remove(session, "before_flush", tape.take_down)


def _change(state: InstanceState[Any], act: ChangeAct, before: dict[str, Any] | None) -> dict[str, Any]:
    row, version = state.obj(), state.mapper.version_id_col
    name = None if version is None else state.mapper.get_property_by_column(version).key
    return {
        "table_name": state.mapper.local_table.description,
        "subject_id": _id(state),
        "act": act,
        "version_after": None if name is None else getattr(row, name),
        "before": before,
    }


def _is_register(state: InstanceState[Any]) -> bool:
    """Whether a row has a number of its own; parts without one go with the row they belong to."""
    keys = state.mapper.primary_key
    has_number = len(keys) == 1 and keys[0].type.python_type is int
    return has_number and not state.mapper.local_table.description.startswith(NOT_REGISTERS)


def _id(state: InstanceState[Any]) -> int:
    key: int = (state.identity or state.mapper.primary_key_from_instance(state.obj()))[0]
    return key


def _changed_names(state: InstanceState[Any]) -> list[str]:
    return [
        attribute.key
        for attribute in state.mapper.column_attrs
        if attribute.key not in state.unloaded and state.attrs[attribute.key].history.has_changes()
    ]


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case bytes():
            return {"bytes": value.hex()}
    return value


def restored(mapper: Mapper[Base], name: str, value: Any) -> Any:
    """Return what a column held, from the form in which it was taken down."""
    match value:
        case {"instant": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"bytes": str(text)}:
            return bytes.fromhex(text)
    column_type = mapper.columns[name].type
    if isinstance(column_type, EnumType) and column_type.enum_class and value is not None:
        return column_type.enum_class(value)
    return value
