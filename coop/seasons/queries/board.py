"""The figures of the board: one statement adds up every link in every place below a division."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from coop.catalogue.models import CropSeason, Link
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.filters import ACCEPTED, DEEMED, DISPUTED, DONE, LIVING
from coop.seasons.rules.board import (
    NAMES,
    NOTHING,
    Board,
    BoardRow,
    Cell,
    add,
    digits_below,
    due_until,
    full_code,
)
from coop.seasons.rules.terms import SeasonPermission
from foundation.access.grants import CODE_LENGTH, Viewer, code_bounds, code_prefix
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.divisions.rules import ancestors
from foundation.wording import Term

_OPEN = case(
    (OrderLine.planned_area > OrderLine.done_area, OrderLine.planned_area - OrderLine.done_area), else_=0
)


def visible_to(viewer: Viewer, permission: Term = SeasonPermission.VIEW) -> ColumnElement[bool]:
    """Return the condition that an order lies where ``viewer`` may see the work of its day."""
    return within(viewer, permission, WorkOrder.division_code, WorkOrder.dated_on)


def root_of(viewer: Viewer, asked: str, permission: Term = SeasonPermission.VIEW) -> str:
    """Return the division whose parts are the rows: the one asked for, or the one the viewer works in."""
    if asked:
        return asked
    held = [grant.division for grant in viewer.grants if permission.value in grant.permissions]
    chains = [(*ancestors(code), code) for code in held]
    shared = set(chains[0]).intersection(*chains[1:]) if chains else set()
    return max(shared, key=lambda code: len(code_prefix(code)), default="")


def board(
    viewer: Viewer, season_id: int, division_code: str, on: date, permission: Term = SeasonPermission.VIEW
) -> Board:
    """Return the board of a season below a division, as far as ``viewer`` sees it."""
    root = root_of(viewer, division_code, permission)
    digits = digits_below(root)
    place = func.substr(OrderLine.division_code, 1, digits)
    statement = (
        select(place, OrderLine.link_id, *_figures(on))
        .join(WorkOrder, WorkOrder.id == OrderLine.order_id)
        .where(OrderLine.season_id == season_id, LIVING, visible_to(viewer, permission), _below(root))
        .group_by(place, OrderLine.link_id)
    )
    cells: dict[str, dict[int, Cell]] = {}
    for code, link_id, *figures in db.session.execute(statement):
        numbers = dict(zip(NAMES, (int(figure or 0) for figure in figures), strict=True))
        cells.setdefault(full_code(code), {})[link_id] = _cell(numbers)
    return _arranged(cells, digits == CODE_LENGTH)


def _cell(numbers: dict[str, Any]) -> Cell:
    return Cell(**numbers)


def _below(root: str) -> ColumnElement[bool]:
    if not root:
        return OrderLine.division_code.is_not(None)
    lower, upper = code_bounds(root)
    return and_(OrderLine.division_code >= lower, OrderLine.division_code < upper)


def _figures(on: date) -> Sequence[Any]:
    late = and_(~DONE, WorkOrder.ends_on < on)
    due = and_(~DONE, WorkOrder.ends_on >= on, WorkOrder.ends_on <= due_until(on))
    return (
        func.count(OrderLine.order_id.distinct()),
        func.count(),
        func.sum(OrderLine.planned_area),
        func.sum(OrderLine.done_area),
        func.sum(case((ACCEPTED, OrderLine.accepted_area), else_=0)),
        func.sum(case((DEEMED, OrderLine.accepted_area), else_=0)),
        func.sum(case((DISPUTED, OrderLine.done_area), else_=0)),
        func.sum(case((late, _OPEN), else_=0)),
        func.sum(case((due, _OPEN), else_=0)),
    )


def _arranged(cells: dict[str, dict[int, Cell]], is_village: bool) -> Board:
    used = {link_id for row in cells.values() for link_id in row}
    ordered = select(Link.id, Link.name).where(Link.id.in_(used)).order_by(Link.code)
    links = tuple((key, name) for key, name in db.session.execute(ordered))
    names = paths(cells)
    rows = tuple(
        BoardRow(
            code=code,
            name=names[code].name if is_village else names[code].short,
            cells=cells[code],
            total=add(cells[code].values()),
            is_village=is_village,
        )
        for code in sorted(cells)
    )
    sums = {key: add(row.cells.get(key, NOTHING) for row in rows) for key, _name in links}
    return Board(links=links, rows=rows, sums=sums, total=add(sums.values()))


def seasons_with_orders(viewer: Viewer, permission: Term = SeasonPermission.VIEW) -> Sequence[CropSeason]:
    """Return the seasons that have orders in sight, the newest first."""
    used = select(WorkOrder.season_id).where(visible_to(viewer, permission), WorkOrder.cancelled_at.is_(None))
    statement = select(CropSeason).where(CropSeason.id.in_(used.distinct()))
    return db.session.scalars(statement.order_by(CropSeason.starts_on.desc(), CropSeason.id.desc())).all()


def current_season(seasons: Sequence[CropSeason], on: date) -> CropSeason | None:
    """Return the season that is on, or the one that was on last, or the first to come."""
    running = [one for one in seasons if one.starts_on <= on <= one.ends_on]
    past = [one for one in seasons if one.ends_on < on]
    chosen = running or past or list(reversed(seasons))
    return chosen[0] if chosen else None
