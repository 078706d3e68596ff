"""What the kit itself sees in a row before the kind does: damaged, missing and unknown cells."""

from collections.abc import Callable

from foundation.errors import InvalidValue
from foundation.imports.rules import CheckedRow, FaultyRow, Outcome, RowFault, fault
from foundation.workbooks.damage import find_damage
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.reading import Row


class CellMissing(InvalidValue):
    """“%(title)s”是必填项，现在是空的；请填写。"""


class NotAChoice(InvalidValue):
    """“%(title)s”填的“%(text)s”不在可选项中；请改为：%(choices)s。"""


class CellTooLong(InvalidValue):
    """“%(title)s”超过 %(limit)s 个字；请缩短，或检查是否粘贴错了列。"""


LONGEST_CELL = 500

Found = list[RowFault]
Clean = Callable[[Row], tuple[Row, Found, Found]]
"""Gives a row with recovered values, the faults and the warnings of its cells."""


MOST_REMEMBERED = 5000


def cleaner(layout: Layout) -> Clean:
    """Return the function that looks through the cells of one sheet's rows.

    What was found sound once (a village, a day, a choice) is not looked at again.
    """
    columns = [(column, column.key, _is_plain(column), set[str]()) for column in layout.columns]

    def clean(row: Row) -> tuple[Row, Found, Found]:
        faults: Found = []
        warnings: Found = []
        values = row.values
        for column, key, is_plain, sound in columns:
            text = values[key]
            if not text:
                if column.required:
                    faults.append(fault(key, CellMissing(title=column.title)))
                continue
            if text in sound or (is_plain and text[0] != "#" and len(text) <= LONGEST_CELL):
                continue
            value = _looked_at(text, column, faults, warnings)
            if value != text:
                values = {**values, key: value}
            elif len(sound) < MOST_REMEMBERED:
                sound.add(text)
        if faults:
            return FaultyRow(row.number, values, tuple(faults)), faults, warnings
        return (row if values is row.values else Row(row.number, values)), faults, warnings

    return clean


def _is_plain(column: Column) -> bool:
    """Whether any text will do for a column."""
    return column.content is Content.TEXT and not column.choices


def _looked_at(text: str, column: Column, faults: Found, warnings: Found) -> str:
    """Return the cell's value as far as it can be known, and note what is wrong with it."""
    damage = find_damage(text, column.content)
    if damage is not None:
        (faults if damage.recovered is None else warnings).append(RowFault(column.key, damage.message, {}))
        return damage.recovered or ""
    if column.choices and text not in column.choices:
        error = NotAChoice(title=column.title, text=text[:40], choices="、".join(column.choices[:20]))
        faults.append(fault(column.key, error))
        return ""
    if len(text) > LONGEST_CELL:
        faults.append(fault(column.key, CellTooLong(title=column.title, limit=LONGEST_CELL)))
        return ""
    return text


def judged(verdict: CheckedRow, faults: Found, warnings: Found) -> CheckedRow:
    """Return the kind's verdict with what the kit found before it; a refused cell is not refused twice."""
    if not faults and not warnings:
        return verdict
    refused = {found.column for found in faults}
    told = [*faults, *(found for found in verdict.faults if found.column not in refused)]
    verdict = verdict._replace(faults=told, warnings=[*warnings, *verdict.warnings])
    if faults:
        kept = verdict.outcome is Outcome.DUPLICATE
        verdict = verdict._replace(outcome=verdict.outcome if kept else Outcome.REFUSED, payload=None)
    return verdict
