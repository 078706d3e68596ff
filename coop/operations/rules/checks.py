"""The checks of work orders against what is known to be done wrongly (cooperative.md §6, rows 1, 2, 7, 11).

Every sentence names its evidence and the cure. ``check_plan`` speaks of an order before it is issued,
``check_reports`` of facts before they are saved.
"""

from collections.abc import Sequence

from coop.contracts.rules.findings import Finding
from coop.operations.rules.facts import MachineFact, OrderFact, PlannedWork, ReportedWork, WorkFacts
from coop.operations.rules.land_checks import area_findings, land_findings, place_findings, rival_findings
from coop.operations.rules.work_checks import (
    capacity_findings,
    day_findings,
    hands_findings,
    haste_findings,
    licence_findings,
    planned_capacity_findings,
    village_findings,
    window_findings,
)


def check_plan(
    order: OrderFact, works: Sequence[PlannedWork], machine: MachineFact | None = None
) -> list[Finding]:
    """Return what is to be said about an order that is being planned."""
    found: list[Finding] = []
    for work in works:
        found += place_findings(order, work.place, work.land)
        found += land_findings(order, work.place, work.land, order.window.end)
        found += window_findings(order, work)
        found += rival_findings(order, work.place, work.land)
        found += area_findings(order, work.place, work.land, work.area)
    if machine is not None:
        found += planned_capacity_findings(order, works, machine)
    return found


def check_reports(works: Sequence[ReportedWork], facts: WorkFacts) -> list[Finding]:
    """Return what is to be said about facts that are being reported, line by line and then together."""
    found: list[Finding] = []
    order = facts.order
    for work in works:
        found += day_findings(facts, work)
        if work.area:
            found += place_findings(order, work.place, work.land)
            found += land_findings(order, work.place, work.land, work.worked_on)
            found += rival_findings(order, work.place, work.land)
            found += area_findings(order, work.place, work.land, work.total)
            found += hands_findings(facts, work)
            found += licence_findings(facts, work)
    found += village_findings(facts)
    found += capacity_findings(works, facts)
    found += haste_findings(works, facts)
    return found
