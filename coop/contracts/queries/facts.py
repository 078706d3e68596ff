"""What the registers say about the rows that a contract names, read in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from coop.catalogue.models import CropSeason, Link, PriceBand
from coop.catalogue.rules import Band
from coop.contracts.models import AnnexParcel, Contract, MenuLine
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.facts import (
    Facts,
    HouseholdFact,
    LinkFact,
    MandateFact,
    OrganisationFact,
    ParcelFact,
    Promise,
    SeasonFact,
    UpstreamFact,
)
from coop.contracts.rules.life import ContractState
from coop.households.models import Household
from coop.mandates.models import Mandate
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.parcels import queries as parcels
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.divisions.rules import county_of
from foundation.values.dates import Period

BINDING = frozenset({ContractState.SIGNED, ContractState.IN_FORCE})


def facts_for(details: ContractDetails, on: date, contract_id: int | None = None) -> Facts:
    """Return what the checks need; ``contract_id`` is the contract itself, if it exists."""
    household_ids = {row.household_id for row in details.annex} | {details.receiver_household_id or 0}
    parcel_ids = {parcel.parcel_id for _, _, _, parcel in details.parcels()}
    seasons = _seasons({line.season_id for line in details.menu})
    return Facts(
        households=_households(household_ids),
        parcels=_parcels(parcel_ids),
        mandates=_mandates({row.mandate_id for row in details.annex if row.mandate_id}),
        organisations=_organisations({details.provider_id, details.receiver_organisation_id or 0}, on),
        links=_links({line.link_id for line in details.menu}),
        seasons=seasons,
        bands=_bands(county_of(details.division_code), {season.year for season in seasons.values()}),
        promises=promises(parcel_ids, contract_id),
        upstream=_upstream(details.upstream_contract_id, on),
    )


def _households(ids: Collection[int]) -> dict[int, HouseholdFact]:
    rows = db.session.scalars(select(Household).where(Household.id.in_(ids))).all()
    villages = paths({row.division_code for row in rows})
    return {
        row.id: HouseholdFact(
            label=str(row.label(villages[row.division_code].name)),
            division_code=row.division_code,
            is_active=row.is_active,
        )
        for row in rows
    }


def _parcels(ids: Collection[int]) -> dict[int, ParcelFact]:
    statement = select(Parcel).where(Parcel.id.in_(ids)).options(joinedload(Parcel.land_contract))
    return {row.id: _parcel(row) for row in db.session.scalars(statement)}


def _parcel(row: Parcel) -> ParcelFact:
    areas = {kind: area for kind in AreaKind if (area := row.area_of(kind)) is not None}
    return ParcelFact(
        label=f"{row.name}（{row.code}）",
        household_id=row.household_id,
        is_open=row.is_open,
        areas=areas,
        land_contract_ends_on=row.land_contract.ends_on if row.land_contract else None,
    )


def _mandates(ids: Collection[int]) -> dict[int, MandateFact]:
    statement = select(Mandate).where(Mandate.id.in_(ids))
    return {
        row.id: MandateFact(
            number=row.number,
            household_id=row.household_id,
            agent_id=row.agent_id,
            authority=row.authority,
            term=row.term,
            consents_to_self_dealing=row.consents_to_self_dealing,
        )
        for row in db.session.scalars(statement)
    }


def _organisations(ids: Collection[int], on: date) -> dict[int, OrganisationFact]:
    statement = select(Organisation).where(Organisation.id.in_(ids))
    return {
        row.id: OrganisationFact(
            name=row.name,
            is_open=row.is_open,
            is_listed=row.provides(on),
            is_collective=row.kind is OrganisationKind.VILLAGE_COLLECTIVE,
        )
        for row in db.session.scalars(statement)
    }


def _links(ids: Collection[int]) -> dict[int, LinkFact]:
    statement = select(Link).where(Link.id.in_(ids))
    return {
        row.id: LinkFact(name=row.name, is_open=row.closed_on is None, per_pass=row.per_pass)
        for row in db.session.scalars(statement)
    }


def _seasons(ids: Collection[int]) -> dict[int, SeasonFact]:
    statement = select(CropSeason).where(CropSeason.id.in_(ids))
    return {
        row.id: SeasonFact(
            label=row.label, crop_id=row.crop_id, year=row.year, days=Period(row.starts_on, row.ends_on)
        )
        for row in db.session.scalars(statement)
    }


def _bands(county: str, years: Collection[int]) -> dict[tuple[int, int | None, int], Band]:
    if not years:
        return {}
    statement = select(PriceBand).where(PriceBand.division_code == county, PriceBand.year.in_(years))
    return {
        (row.link_id, row.crop_id, row.year): Band(least=row.least, most=row.most)
        for row in db.session.scalars(statement)
    }


def promises(parcel_ids: Collection[int], contract_id: int | None) -> dict[int, tuple[Promise, ...]]:
    """Return what other living contracts have promised of these parcels, by parcel.

    Land that was split or merged is the same land: a promise made of a parcel that this one came from, or
    that came from this one, counts as made of it. A contract promises from its submission until it is void,
    terminated or completed; contracts that hand on what ``contract_id`` handed over are no rivals of it.
    """
    if not parcel_ids:
        return {}
    kin = parcels.kin(parcel_ids)
    last_day = func.coalesce(Contract.terminated_on, Contract.completed_on, Contract.ends_on)
    statement = (
        select(AnnexParcel.parcel_id, Contract.id, Contract.number, Contract.starts_on, last_day)
        .join(Contract, Contract.id == AnnexParcel.contract_id)
        .where(
            AnnexParcel.parcel_id.in_(set().union(*kin.values())),
            Contract.submitted_at.is_not(None),
            Contract.voided_at.is_(None),
            last_day >= Contract.starts_on,
        )
    )
    if contract_id is not None:
        is_rival = or_(Contract.upstream_contract_id.is_(None), Contract.upstream_contract_id != contract_id)
        statement = statement.where(Contract.id != contract_id, is_rival)
    rows = db.session.execute(statement).all()
    work = _work({row[1] for row in rows})
    made: dict[int, dict[int, Promise]] = {}
    for parcel_id, rival_id, number, starts_on, ends_on in rows:
        promise = Promise(
            contract=number or "",
            contract_id=rival_id,
            parcel_id=parcel_id,
            days=Period(starts_on, ends_on),
            work=frozenset(work.get(rival_id, ())),
        )
        made.setdefault(parcel_id, {})[rival_id] = promise
    return {one: _of_kin(kin[one], made) for one in sorted(parcel_ids) if not kin[one].isdisjoint(made)}


def _of_kin(kin: Collection[int], made: Mapping[int, Mapping[int, Promise]]) -> tuple[Promise, ...]:
    """Return what was promised of a parcel's land, once for each contract."""
    found: dict[int, Promise] = {}
    for relative in sorted(kin):
        found |= made.get(relative, {})
    return tuple(found.values())


