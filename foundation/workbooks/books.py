"""A workbook in the making: written row by row to a scratch folder, handed over only when it is whole."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import xlsxwriter

from foundation.workbooks.layouts import MEASURED, QUANTITIES, Column, Content, Layout

Value = str | int | date | None

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 -- workbook properties know no time zone
_FACE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_HEADING = _FACE | {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "align": "center"}
_FORMATS = {
    Content.DATE: "yyyy-mm-dd",
    Content.YUAN: "#,##0.00",
    Content.MU: "0.00",
    Content.SQUARE_METRES: "0.00",
    Content.PERCENT: "0.00",
    Content.COUNT: "0",
}
_WIDTHS = {Content.TEXT: 14, Content.DATE: 12, Content.PHONE: 15, Content.ISSUER_CODE: 18}
_QUANTITY_WIDTH, _CODE_WIDTH = 12, 23
_HEADING_HEIGHT = 30
_VALIDATED_ROWS = 20_000
_LONGEST_LIST = 255
_LONGEST_TEXT = 32_767
_CHOICES_SHEET = "可选项"


class Book:
    """Sheets of typed columns under one look; made by :func:`new_book`."""

    def __init__(self, path: Path, scratch: str) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": scratch,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": _CREATED, "author": "社村通"})
        self._heading = self._book.add_format(_HEADING)
        self._required = self._book.add_format(_HEADING | {"font_color": "#C00000"})
        self._formats = {
            c: self._book.add_format(_FACE | {"num_format": _FORMATS.get(c, "@")}) for c in Content
        }
        self._lists: list[Sequence[str]] = []

    def add_sheet(self, layout: Layout, rows: Iterable[Sequence[Value]] = ()) -> None:
        """A sheet with a frozen header and its rows."""
        sheet = self._book.add_worksheet(layout.title)
        sheet.freeze_panes(1, 0)
        self._write_header(sheet, layout.columns)
        writers = [self._writer(sheet, column.content) for column in layout.columns]
        for number, row in enumerate(rows, 1):
            for place, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None and value != "":
                    write(number, place, value)

    def add_form(self, layout: Layout) -> None:
        """An empty sheet to be filled in: notes on the headings, drop-downs below them."""
        self.add_sheet(layout)
        sheet = self._book.get_worksheet_by_name(layout.title)
        for place, column in enumerate(layout.columns):
            sheet.write_comment(0, place, _note(column), {"x_scale": 1.6, "font_size": 9})
            if column.choices:
                self._offer(sheet, place, column)

    def add_choices(self) -> None:
        """The hidden sheet of those choices that are too long to stand in the rule of a cell."""
        if not self._lists:
            return
        sheet = self._book.add_worksheet(_CHOICES_SHEET)
        sheet.hide()
        for number in range(max(map(len, self._lists))):
            for place, choices in enumerate(self._lists):
                if number < len(choices):
                    sheet.write_string(number, place, choices[number])

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _write_header(self, sheet: Any, columns: Sequence[Column]) -> None:
        sheet.set_row(0, _HEADING_HEIGHT)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column), self._formats[column.content])
            title = f"*{column.title}" if column.required else column.title
            sheet.write_string(0, place, title, self._required if column.required else self._heading)

    def _writer(self, sheet: Any, content: Content) -> Callable[[int, int, Any], object]:
        look = self._formats[content]
        if content in MEASURED:
            return lambda row, place, value: sheet.write_number(row, place, value / 100, look)
        if content in QUANTITIES:
            return lambda row, place, value: sheet.write_number(row, place, value, look)
        if content is Content.DATE:
            return lambda row, place, value: sheet.write_datetime(row, place, value, look)
        return lambda row, place, value: sheet.write_string(row, place, str(value)[:_LONGEST_TEXT], look)

    def _offer(self, sheet: Any, place: int, column: Column) -> None:
        source: object = list(column.choices)
        if len(",".join(column.choices)) > _LONGEST_LIST:
            letter = xlsxwriter.utility.xl_col_to_name(len(self._lists), True)
            source = f"={_CHOICES_SHEET}!{letter}$1:{letter}${len(column.choices)}"
            self._lists.append(column.choices)
        rule = {
            "validate": "list",
            "source": source,
            "error_title": "不在可选项中",
            "error_message": "请从下拉列表中选择一项。",
        }
        sheet.data_validation(1, place, _VALIDATED_ROWS, place, rule)


@contextmanager
def new_book(target: Path | IO[bytes]) -> Iterator[Book]:
    """A book whose file reaches ``target`` only if everything in it was written."""
    with TemporaryDirectory(prefix="shecun-") as scratch:
        path = Path(scratch) / "book.xlsx"
        book = Book(path, scratch)
        try:
            yield book
        finally:
            book.close()
        if isinstance(target, Path):
            shutil.copyfile(path, target)
        else:
            with path.open("rb") as finished:
                shutil.copyfileobj(finished, target)


def _width(column: Column) -> int:
    if column.width is not None:
        return column.width
    usual = _QUANTITY_WIDTH if column.content in QUANTITIES else _WIDTHS.get(column.content, _CODE_WIDTH)
    return max(usual, 2 * len(column.title) + 2)


def _note(column: Column) -> str:
    parts = ("必填。" if column.required else "", f"{column.content.label}。", column.note)
    return "".join(parts)
