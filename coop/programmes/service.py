"""The verbs of programmes: begin a county's year, keep a programme, publish its next weights."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from coop.catalogue import queries as catalogue
from coop.programmes import queries
from coop.programmes.models import Coefficient, CoefficientVersion, Programme
from coop.programmes.rules import (
    DEFAULT_WEIGHTS,
    GENERAL_NAME,
    LARGE_FROM,
    REPLY_DAYS,
    SHIPPED_SOURCE,
    TOLERANCE,
    TRACK_TOLERANCE,
    ProgrammeAct,
    ProgrammeKind,
    WeightFormula,
    WeightRow,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.journal.service import record

BY_ITSELF = Viewer(account_id=0, name="系统")
"""Who begins a year when nobody in particular did: the first count of it."""


def general_programme(county_code: str, year: int, *, viewer: Viewer | None, now: datetime) -> Programme:
    """Return the programme that counts all work of a county in a year, begun with the shipped defaults.

    Whoever comes second at the same moment gets the row of the first.
    """
    found = queries.find_general(county_code, year)
    if found is not None:
        return found
    programme = Programme(
        division_code=queries.county_of(county_code),
        year=year,
        name=GENERAL_NAME,
        kind=ProgrammeKind.GENERAL,
        formula=WeightFormula.COEFFICIENT,
        large_from=LARGE_FROM,
        tolerance=TOLERANCE,
        track_tolerance=TRACK_TOLERANCE,
        reply_days=REPLY_DAYS,
    )
    try:
        with db.session.begin_nested():
            db.session.add(programme)
    except IntegrityError:
        first = queries.find_general(county_code, year)
        if first is None:
            raise
        return first
    _add_version(programme, shipped_rows(), date(year, 1, 1), SHIPPED_SOURCE, None, now)
    record(ProgrammeAct.SAVED, programme, viewer=viewer or BY_ITSELF, now=now, note=SHIPPED_SOURCE)
    return programme


def shipped_rows() -> list[WeightRow]:
    """Return the shipped weights of the links that the catalogue has."""
    return [
        WeightRow(link_id=link.id, crop_id=None, weight=DEFAULT_WEIGHTS[link.code])
        for link in catalogue.links()
        if link.code in DEFAULT_WEIGHTS
    ]


def _add_version(
    programme: Programme,
    rows: Sequence[WeightRow],
    valid_from: date,
    source: str,
    publisher_id: int | None,
    now: datetime,
) -> CoefficientVersion:
    version = CoefficientVersion(
        programme_id=programme.id,
        number=queries.count_versions(programme.id) + 1,
        valid_from=valid_from,
        source=source,
        published_at=now,
        publisher_id=publisher_id,
        rows=[Coefficient(**{f.name: getattr(row, f.name) for f in fields(row)}) for row in rows],
    )
    db.session.add(version)
    db.session.flush()
    return version
