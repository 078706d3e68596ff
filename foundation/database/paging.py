"""Lists are paged by key, never by OFFSET: page 2,000 costs what page 1 costs.

A list has a ``Sort`` whose columns end in a unique one and are never null; a ``Cut`` says where the page
begins. The last row's sort values, written as a token, are the way to the next page.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

COUNT_CAP = 10_000
PAGE_SIZES = (20, 50, 100, 200)
PAGE_SIZE = 50

Key = tuple[Any, ...]
AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """An order of a list: columns of one direction, the last one unique, none of them null."""

    columns: tuple[Any, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Which page of a list: so many rows after (or before) the row with this key; the first without one."""

    size: int = PAGE_SIZE
    after: Key | None = None
    before: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The rows of one page, how many there are in all (up to ``COUNT_CAP``), the tokens of its neighbours."""

    rows: Sequence[Any]
    count: int
    previous: str | None = None
    next: str | None = None
    totals: dict[str, Any] = field(default_factory=dict)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.count > COUNT_CAP


def fetch_page(
    session: Session, statement: AnySelect, sort: Sort, cut: Cut, totals: dict[str, Any] | None = None
) -> Page:
    """Read one page of ``statement``, which carries every condition but no order and no limit.

    A statement over one entity gives its objects, any other gives rows with named columns. ``totals`` are
    sums over columns of the statement by the key under which the page shows them.
    """
    backwards = cut.before is not None
    keys = [column.label(f"_key{place}") for place, column in enumerate(sort.columns)]
    limited = _from_key(statement.add_columns(*keys), sort, cut, backwards).limit(cut.size + 1)
    found = list(session.execute(limited))
    has_more, rows = len(found) > cut.size, found[: cut.size]
    if backwards:
        rows.reverse()
    single = len(statement.column_descriptions) == 1
    ends = [encode_key(tuple(row)[-len(keys) :]) for row in (rows[0], rows[-1])] if rows else [None, None]
    return Page(
        rows=[row[0] for row in rows] if single else rows,
        count=count_rows(session, statement),
        previous=ends[0] if (has_more if backwards else cut.after is not None) else None,
        next=ends[1] if (backwards or has_more) else None,
        totals=_sums(session, statement, totals or {}),
    )


def _from_key(statement: AnySelect, sort: Sort, cut: Cut, backwards: bool) -> AnySelect:
    downwards = sort.descending != backwards
    key = cut.before if backwards else cut.after
    if key is not None and len(key) == len(sort.columns):
        here = tuple_(*sort.columns)
        values = [literal(value, column.type) for value, column in zip(key, sort.columns, strict=True)]
        there = tuple_(*values)
        statement = statement.where(here < there if downwards else here > there)
    return statement.order_by(*(column.desc() if downwards else column.asc() for column in sort.columns))


def count_rows(session: Session, statement: AnySelect) -> int:
    """Count the rows of ``statement``, but stop just behind ``COUNT_CAP``."""
    bare = (
        statement.with_only_columns(literal(1).label("one"), maintain_column_froms=True)
        .order_by(None)
        .limit(COUNT_CAP + 1)
    )
    return session.scalar(select(func.count()).select_from(bare.subquery())) or 0


def _sums(session: Session, statement: AnySelect, totals: dict[str, Any]) -> dict[str, Any]:
    if not totals:
        return {}
    sums = [func.sum(column).label(key) for key, column in totals.items()]
    row = session.execute(statement.with_only_columns(*sums, maintain_column_froms=True).order_by(None)).one()
    return {key: value or 0 for key, value in zip(totals, row, strict=True)}


def encode_key(values: Sequence[Any]) -> str:
    """Return sort values as a token for an address."""
    return (
        base64.urlsafe_b64encode(json.dumps([_packed(value) for value in values]).encode())
        .decode()
        .rstrip("=")
    )


def decode_key(token: str | None) -> Key | None:
    """Return the values of a token; a damaged one is none, and leads to the first page."""
    if not token:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return tuple(_unpacked(value) for value in values)
    except (ValueError, TypeError, KeyError):
        return None


def _packed(value: Any) -> Any:
    match value:
        case datetime():
            return {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
    return value


def _unpacked(value: Any) -> Any:
    match value:
        case {"t": str(text)}:
            return datetime.fromisoformat(text)
        case {"d": str(text)}:
            return date.fromisoformat(text)
        case str() | int():
            return value
    raise ValueError(value)
