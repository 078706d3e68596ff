"""The board as a table: one row for each place and link, once, for the workbook and for paper."""

from collections.abc import Iterator

from coop.seasons.rules.board import Board
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("作业季进度表")
COLUMNS = (
    Column(label=N_("地区"), width=2.0),
    Column(label=N_("环节"), width=1.2),
    Column(label=N_("作业单"), content=Content.COUNT, width=0.7, total=True),
    Column(label=N_("地块数"), content=Content.COUNT, width=0.8, total=True),
    Column(label=N_("计划（亩）"), content=Content.MU, total=True),
    Column(label=N_("完成（亩）"), content=Content.MU, total=True),
    Column(label=N_("验收（亩）"), content=Content.MU, total=True),
    Column(label=N_("其中视同验收（亩）"), content=Content.MU, total=True),
    Column(label=N_("争议（亩）"), content=Content.MU, total=True),
    Column(label=N_("逾期未做（亩）"), content=Content.MU, total=True),
    Column(label=N_("7 日内到期（亩）"), content=Content.MU, total=True),
)


def table(board: Board, conditions: str) -> Table:
    """Return the table of this board."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(board), conditions=conditions)


def _rows(board: Board) -> Iterator[Row]:
    names = dict(board.links)
    for row in board.rows:
        for link_id, name in names.items():
            cell = row.cells.get(link_id)
            if cell is None:
                continue
            yield (
                row.name,
                name,
                cell.orders,
                cell.parcels,
                cell.planned,
                cell.done,
                cell.accepted,
                cell.deemed,
                cell.disputed,
                cell.late,
                cell.due,
            )
