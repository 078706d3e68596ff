"""How a feature tells its columns once, for the template, the reading, the comparison and the export.

A ``Plan`` is one sheet. It reads a row into typed values with the faults of each cell, tells which of them
differ from what a register holds, packs them for the sealed preview and writes them back into an export.
An empty cell says nothing: it never erases what the register holds. Neither does a masked one
(``372****1234``), which an export bears where its reader may not see the whole; its last four still tell
namesakes apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from foundation.errors import DomainError, InvalidValue
from foundation.identity.written import compact
from foundation.imports.rules import CheckedRow, FaultyRow, Outcome, RowFault, fault
from foundation.values.area import parse_mu, parse_square_metres
from foundation.values.dates import parse_date
from foundation.values.decimals import plain
from foundation.wording import N_, Term
from foundation.workbooks.layouts import MEASURED, Column, Content, Layout
from foundation.workbooks.reading import Row


class CellMissing(InvalidValue):
    """请填写“%(title)s”，这一格不能为空。"""


class CellTooLong(InvalidValue):
    """内容有 %(length)s 个字，最多 %(limit)s 个；请删减。"""


class NotAmongChoices(InvalidValue):
    """“%(text)s”不在可选项中；请填写：%(choices)s。"""


class NotAWholeNumber(InvalidValue):
    """“%(text)s”不是整数；请填写如 12 这样的整数。"""


Value = str | int | date | None
_read_date = lru_cache(maxsize=4096)(parse_date)
_read_mu = lru_cache(maxsize=65536)(parse_mu)
_read_square_metres = lru_cache(maxsize=65536)(parse_square_metres)
"""A register names few days and few acreages, each very often."""

YES, NO = N_("是"), N_("否")
LONGEST_COUNT = 6
MASK, TAIL = "*", 4
MOST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column and its values: how a text is read, and how a stored value is restored and shown masked."""

    key: str
    title: str
    parse: Callable[[str], Any]
    content: Content = Content.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    restore: Callable[[Any], Any] = lambda value: value
    mask: Callable[[str], str] | None = None

    def cell(self, value: Any) -> Value:
        """Return a stored value as an export writes it."""
        match value:
            case Term():
                return value.label
            case bool():
                return YES if value else NO
            case "":
                return None
            case tuple():
                return "、".join(value) or None
        return value  # type: ignore[no-any-return]

    def said(self, value: Any) -> str:
        """Return a value as the preview shows it, sensitive ones masked."""
        cell = self.cell(value)
        if cell is None:
            return ""
        if isinstance(cell, int) and self.content in MEASURED:
            return plain(cell)
        return self.mask(str(cell)) if self.mask else str(cell)


def text(key: str, title: str, *, limit: int = 100, required: bool = False, note: str = "") -> Field:
    """Return a column of plain text."""

    def parse(written: str) -> str:
        if len(written) > limit:
            raise CellTooLong(length=len(written), limit=limit)
        return written

    return Field(key=key, title=title, parse=parse, required=required, note=note)


def number(
    key: str,
    title: str,
    content: Content,
    parse: Callable[[str], Any] = compact,
    *,
    required: bool = False,
    mask: Callable[[str], str] | None = None,
    note: str = "",
) -> Field:
    """Return a column of numbers that are names: codes, IDs, telephones, accounts."""
    return Field(key=key, title=title, parse=parse, content=content, required=required, mask=mask, note=note)


def choice(
    key: str,
    title: str,
    terms: type[Term],
    codes: Mapping[str, Term] | None = None,
    *,
    required: bool = False,
) -> Field:
    """Return a column of an enumeration, written as its label or as the register's own code."""
    known: dict[str, Term] = {member.label: member for member in terms}
    known |= codes or {}
    labels = tuple(member.label for member in terms)

    def parse(written: str) -> Term:
        member = known.get(written)
        if member is None:
            raise NotAmongChoices(text=written, choices="、".join(labels))
        return member

    return Field(key=key, title=title, parse=parse, required=required, choices=labels, restore=terms)


def yes_no(key: str, title: str) -> Field:
    """Return a column of yes or no."""
    known = {YES: True, NO: False}

    def parse(written: str) -> bool:
        if written not in known:
            raise NotAmongChoices(text=written, choices=f"{YES}、{NO}")
        return known[written]

    return Field(key=key, title=title, parse=parse, choices=(YES, NO))


def day(key: str, title: str, *, note: str = "") -> Field:
    """Return a column of dates."""
    return Field(
        key=key,
        title=title,
        parse=_read_date,
        content=Content.DATE,
        note=note,
        restore=date.fromisoformat,
    )


def area(key: str, title: str, *, square: bool = False) -> Field:
    """Return a column of acreage, in mu or in square metres."""
    content = Content.SQUARE_METRES if square else Content.MU
    return Field(key=key, title=title, parse=_read_square_metres if square else _read_mu, content=content)


