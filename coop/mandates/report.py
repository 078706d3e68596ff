"""The register of mandates as a table: the rows of the list, once, for the workbook and for paper."""

from collections.abc import Iterable, Iterator

from coop.mandates.queries import MandateRow
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("委托书台账")
COLUMNS = (
    Column(label=N_("委托书编号"), width=2.0),
    Column(label=N_("登记日期"), content=Content.DATE, width=1.2),
    Column(label=N_("委托农户"), width=2.0),
    Column(label=N_("受托人"), width=1.6),
    Column(label=N_("委托权限"), width=1.4),
    Column(label=N_("委托面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("起始日"), content=Content.DATE, width=1.2),
    Column(label=N_("终止日"), content=Content.DATE, width=1.2),
    Column(label=N_("签字日期"), content=Content.DATE, width=1.2),
    Column(label=N_("状态"), width=0.8),
)


def table(rows: Iterable[MandateRow], conditions: str) -> Table:
    """Return the table of these mandates."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(rows), conditions=conditions)


def _rows(rows: Iterable[MandateRow]) -> Iterator[Row]:
    for row in rows:
        yield (
            row.number,
            row.dated_on,
            row.household,
            row.agent,
            row.authority.label,
            row.area,
            row.starts_on,
            row.ends_on,
            row.signed_on,
            row.state.label,
        )
