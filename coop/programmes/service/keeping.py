"""Keeping programmes: begin one, change what it judges by, close it and take it back."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.programmes import queries
from coop.programmes.models import Programme
from coop.programmes.rules import (
    GENERAL_NAME,
    ProgrammeAct,
    ProgrammeKind,
    ProgrammePermission,
    WeightFormula,
    WeightPreset,
)
from coop.programmes.service.publishing import add_version, check, preset_rows
from coop.programmes.service.refusals import (
    AlreadyClosed,
    DuplicateProgramme,
    GeneralBegun,
    GeneralStays,
    NotACounty,
    NotClosed,
    OutsideScope,
    PresetOfOtherFormula,
    ProgrammeClosed,
)
from coop.programmes.service.watching import tell_watchers
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import register_owner
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.divisions.rules import county_of
from foundation.errors import StaleVersion
from foundation.journal.service import record
from foundation.values.area import Mu
from foundation.values.percent import BasisPoints

OWNER = "programme"
"""What attachments call the rows of this feature: the plans and notices that coefficients rest upon."""

register_owner(
    Owner(
        name=OWNER,
        page="/coop/programmes/",
        may_see=queries.can_see,
        may_change=lambda viewer, programme_id: queries.can_see(
            viewer, programme_id, ProgrammePermission.EDIT
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDetails:
    """What a form says of a programme; its county, year, kind and formula stay as it was begun."""

    name: str
    weighs_every_pass: bool
    large_from: Mu
    tolerance: BasisPoints
    track_tolerance: BasisPoints
    reply_days: int


def begin(
    details: ProgrammeDetails,
    *,
    county_code: str,
    year: int,
    kind: ProgrammeKind,
    preset: WeightPreset,
    formula: WeightFormula,
    viewer: Viewer,
    now: datetime,
) -> Programme:
    """Begin a programme of a county's year with a table of practice as its first version."""
    _demand_scope(viewer, county_code)
    if preset.formula is not formula:
        raise PresetOfOtherFormula(formula=preset.formula)
    _demand_free(county_code, year, kind, details.name)
    rows = preset_rows(preset)
    check(rows)
    programme = Programme(division_code=county_code, year=year, kind=kind, formula=formula)
    _fill(programme, details)
    db.session.add(programme)
    db.session.flush()
    day = date(year, 1, 1)
    add_version(
        programme, rows, valid_from=day, source=preset.source, publisher_id=viewer.account_id, now=now
    )
    record(ProgrammeAct.SAVED, programme, viewer=viewer, now=now, note=preset.source)
    return programme


def _demand_free(county_code: str, year: int, kind: ProgrammeKind, name: str) -> None:
    if county_of(county_code) != county_code:
        raise NotACounty(code=county_code)
    general = queries.find_general(county_code, year)
    if kind is ProgrammeKind.GENERAL and general is not None:
        raise GeneralBegun(year=year, name=general.name)
    is_reserved = kind is not ProgrammeKind.GENERAL and name == GENERAL_NAME
    if is_reserved or queries.twin_of(county_code, year, name, None) is not None:
        raise DuplicateProgramme(year=year, name=name)


def change(
    programme: Programme,
    details: ProgrammeDetails,
    *,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> None:
    """Change what a programme judges by; sums that rest on it are made anew in the same transaction."""
    _demand(programme, viewer, version)
    if programme.closed_on is not None:
        raise ProgrammeClosed(name=programme.name, day=programme.closed_on)
    if queries.twin_of(programme.division_code, programme.year, details.name, programme.id) is not None:
        raise DuplicateProgramme(year=programme.year, name=details.name)
    before = programme.large_from, programme.weighs_every_pass
    _fill(programme, details)
    db.session.flush()
    record(ProgrammeAct.SAVED, programme, viewer=viewer, now=now)
    if before != (programme.large_from, programme.weighs_every_pass):
        tell_watchers(programme, viewer=viewer, now=now)


def _fill(programme: Programme, details: ProgrammeDetails) -> None:
    for name in ProgrammeDetails.__slots__:
        setattr(programme, name, getattr(details, name))


def close(programme: Programme, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Take a project out of use: no new order is planned under it, what was counted stays."""
    _demand(programme, viewer, version)
    if programme.kind is ProgrammeKind.GENERAL:
        raise GeneralStays(name=programme.name)
    if programme.closed_on is not None:
        raise AlreadyClosed(name=programme.name, day=programme.closed_on)
    programme.closed_on = now.astimezone(CHINA).date()
    record(ProgrammeAct.CLOSED, programme, viewer=viewer, now=now)


def reopen(programme: Programme, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Take a closed project back into use."""
    _demand(programme, viewer, version)
    if programme.closed_on is None:
        raise NotClosed(name=programme.name)
    programme.closed_on = None
    record(ProgrammeAct.REOPENED, programme, viewer=viewer, now=now)


def _demand(programme: Programme, viewer: Viewer, version: int | None) -> None:
    if version is not None and programme.version != version:
        raise StaleVersion
    _demand_scope(viewer, programme.division_code)


def _demand_scope(viewer: Viewer, code: str) -> None:
    if not viewer.sees(ProgrammePermission.EDIT, code):
        raise OutsideScope(code=code)
