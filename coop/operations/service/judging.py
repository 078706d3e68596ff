"""What there is to say about facts before they are saved: by themselves, by the registers, together."""

from collections.abc import Mapping, Sequence
from datetime import date

from coop.contracts.rules.findings import Finding, block
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.facts import LandAsked, key_of, land_facts, order_fact_of
from coop.operations.queries.loads import haste_fact, machine_facts, operator_facts, village_facts
from coop.operations.rules.checks import check_reports
from coop.operations.rules.facts import LandFact, ReportedWork, WorkFacts
from coop.operations.rules.life import LineFacts
from coop.operations.rules.reporting import LineNow, WorkFact, fact_findings
from foundation.access.grants import Viewer
from foundation.values.area import Mu
from foundation.wording import N_

Lines = Mapping[int, OrderLine]


def place_of(line_id: int) -> str:
    """Return the place at which findings about a line are shown."""
    return f"line-{line_id}"


def judge(facts: Sequence[WorkFact], lines: Lines, *, viewer: Viewer, today: date) -> list[Finding]:
    """Return everything to be said about facts on lines that were loaded with their orders."""
    found: list[Finding] = []
    for order_id in dict.fromkeys(lines[fact.line_id].order_id for fact in facts):
        own = [fact for fact in facts if lines[fact.line_id].order_id == order_id]
        found += _judge_order(own, lines, viewer=viewer, today=today)
    return found


def _judge_order(facts: Sequence[WorkFact], lines: Lines, *, viewer: Viewer, today: date) -> list[Finding]:
    found, sound, seen = [], [], set()
    for fact in facts:
        line = lines[fact.line_id]
        own = list(fact_findings(place_of(line.id), fact, _line_now(line), today))
        if line.id in seen:
            twice = N_("地块 %(parcel)s 在这次登记中出现两次；请合并成一行。")
            own.append(block(place_of(line.id), twice, parcel=_called(line)))
        seen.add(line.id)
        found += own
        if not own:
            sound.append(fact)
    return found + _compared(sound, lines, viewer=viewer, today=today) if sound else found


def _compared(facts: Sequence[WorkFact], lines: Lines, *, viewer: Viewer, today: date) -> list[Finding]:
    """Return what the registers say against facts that are sound by themselves, of one order."""
    order = lines[facts[0].line_id].order
    own = [lines[fact.line_id] for fact in facts]
    land = land_of(own, order)
    works = [_work(fact, lines[fact.line_id], land) for fact in facts]
    said = order_fact_of(order)
    worked = {line.parcel_id: work.total for line, work in zip(own, works, strict=True) if work.area}
    villages = {line.parcel_id: line.division_code for line in own}
    machines = {fact.machine_id for fact in facts if fact.machine_id}
    facts_known = WorkFacts(
        order=said,
        today=today,
        villages=village_facts(set(villages.values()), order.season_id, worked, villages) if worked else (),
        machines=machine_facts(machines, {fact.worked_on for fact in facts}, order.provider_id),
        operators=operator_facts({f.operator_id for f in facts if f.operator_id}, order.provider_id),
        haste=haste_fact(viewer, order, said.deadline, today),
    )
    return check_reports(works, facts_known)


def land_of(lines: Sequence[OrderLine], order: WorkOrder) -> dict[int, LandFact]:
    """Return the land of lines of one order, by parcel."""
    asked = [
        LandAsked(parcel_id=line.parcel_id, household_id=line.household_id, contract_id=line.contract_id)
        for line in lines
    ]
    return land_facts(asked, key_of(order))


def _work(fact: WorkFact, line: OrderLine, land: Mapping[int, LandFact]) -> ReportedWork:
    return ReportedWork(
        place=place_of(line.id),
        area=fact.area,
        reported=line.done_area,
        worked_on=fact.worked_on,
        land=land[line.parcel_id],
        machine_id=fact.machine_id,
        operator_id=fact.operator_id,
    )


def _line_now(line: OrderLine) -> LineNow:
    return LineNow(
        parcel=_called(line),
        version=line.version,
        planned=line.planned_area,
        done=Mu(line.done_area),
        facts=line_facts(line),
        tolerance=line.order.programme.tolerance,
    )


def line_facts(line: OrderLine) -> LineFacts:
    """Return the facts from which the state of a line follows; its order is loaded."""
    return LineFacts(
        ends_on=line.order.ends_on,
        result=line.result,
        is_disputed=line.is_disputed,
        is_accepted=line.accepted_area is not None,
        is_deemed=line.is_deemed,
        cancelled_at=line.cancelled_at or line.order.cancelled_at,
    )


def _called(line: OrderLine) -> str:
    return f"{line.parcel.name}（{line.parcel.code}）"
