"""Sheets of a small invented register."""

from io import BytesIO

import openpyxl

from foundation.workbooks.layouts import Column, Content, Layout

HOUSEHOLDS = Layout(
    "农户",
    (
        Column(key="name", title="户主姓名", required=True, aliases=("承包方名称",)),
        Column(
            key="id_number",
            title="身份证号",
            content=Content.ID_NUMBER,
            required=True,
            note="只填户主的号码。",
        ),
        Column(key="phone", title="电话", content=Content.PHONE),
        Column(key="kind", title="类型", choices=("小农户", "种粮大户")),
        Column(key="signed_on", title="签订日期", content=Content.DATE),
        Column(key="area", title="面积（亩）", content=Content.MU),
        Column(key="fee", title="费用（元）", content=Content.YUAN),
        Column(key="plots", title="块数", content=Content.COUNT),
    ),
)


def foreign_workbook(*rows: list[object], title: str = "农户") -> bytes:
    """A workbook as another program writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
