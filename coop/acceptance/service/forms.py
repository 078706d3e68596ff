"""Freezing the acceptance forms: of a village for one order, and of a contract link by link."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from coop.acceptance.models import AcceptanceReply, Dispute
from coop.acceptance.queries import papers as found
from coop.acceptance.rules.terms import AcceptanceWay
from coop.acceptance.service.freezing import living, quality_of, work_of
from coop.acceptance.snapshot import (
    AcceptedHousehold,
    ContractAcceptanceSnapshot,
    ContractWork,
    OpenLine,
    VillageSnapshot,
)
from coop.contracts.models import Contract
from coop.households.rules import group_name
from coop.operations.models import OrderLine, WorkOrder
from coop.programmes import queries as programmes
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.values.area import Mu
from foundation.values.money import Fen, per_mu

TOWNSHIP_PLACE = 3


class NothingOrdered(DomainError):
    """合同 %(number)s 还没有派发作业单，没有可以验收的作业；请先按合同编制作业单。"""


def village_snapshot(order: WorkOrder) -> VillageSnapshot:
    """Return the village's form of a whole order: accepted by household, the rest line by line."""
    lines = living(order)
    ids = [line.id for line in lines]
    replies, disputes = found.replies_of(ids), found.open_disputes(ids)
    rate = _rate(order)
    names = divisions.path(order.division_code).names
    return VillageSnapshot(
        work=work_of(order),
        county=divisions.path(order.county_code).name,
        township=names[TOWNSHIP_PLACE] if len(names) > TOWNSHIP_PLACE else "",
        rate=rate,
        accepted=tuple(_accepted(lines, replies, rate)),
        disputed=(
            *(_disputed(line, disputes.get(line.id)) for line in lines if line.is_disputed),
            *_settled_at_nothing(lines),
        ),
        waiting=tuple(_waiting(line) for line in lines if not line.is_disputed and line.accepted_on is None),
    )


def _rate(order: WorkOrder) -> Fen | None:
    """Return the money per mu that the programme pays for this link, if it pays any.

    A pass more is paid only where the programme weighs every pass, as the ledger counts it.
    """
    if order.pass_number > 1 and not order.programme.weighs_every_pass:
        return None
    version = programmes.version_in_force(order.programme_id, order.starts_on)
    weight = programmes.weights(version.id, order.season.crop_id).get(order.link_id)
    return weight.rate if weight else None


def _accepted(
    lines: Iterable[OrderLine], replies: dict[int, AcceptanceReply], rate: Fen | None
) -> Iterable[AcceptedHousehold]:
    """Yield a row for each household and way of acceptance, in the order of the paper.

    What the tolerance let in beyond the land is accepted but, as in the ledger, not paid for.
    """
    groups: dict[tuple[int, bool], list[OrderLine]] = defaultdict(list)
    for line in lines:
        if line.accepted_on is not None and line.accepted_area:
            groups[line.household_id, line.is_deemed].append(line)
    for (_, is_deemed), own in groups.items():
        areas = [Mu(line.accepted_area or 0) for line in own]
        paid = [Mu(min(area, line.basis_area)) for area, line in zip(areas, own, strict=True)]
        words = dict.fromkeys(replies[line.id].way.label for line in own if line.id in replies)
        yield AcceptedHousehold(
            name=own[0].household.head_name,
            group=group_name(own[0].household.group_number),
            parcels=len(own),
            area=Mu(sum(areas)),
            subsidy=None if rate is None else Fen(sum(per_mu(rate, area) for area in paid)),
            way="视同验收" if is_deemed else "、".join(words) or AcceptanceWay.PAPER.label,
            is_deemed=is_deemed,
        )


def _disputed(line: OrderLine, dispute: Dispute | None) -> OpenLine:
    said = dispute.reply.verdict.label if dispute else ""
    note = dispute.reply.note if dispute else ""
    return OpenLine(
        name=line.household.head_name,
        parcel=line.parcel.name,
        reported=line.done_area,
        claimed=dispute.claimed_area if dispute else None,
        remark="：".join(filter(None, (said, note))),
    )


