"""Reading of sheets: whatever program wrote the file, its rows come as text with their row numbers."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from foundation.errors import InvalidValue
from foundation.workbooks.cells import Cell, cell_text
from foundation.workbooks.containers import (
    MOST_BYTES,
    MOST_COLUMNS_NAME,
    MOST_ROWS,
    BrokenWorkbook,
    FileTooLarge,
    NotAWorkbook,
    TooManyCells,
    is_workbook,
)
from foundation.workbooks.layouts import ERROR_TITLE, ROW_NUMBER_TITLE, Layout, bare_heading

_HEADER_WITHIN = 10
_OUR_OWN = frozenset({bare_heading(ERROR_TITLE), bare_heading(ROW_NUMBER_TITLE)})


class MissingSheet(InvalidValue):
    """文件中没有名为“%(title)s”的工作表，只有：%(found)s；请使用系统提供的模板。"""


class MissingHeader(InvalidValue):
    """工作表“%(sheet)s”的前 10 行中找不到表头；表头应有：%(titles)s。请使用系统提供的模板。"""


class WrongColumns(InvalidValue):
    """“%(sheet)s”第 %(row)s 行表头有误：缺 %(missing)s；多 %(unknown)s；重复 %(doubled)s。请按模板改正。"""


class EmptySheet(InvalidValue):
    """工作表“%(sheet)s”的表头下面没有数据；请填写后再上传。"""


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number as the spreadsheet program shows it, and its texts by column key."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as it lies in the file; ``rows`` starts at row 1, blank rows included."""

    title: str
    rows: Iterable[Sequence[Cell]]


class Workbook:
    """An opened file: several sheets of an .xlsx, or the one table of a .csv."""

    def __init__(self, source: Path | bytes) -> None:
        content = source if isinstance(source, bytes) else _content(source)
        self._csv = None if is_workbook(content) else _decoded(content)
        self._sheets = _opened(content) if self._csv is None else None

    @property
    def titles(self) -> list[str]:
        """The names of the sheets; a text file has one without a name."""
        return list(self._sheets.sheet_names) if self._sheets else [""]

    def has_sheet(self, layout: Layout) -> bool:
        """Whether a sheet of this name is there, or the file has only one, whatever its name."""
        return self._title_of(layout) is not None

    def table(self, layout: Layout) -> Table:
        """The sheet that this layout names."""
        title = self._title_of(layout)
        if title is None:
            raise MissingSheet(title=layout.title, found="、".join(self.titles))
        if self._sheets is None:
            return Table(layout.title, _csv_rows(self._csv or ""))
        try:
            sheet = self._sheets.get_sheet_by_name(title)
        except CalamineError:
            raise BrokenWorkbook from None
        if sheet.total_height > MOST_ROWS:
            raise TooManyCells(rows=MOST_ROWS, columns=MOST_COLUMNS_NAME)
        return Table(title, sheet.iter_rows())

    def _title_of(self, layout: Layout) -> str | None:
        titles = self.titles
        wanted = bare_heading(layout.title)
        named = (title for title in titles if bare_heading(title) == wanted)
        return next(named, titles[0] if len(titles) == 1 else None)


def read_sheet(source: Path | bytes | Workbook, layout: Layout) -> Iterator[Row]:
    """The filled rows below the header of one sheet; refusals come when the first row is asked for."""
    workbook = source if isinstance(source, Workbook) else Workbook(source)
    table = workbook.table(layout)
    numbered = iter(enumerate(table.rows, 1))
    head = list(islice(numbered, _HEADER_WITHIN))
    header = _find_header(table.title, head, layout)
    places = _places(table.title, *head[header], layout)
    blank = {column.key: "" for column in layout.columns}
    is_empty = True
    for number, cells in chain(head[header + 1 :], numbered):
        values = blank.copy()
        for key, place in places:
            if place < len(cells):
                cell = cells[place]
                values[key] = cell.strip() if cell.__class__ is str else cell_text(cell)
        if any(values.values()):
            is_empty = False
            yield Row(number, values)
    if is_empty:
        raise EmptySheet(sheet=table.title)


def _find_header(sheet: str, head: Sequence[tuple[int, Sequence[Cell]]], layout: Layout) -> int:
    """The place in ``head`` of the row that bears most of the headings."""
    hits = [sum(bare_heading(str(cell)) in layout.by_heading for cell in cells) for _, cells in head]
    best = max(hits, default=0)
    if best < min(2, len(layout.columns)):
        titles = "、".join(column.title for column in layout.columns)
        raise MissingHeader(sheet=sheet, titles=titles)
    return hits.index(best)


def _places(sheet: str, number: int, cells: Sequence[Cell], layout: Layout) -> list[tuple[str, int]]:
    """Where each column stands; missing, unknown and doubled headings are refused together."""
    headings = [(place, cell_text(cell)) for place, cell in enumerate(cells)]
    filled = [(place, text) for place, text in headings if text and bare_heading(text) not in _OUR_OWN]
    columns = [(place, layout.by_heading.get(bare_heading(text))) for place, text in filled]
    known = [(column, place) for place, column in columns if column is not None]
    present = Counter(column.title for column, _ in known)
    missing = [c.title for c in layout.columns if c.required and c.title not in present]
    unknown = [text for (_, text), (_, column) in zip(filled, columns, strict=True) if column is None]
    doubled = [title for title, times in present.items() if times > 1]
    if missing or unknown or doubled:
        told = {"missing": missing, "unknown": unknown, "doubled": doubled}
        lists = {name: "、".join(titles) or "—" for name, titles in told.items()}
        raise WrongColumns(sheet=sheet, row=number, **lists)
    return [(column.key, place) for column, place in known]


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileTooLarge(size=-(-size // 2**20), limit=MOST_BYTES // 2**20)
    return path.read_bytes()


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError:
        raise BrokenWorkbook from None


def _decoded(content: bytes) -> str:
    """Text as Excel (with a mark) or a Chinese Windows (GB 18030) saves it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAWorkbook


def _csv_rows(text: str) -> Iterator[list[str]]:
    """The records of a text file; the separator is the one its first line has most of."""
    first_line = text.partition("\n")[0]
    separator = max(",\t;", key=first_line.count)
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            if number > MOST_ROWS:
                raise TooManyCells(rows=MOST_ROWS, columns=MOST_COLUMNS_NAME)
            yield record
    except csv.Error:
        raise BrokenWorkbook from None