def count(key: str, title: str, *, note: str = "") -> Field:
    """Return a column of whole numbers."""
    return Field(key=key, title=title, parse=_parse_count, content=Content.COUNT, note=note)


def _parse_count(written: str) -> int:
    digits = written.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_COUNT):
        raise NotAWholeNumber(text=written)
    return int(digits)


@dataclass(slots=True)
class Reading:
    """One row as it was understood: the values that were given, what is wrong and what is worth a look."""

    row_number: int
    given: dict[str, Any] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    tails: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """Return a given value; nothing when the cell was empty or unreadable."""
        return self.given.get(key)

    def refuse(self, column: str, error: DomainError) -> None:
        """Note that a cell is wrong."""
        self.faults.append(fault(column, error))

    def warn(self, column: str, error: DomainError) -> None:
        """Note that a cell is worth a second look."""
        self.warnings.append(fault(column, error))

    def try_parse(self, column: str, parse: Callable[[], Any]) -> None:
        """Replace a given value by what ``parse`` makes of it, or note its refusal."""
        try:
            self.given[column] = parse()
        except DomainError as error:
            self.given.pop(column, None)
            self.refuse(column, error)


@dataclass(frozen=True)
class Plan:
    """One sheet of a workbook: its title and its columns from left to right."""

    title: str
    fields: tuple[Field, ...]

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The columns by their keys."""
        return {each.key: each for each in self.fields}

    @cached_property
    def _known(self) -> dict[str, dict[str, Any]]:
        """What a text of a column was read as before: villages, days and choices recur in every row."""
        return {each.key: {} for each in self.fields}

    @cached_property
    def layout(self) -> Layout:
        """The sheet as the workbook kit writes it."""
        columns = (
            Column(
                key=each.key,
                title=each.title,
                content=each.content,
                required=each.required,
                choices=each.choices,
                note=each.note,
            )
            for each in self.fields
        )
        return Layout(self.title, tuple(columns))

    @cached_property
    def _columns(self) -> tuple[tuple[str, Callable[[str], Any], bool, bool], ...]:
        return tuple((each.key, each.parse, each.required, each.mask is not None) for each in self.fields)

    @cached_property
    def _days(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.fields if each.content is Content.DATE)

    def read(self, row: Row) -> Reading:
        """Read every filled cell; what is missing or unreadable becomes a fault with its cure."""
        reading = Reading(row.number)
        if isinstance(row, FaultyRow):
            reading.faults.extend(row.faults)
        values, given = row.values, reading.given
        for key, parse, is_required, is_sealed in self._columns:
            written = values.get(key)
            if not written:
                if is_required:
                    reading.refuse(key, CellMissing(title=self.by_key[key].title))
            elif is_sealed and MASK in written:
                reading.tails[key] = written[-TAIL:].strip(MASK)
            else:
                try:
                    given[key] = parse(written)
                except DomainError as error:
                    reading.refuse(key, error)
        return reading

    def verdict(
        self, reading: Reading, label: str, known: Mapping[str, Any] | None, subject_id: int | None = None
    ) -> CheckedRow:
        """Judge a row against what the register holds (``known``, by column key); nothing held means new."""
        number, warnings = reading.row_number, reading.warnings
        if reading.faults:
            return CheckedRow(number, Outcome.REFUSED, label, reading.faults, warnings)
        if known is None:
            return CheckedRow(number, Outcome.NEW, label, (), warnings, self.pack(reading.given))
        changed = [key for key, value in reading.given.items() if key in known and known[key] != value]
        if not changed:
            return CheckedRow(number, Outcome.SAME, label, (), warnings, None, subject_id)
        return CheckedRow(
            number,
            Outcome.CHANGED,
            label,
            (),
            warnings,
            self.pack(reading.given) | {"version": known.get("version")},
            subject_id,
            {key: self.by_key[key].said(known[key]) for key in changed},
            {key: self.by_key[key].said(reading.given[key]) for key in changed},
        )

    def pack(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return values in a form that JSON keeps."""
        packed = dict(given)
        for key in self._days:
            if (on := packed.get(key)) is not None:
                packed[key] = on.isoformat()
        return packed

    def unpack(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return the typed values of a packed row."""
        return {
            key: None if value is None else self.by_key[key].restore(value)
            for key, value in payload.items()
            if key in self.by_key
        }

    def masked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored values with the sensitive ones masked, which an import passes over."""
        return {**values, **{each.key: each.said(values.get(each.key)) for each in self.fields if each.mask}}

    def cells(self, values: Mapping[str, Any]) -> list[Value]:
        """Return stored values as one row of an export."""
        return [each.cell(values.get(each.key)) for each in self.fields]
