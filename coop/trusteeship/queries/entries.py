"""Sums over the entries themselves: the work of each provider."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, distinct, func, select

from coop.catalogue.models import Link
from coop.catalogue.rules import LinkKind
from coop.households.models import Household
from coop.organisations.models import Organisation
from coop.programmes.models import Programme
from coop.trusteeship.models import AcreageEntry
from coop.trusteeship.queries.details import counted_by
from coop.trusteeship.queries.scope import visible_to
from coop.trusteeship.rules.terms import WHOLE_YEAR, AcreagePermission
from foundation.access.grants import Viewer, code_bounds
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.wording import Term


class ProviderRow(NamedTuple):
    """What one provider has done and had accepted, in mu-times; ``other`` is every link beyond the four."""

    provider_id: int
    provider: str
    households: int
    parcels: int
    tilled: Mu
    sown: Mu
    protected: Mu
    harvested: Mu
    other: Mu
    mu_times: Mu
    deemed: Mu
    income: Fen


_HOLDERS = func.count(distinct(Household.id_index)) + func.count(
    distinct(case((Household.id_index.is_(None), Household.id)))
)
"""Households once by identity; one without an identity number by its row."""

FOUR = (LinkKind.TILL, LinkKind.SOW, LinkKind.PROTECT, LinkKind.HARVEST)


def by_provider(
    viewer: Viewer,
    programme: Programme,
    season_key: int,
    code: str,
    permission: Term = AcreagePermission.VIEW,
) -> list[ProviderRow]:
    """Return the accepted work in and below a division by provider, the most first."""
    area = AcreageEntry.area
    total = func.sum(area)
    found = (
        select(
            Organisation.id,
            Organisation.name,
            _HOLDERS,
            func.count(distinct(AcreageEntry.parcel_id)),
            *(func.sum(case((Link.kind == kind, area), else_=0)) for kind in FOUR),
            func.sum(case((Link.kind.in_(FOUR), 0), else_=area)),
            total,
            func.sum(case((AcreageEntry.is_deemed, area), else_=0)),
            func.sum(AcreageEntry.income),
        )
        .join(Organisation, Organisation.id == AcreageEntry.provider_id)
        .join(Link, Link.id == AcreageEntry.link_id)
        .join(Household, Household.id == AcreageEntry.household_id)
        .where(*_where(viewer, programme, season_key, code, permission))
        .group_by(Organisation.id, Organisation.name)
        .order_by(total.desc(), Organisation.id)
    )
    return [ProviderRow(*row[:2], *map(int, row[2:])) for row in db.session.execute(found)]


def _where(
    viewer: Viewer, programme: Programme, season_key: int, code: str, permission: Term
) -> Iterable[ColumnElement[bool]]:
    lower, upper = code_bounds(code)
    yield counted_by(programme)
    yield AcreageEntry.division_code >= lower
    yield AcreageEntry.division_code < upper
    yield visible_to(viewer, AcreageEntry.division_code, permission)
    if season_key != WHOLE_YEAR:
        yield AcreageEntry.season_id == season_key
