"""Readers of programmes: what counts a county's work in a year, and what each link weighs in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from coop.programmes.models import Coefficient, CoefficientVersion, Programme
from coop.programmes.rules import ProgrammeKind, ProgrammePermission, Weight, WeightRow, weights_of_crop
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.rules import ancestors, county_of
from foundation.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    year: int | None = None
    kind: ProgrammeKind | None = None
    division_code: str = ""
    with_closed: bool = False


def visible_to(
    viewer: Viewer, permission: ProgrammePermission = ProgrammePermission.VIEW
) -> ColumnElement[bool]:
    """Return the condition that a programme lies where ``viewer`` holds ``permission``.

    A county's programme is also seen from all below it.
    """
    here = within(viewer, permission, Programme.division_code)
    if permission is not ProgrammePermission.VIEW:
        return here
    above = {one for r in viewer.ranges(permission) for one in ancestors(r.lower)}
    return or_(here, Programme.division_code.in_(above))


def can_see(
    viewer: Viewer, programme_id: int, permission: ProgrammePermission = ProgrammePermission.VIEW
) -> bool:
    """Tell whether a programme lies where ``viewer`` holds ``permission``."""
    found = select(Programme.id).where(Programme.id == programme_id, visible_to(viewer, permission))
    return db.session.scalar(found) is not None


def find_general(county_code: str, year: int) -> Programme | None:
    """Return the programme that counts all work of a county in a year, if the year was begun."""
    return db.session.scalar(
        select(Programme).where(
            Programme.division_code == county_of(county_code),
            Programme.year == year,
            Programme.kind == ProgrammeKind.GENERAL,
        )
    )


def programmes_for(viewer: Viewer, county_code: str, year: int) -> Sequence[Programme]:
    """Return the open programmes of a county's year in sight, the general one first."""
    statement = select(Programme).where(
        visible_to(viewer),
        Programme.division_code == county_of(county_code),
        Programme.year == year,
        Programme.closed_on.is_(None),
    )
    return db.session.scalars(statement.order_by(Programme.kind, Programme.name)).all()


def page(viewer: Viewer, asked: ProgrammeFilter, cut: Cut, *, descending: bool = True) -> Page:
    """Return one page of the list, by year."""
    statement = select(Programme).where(*_conditions(viewer, asked))
    sort = Sort(columns=(Programme.year, Programme.id), descending=descending)
    return fetch_page(db.session(), statement, sort, cut)


def _conditions(viewer: Viewer, asked: ProgrammeFilter) -> list[ColumnElement[bool]]:
    found = [visible_to(viewer)]
    if asked.year:
        found.append(Programme.year == asked.year)
    if asked.kind:
        found.append(Programme.kind == asked.kind)
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found += [Programme.division_code >= lower, Programme.division_code < upper]
    if not asked.with_closed:
        found.append(Programme.closed_on.is_(None))
    return found


def get(viewer: Viewer, programme_id: int) -> Programme:
    """Return a programme in sight with its versions and their rows, or raise ``NotFound``."""
    statement = select(Programme).where(Programme.id == programme_id, visible_to(viewer))
    versions = selectinload(Programme.coefficients).selectinload(CoefficientVersion.rows)
    found = db.session.scalar(statement.options(versions).execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def twin_of(division_code: str, year: int, name: str, but: int | None) -> Programme | None:
    """Return another programme of the same county, year and name."""
    statement = select(Programme).where(
        Programme.division_code == division_code, Programme.year == year, Programme.name == name
    )
    return db.session.scalar(statement if but is None else statement.where(Programme.id != but))


def version_in_force(programme_id: int, on: date) -> CoefficientVersion:
    """Return the version by which work is weighed on a day; before the first one, the first."""
    own = select(CoefficientVersion).where(CoefficientVersion.programme_id == programme_id)
    latest = (
        own.where(CoefficientVersion.valid_from <= on).order_by(CoefficientVersion.number.desc()).limit(1)
    )
    found = db.session.scalar(latest) or db.session.scalar(own.order_by(CoefficientVersion.number).limit(1))
    if found is None:
        raise NotFound
    return found


def latest_version(programme_id: int) -> CoefficientVersion | None:
    """Return the version published last, in force or not yet."""
    own = select(CoefficientVersion).where(CoefficientVersion.programme_id == programme_id)
    return db.session.scalar(own.order_by(CoefficientVersion.number.desc()).limit(1))


def weights(version_id: int, crop_id: int | None) -> dict[int, Weight]:
    """Return what each link weighs for a crop, by link id; the crop's own row before the general one."""
    return weights_of_crop(rows_of(version_id), crop_id)


def rows_of(version_id: int) -> list[WeightRow]:
    """Return the rows of a version, every crop's."""
    columns = Coefficient.link_id, Coefficient.crop_id, Coefficient.weight, Coefficient.rate
    statement = select(*columns).where(Coefficient.version_id == version_id).order_by(Coefficient.id)
    return [
        WeightRow(link_id=link_id, crop_id=crop_id, weight=weight, rate=rate)
        for link_id, crop_id, weight, rate in db.session.execute(statement)
    ]


def years(viewer: Viewer) -> Sequence[int]:
    """Return the years that have programmes in sight, the newest first."""
    return db.session.scalars(
        select(Programme.year).where(visible_to(viewer)).distinct().order_by(Programme.year.desc())
    ).all()


def count_versions(programme_id: int) -> int:
    """Return how many versions a programme has."""
    own = CoefficientVersion.programme_id == programme_id
    return db.session.scalar(select(func.count()).select_from(CoefficientVersion).where(own)) or 0
