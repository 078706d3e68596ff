"""The price list as a table: the rows of the list, once, for workbook and paper."""

from collections.abc import Iterable, Iterator

from coop.catalogue.models import PriceVersion
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("服务价格表")
COLUMNS = (
    Column(label=N_("年度"), width=0.6),
    Column(label=N_("区划编码"), width=1.2),
    Column(label=N_("环节"), width=1.2),
    Column(label=N_("作物")),
    Column(label=N_("服务组织"), width=1.8),
    Column(label=N_("单价(元/亩)"), content=Content.YUAN),
    Column(label=N_("执行起始日"), content=Content.DATE, width=1.1),
    Column(label=N_("停止日"), content=Content.DATE, width=1.1),
)


def table(rows: Iterable[PriceVersion], conditions: str) -> Table:
    """Return the table of these prices."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(rows), conditions=conditions)


def _rows(rows: Iterable[PriceVersion]) -> Iterator[Row]:
    for row in rows:
        yield (
            row.year,
            row.division_code,
            row.link.name,
            row.crop.name if row.crop else "",
            row.provider.name if row.provider else "",
            row.price,
            row.valid_from,
            row.valid_until,
        )
