"""The register of contracts as a table: the rows of the list, once, for the workbook and for paper."""

from collections.abc import Iterable, Iterator

from coop.contracts.queries import ContractRow
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("合同台账")
COLUMNS = (
    Column(label=N_("合同编号"), width=2.2),
    Column(label=N_("登记日期"), content=Content.DATE, width=1.4),
    Column(label=N_("托管模式")),
    Column(label=N_("合同性质")),
    Column(label=N_("接受方"), width=2.2),
    Column(label=N_("服务方"), width=2.0),
    Column(label=N_("所在地"), width=1.6),
    Column(label=N_("户数"), content=Content.COUNT, width=0.6, total=True),
    Column(label=N_("服务面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("服务费（元）"), content=Content.YUAN, width=1.6, total=True),
    Column(label=N_("流转面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("流转费（元）"), content=Content.YUAN, width=1.6, total=True),
    Column(label=N_("起始日"), content=Content.DATE, width=1.4),
    Column(label=N_("终止日"), content=Content.DATE, width=1.4),
    Column(label=N_("状态"), width=0.8),
)


def table(rows: Iterable[ContractRow], conditions: str) -> Table:
    """Return the table of these contracts."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(rows), conditions=conditions)


def _rows(rows: Iterable[ContractRow]) -> Iterator[Row]:
    for row in rows:
        yield (
            row.number,
            row.dated_on,
            row.mode.label,
            row.nature.label,
            row.receiver_name,
            row.provider_name,
            row.village,
            row.household_count,
            row.service_area,
            row.service_total,
            row.entrustment_area,
            row.entrustment_total,
            row.starts_on,
            row.ends_on,
            row.state.label,
        )
