"""What a statistics sheet says besides its figures: names, coefficients, and how far it reaches."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.programmes.models import CoefficientVersion, Programme
from coop.trusteeship.models import AcreageEntry, AcreageSheet, ParcelCount
from coop.trusteeship.queries.details import of_year
from coop.trusteeship.queries.scope import visible_to
from foundation.access.grants import Viewer, code_bounds
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import NotFound


def versions_used(programme_id: int) -> Sequence[CoefficientVersion]:
    """Return the versions by which the programme's counts were weighed, with their rows."""
    used = exists().where(ParcelCount.version_id == CoefficientVersion.id)
    found = select(CoefficientVersion).where(CoefficientVersion.programme_id == programme_id, used)
    rows = selectinload(CoefficientVersion.rows)
    return db.session.scalars(found.options(rows).order_by(CoefficientVersion.number)).all()


def as_of(programme: Programme, code: str) -> date | None:
    """Return the day on which the ledger last changed here; nothing while it is empty."""
    lower, upper = code_bounds(code)
    last = select(func.max(AcreageEntry.entered_at), func.max(AcreageEntry.struck_at)).where(
        of_year(programme), AcreageEntry.division_code >= lower, AcreageEntry.division_code < upper
    )
    moments: list[datetime] = [at for at in db.session.execute(last).one() if at is not None]
    return max(moments).astimezone(CHINA).date() if moments else None


def grassroots_coops(codes: Collection[str]) -> dict[str, str]:
    """Return the grassroots cooperatives of townships by the township's code."""
    found = select(Organisation.division_code, Organisation.name).where(
        Organisation.kind == OrganisationKind.GRASSROOTS_COOP, Organisation.division_code.in_(codes)
    )
    rows = db.session.execute(found.order_by(Organisation.id.desc()))
    return {code: name for code, name in rows}  # noqa: C416 - rows are no pairs to mypy


def get_sheet(viewer: Viewer, sheet_id: int) -> AcreageSheet:
    """Return a sheet that was issued, or ``NotFound`` for whoever may not see its division."""
    found = db.session.scalar(
        select(AcreageSheet).where(
            AcreageSheet.id == sheet_id, visible_to(viewer, AcreageSheet.division_code)
        )
    )
    if found is None:
        raise NotFound
    return found


def find_sheet(
    programme_id: int, division_code: str, season_key: int, digits: int, office: str
) -> AcreageSheet | None:
    """Return the sheet that an office issues under these conditions, if it ever did."""
    return db.session.scalar(
        select(AcreageSheet).where(
            AcreageSheet.programme_id == programme_id,
            AcreageSheet.division_code == division_code,
            AcreageSheet.season_key == season_key,
            AcreageSheet.digits == digits,
            AcreageSheet.office == office,
        )
    )
