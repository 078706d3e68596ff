"""The columns of the spreadsheet of work, how lines go out in them, and what a cell is refused for."""

from typing import Any

from coop.operations.models import WorkOrder
from coop.operations.queries.loads import machine_label
from coop.operations.rules.terms import WorkResult
from foundation.divisions.queries import paths
from foundation.errors import DomainError, InvalidValue
from foundation.imports.importing import Plan, area, choice, count, day, number, text
from foundation.wording import N_
from foundation.workbooks.layouts import Content


class NoSuchLine(InvalidValue):
    """您可登记的作业单中没有 %(number)s 第 %(position)s 行；请用系统导出的登记表填写，不要改单号和行号。"""


class OtherParcel(InvalidValue):
    """作业单 %(number)s 第 %(position)s 行是地块 %(code)s，与表中编码不符；请核对行号。"""


class ReportedAlready(InvalidValue):
    """这一行已登记%(result)s %(area)s 亩；要改请先撤回原登记，要补报请在作业单的登记页办理。"""


class NoDate(InvalidValue):
    """请填写作业日期。"""


class NoSuchHands(InvalidValue):
    """服务方名下没有“%(text)s”，或不止一个；请填写登记的名称、牌号或姓名：%(known)s。"""


class LineTwice(DomainError):
    """与本表第 %(row)s 行是同一地块；请合并成一行。"""


WORK = Plan(
    N_("作业登记"),
    (
        text("order_number", N_("作业单号"), limit=40, required=True),
        count("position", N_("行号")),
        text("household", N_("农户"), limit=120),
        number("parcel_code", N_("地块编码"), Content.PARCEL_CODE),
        text("parcel", N_("地块名称")),
        area("planned", N_("计划亩数")),
        choice("result", N_("结果"), WorkResult),
        area("area", N_("实际亩数")),
        day("worked_on", N_("作业日期")),
        text("machine", N_("实际机具"), note=N_("登记的机具名称或牌号")),
        text("operator", N_("实际机手"), limit=60),
        text("reason", N_("原因"), limit=200, note=N_("部分完成、未作业时必填")),
        text("quality", N_("质量指标"), limit=400, note=N_("项目：数值；几项用分号隔开")),
        text("exception_reason", N_("说明理由"), limit=200),
    ),
)


def rows_of(order: WorkOrder) -> list[dict[str, Any]]:
    """Return an order's living lines as the sheet goes out: with what stands, or planned and still empty."""
    villages = paths({line.household.division_code for line in order.lines})
    return [
        {
            "order_number": order.number,
            "position": line.position,
            "household": str(line.household.label(villages[line.household.division_code].name)),
            "parcel_code": line.parcel.code,
            "parcel": line.parcel.name,
            "planned": line.planned_area,
            "result": line.result,
            "area": line.done_area if line.result else line.planned_area,
            "worked_on": line.done_on,
            "machine": machine_label(order.machine) if order.machine else "",
            "operator": order.operator.name if order.operator else "",
            "reason": line.reason,
        }
        for line in order.lines
        if line.cancelled_at is None
    ]
