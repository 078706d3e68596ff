"""Checks of the day of work, of who did it, of what the village has and a machine can do, and of haste."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coop.contracts.rules.findings import Finding, block, need_reason, note
from coop.operations.rules.facts import MachineFact, OrderFact, PlannedWork, ReportedWork, WorkFacts
from foundation.values.area import Mu, mu
from foundation.wording import N_

HASTE_DAYS = 10
"""So many days before the deadline a crowd of entries is worth a second look."""

HASTE_LINES = 50
"""So many lines by one person in those days are a crowd."""

WHOLE_ORDER = "order"
"""Where a finding is shown that speaks of no single line."""


def window_findings(order: OrderFact, work: PlannedWork) -> Iterator[Finding]:
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


def planned_capacity_findings(
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


def day_findings(facts: WorkFacts, work: ReportedWork) -> Iterator[Finding]:
    """Row 11: not in the future, not before the contract was signed and binding, within its term."""
    contract, day = work.land.contract, work.worked_on
    if day > facts.today:
        yield block(
            work.place,
            N_("地块 %(parcel)s 的作业日期 %(day)s 晚于今天 %(today)s；作业完成后才能登记，请核对日期。"),
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


def hands_findings(facts: WorkFacts, work: ReportedWork) -> Iterator[Finding]:
    """Row 3: the machine and the driver named are the provider's, its own or hired, and registered."""
    machine = facts.machines.get(work.machine_id or 0)
    if work.machine_id is not None and (machine is None or not machine.is_ours):
        yield block(
            work.place,
            N_(
                "地块 %(parcel)s 的机具 %(name)s 没有登记在%(provider)s名下；"
                "请先登记（租用的写明机主），再报作业。"
            ),
            parcel=work.land.parcel,
            name=machine.label if machine else work.machine_id,
            provider=facts.order.provider.name,
        )
    driver = facts.operators.get(work.operator_id or 0)
    if work.operator_id is not None and (driver is None or not driver.is_ours):
        yield block(
            work.place,
            N_(
                "地块 %(parcel)s 的机手 %(name)s 没有登记在%(provider)s名下；"
                "请先登记（外单位的写明单位），再报作业。"
            ),
            parcel=work.land.parcel,
            name=driver.label if driver else work.operator_id,
            provider=facts.order.provider.name,
        )


def licence_findings(facts: WorkFacts, work: ReportedWork) -> Iterator[Finding]:
    """Row 3: who drove held a licence on that day, and so did the machine."""
    machine = facts.machines.get(work.machine_id or 0)
    if machine and machine.licensed_until and machine.licensed_until < work.worked_on:
        yield need_reason(
            work.place,
            N_("机具 %(machine)s 的证照 %(until)s 到期，早于作业日期 %(day)s；请更新机具证照，或说明理由。"),
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
                "机手 %(driver)s 的驾驶证有效期是 %(first)s 至 %(last)s，不含作业日期 %(day)s；"
                "请核对，或说明理由。"
            ),
            driver=driver.label,
            first=driver.licensed_from or "—",
            last=driver.licensed_until or "—",
            day=work.worked_on,
        )


def village_findings(facts: WorkFacts) -> Iterator[Finding]:
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


def capacity_findings(works: Sequence[ReportedWork], facts: WorkFacts) -> Iterator[Finding]:
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


def haste_findings(works: Sequence[ReportedWork], facts: WorkFacts) -> Iterator[Finding]:
    """Row 1: a crowd of entries by one person about the deadline is worth a second look."""
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
