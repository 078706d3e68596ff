"""One writing for frozen values: dataclasses as JSON with sorted keys, and back by their own annotations.

Equal values give equal texts, so that a digest of the text is a fingerprint of what a paper says.

>>> from dataclasses import dataclass
>>> @dataclass(frozen=True, slots=True, kw_only=True)
... class Line:
...     name: str
...     due: date | None = None
>>> text = write(Line(name="首期", due=date(2026, 3, 1)))
>>> text
'{"due":"2026-03-01","name":"首期"}'
>>> read(Line, text)
Line(name='首期', due=datetime.date(2026, 3, 1))
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def write(value: Any) -> str:
    """Return the canonical text of a dataclass of plain values, dates, terms and tuples of such."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal characters."""
    return sha256(text.encode()).hexdigest()


def read(kind: type[Value], text: str) -> Value:
    """Return the ``kind`` that a text was written from."""
    value: Value = _reader(cast("Any", kind))(json.loads(text))
    return value


class Canonical:
    """A frozen copy that writes itself; the dataclass that takes part names its fields."""

    __slots__ = ()

    def write(self) -> str:
        """Return the canonical text: equal contents give equal texts."""
        return write(self)

    @property
    def digest(self) -> str:
        """The fingerprint of the canonical text."""
        return digest_of(self.write())


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a plain value as ``kind``, worked out once for each annotation."""
    kind = getattr(kind, "__supertype__", kind)  # a NewType is read as what it stands for
    if get_origin(kind) in (Union, UnionType):
        present = _reader(_without_none(kind))
        return lambda plain: None if plain is None else present(plain)
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda plain: tuple(map(item, plain))
    if is_dataclass(kind) and isinstance(kind, type):
        readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
        return lambda plain: kind(**{name: readers[name](value) for name, value in plain.items()})
    return date.fromisoformat if kind is date else cast("Callable[[Any], Any]", kind)


def _without_none(kind: Any) -> Any:
    return next(part for part in get_args(kind) if part is not type(None))
