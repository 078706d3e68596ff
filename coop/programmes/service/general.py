"""Beginning a county's year: the one programme that counts all of its work."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from coop.programmes import queries
from coop.programmes.models import Programme
from coop.programmes.rules import (
    GENERAL_NAME,
    LARGE_FROM,
    REPLY_DAYS,
    SHIPPED_SOURCE,
    TOLERANCE,
    TRACK_TOLERANCE,
    ProgrammeAct,
    ProgrammeKind,
    WeightFormula,
    WeightPreset,
)
from coop.programmes.service.publishing import add_version, preset_rows
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.divisions.rules import county_of
from foundation.journal.service import record

BY_ITSELF = Viewer(account_id=0, name="系统")
"""Who begins a year when nobody in particular did: the first count of it."""


def general_programme(county_code: str, year: int, *, viewer: Viewer | None, now: datetime) -> Programme:
    """Return the programme that counts all work of a county in a year, begun with the shipped defaults.

    Whoever comes second at the same moment gets the row of the first.
    """
    found = queries.find_general(county_code, year)
    return found or _begun(county_code, year, viewer=viewer or BY_ITSELF, now=now)


def _begun(county_code: str, year: int, *, viewer: Viewer, now: datetime) -> Programme:
    """Begin a year that was not begun when it was looked for; somebody may have been quicker since."""
    programme = _shipped(county_code, year)
    try:
        with db.session.begin_nested():
            db.session.add(programme)
    except IntegrityError:
        first = queries.find_general(county_code, year)
        if first is None:
            raise
        return first
    rows = preset_rows(WeightPreset.SHIPPED)
    add_version(
        programme, rows, valid_from=date(year, 1, 1), source=SHIPPED_SOURCE, publisher_id=None, now=now
    )
    record(ProgrammeAct.SAVED, programme, viewer=viewer, now=now, note=SHIPPED_SOURCE)
    return programme


def _shipped(county_code: str, year: int) -> Programme:
    return Programme(
        division_code=county_of(county_code),
        year=year,
        name=GENERAL_NAME,
        kind=ProgrammeKind.GENERAL,
        formula=WeightFormula.COEFFICIENT,
        large_from=LARGE_FROM,
        tolerance=TOLERANCE,
        track_tolerance=TRACK_TOLERANCE,
        reply_days=REPLY_DAYS,
    )
