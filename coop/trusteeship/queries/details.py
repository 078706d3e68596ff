"""Below the village: the counted parcels of households, and the entries that a count is made of."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from coop.catalogue.models import CropSeason, Link
from coop.catalogue.rules import LinkKind
from coop.contracts.models import Contract
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.programmes.models import CoefficientVersion, Programme
from coop.programmes.rules import ProgrammeKind
from coop.trusteeship.models import AcreageEntry, ParcelCount
from coop.trusteeship.queries.scope import visible_to
from coop.trusteeship.rules.terms import WHOLE_YEAR
from foundation.access.grants import Viewer, code_bounds
from foundation.database.engine import db
from foundation.errors import NotFound
from foundation.values.area import Mu
from foundation.values.money import Fen


class CountRow(NamedTuple):
    """One parcel in one crop season, as the ledger counts it."""

    parcel_id: int
    parcel_code: str
    parcel_name: str
    season_id: int
    season: str
    version: int
    household_id: int
    household: str
    holder: str
    division_code: str
    is_entrusted: bool
    basis_area: Mu
    tilled: Mu
    sown: Mu
    protected: Mu
    protected_times: Mu
    harvested: Mu
    mu_times: Mu
    deemed_times: Mu
    physical: Mu
    weighted: Mu
    whole: Mu
    income: Fen
    subsidy: Fen

    @property
    def single(self) -> Mu:
        """The land on which some required link is missing."""
        return Mu(self.physical - self.whole)


class EntryRow(NamedTuple):
    """One entry of the ledger with the order and the contract that it comes from."""

    id: int
    season: str
    link: str
    kind: LinkKind
    pass_number: int
    part: int
    area: Mu
    income: Fen
    worked_on: date
    accepted_on: date
    is_deemed: bool
    is_entrusted: bool
    order_id: int
    order: str
    contract_id: int
    contract: str
    provider: str
    struck_at: datetime | None
    struck_reason: str


_FIGURES = CountRow._fields[CountRow._fields.index("holder") :]
_OF_YEAR = {"physical": "year_physical", "whole": "year_whole"}


def _columns(*, is_yearly: bool) -> tuple[Any, ...]:
    """Return the columns of a count; for the whole year the land that no other season has counted."""
    renamed = _OF_YEAR if is_yearly else {}
    return (
        Parcel.id,
        Parcel.code,
        Parcel.name,
        ParcelCount.season_id,
        CropSeason.name,
        CoefficientVersion.number,
        Household.id,
        Household.head_name,
        *(getattr(ParcelCount, renamed.get(name, name)) for name in _FIGURES),
    )


_ENTRY: tuple[Any, ...] = (
    AcreageEntry.id,
    CropSeason.name,
    Link.name,
    Link.kind,
    AcreageEntry.pass_number,
    AcreageEntry.part,
    AcreageEntry.area,
    AcreageEntry.income,
    AcreageEntry.worked_on,
    AcreageEntry.accepted_on,
    AcreageEntry.is_deemed,
    AcreageEntry.is_entrusted,
    WorkOrder.id,
    WorkOrder.number,
    Contract.id,
    Contract.number,
    Organisation.name,
    AcreageEntry.struck_at,
    AcreageEntry.struck_reason,
)


def counts_of_village(viewer: Viewer, programme_id: int, season_key: int, code: str) -> list[CountRow]:
    """Return the counted parcels of a village by household; ``physical`` and ``whole`` add up to its row."""
    return _counts(viewer, programme_id, season_key, ParcelCount.division_code == code)


def counts_of_household(
    viewer: Viewer, programme_id: int, season_key: int, household_id: int
) -> list[CountRow]:
    """Return the counted parcels of a household and of all that bear the same identity, or ``NotFound``."""
    own = select(ParcelCount.holder).where(
        ParcelCount.programme_id == programme_id, ParcelCount.household_id == household_id
    )
    found = _counts(viewer, programme_id, season_key, ParcelCount.holder.in_(own))
    if not any(row.household_id == household_id for row in found):
        raise NotFound
    return found


def counts_of_parcel(viewer: Viewer, programme_id: int, parcel_id: int) -> list[CountRow]:
    """Return how a parcel is counted in each crop season."""
    return _counts(viewer, programme_id, WHOLE_YEAR, ParcelCount.parcel_id == parcel_id, is_yearly=False)


def _counts(
    viewer: Viewer,
    programme_id: int,
    season_key: int,
    condition: ColumnElement[bool],
    *,
    is_yearly: bool = True,
) -> list[CountRow]:
    found = (
        select(*_columns(is_yearly=is_yearly and season_key == WHOLE_YEAR))
        .join(Parcel, Parcel.id == ParcelCount.parcel_id)
        .join(Household, Household.id == ParcelCount.household_id)
        .join(CropSeason, CropSeason.id == ParcelCount.season_id)
        .join(CoefficientVersion, CoefficientVersion.id == ParcelCount.version_id)
        .where(
            ParcelCount.programme_id == programme_id,
            condition,
            visible_to(viewer, ParcelCount.division_code),
        )
        .order_by(Household.head_name, Household.id, Parcel.code, CropSeason.starts_on)
    )
    if season_key != WHOLE_YEAR:
        found = found.where(ParcelCount.season_id == season_key)
    return [CountRow._make(row) for row in db.session.execute(found)]


def physical_by_holder(programme_id: int, holders: Collection[str]) -> dict[str, Mu]:
    """Return the land of holders in the programme's year, each mu once, wherever it lies.

    It decides who is a large operator; no figure of it is shown to whoever does not see the land.
    """
    found = (
        select(ParcelCount.holder, func.sum(ParcelCount.year_physical))
        .where(ParcelCount.programme_id == programme_id, ParcelCount.holder.in_(holders))
        .group_by(ParcelCount.holder)
    )
    return {holder: Mu(int(area)) for holder, area in db.session.execute(found)}


def counted_by(programme: Programme) -> ColumnElement[bool]:
    """Return the condition "this entry stands and is counted by the programme".

    The general programme counts all work of its county and year, a project what was ordered under it.
    """
    standing = AcreageEntry.struck_at.is_(None)
    if programme.kind is ProgrammeKind.PROJECT:
        return and_(standing, AcreageEntry.programme_id == programme.id)
    return and_(standing, of_year(programme))


def of_year(programme: Programme) -> ColumnElement[bool]:
    """Return the condition "this entry is of the programme's county and year"."""
    lower, upper = code_bounds(programme.division_code)
    seasons = select(CropSeason.id).where(CropSeason.year == programme.year)
    return and_(
        AcreageEntry.division_code >= lower,
        AcreageEntry.division_code < upper,
        AcreageEntry.season_id.in_(seasons),
    )


def entries_of_parcel(viewer: Viewer, programme: Programme, parcel_id: int) -> list[EntryRow]:
    """Return the entries of a parcel in the programme's year, struck ones too, in the order of the work."""
    mine = or_(
        AcreageEntry.programme_id == programme.id,
        of_year(programme) if programme.kind is ProgrammeKind.GENERAL else AcreageEntry.programme_id == 0,
    )
    found = (
        select(*_ENTRY)
        .join(OrderLine, OrderLine.id == AcreageEntry.line_id)
        .join(WorkOrder, WorkOrder.id == OrderLine.order_id)
        .join(CropSeason, CropSeason.id == AcreageEntry.season_id)
        .join(Link, Link.id == AcreageEntry.link_id)
        .join(Contract, Contract.id == AcreageEntry.contract_id)
        .join(Organisation, Organisation.id == AcreageEntry.provider_id)
        .where(AcreageEntry.parcel_id == parcel_id, mine, visible_to(viewer, AcreageEntry.division_code))
        .order_by(
            CropSeason.starts_on, Link.code, AcreageEntry.pass_number, AcreageEntry.part, AcreageEntry.id
        )
    )
    return [EntryRow._make(row) for row in db.session.execute(found)]
