"""The register of contracts as a sheet: the rows of the list, once, for every export."""

from collections.abc import Iterable, Iterator, Sequence

from coop.contracts.queries import ContractRow
from foundation.workbooks.books import Value
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.writing import Sheet

LAYOUT = Layout(
    "合同台账",
    (
        Column(key="number", title="合同编号", width=26),
        Column(key="dated_on", title="登记日期", content=Content.DATE),
        Column(key="mode", title="托管模式", width=14),
        Column(key="nature", title="合同性质", width=10),
        Column(key="receiver", title="接受方", width=40),
        Column(key="provider", title="服务方", width=30),
        Column(key="village", title="所在地", width=24),
        Column(key="households", title="户数", content=Content.COUNT),
        Column(key="service_area", title="服务面积（亩）", content=Content.MU),
        Column(key="service_total", title="服务费（元）", content=Content.YUAN),
        Column(key="entrustment_area", title="流转面积（亩）", content=Content.MU),
        Column(key="entrustment_total", title="流转费（元）", content=Content.YUAN),
        Column(key="starts_on", title="起始日", content=Content.DATE),
        Column(key="ends_on", title="终止日", content=Content.DATE),
        Column(key="state", title="状态", width=12),
    ),
)


def sheet(rows: Iterable[ContractRow]) -> Sheet:
    """Return the sheet of these contracts."""
    return Sheet(LAYOUT, _rows(rows))


def _rows(rows: Iterable[ContractRow]) -> Iterator[Sequence[Value]]:
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
