"""The register of supplementary agreements as a table: the rows of the list, once, for workbook and paper."""

from collections.abc import Iterable, Iterator

from coop.amendments.models import Amendment
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("补充协议台账")
COLUMNS = (
    Column(label=N_("协议编号"), width=2.0),
    Column(label=N_("登记日期"), content=Content.DATE, width=1.1),
    Column(label=N_("接受方"), width=1.8),
    Column(label=N_("服务方"), width=1.6),
    Column(label=N_("变更原因"), width=2.0),
    Column(label=N_("变更前(亩)"), content=Content.MU, total=True),
    Column(label=N_("变更后(亩)"), content=Content.MU, total=True),
    Column(label=N_("金额变化(元)"), content=Content.YUAN, width=1.2, total=True),
    Column(label=N_("生效日期"), content=Content.DATE, width=1.1),
    Column(label=N_("签订日期"), content=Content.DATE, width=1.1),
    Column(label=N_("状态"), width=0.9),
)


def table(rows: Iterable[Amendment], conditions: str) -> Table:
    """Return the table of these agreements."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(rows), conditions=conditions)


def _rows(rows: Iterable[Amendment]) -> Iterator[Row]:
    for row in rows:
        yield (
            row.number,
            row.dated_on,
            row.contract.receiver_name,
            row.contract.provider_name,
            row.reason,
            row.area_before,
            row.area_after,
            row.difference,
            row.effective_on,
            row.signed_on,
            row.state.label,
        )
