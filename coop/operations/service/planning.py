"""Planning: from what was chosen to orders, one for each village and provider, all in one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from coop.catalogue.models import CropSeason, Link
from coop.catalogue.rules import LinkKind
from coop.contracts.queries.facts import lock_parcels
from coop.contracts.rules.findings import Finding, blocking
from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.candidates import WorkAsked, candidates
from coop.operations.rules import planning
from coop.operations.rules.planning import Candidate, OrderDetails, OrderTerms
from coop.operations.rules.terms import OperationAct
from coop.operations.service.checking import Checked, check, place_of
from coop.operations.service.refusals import (
    NothingTicked,
    NothingToPlan,
    NotOfProvider,
    OrderRefused,
    TooManyLines,
    WindowOutsideSeason,
    WrongProgramme,
)
from coop.organisations.models import Organisation
from coop.programmes import service as programmes
from coop.programmes.models import Programme
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.database.numbering import next_number
from foundation.divisions.queries import find as find_division
from foundation.divisions.rules import county_of
from foundation.errors import NotFound
from foundation.journal.service import record
from foundation.values.area import Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The orders that came of an act of planning, and why some of what was asked for was left out."""

    orders: tuple[WorkOrder, ...]
    left_out: tuple[Finding, ...] = ()

    @property
    def area(self) -> Mu:
        """The mu of all orders."""
        return Mu(sum(order.area for order in self.orders))

    @property
    def parcels(self) -> int:
        """The parcels of all orders."""
        return sum(order.parcel_count for order in self.orders)


def asked_of(details: OrderDetails) -> WorkAsked:
    """Return the question after land that planning details ask."""
    return WorkAsked(
        season_id=details.season_id,
        link_id=details.link_id,
        pass_number=details.pass_number,
        window=details.terms.window,
        division_codes=details.division_codes,
        household_ids=details.household_ids,
        parcel_ids=details.parcel_ids,
    )


def plan(details: OrderDetails, *, viewer: Viewer, now: datetime) -> Planned:
    """Plan one order for each village and provider of the land asked for; all of them, or none."""
    season, link = db.session.get(CropSeason, details.season_id), db.session.get(Link, details.link_id)
    if season is None or link is None:
        raise NotFound
    if link.kind is LinkKind.WHOLE:
        raise NothingToPlan  # a whole course is worked link by link; as work of its own it would count again
    demand_window(details.terms, season)
    if not (details.division_codes or details.household_ids or details.parcel_ids):
        raise NothingTicked
    checked = _checked(details, viewer)
    _demand_sound(details, checked)
    demand_of_provider(details.terms, {one.provider_id for one in checked.sound})
    groups = planning.by_order(checked.sound)
    orders = tuple(_create(details, season, group, viewer=viewer, now=now) for group in groups.values())
    return Planned(orders=orders, left_out=tuple(planning.blocked_places(checked.findings).values()))


def _checked(details: OrderDetails, viewer: Viewer) -> Checked:
    """Look, hold what was seen, and look again: another planner may have been quicker."""
    asked = asked_of(details)
    rows = candidates(viewer, asked)
    if len(rows) > planning.MOST_LINES:
        raise TooManyLines(count=len(rows), most=planning.MOST_LINES)
    lock_parcels(one.parcel_id for one in rows)
    return check(details, candidates(viewer, asked))


def _demand_sound(details: OrderDetails, checked: Checked) -> None:
    """Refuse what was asked for by name and can not be planned, and what asks for a reason without one."""
    named = {f"parcel-{parcel_id}" for parcel_id in details.parcel_ids}
    own = {place_of(one) for one in checked.sound} | named
    spoken = [one for one in checked.findings if one.place in own or not one.place.startswith("parcel-")]
    standing = blocking(spoken, has_reason=bool(details.terms.exception_reason.strip()))
    if standing:
        raise OrderRefused(standing)
    if not checked.sound:
        raise NothingToPlan


def demand_window(terms: OrderTerms, season: CropSeason) -> None:
    """Refuse a window that runs backwards or does not meet its crop season."""
    window = terms.window
    if window.end < season.starts_on or season.ends_on < window.start:
        raise WindowOutsideSeason(
            starts=window.start,
            ends=window.end,
            season=season.label,
            first=season.starts_on,
            last=season.ends_on,
        )


def demand_of_provider(terms: OrderTerms, provider_ids: Iterable[int]) -> None:
    """Refuse a machine or a driver of another provider than that of the orders."""
    machine = db.session.get(Machine, terms.machine_id) if terms.machine_id else None
    operator = db.session.get(Operator, terms.operator_id) if terms.operator_id else None
    for provider_id in sorted(provider_ids):
        for chosen, name in (
            (machine, machine.model if machine else ""),
            (operator, operator.name if operator else ""),
        ):
            if chosen is not None and chosen.provider_id != provider_id:
                provider = db.session.get_one(Organisation, provider_id)
                raise NotOfProvider(name=name, provider=provider.name)


def _create(
    details: OrderDetails, season: CropSeason, group: Sequence[Candidate], *, viewer: Viewer, now: datetime
) -> WorkOrder:
    first = group[0]
    county = county_of(first.division_code)
    programme_id = _programme(details, county, season, viewer=viewer, now=now)
    day = now.astimezone(CHINA).date()
    number, serial = _next_number(county, day.year)
    terms = details.terms
    order = WorkOrder(
        number=number,
        serial=serial,
        county_code=county,
        division_code=first.division_code,
        dated_on=day,
        provider_id=first.provider_id,
        programme_id=programme_id,
        season_id=details.season_id,
        link_id=details.link_id,
        pass_number=details.pass_number,
        operator_id=terms.operator_id,
        machine_id=terms.machine_id,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        standard=terms.standard,
        note=terms.note,
        exception_reason=terms.exception_reason.strip(),
        area=Mu(sum(one.area for one in group)),
        household_count=len({one.household_id for one in group}),
        parcel_count=len(group),
        drafter_id=viewer.account_id,
    )
    db.session.add(order)
    db.session.flush()
    lines = [_line(order, position, one) for position, one in enumerate(group, start=1)]
    db.session.execute(insert(OrderLine), lines)
    record(OperationAct.PLANNED, order, viewer=viewer, now=now, reason=order.exception_reason)
    return order


def _line(order: WorkOrder, position: int, one: Candidate) -> dict[str, object]:
    return {
        "order_id": order.id,
        "position": position,
        "contract_id": one.contract_id,
        "parcel_id": one.parcel_id,
        "household_id": one.household_id,
        "division_code": one.division_code,
        "season_id": order.season_id,
        "link_id": order.link_id,
        "pass_number": order.pass_number,
        "planned_area": one.area,
        "basis_area": one.basis_area,
        "price": one.price,
    }


def _programme(
    details: OrderDetails, county: str, season: CropSeason, *, viewer: Viewer, now: datetime
) -> int:
    """Return the programme that was chosen, or the one that counts all work of the county's year."""
    if details.programme_id is None:
        return programmes.general_programme(county, season.year, viewer=viewer, now=now).id
    chosen = db.session.get(Programme, details.programme_id)
    if chosen is None or (chosen.division_code, chosen.year) != (county, season.year) or chosen.closed_on:
        raise WrongProgramme(name=chosen.name if chosen else "", season=season.label)
    return chosen.id


def _next_number(county: str, year: int) -> tuple[str, int]:
    division = find_division(county)
    initial = division.spoken_name[0] if division else ""
    serial = next_number(db.session(), f"order:{county}:{year}")
    return f"{initial}作业〔{year}〕{serial:06d}号", serial
