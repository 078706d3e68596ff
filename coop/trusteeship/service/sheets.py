"""Issuing a statistics sheet: one row for each office and set of conditions, numbered once."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from coop.programmes.models import Programme
from coop.trusteeship.models import AcreageSheet
from coop.trusteeship.queries import sheets
from coop.trusteeship.rules.terms import AcreagePermission
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.database.numbering import next_number
from foundation.divisions import queries as divisions
from foundation.errors import Forbidden


def sheet_for(
    programme: Programme,
    *,
    division_code: str,
    season_key: int,
    digits: int,
    viewer: Viewer,
    now: datetime,
) -> AcreageSheet:
    """Return the sheet that the viewer's office issues under these conditions, numbered when it is new."""
    grants = viewer.why(AcreagePermission.PRINT, division_code)
    if not grants:
        raise Forbidden
    office = grants[0].unit
    key = programme.id, division_code, season_key, digits, office
    found = sheets.find_sheet(*key)
    if found is not None:
        return found
    today = now.astimezone(CHINA).date()
    sheet = AcreageSheet(
        programme_id=programme.id,
        division_code=division_code,
        season_key=season_key,
        digits=digits,
        office=office,
        number=_number(programme),
        dated_on=today,
    )
    try:
        with db.session.begin_nested():
            db.session.add(sheet)
    except IntegrityError:  # somebody of the same office asked at the same moment
        first = sheets.find_sheet(*key)
        if first is None:
            raise
        return first
    return sheet


def _number(programme: Programme) -> str:
    serial = next_number(db.session(), f"acreage-sheet:{programme.division_code}:{programme.year}")
    county = divisions.find(programme.division_code)
    return f"{county.spoken_name[0] if county else ''}供统〔{programme.year}〕{serial:04d}号"
