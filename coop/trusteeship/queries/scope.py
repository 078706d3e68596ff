"""Who sees what of the ledger: the one condition of every reader, the programmes, where a viewer begins."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from coop.catalogue.models import CropSeason
from coop.programmes.models import Programme
from coop.programmes.rules import ProgrammeKind
from coop.trusteeship.rules.terms import AcreagePermission
from foundation.access.grants import Viewer, code_bounds, code_prefix
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.divisions.rules import county_of
from foundation.errors import NotFound
from foundation.wording import Term


def visible_to(viewer: Viewer, code: Any, permission: Term = AcreagePermission.VIEW) -> ColumnElement[bool]:
    """Return the condition "the viewer may see this": the division of a summary, a count or an entry.

    A township clerk thus never meets the county's row, and no total holds more than the viewer may see.
    """
    return within(viewer, permission, code)


def programmes_for(viewer: Viewer) -> Sequence[Programme]:
    """Return the programmes of every county in which the viewer sees any part, the latest year first."""
    ranges = viewer.ranges(AcreagePermission.VIEW)
    inside = [
        or_(
            (Programme.division_code >= r.lower) & (Programme.division_code < r.upper),
            Programme.division_code == county_of(r.lower),
        )
        for r in dict.fromkeys(ranges)
    ]
    if not inside:
        return []
    found = db.session.scalars(select(Programme).where(or_(*inside))).all()
    return sorted(found, key=lambda row: (-row.year, row.kind is not ProgrammeKind.GENERAL, row.name, row.id))


def programme_for(viewer: Viewer, programme_id: int | None, year: int) -> Programme | None:
    """Return the programme asked for, or this year's general one, or the one before; nothing without any.

    Raises ``NotFound`` for a programme of a county in which the viewer sees nothing.
    """
    found = programmes_for(viewer)
    if programme_id is None:
        begun = [programme for programme in found if programme.year <= year]
        return next(iter([*begun, *found]), None)
    for programme in found:
        if programme.id == programme_id:
            return programme
    raise NotFound


def seasons_of(year: int) -> Sequence[CropSeason]:
    """Return the crop seasons of a year in their order."""
    found = select(CropSeason).where(CropSeason.year == year)
    return db.session.scalars(found.order_by(CropSeason.starts_on, CropSeason.id)).all()


def roots(viewer: Viewer, county_code: str, permission: Term = AcreagePermission.VIEW) -> list[str]:
    """Return the highest divisions of a county that a viewer sees whole: the county, or own townships."""
    if viewer.sees(permission, county_code):
        return [county_code]
    lower, upper = code_bounds(county_code)
    inside = {r.lower: r for r in viewer.ranges(permission) if lower <= r.lower < upper}
    return [code for code in sorted(inside) if not _is_below(code, inside)]


def _is_below(code: str, others: Collection[str]) -> bool:
    bounds = (code_bounds(other) for other in others if other != code)
    return any(lower <= code < upper for lower, upper in bounds)


def digits_of(code: str) -> int:
    """Return how many digits of a division's code its level leaves significant."""
    return len(code_prefix(code))
