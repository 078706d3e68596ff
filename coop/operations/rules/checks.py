"""The checks of work orders against what is known to be done wrongly (cooperative.md §6, rows 1, 2, 7, 11).

Every sentence names its evidence and the cure. ``check_plan`` speaks of an order before it is issued,
``check_reports`` of facts before they are saved.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coop.contracts.rules.findings import Finding, block, need_reason, note
from coop.households.rules import HouseholdStatus
from coop.operations.rules.facts import (
    LandFact,
    MachineFact,
    OrderFact,
    PlannedWork,
    ReportedWork,
    WorkFacts,
)
from coop.parcels.rules import LandClass
from foundation.access.grants import code_bounds
from foundation.values.area import Mu, mu
from foundation.values.percent import WHOLE, BasisPoints, percent
from foundation.wording import N_

ARABLE = frozenset({LandClass.CONTRACTED, LandClass.PRIVATE_PLOT, LandClass.RESERVE})
"""Land that is tilled by its class; reclaimed and other collective land asks for a reason."""

HASTE_DAYS = 10
"""So many days before the deadline a crowd of entries is worth a second look."""

HASTE_LINES = 50
"""So many lines by one person in those days are a crowd."""

WHOLE_ORDER = "order"
"""Where a finding is shown that speaks of no single line."""


def most_area(basis: Mu, tolerance: BasisPoints) -> Mu:
    """Return the most that may be worked on a parcel: its basis and the tolerance, cut to the hundredth.

    >>> most_area(Mu(3_33), BasisPoints(2_00))
    339
    """
    return Mu(basis * (WHOLE + tolerance) // WHOLE)


def check_plan(
    order: OrderFact, works: Sequence[PlannedWork], machine: MachineFact | None = None
) -> list[Finding]:
    """Return what is to be said about an order that is being planned."""
    found: list[Finding] = []
    for work in works:
        found += _place_findings(order, work.place, work.land)
        found += _land_findings(order, work.place, work.land, order.window.end)
        found += _window_findings(order, work)
        found += _rival_findings(order, work.place, work.land)
        found += _area_findings(order, work.place, work.land, work.area)
    if machine is not None:
        found += _planned_capacity(order, works, machine)
    return found


def check_reports(works: Sequence[ReportedWork], facts: WorkFacts) -> list[Finding]:
    """Return what is to be said about facts that are being reported, line by line and then together."""
    found: list[Finding] = []
    order = facts.order
    for work in works:
        found += _day_findings(facts, work)
        if work.area:
            found += _place_findings(order, work.place, work.land)
            found += _land_findings(order, work.place, work.land, work.worked_on)
            found += _rival_findings(order, work.place, work.land)
            found += _area_findings(order, work.place, work.land, work.total)
            found += _licence_findings(facts, work)
    found += _village_findings(facts)
    found += _capacity_findings(works, facts)
    found += _haste_findings(works, facts)
    return found


def _place_findings(order: OrderFact, place: str, land: LandFact) -> Iterator[Finding]:
    """Row 1: no land of another county, none outside the divisions that the provider serves."""
    lower, upper = code_bounds(order.county_code)
    if not lower <= land.division_code < upper:
        yield block(
            place,
            N_(
                "地块 %(parcel)s 在%(place)s，不属于%(county)s；外县土地不能计入本县作业，请从作业单中撤销这块地。"
            ),
            parcel=land.parcel,
            place=land.place,
            county=order.county,
        )
    elif not order.provider.serves(land.division_code):
        yield block(
            place,
            N_(
                "地块 %(parcel)s 在%(place)s，不在%(provider)s登记的服务区域（%(places)s）内；"
                "请换服务组织，或先在组织名录中补登服务区域。"
            ),
            parcel=land.parcel,
            place=land.place,
            provider=order.provider.name,
            places=order.provider.places,
        )


def _land_findings(order: OrderFact, place: str, land: LandFact, on: date) -> Iterator[Finding]:
    """Row 7: the land is tilled land, still exists, and its household still does."""
    if not land.is_open:
        yield block(
            place,
            N_("地块 %(parcel)s 已停用（合并、分割或灭失）；请撤销这一行，按现有地块重新编制。"),
            parcel=land.parcel,
        )
    if land.land_class not in ARABLE:
        yield need_reason(
            place,
            N_(
                "地块 %(parcel)s 登记为%(land_class)s，不是耕地，却安排了%(season)s%(link)s；请核实并说明理由。"
            ),
            parcel=land.parcel,
            land_class=land.land_class,
            season=order.season,
            link=order.link,
        )
    ended_on = land.household_ended_on
    if land.household_status is not HouseholdStatus.ACTIVE and (ended_on is None or ended_on <= on):
        yield block(
            place,
            N_(
                "地块 %(parcel)s 的农户 %(household)s %(status)s（%(ended)s）；请先办理承包关系变更，或撤销这块地。"
            ),
            parcel=land.parcel,
            household=land.household,
            status=land.household_status,
            ended=ended_on or N_("日期未登记"),
        )


def _rival_findings(order: OrderFact, place: str, land: LandFact) -> Iterator[Finding]:
    """Row 7: one parcel has one piece of work per season, link and pass, in whatever order."""
    for rival in land.rivals:
        yield block(
            place,
            N_(
                "地块 %(parcel)s 的%(season)s%(link)s第 %(pass_number)s 遍已列入作业单 %(order)s"
                "（%(provider)s，合同 %(contract)s，%(programme)s，%(area)s 亩）；"
                "同一作业只能计一次，请删去，或先撤销那一行。"
            ),
            parcel=land.parcel,
            season=order.season,
            link=order.link,
            pass_number=order.pass_number,
            order=rival.order,
            provider=rival.provider,
            contract=rival.contract,
            programme=rival.programme,
            area=mu(rival.area),
        )


def _area_findings(order: OrderFact, place: str, land: LandFact, area: Mu) -> Iterator[Finding]:
    """Row 2: no more than the parcel has, and the tolerance."""
    most = most_area(land.basis_area, order.tolerance)
    if area > most:
        yield block(
            place,
            N_(
                "地块 %(parcel)s 作业合计 %(area)s 亩，超过结算面积 %(basis)s 亩（允许误差 %(tolerance)s，"
                "最多 %(most)s 亩）；请改小，或先复测并变更结算面积。"
            ),
            parcel=land.parcel,
            area=mu(area),
            basis=mu(land.basis_area),
            tolerance=percent(order.tolerance),
            most=mu(most),
        )


def _window_findings(order: OrderFact, work: PlannedWork) -> Iterator[Finding]:
    """Row 11: the window of the order lies in the term of the contract."""
    contract, window = work.land.contract, order.window
    if window.end < contract.first_day or contract.last_day < window.start:
        yield block(
            work.place,
            N_(
                "作业期 %(start)s 至 %(end)s 不在合同 %(contract)s 的期限（%(first)s 至 %(last)s）内；"
                "请改作业期，或先续签合同。"
            ),
            start=window.start,
            end=window.end,
            contract=contract.number,
            first=contract.first_day,
            last=contract.last_day,
        )
    elif window.start < contract.first_day or contract.last_day < window.end:
        yield note(
            work.place,
            N_("合同 %(contract)s 的期限是 %(first)s 至 %(last)s，地块 %(parcel)s 只能在这期间作业。"),
            contract=contract.number,
            first=contract.first_day,
            last=contract.last_day,
            parcel=work.land.parcel,
        )


def _planned_capacity(
    order: OrderFact, works: Sequence[PlannedWork], machine: MachineFact
) -> Iterator[Finding]:
    """Row 2: the machine can do the whole order within its window."""
    area, days = sum(work.area for work in works), order.window.days
    most = machine.daily_capacity * days
    if most and area > most:
        yield need_reason(
            WHOLE_ORDER,
            N_(
                "作业单共 %(area)s 亩，机具 %(machine)s 每天 %(daily)s 亩，%(days)s 天最多 %(most)s 亩；"
                "请延长作业期、分给其他机具，或说明理由。"
            ),
            area=mu(Mu(area)),
            machine=machine.label,
            daily=mu(machine.daily_capacity),
            days=days,
            most=mu(Mu(most)),
        )


def _day_findings(facts: WorkFacts, work: ReportedWork) -> Iterator[Finding]:
    """Row 11: not in the future, not before the contract was signed and binding, within its term."""
    contract, day = work.land.contract, work.worked_on
    if day > facts.today:
        yield block(
            work.place,
            N_(
                "地块 %(parcel)s 的作业日期 %(day)s 晚于今天 %(today)s；作业完成后才能登记，请核对日期。"
            ),
            parcel=work.land.parcel,
            day=day,
            today=facts.today,
        )
    if not work.area:
        return
    if contract.signed_on is None or contract.signed_on > day:
        yield block(
            work.place,
            N_(
                "地块 %(parcel)s 的作业日期 %(day)s 早于合同 %(contract)s 的签订日期 %(signed)s；"
                "请核对作业日期，未签合同的作业不能计入。"
            ),
            parcel=work.land.parcel,
            day=day,
            contract=contract.number,
            signed=contract.signed_on or N_("未签订"),
        )
    elif day < contract.first_day or contract.last_day < day:
        yield block(
            work.place,
            N_(
                "地块 %(parcel)s 的作业日期 %(day)s 不在合同 %(contract)s 的期限（%(first)s 至 %(last)s）内；"
                "请核对作业日期，或先续签合同。"
            ),
            parcel=work.land.parcel,
            day=day,
            contract=contract.number,
            first=contract.first_day,
            last=contract.last_day,
        )


def _licence_findings(facts: WorkFacts, work: ReportedWork) -> Iterator[Finding]:
    """Row 3: who drove held a licence on that day, and so did the machine."""
    machine = facts.machines.get(work.machine_id or 0)
    if machine and machine.licensed_until and machine.licensed_until < work.worked_on:
        yield need_reason(
            work.place,
            N_(
                "机具 %(machine)s 的证照 %(until)s 到期，早于作业日期 %(day)s；请更新机具证照，或说明理由。"
            ),
            machine=machine.label,
            until=machine.licensed_until,
            day=work.worked_on,
        )
    driver = facts.operators.get(work.operator_id or 0)
    if driver is None:
        return
    is_late = driver.licensed_until is not None and driver.licensed_until < work.worked_on
    is_early = driver.licensed_from is not None and driver.licensed_from > work.worked_on
    if is_late or is_early:
        yield need_reason(
            work.place,
            N_(
                "机手 %(driver)s 的驾驶证有效期是 %(first)s 至 %(last)s，不含作业日期 %(day)s；请核对，或说明理由。"
            ),
            driver=driver.label,
            first=driver.licensed_from or "—",
            last=driver.licensed_until or "—",
            day=work.worked_on,
        )


def _village_findings(facts: WorkFacts) -> Iterator[Finding]:
    """Row 2: a village cannot work more land than its confirmed register holds."""
    for village in facts.villages:
        if village.worked > village.confirmed:
            yield block(
                WHOLE_ORDER,
                N_(
                    "%(village)s %(season)s作业的土地合计 %(worked)s 亩，超过确权登记 %(confirmed)s 亩"
                    "（多 %(gap)s 亩）；请核对面积，或先补登、复测地块。"
                ),
                village=village.name,
                season=facts.order.season,
                worked=mu(village.worked),
                confirmed=mu(village.confirmed),
                gap=mu(Mu(village.worked - village.confirmed)),
            )


def _capacity_findings(works: Sequence[ReportedWork], facts: WorkFacts) -> Iterator[Finding]:
    """Row 2: no machine does more on a day than it can."""
    claimed: dict[tuple[int, date], int] = defaultdict(int)
    for work in works:
        if work.machine_id is not None and work.area:
            claimed[work.machine_id, work.worked_on] += work.area
    for (machine_id, day), area in sorted(claimed.items()):
        machine = facts.machines.get(machine_id)
        if machine is None or not machine.daily_capacity:
            continue
        before = machine.done.get(day, Mu(0))
        if area + before > machine.daily_capacity:
            yield need_reason(
                WHOLE_ORDER,
                N_(
                    "机具 %(machine)s 在 %(day)s 共登记 %(total)s 亩（其中此前已登记 %(before)s 亩），"
                    "超过每天 %(daily)s 亩的作业能力；请核对日期和机具，或说明理由。"
                ),
                machine=machine.label,
                day=day,
                total=mu(Mu(area + before)),
                before=mu(before),
                daily=mu(machine.daily_capacity),
            )


def _haste_findings(works: Sequence[ReportedWork], facts: WorkFacts) -> Iterator[Finding]:
    """Row 1: a crowd of entries by one person just before the deadline, or after it, is worth a second look."""
    haste, deadline = facts.haste, facts.order.deadline
    if haste is None or facts.today < deadline - timedelta(days=HASTE_DAYS):
        return
    lines, area = haste.lines + len(works), haste.area + sum(work.area for work in works)
    if lines >= HASTE_LINES:
        yield note(
            WHOLE_ORDER,
            N_(
                "%(person)s自 %(since)s 起已登记 %(lines)s 块地 %(area)s 亩，集中在截止日 %(deadline)s 前后"
                "（%(programme)s）；请安排另一人抽查后再验收。"
            ),
            person=haste.person,
            since=haste.since,
            lines=lines,
            area=mu(Mu(area)),
            deadline=deadline,
            programme=facts.order.programme,
        )
