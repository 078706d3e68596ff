"""CSV: one point per line under a heading, in Chinese or English, with commas, semicolons or tabs."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from coop.tracks.rules.fixes import NotATrack, Said
from coop.tracks.rules.headings import Meaning, meaning_of
from foundation.errors import InvalidValue

_NEEDED = {Meaning.TIME: "时间", Meaning.LATITUDE: "纬度", Meaning.LONGITUDE: "经度"}
_HEADS_SOUGHT = 5
"""Some platforms write a title over the heading; it is looked for in so many lines."""


class HeadingMissing(InvalidValue):
    """文件“%(name)s”缺少“%(missing)s”列；表头应有时间、纬度、经度，可另有作业幅宽和终端编号。"""


def read(text: str, name: str) -> tuple[list[Said], str]:
    """Return the points of all lines and the terminal's number, if a column tells it."""
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise NotATrack(name=name) from error
    place, columns = _heading(rows, name)
    terminal = columns.get(Meaning.TERMINAL)
    filled = ((number, row) for number, row in enumerate(rows[place + 1 :], start=place + 2) if any(row))
    said, terminals = [], set()
    for number, row in filled:
        said.append(_said(number, row, columns))
        if terminal is not None and _cell(row, terminal):
            terminals.add(_cell(row, terminal))
    return said, "、".join(sorted(terminals))[:40]


def _delimiter(text: str) -> str:
    head = "\n".join(islice(text.splitlines(), _HEADS_SOUGHT))
    return max(",;\t", key=head.count)


def _heading(rows: Sequence[Sequence[str]], name: str) -> tuple[int, dict[Meaning, int]]:
    best: dict[Meaning, int] = {}
    for place, row in enumerate(rows[:_HEADS_SOUGHT]):
        columns = dict(_meanings(row))
        if _NEEDED.keys() <= columns.keys():
            return place, columns
        best = max(best, columns, key=len)
    if not best:
        raise NotATrack(name=name)
    missing = [label for meaning, label in _NEEDED.items() if meaning not in best]
    raise HeadingMissing(name=name, missing="、".join(missing))


def _meanings(row: Sequence[str]) -> Iterator[tuple[Meaning, int]]:
    for column in range(len(row) - 1, -1, -1):
        meaning = meaning_of(row[column])
        if meaning:
            yield meaning, column


def _said(number: int, row: Sequence[str], columns: dict[Meaning, int]) -> Said:
    in_cm = Meaning.WIDTH_CM in columns
    width = columns.get(Meaning.WIDTH_CM if in_cm else Meaning.WIDTH)
    return Said(
        f"第 {number} 行",
        0,
        _cell(row, columns[Meaning.LATITUDE]),
        _cell(row, columns[Meaning.LONGITUDE]),
        _cell(row, columns[Meaning.TIME]),
        None if width is None else _cell(row, width),
        in_cm,
    )


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
