"""Telling the journal about tables that leave the house."""

from datetime import datetime

from foundation.access.grants import Viewer
from foundation.journal.service import record
from foundation.tables.rules import Table, TableAct, TableFormat
from foundation.wording import Term


def note(table: Table, form: TableFormat, *, viewer: Viewer, now: datetime, act: Term | None = None) -> None:
    """Note who took which table, how many rows of it and under which conditions; call it after the rows."""
    if act is None:
        act = TableAct.EXPORTED if form is TableFormat.XLSX else TableAct.PRINTED
    said = f"{table.title}，{table.count} 行"
    if table.conditions:
        said += f"；{table.conditions}"
    record(act, None, viewer=viewer, now=now, note=said[:500])
