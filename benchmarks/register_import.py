"""A village register of 100,000 rows: read, checked and ready to preview, through the import kit."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from sqlalchemy import select

from benchmarks.measuring import Measurement, timed
from benchmarks.stage import installation
from coop.parcels.importing import KIND
from foundation.access.grants import Viewer
from foundation.clock import now
from foundation.database.engine import db
from foundation.divisions.models import Division
from foundation.divisions.rules import DivisionLevel
from foundation.imports import jobs, service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import Outcome
from foundation.workbooks.reading import Workbook, read_sheet
from foundation.workbooks.writing import Sheet, write_sheets
from tools.sample_registers import VILLAGES, register_of

ROWS = 100_000
GOAL = 10.0


def measure() -> Iterator[Measurement]:
    """Write the workbook, then take it in; the baseline only reads its cells."""
    with installation() as (_app, viewer):
        content, rows = _workbook()
        bare = timed(lambda: _read_cells(content))
        batches: list[ImportBatch] = []
        took = timed(lambda: batches.append(_preview(content, viewer)))
        batch = batches[0]
        if batch.count(Outcome.NEW) != rows:
            raise RuntimeError(f"{batch.total} rows were read, {batch.counts}; {rows} new ones were expected")
        yield Measurement(
            claim=f"import of {rows:,} register rows: read, check, seal and keep for the preview",
            took=took,
            baseline="reading the cells of the same workbook",
            baseline_took=bare,
            goal=GOAL,
        )


def _workbook() -> tuple[bytes, int]:
    """Bind the registers of as many villages as it takes into one workbook."""
    codes = select(Division.code).where(Division.level == DivisionLevel.VILLAGE).order_by(Division.code)
    sheets: dict[str, Sheet] = {}
    count = 0
    for number, code in enumerate(db.session.scalars(codes)):
        if count >= ROWS:
            break
        village = replace(VILLAGES[0], code=code, seed=number)
        for sheet in list(register_of(village))[1:]:
            rows = list(sheet.rows)
            count += len(rows)
            held = sheets.setdefault(sheet.layout.title, Sheet(sheet.layout, []))
            sheets[sheet.layout.title] = Sheet(sheet.layout, [*held.rows, *rows])
    target = BytesIO()
    write_sheets(target, sheets.values())
    return target.getvalue(), count


def _read_cells(content: bytes) -> None:
    workbook = Workbook(content)
    for layout in KIND.sheets:
        for _row in read_sheet(workbook, layout):
            pass


def _preview(content: bytes, viewer: Viewer) -> ImportBatch:
    batch = service.start(KIND.name, "register.xlsx", content, viewer=viewer, now=now(), in_background=False)
    return jobs.read_now(batch, viewer, now(), lambda _done, _total: db.session.commit())