def _work(contract_ids: Collection[int]) -> dict[int, set[tuple[int, int]]]:
    if not contract_ids:
        return {}
    statement = select(MenuLine.contract_id, MenuLine.season_id, MenuLine.link_id).where(
        MenuLine.contract_id.in_(contract_ids)
    )
    found: dict[int, set[tuple[int, int]]] = {}
    for contract_id, season_id, link_id in db.session.execute(statement):
        found.setdefault(contract_id, set()).add((season_id, link_id))
    return found


def _upstream(contract_id: int | None, on: date) -> UpstreamFact | None:
    contract = db.session.get(Contract, contract_id) if contract_id else None
    if contract is None:
        return None
    annexed = set(
        db.session.scalars(select(AnnexParcel.parcel_id).where(AnnexParcel.contract_id == contract.id))
    )
    return UpstreamFact(
        contract_id=contract.id,
        number=contract.number or "",
        provider_id=contract.provider_id,
        nature=contract.nature,
        is_binding=contract.state(on) in BINDING,
        days=Period(contract.starts_on, contract.ends_on),
        area=contract.area,
        parcel_ids=frozenset(annexed.union(*parcels.descendants(annexed).values())),
    )


def lock_parcels(parcel_ids: Iterable[int]) -> None:
    """Hold these parcels until the transaction ends, always in the same order, so that two signers queue up.

    On SQLite every writing transaction is alone already; on PostgreSQL the rows are locked.
    """
    statement = select(Parcel.id).where(Parcel.id.in_(list(parcel_ids))).order_by(Parcel.id)
    db.session.execute(statement.with_for_update()).all()
