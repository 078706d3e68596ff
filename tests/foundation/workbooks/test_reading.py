from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.errors import InvalidValue
from foundation.workbooks import containers
from foundation.workbooks.containers import (
    BrokenWorkbook,
    EncryptedWorkbook,
    FileTooLarge,
    NotAWorkbook,
    OldWorkbook,
    TooManyCells,
    WebPageAsWorkbook,
)
from foundation.workbooks.layouts import Column, Layout
from foundation.workbooks.reading import (
    EmptySheet,
    MissingHeader,
    MissingSheet,
    Workbook,
    WrongColumns,
    read_sheet,
)
from tests.foundation.workbooks.builders import HOUSEHOLDS, foreign_workbook

SMALL = Layout(
    "农户", (Column(key="name", title="姓名", required=True), Column(key="area", title="面积（亩）"))
)
HEADER: list[object] = ["姓名", "面积（亩）"]


def test_rows_come_as_text_with_the_numbers_that_the_spreadsheet_shows() -> None:
    content = foreign_workbook(
        ["某村农户登记表"],
        [],
        ["身份证号", "* 户主姓名：", "签订\n日期", "面积(亩)", "电话", "费用（元）"],
        [371626197001010123, " 王建国 ", datetime(2026, 3, 1), 12.34, 13800138000, 0.1 + 0.2],  # noqa: DTZ001
        [None, None, None, None, None, None],
        ["11010519491231002X", "李明", "2026年3月1日", "5", "138 0013 8000", None],
    )
    first, second = read_sheet(content, HOUSEHOLDS)
    assert first.number == 4
    assert first.values == {
        "name": "王建国",
        "id_number": "3.71626197001010E+17",
        "phone": "13800138000",
        "kind": "",
        "signed_on": "2026-03-01",
        "area": "12.34",
        "fee": "0.3",
        "plots": "",
    }
    assert second.number == 6
    assert second.values["signed_on"] == "2026年3月1日"


def test_a_column_may_come_under_its_other_name() -> None:
    content = foreign_workbook(["承包方名称", "身份证号"], ["王建国", "1"])
    assert next(read_sheet(content, HOUSEHOLDS)).values["name"] == "王建国"


def test_missing_unknown_and_doubled_columns_are_told_in_one_sentence() -> None:
    content = foreign_workbook(["备忘", "户主姓名", "电话", "电话"], ["x", "王建国", "1", "2"])
    with pytest.raises(WrongColumns) as refusal:
        list(read_sheet(content, HOUSEHOLDS))
    faults = "缺 身份证号；多 备忘；重复 电话"
    assert str(refusal.value) == f"“农户”第 1 行表头有误：{faults}。请按模板改正。"


def test_a_sheet_without_a_header_says_what_the_header_should_be() -> None:
    with pytest.raises(MissingHeader, match="姓名、面积（亩）"):
        list(read_sheet(foreign_workbook(["王建国", 5]), SMALL))


def test_a_sheet_without_rows_is_refused() -> None:
    with pytest.raises(EmptySheet, match="没有数据"):
        list(read_sheet(foreign_workbook(HEADER, ["", None]), SMALL))


def test_among_several_sheets_the_named_one_is_read_and_its_absence_told() -> None:
    book = openpyxl.load_workbook(BytesIO(foreign_workbook(HEADER, ["王建国", 5], title="其他")))
    book.create_sheet("说明")
    target = BytesIO()
    book.save(target)
    with pytest.raises(MissingSheet, match="其他、说明"):
        list(read_sheet(target.getvalue(), SMALL))
    book["其他"].title = " 农 户 "
    book.save(target := BytesIO())
    assert Workbook(target.getvalue()).has_sheet(SMALL)
    assert len(list(read_sheet(target.getvalue(), SMALL))) == 1


def test_the_only_sheet_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(foreign_workbook(HEADER, ["王建国", 5], title="Sheet1"))
    assert [row.values for row in read_sheet(path, SMALL)] == [{"name": "王建国", "area": "5"}]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_file_is_read_in_the_encodings_that_china_uses(encoding: str, separator: str) -> None:
    content = f'姓名{separator}面积（亩）\r\n王建国{separator}"1{separator}200"\r\n\r\n李𬭎\r\n'.encode(
        encoding
    )
    first, second = read_sheet(content, SMALL)
    assert first.values == {"name": "王建国", "area": f"1{separator}200"}
    assert (second.number, second.values) == (4, {"name": "李𬭎", "area": ""})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotAWorkbook),
        (b"%PDF-1.7\x00\x01", NotAWorkbook),
        (b"\xff\xfe\xff\xff", NotAWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, OldWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), EncryptedWorkbook),
        (b"PK\x03\x04 broken", BrokenWorkbook),
        (b"\xef\xbb\xbf<html><table><tr><td>1", WebPageAsWorkbook),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_its_cure(
    content: bytes, refusal: type[InvalidValue]
) -> None:
    with pytest.raises(refusal):
        Workbook(content)


def test_another_package_is_no_workbook() -> None:
    with ZipFile(target := BytesIO(), "w") as package:
        package.writestr("word/document.xml", "<x/>")
    with pytest.raises(NotAWorkbook):
        Workbook(target.getvalue())


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(b"")
    with path.open("r+b") as file:
        file.truncate(containers.MOST_BYTES + 1)
    with pytest.raises(FileTooLarge, match="有 31 MB，超过 30 MB"):
        Workbook(path)


@pytest.mark.parametrize("corner", ["A200000", "DA1", "XFD1048576"])
def test_a_stray_value_in_a_far_corner_is_refused_before_it_costs_memory(corner: str) -> None:
    book = openpyxl.load_workbook(BytesIO(foreign_workbook(HEADER, ["王建国", 5])))
    book["农户"][corner] = 1
    book.save(target := BytesIO())
    with pytest.raises(TooManyCells, match="最右到 CZ 列"):
        Workbook(target.getvalue())


def test_an_empty_formatted_cell_in_a_far_corner_does_no_harm() -> None:
    book = openpyxl.load_workbook(BytesIO(foreign_workbook(HEADER, ["王建国", 5])))
    book["农户"]["XFD1048576"].number_format = "0.00"
    book.save(target := BytesIO())
    assert len(list(read_sheet(target.getvalue(), SMALL))) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
def test_a_file_with_flipped_bytes_is_read_or_refused_kindly(place: int, noise: bytes) -> None:
    sound = foreign_workbook(HEADER, ["王建国", 5])
    content = sound[:place] + noise + sound[place + len(noise) :]
    with suppress(InvalidValue):
        assert list(read_sheet(content, SMALL))
