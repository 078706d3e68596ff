"""The verbs of units: creating, changing, closing."""

from dataclasses import dataclass
from datetime import date, datetime

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import InvalidValue, StaleVersion
from foundation.identity.credit_code import parse_credit_code
from foundation.journal.service import record
from foundation.units import queries
from foundation.units.models import Unit
from foundation.units.rules import UnitAct, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetails:
    """A unit as a form or a command gives it."""

    name: str
    kind: UnitKind
    division_code: str
    parent_id: int | None = None
    credit_code: str | None = None
    valid_from: date | None = None


class UnitNameMissing(InvalidValue):
    """请填写单位名称，最多 100 个字。"""


class UnitExists(InvalidValue):
    """单位“%(name)s”已登记；请核对名称，或修改已有的单位。"""


class CreditCodeTaken(InvalidValue):
    """统一社会信用代码 %(code)s 已登记在%(name)s 名下；请核对代码。"""


class UnitAboveItself(InvalidValue):
    """上级单位不能是“%(name)s”自己或它的下级；请另选上级单位。"""


class UnitAlreadyClosed(InvalidValue):
    """%(name)s 已于 %(on)s 注销；请选择在用的单位。"""


class UnitClosedTooEarly(InvalidValue):
    """注销日期 %(on)s 早于启用日期 %(since)s；请核对日期。"""


class UnitHasUnitsBelow(InvalidValue):
    """%(name)s 还有在用的下级单位：%(labels)s；请先注销下级或改换其上级。"""


def create(details: UnitDetails, *, viewer: Viewer, now: datetime, on: date) -> Unit:
    """Create a unit in a division that exists on the day."""
    unit = Unit()
    _write(unit, details, on)
    db.session.add(unit)
    record(UnitAct.CREATED, unit, viewer=viewer, now=now)
    return unit


def change(
    unit: Unit, details: UnitDetails, version: int, *, viewer: Viewer, now: datetime, on: date
) -> None:
    """Correct a unit; postings at it reach its new division from now on."""
    if unit.version != version:
        raise StaleVersion
    _write(unit, details, on)
    record(UnitAct.CHANGED, unit, viewer=viewer, now=now)


def close(unit: Unit, on: date, *, viewer: Viewer, now: datetime, reason: str = "") -> None:
    """Let a unit end on a day; postings at it give no rights from then on."""
    if unit.valid_until is not None:
        raise UnitAlreadyClosed(name=unit.name, on=unit.valid_until)
    if unit.valid_from is not None and on < unit.valid_from:
        raise UnitClosedTooEarly(on=on, since=unit.valid_from)
    below = queries.below(unit.id, on)
    if below:
        raise UnitHasUnitsBelow(name=unit.name, labels="、".join(one.name for one in below[:5]))
    unit.valid_until = on
    record(UnitAct.CLOSED, unit, viewer=viewer, now=now, reason=reason)


def _write(unit: Unit, details: UnitDetails, on: date) -> None:
    name = details.name.strip()
    if not name or len(name) > 100:  # noqa: PLR2004 - the width of the column
        raise UnitNameMissing
    namesake = queries.find_by_name(name)
    if namesake is not None and namesake is not unit:
        raise UnitExists(name=name)
    _check_parent(unit, details.parent_id)
    unit.credit_code = _free_credit_code(unit, details.credit_code)
    unit.name, unit.kind, unit.parent_id = name, details.kind, details.parent_id
    if unit.division_code != details.division_code:
        unit.division_code = divisions.get_in_force(details.division_code, on).code
    unit.valid_from = details.valid_from


def _check_parent(unit: Unit, parent_id: int | None) -> None:
    while parent_id is not None:
        parent = queries.get(parent_id)
        if parent is unit:
            raise UnitAboveItself(name=unit.name)
        parent_id = parent.parent_id


def _free_credit_code(unit: Unit, written: str | None) -> str | None:
    if not written:
        return None
    code = parse_credit_code(written).value
    owner = queries.find_by_credit_code(code)
    if owner is not None and owner is not unit:
        raise CreditCodeTaken(code=code, name=owner.name)
    return code
