"""The register of work orders as a table: the rows of the list, once, for the workbook and for paper."""

from collections.abc import Iterable, Iterator

from coop.operations.queries import OrderRow
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("作业单台账")
COLUMNS = (
    Column(label=N_("作业单编号"), width=2.2),
    Column(label=N_("编制日期"), content=Content.DATE, width=1.3),
    Column(label=N_("作物季"), width=1.4),
    Column(label=N_("环节"), width=1.0),
    Column(label=N_("遍次"), content=Content.COUNT, width=0.6),
    Column(label=N_("所在地"), width=1.6),
    Column(label=N_("服务方"), width=2.0),
    Column(label=N_("机手"), width=0.9),
    Column(label=N_("机具"), width=1.2),
    Column(label=N_("作业起始日"), content=Content.DATE, width=1.3),
    Column(label=N_("作业截止日"), content=Content.DATE, width=1.3),
    Column(label=N_("户数"), content=Content.COUNT, width=0.6, total=True),
    Column(label=N_("地块数"), content=Content.COUNT, width=0.7, total=True),
    Column(label=N_("计划面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("完成面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("验收面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("其中视同验收（亩）"), content=Content.MU, total=True),
    Column(label=N_("争议面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("状态"), width=0.8),
)


def table(rows: Iterable[OrderRow], conditions: str) -> Table:
    """Return the table of these orders."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(rows), conditions=conditions)


def _rows(rows: Iterable[OrderRow]) -> Iterator[Row]:
    for row in rows:
        yield (
            row.number,
            row.dated_on,
            row.season,
            row.link,
            row.pass_number,
            row.village,
            row.provider,
            row.operator,
            row.machine,
            row.starts_on,
            row.ends_on,
            row.household_count,
            row.parcel_count,
            row.area,
            row.done_area,
            row.accepted_area,
            row.deemed_area,
            row.disputed_area,
            row.state.label,
        )
