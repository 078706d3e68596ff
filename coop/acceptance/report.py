"""The register of slips as a table: the rows of the list, once, for the workbook and for paper."""

from collections.abc import Iterable, Iterator

from coop.acceptance.queries import SlipRow
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("验收台账")
COLUMNS = (
    Column(label=N_("作业单号"), width=2.0),
    Column(label=N_("农户"), width=2.0),
    Column(label=N_("作业"), width=2.0),
    Column(label=N_("作业亩数"), content=Content.MU, total=True),
    Column(label=N_("验收亩数"), content=Content.MU, total=True),
    Column(label=N_("送达日期"), content=Content.DATE, width=1.2),
    Column(label=N_("答复期限"), content=Content.DATE, width=1.2),
    Column(label=N_("验收方式"), width=1.0),
    Column(label=N_("答复人"), width=1.0),
    Column(label=N_("满意度"), content=Content.COUNT, width=0.8),
    Column(label=N_("状态"), width=1.0),
)


def table(rows: Iterable[SlipRow], conditions: str) -> Table:
    """Return the table of these slips."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(rows), conditions=conditions)


def _rows(rows: Iterable[SlipRow]) -> Iterator[Row]:
    for row in rows:
        yield (
            row.number,
            row.household,
            row.work,
            row.done_area,
            row.accepted_area,
            row.noticed_on,
            row.due_on,
            row.way.label if row.way else "",
            row.respondent.label if row.respondent else "",
            row.satisfaction,
            row.state.label,
        )
