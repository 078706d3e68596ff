"""What the registers say about planned or reported work, read in a fixed number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from coop.catalogue.models import CropSeason, Link
from coop.contracts.models import Contract
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.rules.facts import (
    ContractFact,
    LandFact,
    OrderFact,
    ProviderFact,
    RivalFact,
)
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.parcels.queries import lineage
from coop.programmes.models import Programme
from foundation.database.engine import db
from foundation.divisions.queries import path, paths
from foundation.values.dates import Period

LIVING = OrderLine.cancelled_at.is_(None)
Row = TypeVar("Row", Parcel, Household, Contract)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkKey:
    """What is done: the link and pass of a season; ``order_id`` is the order itself, once it is saved."""

    season_id: int
    link_id: int
    pass_number: int
    order_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandAsked:
    """A parcel with the household and the contract under which it is worked."""

    parcel_id: int
    household_id: int
    contract_id: int


def order_fact(
    key: WorkKey, *, number: str, county_code: str, provider_id: int, programme_id: int, window: Period
) -> OrderFact:
    """Return an order as the checks see it."""
    programme = db.session.get_one(Programme, programme_id)
    season = db.session.get_one(CropSeason, key.season_id)
    closes = programme.closed_on or date(programme.year, 12, 31)
    return OrderFact(
        number=number,
        county_code=county_code,
        county=path(county_code).name,
        provider=provider_fact(provider_id),
        programme=programme.name,
        tolerance=programme.tolerance,
        deadline=min(season.ends_on, closes),
        season=season.label,
        link=db.session.get_one(Link, key.link_id).name,
        pass_number=key.pass_number,
        window=window,
    )


def order_fact_of(order: WorkOrder) -> OrderFact:
    """Return a saved order as the checks see it."""
    return order_fact(
        key_of(order),
        number=order.number,
        county_code=order.county_code,
        provider_id=order.provider_id,
        programme_id=order.programme_id,
        window=Period(order.starts_on, order.ends_on),
    )


def key_of(order: WorkOrder) -> WorkKey:
    """Return what an order does."""
    return WorkKey(
        season_id=order.season_id, link_id=order.link_id, pass_number=order.pass_number, order_id=order.id
    )


def provider_fact(provider_id: int) -> ProviderFact:
    """Return a provider as the checks see it: its own division unless the directory lists others."""
    statement = select(Organisation).where(Organisation.id == provider_id)
    row = db.session.scalars(statement.options(selectinload(Organisation.service_divisions))).one()
    codes = tuple(sorted(each.division_code for each in row.service_divisions)) or (row.division_code,)
    names = paths(codes)
    return ProviderFact(name=row.name, divisions=codes, places="、".join(names[code].short for code in codes))


def land_facts(asked: Sequence[LandAsked], key: WorkKey) -> dict[int, LandFact]:
    """Return the land of an order by parcel: register, household, contract and the same work elsewhere."""
    parcel_ids = {each.parcel_id for each in asked}
    parcels = _by_id(Parcel, parcel_ids)
    households = _by_id(Household, {each.household_id for each in asked})
    contracts = _by_id(Contract, {each.contract_id for each in asked})
    rivals = rivals_of(parcel_ids, key)
    places = paths({row.division_code for row in parcels.values()})
    villages = paths({row.division_code for row in households.values()})
    found = {}
    for each in asked:
        parcel, household = parcels[each.parcel_id], households[each.household_id]
        found[parcel.id] = LandFact(
            parcel=f"{parcel.name}（{parcel.code}）",
            division_code=parcel.division_code,
            place=places[parcel.division_code].full,
            land_class=parcel.land_class,
            is_open=parcel.is_open,
            basis_area=parcel.area,
            household=str(household.label(villages[household.division_code].name)),
            household_status=household.status,
            household_ended_on=household.ended_on,
            contract=contract_fact(contracts[each.contract_id]),
            rivals=rivals.get(parcel.id, ()),
        )
    return found


def _by_id(model: type[Row], ids: Collection[int]) -> dict[int, Row]:
    return {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids)))}


def contract_fact(contract: Contract) -> ContractFact:
    """Return a contract as the checks see it; it binds from its signature unless it says otherwise."""
    return ContractFact(
        number=contract.number or "",
        signed_on=contract.signed_on,
        effective_on=contract.effective_on or contract.signed_on,
        starts_on=contract.starts_on,
        last_day=contract.terminated_on or contract.completed_on or contract.ends_on,
    )


def rivals_of(parcel_ids: Collection[int], key: WorkKey) -> dict[int, tuple[RivalFact, ...]]:
    """Return the living lines that do the same work on these parcels elsewhere, by parcel.

    A line of the land before a split or merger, or after it, is the same work on the same land.
    """
    kin = lineage.kin(parcel_ids)
    related = {parcel_id: {parcel_id, *kin.get(parcel_id, ())} for parcel_id in parcel_ids}
    lines: dict[int, list[OrderLine]] = {}
    for line in db.session.scalars(_same_work(set().union(*related.values()), key)):
        lines.setdefault(line.parcel_id, []).append(line)
    return {
        parcel_id: tuple(
            _rival(line)
            for other in sorted(others)
            for line in lines.get(other, ())
            if line.order_id != key.order_id or other != parcel_id
        )
        for parcel_id, others in related.items()
    }


def _same_work(parcel_ids: Collection[int], key: WorkKey) -> Select[OrderLine]:
    parties = joinedload(WorkOrder.provider), joinedload(WorkOrder.programme)
    return (
        select(OrderLine)
        .where(
            OrderLine.parcel_id.in_(parcel_ids),
            OrderLine.season_id == key.season_id,
            OrderLine.link_id == key.link_id,
            OrderLine.pass_number == key.pass_number,
            LIVING,
        )
        .options(joinedload(OrderLine.contract), joinedload(OrderLine.order).options(*parties))
    )


def _rival(line: OrderLine) -> RivalFact:
    return RivalFact(
        order=line.order.number,
        provider=line.order.provider.name,
        contract=line.contract.number or "",
        programme=line.order.programme.name,
        area=line.planned_area,
    )
