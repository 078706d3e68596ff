"""What planning has to say of land, of machines and of drivers before an order is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coop.catalogue.models import CropSeason, Link
from coop.contracts.rules.findings import Finding
from coop.operations.queries.facts import (
    LandAsked,
    WorkKey,
    land_facts,
    provider_fact,
)
from coop.operations.queries.loads import machine_facts, operator_facts
from coop.operations.rules import planning
from coop.operations.rules.checks import check_plan
from coop.operations.rules.facts import OrderFact, PlannedWork
from coop.operations.rules.planning import Candidate, OrderDetails, OrderTerms
from coop.operations.rules.work_checks import planned_capacity_findings
from coop.programmes import queries as programmes
from coop.programmes.models import Programme
from coop.programmes.rules import GENERAL_NAME, TOLERANCE
from foundation.database.engine import db
from foundation.divisions.queries import path
from foundation.divisions.rules import county_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What planning has to say about candidates: which may go in, and every finding by its place."""

    sound: tuple[Candidate, ...] = ()
    findings: tuple[Finding, ...] = ()


def place_of(one: Candidate) -> str:
    """Return the place at which findings about a candidate are shown."""
    return f"parcel-{one.parcel_id}"


def check(details: OrderDetails, rows: Sequence[Candidate]) -> Checked:
    """Say of each candidate what keeps it out of an order or asks for a reason, and of the means to do it.

    What is planned already is passed over, unless it was asked for by name.
    """
    rows = [one for one in rows if not one.taken_by or one.parcel_id in details.parcel_ids]
    key = WorkKey(season_id=details.season_id, link_id=details.link_id, pass_number=details.pass_number)
    land = land_facts([_asked(one) for one in rows], key)
    works = {
        one.parcel_id: PlannedWork(place=place_of(one), area=one.area, land=land[one.parcel_id])
        for one in rows
    }
    findings: list[Finding] = []
    facts = [(fact, [works[one.parcel_id] for one in group]) for fact, group in _by_provider(details, rows)]
    for fact, group in facts:
        findings += check_plan(fact, group)
    blocked = planning.blocked_places(findings)
    sound = tuple(one for one in rows if place_of(one) not in blocked)
    if facts:
        taken = [works[one.parcel_id] for one in sound]
        findings += means_findings(details.terms, facts[0][0], taken)
    return Checked(sound=sound, findings=tuple(findings))


def means_findings(terms: OrderTerms, order: OrderFact, works: Sequence[PlannedWork]) -> list[Finding]:
    """Say what the machine and its driver can not do of these works: licences, and mu in the window."""
    machine = machine_facts([terms.machine_id], []).get(terms.machine_id) if terms.machine_id else None
    operator = operator_facts([terms.operator_id]).get(terms.operator_id) if terms.operator_id else None
    found = list(planning.licence_findings(terms.window, operator, machine))
    if machine is not None and works:
        found += planned_capacity_findings(order, works, machine)
    return found


def _asked(one: Candidate) -> LandAsked:
    return LandAsked(parcel_id=one.parcel_id, household_id=one.household_id, contract_id=one.contract_id)


def _by_provider(
    details: OrderDetails, rows: Sequence[Candidate]
) -> Iterator[tuple[OrderFact, list[Candidate]]]:
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for one in rows:
        groups.setdefault((county_of(one.division_code), one.provider_id), []).append(one)
    for (county, provider_id), group in groups.items():
        yield _order_fact(details, county, provider_id), group


def _order_fact(details: OrderDetails, county: str, provider_id: int) -> OrderFact:
    """Return the order to be as the checks see it; a year that nobody began has the shipped tolerance."""
    season = db.session.get_one(CropSeason, details.season_id)
    programme = (
        db.session.get(Programme, details.programme_id)
        if details.programme_id
        else programmes.find_general(county, season.year)
    )
    return OrderFact(
        number="",
        county_code=county,
        county=path(county).name,
        provider=provider_fact(provider_id),
        programme=programme.name if programme else GENERAL_NAME,
        tolerance=programme.tolerance if programme else TOLERANCE,
        deadline=season.ends_on,
        season=season.label,
        link=db.session.get_one(Link, details.link_id).name,
        pass_number=details.pass_number,
        window=details.terms.window,
    )
