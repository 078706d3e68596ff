"""The register of mandates as a sheet: the rows of the list, once, for every export."""

from collections.abc import Iterable, Iterator, Sequence

from coop.mandates.queries import MandateRow
from foundation.workbooks.books import Value
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.writing import Sheet

LAYOUT = Layout(
    "委托书台账",
    (
        Column(key="number", title="委托书编号", width=26),
        Column(key="dated_on", title="登记日期", content=Content.DATE),
        Column(key="household", title="委托农户", width=40),
        Column(key="agent", title="受托人", width=30),
        Column(key="authority", title="委托权限", width=28),
        Column(key="area", title="委托面积（亩）", content=Content.MU),
        Column(key="starts_on", title="起始日", content=Content.DATE),
        Column(key="ends_on", title="终止日", content=Content.DATE),
        Column(key="signed_on", title="签字日期", content=Content.DATE),
        Column(key="state", title="状态", width=10),
    ),
)


def sheet(rows: Iterable[MandateRow]) -> Sheet:
    """Return the sheet of these mandates."""
    return Sheet(LAYOUT, _rows(rows))


def _rows(rows: Iterable[MandateRow]) -> Iterator[Sequence[Value]]:
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
