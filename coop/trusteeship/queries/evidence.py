"""What findings of the ledger name: parcels, orders, contracts, providers, villages and their registers."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import func, select

from coop.acceptance.rules.book import AcceptedWork
from coop.catalogue.models import Link
from coop.contracts.models import Contract
from coop.operations.models import OrderLine, WorkOrder
from coop.organisations.models import Organisation, ServiceDivision
from coop.parcels.models import Parcel
from coop.programmes.models import Programme
from coop.trusteeship.models import AcreageSummary
from coop.trusteeship.queries import ledger
from coop.trusteeship.rules.findings import Rival, Words
from coop.trusteeship.rules.ledger import EntryFact
from coop.trusteeship.rules.terms import WHOLE_YEAR
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.values.area import Mu


def words_of(works: Collection[AcceptedWork]) -> dict[int, Words]:
    """Return what people call the things that works speak of, by line."""
    seasons = ledger.seasons({work.season_id for work in works})
    links = _names(Link, {work.link_id for work in works})
    providers = _names(Organisation, {work.provider_id for work in works})
    parcels: dict[int, str] = {}
    for chunk in ledger.chunks(work.parcel_id for work in works):
        parcels |= dict(db.session.execute(select(Parcel.id, Parcel.code).where(Parcel.id.in_(chunk))).all())
    places = paths({work.division_code for work in works})
    return {
        work.line_id: Words(
            parcel=parcels[work.parcel_id],
            place=places[work.division_code].short,
            season=seasons[work.season_id].name,
            link=links[work.link_id],
            provider=providers[work.provider_id],
        )
        for work in works
    }


def rivals(standing: Collection[EntryFact]) -> dict[int, Rival]:
    """Return the lines of entries as evidence: their order, contract, provider and programme, and the mu."""
    areas: dict[int, int] = defaultdict(int)
    for entry in standing:
        areas[entry.line_id] += entry.area
    found: dict[int, Rival] = {}
    for chunk in ledger.chunks(areas):
        asked = (
            select(OrderLine.id, WorkOrder.number, Contract.number, Organisation.name, Programme.name)
            .join(WorkOrder, WorkOrder.id == OrderLine.order_id)
            .join(Contract, Contract.id == OrderLine.contract_id)
            .join(Organisation, Organisation.id == WorkOrder.provider_id)
            .join(Programme, Programme.id == WorkOrder.programme_id)
            .where(OrderLine.id.in_(chunk))
        )
        for line_id, order, contract, provider, programme in db.session.execute(asked):
            found[line_id] = Rival(
                order=order,
                contract=contract or "—",
                provider=provider,
                programme=programme,
                area=Mu(areas[line_id]),
            )
    return found


def served_divisions(provider_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the divisions that providers serve: those of the directory, else their own."""
    own = select(Organisation.id, Organisation.division_code).where(Organisation.id.in_(provider_ids))
    listed: dict[int, list[str]] = defaultdict(list)
    asked = select(ServiceDivision.organisation_id, ServiceDivision.division_code).where(
        ServiceDivision.organisation_id.in_(provider_ids)
    )
    for provider_id, code in db.session.execute(asked.order_by(ServiceDivision.division_code)):
        listed[provider_id].append(code)
    return {one: tuple(listed[one] or [code]) for one, code in db.session.execute(own)}


def confirmed_mu(codes: Collection[str]) -> dict[str, Mu]:
    """Return the confirmed register of villages: the settlement mu of their open confirmed parcels."""
    asked = (
        select(Parcel.division_code, func.sum(Parcel.area))
        .where(Parcel.division_code.in_(codes), Parcel.closed_on.is_(None), Parcel.is_confirmed)
        .group_by(Parcel.division_code)
    )
    return {code: Mu(int(area)) for code, area in db.session.execute(asked)}


def counted_mu(programme_ids: Collection[int], codes: Collection[str]) -> dict[tuple[int, str], Mu]:
    """Return the land of the year that programmes count in villages."""
    asked = select(AcreageSummary.programme_id, AcreageSummary.code, AcreageSummary.physical).where(
        AcreageSummary.programme_id.in_(programme_ids),
        AcreageSummary.season_key == WHOLE_YEAR,
        AcreageSummary.code.in_(codes),
    )
    return {(programme_id, code): area for programme_id, code, area in db.session.execute(asked)}


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Return what divisions are called below their county."""
    return {code: path.short for code, path in paths(codes).items()}


def _names(model: type[Link] | type[Organisation], ids: Collection[int]) -> dict[int, str]:
    asked = select(model.id, model.name).where(model.id.in_(ids))
    return dict(db.session.execute(asked).all())
