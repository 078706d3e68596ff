"""Freezing an order for the driver's list and for the slips of its households."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries import papers as evidence
from coop.acceptance.rules.slips import CodeState
from coop.acceptance.service.refusals import NothingToAccept
from coop.acceptance.service.words import TAIL
from coop.acceptance.snapshot import (
    OrderLineSnapshot,
    OrderSnapshot,
    SlipLineSnapshot,
    SlipSnapshot,
    SlipsSnapshot,
    WorkSnapshot,
)
from coop.households.rules import group_name
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.rules.reporting import quality_rows
from coop.operations.rules.terms import LineState
from foundation.clock import CHINA
from foundation.divisions import queries as divisions
from foundation.values.area import Mu
from foundation.wording import N_

HIRED = N_("（外雇）")


def work_of(order: WorkOrder) -> WorkSnapshot:
    """Return what every paper of an order says of it."""
    path = divisions.path(order.division_code)
    machine = order.machine
    return WorkSnapshot(
        number=order.number,
        county=divisions.path(order.county_code).name,
        village=path.short,
        provider=order.provider.name,
        programme=f"{order.programme.year} 年 {order.programme.name}",
        season=order.season.label,
        link=order.link.name,
        pass_number=order.pass_number,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        operator=_operator(order),
        machine=_machine(order),
        terminal=(machine.terminal_number or "") if machine else "",
        standard=order.standard,
        note=order.note,
    )


def _operator(order: WorkOrder | WorkReport) -> str:
    who = order.operator
    return "" if who is None else f"{who.name}{HIRED if who.is_subcontracted else ''}"


def _machine(order: WorkOrder | WorkReport) -> str:
    what = order.machine
    if what is None:
        return ""
    return f"{what.kind.label} {what.model} {what.plate}".strip() + (HIRED if what.is_subcontracted else "")


def living(order: WorkOrder) -> list[OrderLine]:
    """Return the lines that count; of an order that was taken back all of them."""
    if order.cancelled_at is not None:
        return list(order.lines)
    return [line for line in order.lines if line.cancelled_at is None]


def order_snapshot(order: WorkOrder, states: dict[int, LineState]) -> OrderSnapshot:
    """Return the driver's list of a whole order; ``states`` says where each line stands."""
    lines = living(order)
    reports = [report for line in lines for report in _standing(line)]
    found = evidence.evidence_of(reports)
    return OrderSnapshot(
        work=work_of(order),
        households=len({line.household_id for line in lines}),
        area=Mu(sum(line.planned_area for line in lines)),
        lines=tuple(
            _order_line(order, line, "、".join(found.get(line.id, ())), states[line.id]) for line in lines
        ),
    )


def _standing(line: OrderLine) -> list[WorkReport]:
    return [report for report in line.reports if report.undone_at is None]


def _order_line(order: WorkOrder, line: OrderLine, evidence: str, state: LineState) -> OrderLineSnapshot:
    reports = _standing(line)
    return OrderLineSnapshot(
        position=line.position,
        contract=line.contract.number or "",
        household=f"{line.household.head_name} {group_name(line.household.group_number)}".strip(),
        parcel=line.parcel.name,
        parcel_code=line.parcel.code[-TAIL:],
        planned=line.planned_area,
        planned_on=f"{order.starts_on:%m-%d} 至 {order.ends_on:%m-%d}",
        hands=_hands(order, reports),
        worked="；".join(_when(report) for report in reports),
        done=line.done_area if line.result is not None else None,
        quality=quality_of(reports, order.standard),
        evidence=evidence,
        state=state.label if state in MARKED else "",
    )


MARKED = (LineState.DISPUTED, LineState.DEEMED, LineState.ACCEPTED, LineState.CANCELLED, LineState.NOT_DONE)
"""The states that a driver's list tells: what is open shows by its blanks."""


def _hands(order: WorkOrder, reports: Iterable[WorkReport]) -> str:
    """Return who worked with what, as reported, else as planned."""
    reported = [" ".join(filter(None, (_operator(one), _machine(one)))) for one in reports]
    said = list(dict.fromkeys(filter(None, reported)))
    terminal = (order.machine.terminal_number or "") if order.machine else ""
    planned = " ".join(filter(None, (_operator(order), _machine(order), terminal)))
    return "；".join(said) or planned


def _when(report: WorkReport) -> str:
    """Return when a report's work was done: the day, with the hours where they are known."""
    day = f"{report.worked_on:%m-%d}"
    if report.started_at is None or report.ended_at is None:
        return day
    return f"{day} {_clock(report.started_at)}—{_clock(report.ended_at)}"


def _clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%H:%M")


def quality_of(reports: Iterable[WorkReport], standard: str) -> str:
    """Return what was found, each item once: 深度 26厘米; what was agreed where the standard lacks it."""
    said: dict[str, None] = {}
    for report in reports:
        for row in quality_rows(report.quality):
            agreed = f"（约定{row.agreed}）" if row.agreed and row.agreed not in standard else ""
            said[f"{row.content}{agreed} {row.found or '未测'}"] = None
    return "；".join(said)


def slips_snapshot(
    order: WorkOrder, slips: Sequence[AcceptanceSlip], *, telephone: str, now: datetime
) -> SlipsSnapshot:
    """Return the slips whose code opens now; refuse an order of which every household has answered."""
    lines: dict[int, list[OrderLine]] = {}
    for line in living(order):
        lines.setdefault(line.household_id, []).append(line)
    opened = [one for one in slips if one.code_state(now) is CodeState.OPEN and one.household_id in lines]
    if not opened:
        raise NothingToAccept(number=order.number, name=order.number)
    opened.sort(key=lambda one: lines[one.household_id][0].position)
    return SlipsSnapshot(
        work=work_of(order),
        office=next((one.office for one in opened if one.office), ""),
        telephone=telephone,
        reply_days=order.programme.reply_days,
        slips=tuple(_slip(one, lines[one.household_id]) for one in opened),
    )


def _slip(slip: AcceptanceSlip, lines: Iterable[OrderLine]) -> SlipSnapshot:
    assert slip.expires_at is not None  # noqa: S101 - an open code has an end
    return SlipSnapshot(
        slip_id=slip.id,
        serial=slip.serial,
        household=slip.household.head_name,
        group=group_name(slip.household.group_number),
        opens_until=slip.expires_at.astimezone(CHINA).date(),
        lines=tuple(
            SlipLineSnapshot(
                parcel=line.parcel.name,
                parcel_code=line.parcel.code[-TAIL:],
                planned=line.planned_area,
                done=line.done_area if line.result is not None else None,
            )
            for line in lines
        ),
    )
