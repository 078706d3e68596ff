"""Finding units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from foundation.access.grants import Viewer
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions import queries as divisions
from foundation.errors import NotFound
from foundation.units.models import Unit
from foundation.units.rules import UnitKind, UnitPermission
from foundation.wording import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFilter:
    """What a reader of the list of units asks for; empty fields do not narrow."""

    name: str = ""
    kind: UnitKind | None = None
    division: str = ""
    closed: bool = False


def visible_to(viewer: Viewer, permission: Term = UnitPermission.EDIT) -> ColumnElement[bool]:
    """Return the condition "this unit lies where the viewer holds the permission"."""
    return within(viewer, permission, Unit.division_code)


def get_visible(viewer: Viewer, unit_id: int) -> Unit:
    """Return a unit that the viewer may manage, or raise ``NotFound``."""
    unit = db.session.scalar(select(Unit).where(Unit.id == unit_id, visible_to(viewer)))
    if unit is None:
        raise NotFound
    return unit


def get(unit_id: int) -> Unit:
    """Return a unit, or raise ``NotFound``."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit


def find_by_name(name: str) -> Unit | None:
    """Return the unit of a name."""
    return db.session.scalar(select(Unit).where(Unit.name == name))


def find_by_credit_code(credit_code: str) -> Unit | None:
    """Return the unit of a unified social credit code."""
    return db.session.scalar(select(Unit).where(Unit.credit_code == credit_code))


def page(viewer: Viewer, asked: UnitFilter, cut: Cut, *, on: date, descending: bool = False) -> Page:
    """Return a page of the units that the viewer may manage, by division and number."""
    found: Any = select(Unit).where(visible_to(viewer), *_conditions(asked, on))
    return fetch_page(
        db.session(), found, Sort(columns=(Unit.division_code, Unit.id), descending=descending), cut
    )


def in_force(viewer: Viewer, permission: Term, on: date) -> Sequence[Unit]:
    """Return the units within reach of a permission that exist on a day, by division."""
    existing = select(Unit).where(visible_to(viewer, permission), _in_force(on))
    return db.session.scalars(existing.order_by(Unit.division_code, Unit.id)).all()


def below(unit_id: int, on: date) -> Sequence[Unit]:
    """Return the units right below another that exist on a day."""
    return db.session.scalars(
        select(Unit).where(Unit.parent_id == unit_id, _in_force(on)).order_by(Unit.id)
    ).all()


def _conditions(asked: UnitFilter, on: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.name:
        found.append(Unit.name.contains(asked.name, autoescape=True))
    if asked.kind:
        found.append(Unit.kind == asked.kind)
    if asked.division:
        found.append(divisions.inside(divisions.ranges_for(asked.division)[:1], Unit.division_code))
    if not asked.closed:
        found.append(_in_force(on))
    return found


def _in_force(on: date) -> ColumnElement[bool]:
    return and_(
        or_(Unit.valid_from.is_(None), Unit.valid_from <= on),
        or_(Unit.valid_until.is_(None), Unit.valid_until > on),
    )
