"""The journal as a sheet: the rows of the list, oldest first, with what changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, get_args

from sqlalchemy import Enum

from foundation.clock import CHINA
from foundation.database.base import Base
from foundation.journal.models import JournalEntry
from foundation.journal.rules import known_acts
from foundation.journal.rules.words import label_of, noun_of
from foundation.values.area import Mu, SquareMetres, mu, square_metres
from foundation.values.money import Fen, yuan
from foundation.values.percent import BasisPoints, percent
from foundation.wording import N_
from foundation.workbooks.books import Value
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.writing import Sheet

YES, NO = N_("是"), N_("否")
LAYOUT = Layout(
    "操作日志",
    (
        Column(key="id", title="序号", content=Content.COUNT),
        Column(key="at", title="时间", width=20),
        Column(key="actor", title="操作人", width=14),
        Column(key="act", title="操作", width=18),
        Column(key="subject_type", title="对象类别", width=16),
        Column(key="subject_id", title="对象编号", width=16),
        Column(key="subject", title="对象", width=30),
        Column(key="division", title="区划编码", width=14),
        Column(key="address", title="来自", width=16),
        Column(key="reason", title="原因", width=30),
        Column(key="note", title="说明", width=40),
        Column(key="changes", title="变更内容", width=60),
        Column(key="digest", title="签章", width=66),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One field of an entry as people read it: what it is called, and what it said before and after."""

    label: str
    before: str
    after: str


def changed_fields(entry: JournalEntry) -> list[ChangedField]:
    """Return what an entry says has changed, in the order of the row's columns."""
    writers = _writers(entry.subject_type or "")
    order = list(writers)
    names = sorted(entry.changes, key=lambda name: order.index(name) if name in writers else len(order))
    return [
        ChangedField(
            label=label_of(entry.subject_type, name),
            before=_said(writers.get(name), entry.changes[name][0]),
            after=_said(writers.get(name), entry.changes[name][1]),
        )
        for name in names
    ]


def _said(writer: Callable[[Any], str] | None, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    try:
        return writer(value) if writer is not None else str(value)
    except (ValueError, TypeError):
        return str(value)


@lru_cache
def _writers(table: str) -> Mapping[str, Callable[[Any], str]]:
    """Return how each column of a table is written, in their order: quantities with their unit."""
    mapper = next(
        (one for one in Base.registry.mappers if getattr(one.local_table, "name", "") == table), None
    )
    if mapper is None:
        return {}
    return {
        attribute.key: _writer(attribute.columns[0].type, mapper.class_.__annotations__.get(attribute.key))
        for attribute in mapper.column_attrs
    }


def _writer(kind: Any, annotation: Any) -> Callable[[Any], str]:
    if isinstance(kind, Enum) and kind.enum_class is not None:
        terms: Any = kind.enum_class
        return lambda value: str(terms(value).label)
    held = get_args(annotation)
    named = {*held, *(part for one in held for part in get_args(one))}
    return next((writer for of, writer in _UNITS.items() if of in named), str)


def _moment(value: str) -> str:
    return datetime.fromisoformat(value).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


_UNITS: Mapping[Any, Callable[[Any], str]] = {
    Fen: lambda value: f"{yuan(value)} 元",
    Mu: lambda value: f"{mu(value)} 亩",
    SquareMetres: lambda value: f"{square_metres(value)} 平方米",
    BasisPoints: percent,
    datetime: _moment,
}


def sheet(entries: Iterable[JournalEntry]) -> Sheet:
    """Return the sheet of these entries."""
    return Sheet(LAYOUT, _rows(entries))


def _rows(entries: Iterable[JournalEntry]) -> Iterator[Sequence[Value]]:
    acts = known_acts()
    for entry in entries:
        yield (
            entry.id,
            entry.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor_name,
            acts[entry.act].label if entry.act in acts else entry.act,
            noun_of(entry.subject_type),
            entry.subject_id,
            entry.subject_label,
            entry.division_code,
            entry.address,
            entry.reason,
            entry.note,
            _in_one_cell(entry),
            entry.digest,
        )


def _in_one_cell(entry: JournalEntry) -> str | None:
    told = (f"{one.label}：{one.before or '—'} → {one.after or '—'}" for one in changed_fields(entry))
    return "；".join(told) or None
