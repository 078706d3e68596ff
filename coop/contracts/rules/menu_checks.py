"""The checks of a menu: its lines, their seasons and prices."""

from collections.abc import Iterator

from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.facts import Facts
from coop.contracts.rules.findings import Finding, block, need_reason
from foundation.values.area import mu
from foundation.values.money import yuan
from foundation.wording import N_


def check_menu(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """Each line names a live link and season once, within the contract's area, at a price inside the band."""
    seen: set[tuple[int, int]] = set()
    for row, line in enumerate(details.menu):
        place = f"menu-{row}"
        link, season = facts.links.get(line.link_id), facts.seasons.get(line.season_id)
        if link is None or not link.is_open:
            yield block(f"{place}-link", N_("第 %(row)s 行的环节不存在或已停用；请重新选择。"), row=row + 1)
            continue
        if season is None:
            yield block(f"{place}-season", N_("第 %(row)s 行的作物季不存在；请重新选择。"), row=row + 1)
            continue
        if (line.season_id, line.link_id) in seen:
            yield block(
                place,
                N_("第 %(row)s 行重复：%(season)s的%(link)s已在上面；多次作业请填写次数。"),
                row=row + 1,
                season=season.label,
                link=link.name,
            )
        seen.add((line.season_id, line.link_id))
        yield from _check_line(details, row, facts)


def _check_line(details: ContractDetails, row: int, facts: Facts) -> Iterator[Finding]:
    line, place = details.menu[row], f"menu-{row}"
    link, season = facts.links[line.link_id], facts.seasons[line.season_id]
    if not 0 < line.area <= details.area:
        yield block(
            f"{place}-area",
            N_("第 %(row)s 行面积 %(area)s 亩，应大于零且不超过合同面积 %(most)s 亩。"),
            row=row + 1,
            area=mu(line.area),
            most=mu(details.area),
        )
    if line.passes < 1 or (line.passes > 1 and not link.per_pass):
        yield block(
            f"{place}-passes",
            N_("第 %(row)s 行：“%(link)s”只按一次计；请把次数改为 1。"),
            row=row + 1,
            link=link.name,
        )
    if not season.days.overlaps(details.term):
        yield block(
            f"{place}-season",
            N_("第 %(row)s 行：%(season)s（%(days)s）不在合同期限内；请改期限或作物季。"),
            row=row + 1,
            season=season.label,
            days=str(season.days),
        )
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        yield block(f"{place}-ends_on", N_("第 %(row)s 行：作业止期早于起期；请改正。"), row=row + 1)
    band = facts.band(line.link_id, season)
    if band is not None and not band.holds(line.price):
        yield need_reason(
            f"{place}-price",
            N_("第 %(row)s 行：“%(link)s”单价 %(price)s 元超出指导价 %(least)s 至 %(most)s 元；请说明理由。"),
            row=row + 1,
            link=link.name,
            price=yuan(line.price),
            least=yuan(band.least),
            most=yuan(band.most),
        )