def _settled_at_nothing(lines: Sequence[OrderLine]) -> Iterable[OpenLine]:
    """Yield the lines whose dispute ended at no mu: they stand among the disputes, with how they ended."""
    closed = [line for line in lines if line.accepted_on is not None and not line.accepted_area]
    settled = found.settled_disputes([line.id for line in closed])
    for line in closed:
        dispute = settled.get(line.id)
        said = (dispute.end.label if dispute.end else "", dispute.reason) if dispute else ()
        yield OpenLine(
            name=line.household.head_name,
            parcel=line.parcel.name,
            reported=line.done_area,
            claimed=dispute.claimed_area if dispute else None,
            remark="：".join(("核定 0.00 亩", *filter(None, said))),
        )


def _waiting(line: OrderLine) -> OpenLine:
    remark = line.result.label if line.result else "尚未登记作业"
    return OpenLine(
        name=line.household.head_name,
        parcel=line.parcel.name,
        reported=line.done_area,
        claimed=None,
        remark="：".join(filter(None, (remark, line.reason))),
    )


def contract_snapshot(contract: Contract) -> ContractAcceptanceSnapshot:
    """Return the form of a contract: one row for each crop season, link and pass that was ordered."""
    groups: dict[tuple[int, int, int], list[OrderLine]] = defaultdict(list)
    for line in found.lines_of_contract(contract.id):
        groups[line.season_id, line.link_id, line.pass_number].append(line)
    if not groups:
        raise NothingOrdered(number=contract.number or "")
    return ContractAcceptanceSnapshot(
        number=contract.number or "",
        receiver=contract.receiver_name,
        provider=contract.provider_name,
        village=divisions.path(contract.division_code).short,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        area=contract.area,
        households=contract.household_count,
        works=tuple(_work(lines) for lines in groups.values()),
    )


def _work(lines: Sequence[OrderLine]) -> ContractWork:
    order = lines[0].order
    done = sum(line.done_area for line in lines)
    taken = [line for line in lines if line.accepted_on is not None]
    accepted = sum(line.accepted_area or 0 for line in taken)
    disputed = sum(line.done_area for line in lines if line.is_disputed)
    open_area = sum(line.done_area for line in lines if not line.is_disputed and line.accepted_on is None)
    more = f"（第 {order.pass_number} 遍）" if order.pass_number > 1 else ""
    return ContractWork(
        season=order.season.label,
        link=f"{order.link.name}{more}",
        planned=Mu(sum(line.planned_area for line in lines)),
        done=Mu(done),
        accepted=Mu(accepted),
        deemed=Mu(sum(line.accepted_area or 0 for line in taken if line.is_deemed)),
        deducted=Mu(done - accepted - disputed - open_area),
        disputed=Mu(disputed),
        waiting=Mu(open_area),
        standard=_standard(order, lines),
        reasons=_reasons(taken),
        satisfaction=_satisfaction(lines),
    )


def _standard(order: WorkOrder, lines: Sequence[OrderLine]) -> str:
    """Return what was agreed and, after it, what was found."""
    reports = (one for line in lines for one in line.reports if one.undone_at is None)
    results = quality_of(reports, order.standard)
    agreed = order.standard.replace("\n", "；")
    return "／".join(filter(None, (agreed, f"检测：{results}" if results else "")))


def _reasons(taken: Sequence[OrderLine]) -> str:
    """Return why less was accepted than was reported, parcel by parcel."""
    settled = found.settled_disputes([line.id for line in taken])
    said = []
    for line in taken:
        dispute = settled.get(line.id)
        if dispute is not None and (line.accepted_area or 0) < dispute.reported_area:
            end = dispute.end.label if dispute.end else ""
            said.append(f"{line.parcel.name}：" + "，".join(filter(None, (end, dispute.reason))))
    return "；".join(said)


def _satisfaction(lines: Sequence[OrderLine]) -> str:
    """Return the average mark with its sum and count: 4.5（9÷2 户）."""
    marks = found.satisfaction_of({(line.order_id, line.household_id) for line in lines}).values()
    if not marks:
        return ""
    tenths = (20 * sum(marks) + len(marks)) // (2 * len(marks))
    return f"{tenths // 10}.{tenths % 10} 分（{sum(marks)} 分÷{len(marks)} 户）"
