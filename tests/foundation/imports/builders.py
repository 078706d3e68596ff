"""An import kind over units, whose rows other rows point at, and workbooks for it."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from sqlalchemy import select

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import InvalidValue
from foundation.imports import jobs, service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import (
    AppliedRow,
    CheckedRow,
    ImportContext,
    ImportKind,
    ImportPermission,
    Outcome,
    fault,
)
from foundation.units.models import Unit
from foundation.units.rules import UnitKind
from foundation.wording import Term
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.reading import Row
from foundation.workbooks.writing import Sheet, write_sheets
from tests.foundation.accounts.builders import COUNTY, make_division, make_viewer

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

UNITS = Layout(
    "单位",
    (
        Column(key="name", title="名称", required=True),
        Column(key="kind", title="类型", choices=tuple(kind.label for kind in UnitKind)),
        Column(key="division", title="区划代码"),
        Column(key="phone", title="电话", content=Content.PHONE),
    ),
)


class TestPermission(Term):
    """What the tests' kind asks for."""

    __test__ = False

    IMPORT = "tests.units.import", "导入单位"


class NameTooShort(InvalidValue):
    """名称“%(name)s”太短；请填写全称。"""


class ForbiddenName(InvalidValue):
    """名称“%(name)s”不能登记；请换一个名称。"""


def check(context: ImportContext, _sheet: str, rows: Sequence[Row]) -> Iterable[CheckedRow]:
    """Match by name; a second row of one name is a duplicate."""
    names = [row.values["name"] for row in rows]
    known = {unit.name: unit for unit in db.session.scalars(select(Unit).where(Unit.name.in_(names)))}
    seen: set[str] = context.memory.setdefault("names", set())
    for row in rows:
        name = row.values["name"]
        if len(name) == 1:
            yield CheckedRow(row.number, Outcome.REFUSED, name, [fault("name", NameTooShort(name=name))])
        elif name in seen:
            yield CheckedRow(row.number, Outcome.DUPLICATE, name)
        else:
            yield _verdict(row, known.get(name))
        seen.add(name)


def _verdict(row: Row, unit: Unit | None) -> CheckedRow:
    name, kind = row.values["name"], row.values["kind"] or UnitKind.COOPERATIVE.label
    payload = {"name": name, "kind": kind, "division": row.values["division"] or COUNTY}
    if unit is None:
        return CheckedRow(row.number, Outcome.NEW, name, payload=payload)
    if unit.kind.label == kind:
        return CheckedRow(row.number, Outcome.SAME, name, subject_id=unit.id)
    before, after = {"kind": unit.kind.label}, {"kind": kind}
    return CheckedRow(row.number, Outcome.CHANGED, name, (), (), payload, unit.id, before, after)


def apply(_context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Create and change units."""
    for row in rows:
        name = row.payload["name"]
        if name.startswith("禁"):
            raise ForbiddenName(name=name)
        kind = next(kind for kind in UnitKind if kind.label == row.payload["kind"])
        if row.subject_id is None:
            db.session.add(Unit(name=name, kind=kind, division_code=row.payload["division"]))
        else:
            db.session.get_one(Unit, row.subject_id).kind = kind
    db.session.flush()


KIND = ImportKind(
    name="test-units",
    label="单位名录",
    permission=TestPermission.IMPORT,
    sheets=(UNITS,),
    check=check,
    apply=apply,
    nouns={"unit": "单位", "posting": "任职"},
)


SECONDS_A_ROW = 0.001


def apply_slowly(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Create and change units, with time to be killed in the middle."""
    apply(context, rows)
    time.sleep(SECONDS_A_ROW * len(rows))


def offer_slow_kind() -> None:
    """Let this process import units slowly."""
    service.register(replace(KIND, apply=apply_slowly))


def importer(name: str = "王秀英") -> Viewer:
    """A person who may import units in the county."""
    service.register(KIND)
    make_division(COUNTY)
    return make_viewer(TestPermission.IMPORT, ImportPermission.RUN, name=name)


def workbook(*rows: Sequence[str], layout: Layout = UNITS) -> bytes:
    """A workbook with one sheet of these rows, short ones filled up."""
    width = len(layout.columns)
    full = [(*row, *[""] * (width - len(row))) for row in rows]
    target = BytesIO()
    write_sheets(target, [Sheet(layout, full)])
    return target.getvalue()


def commit(_done: int = 0, _total: int = 0) -> None:
    """What a command does after each chunk."""
    db.session.commit()


def read_batch(viewer: Viewer, *rows: Sequence[str], content: bytes = b"") -> ImportBatch:
    """A batch that was uploaded and read at once."""
    content = content or workbook(*rows)
    batch = service.start("test-units", "单位.xlsx", content, viewer=viewer, now=NOW, in_background=False)
    jobs.read_now(batch, viewer, NOW, commit)
    db.session.commit()
    return batch


def applied_batch(viewer: Viewer, *rows: Sequence[str]) -> ImportBatch:
    """A batch that was read, confirmed and applied at once."""
    batch = read_batch(viewer, *rows)
    service.confirm(batch, viewer=viewer, now=NOW, in_background=False)
    jobs.apply_now(batch, viewer, NOW, commit)
    db.session.commit()
    return batch


def undo(batch: ImportBatch, viewer: Viewer) -> None:
    """Undo a batch at once."""
    service.undo(batch, viewer=viewer, now=NOW, reason="导错了文件", in_background=False)
    jobs.undo_now(batch, viewer, NOW, commit)
    db.session.commit()
