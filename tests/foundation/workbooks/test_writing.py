import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from foundation.workbooks.books import Value
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.reading import Row, read_sheet
from foundation.workbooks.writing import Sheet, write_refused, write_sheets, write_template
from tests.foundation.workbooks.builders import HOUSEHOLDS

ROW: Sequence[Value] = (
    "王𬭎",
    "11010519491231002X",
    "13800138000",
    "小农户",
    date(2026, 3, 1),
    1234,
    123450,
    3,
)


def written(*sheets: Sheet) -> bytes:
    write_sheets(target := BytesIO(), sheets)
    return target.getvalue()


def test_what_is_written_is_read_back() -> None:
    (row,) = read_sheet(written(Sheet(HOUSEHOLDS, [ROW])), HOUSEHOLDS)
    assert row == Row(
        2,
        {
            "name": "王𬭎",
            "id_number": "11010519491231002X",
            "phone": "13800138000",
            "kind": "小农户",
            "signed_on": "2026-03-01",
            "area": "12.34",
            "fee": "1234.5",
            "plots": "3",
        },
    )


def test_numbers_are_numbers_and_codes_are_text() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(Sheet(HOUSEHOLDS, [ROW]))))["农户"]
    cells = [sheet.cell(2, place) for place in range(1, 9)]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "s", "d", "n", "n", "n"]
    assert [cell.number_format for cell in cells[1:3]] == ["@", "@"]
    assert cells[6].number_format == "#,##0.00"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width > 20


def test_a_text_is_never_taken_for_a_formula_a_link_or_a_number() -> None:
    layout = Layout("表", (Column(key="text", title="文字"),))
    texts = ["=1+1", "https://example.org", "007", "+86", "@SUM(A1)"]
    content = written(Sheet(layout, [[text] for text in texts]))
    assert [row.values["text"] for row in read_sheet(content, layout)] == texts
    cell = openpyxl.load_workbook(BytesIO(content))["表"]["A2"]
    assert cell.data_type != "f"


def test_equal_input_gives_equal_bytes() -> None:
    assert written(Sheet(HOUSEHOLDS, [ROW])) == written(Sheet(HOUSEHOLDS, [ROW]))


def test_a_template_has_required_marks_notes_drop_downs_and_an_explanation() -> None:
    long = Column(key="crop", title="作物", choices=tuple(f"第{number}种作物" for number in range(60)))
    write_template(target := BytesIO(), [HOUSEHOLDS, Layout("地块", (long,))])
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["农户", "地块", "填写说明", "可选项"]
    assert book["可选项"].sheet_state == "hidden"
    assert book["可选项"]["A60"].value == "第59种作物"
    sheet = book["农户"]
    assert sheet["A1"].value == "*户主姓名"
    assert sheet["B1"].comment is not None
    assert sheet["B1"].comment.text == "必填。18 位身份证号，文本格式。只填户主的号码。"
    (short_list,) = sheet.data_validations.dataValidation
    assert short_list.formula1 == '"小农户,种粮大户"'
    assert str(short_list.sqref) == "D2:D20001"
    (long_list,) = book["地块"].data_validations.dataValidation
    assert long_list.formula1 == "可选项!$A$1:$A$60"
    assert [cell.value for cell in book["填写说明"][3]][:4] == [
        "农户",
        "身份证号",
        "必填",
        "18 位身份证号，文本格式",
    ]


def test_refused_rows_come_back_with_their_errors_and_can_be_handed_in_again() -> None:
    row = Row(
        7, dict.fromkeys((column.key for column in HOUSEHOLDS.columns), "") | {"name": "王", "area": "x"}
    )
    write_refused(target := BytesIO(), HOUSEHOLDS, [(row, "姓名应为 2 至 30 个字")])
    sheet = openpyxl.load_workbook(BytesIO(target.getvalue()))["农户"]
    assert [cell.value for cell in sheet[1]][-2:] == ["原行号", "错误"]
    assert [cell.value for cell in sheet[2]][-2:] == [7, "姓名应为 2 至 30 个字"]
    (again,) = read_sheet(target.getvalue(), HOUSEHOLDS)
    assert again.values == row.values


def test_a_failure_half_way_leaves_no_half_file(tmp_path: Path) -> None:
    def rows() -> Iterator[Sequence[Value]]:
        yield ROW
        raise LookupError

    with pytest.raises(LookupError):
        write_sheets(tmp_path / "export.xlsx", [Sheet(HOUSEHOLDS, rows())])
    assert list(tmp_path.iterdir()) == []


def test_many_rows_are_written_in_fixed_memory(tmp_path: Path) -> None:
    layout = Layout("表", tuple(Column(key=f"c{n}", title=f"列{n}", content=Content.TEXT) for n in range(12)))
    tracemalloc.start()
    try:
        write_sheets(tmp_path / "few.xlsx", [Sheet(layout, (["王建国"] * 12 for _ in range(200)))])
        few = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        write_sheets(tmp_path / "many.xlsx", [Sheet(layout, (["王建国"] * 12 for _ in range(4000)))])
        many = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert many < few + 3_000_000
