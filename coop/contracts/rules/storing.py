"""What even a draft must hold: rows that exist, none twice; everything else may still be mended later."""

from collections.abc import Iterator
from itertools import pairwise

from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.facts import Facts
from coop.contracts.rules.findings import Finding, block
from coop.contracts.rules.terms import HOUSEHOLD_KINDS
from foundation.wording import N_


def check_storable(details: ContractDetails, facts: Facts) -> list[Finding]:
    """Return what keeps a draft from being saved at all."""
    return [*_dates(details), *_parties(details, facts), *_menu(details, facts), *_annex(details, facts)]


def _dates(details: ContractDetails) -> Iterator[Finding]:
    if details.ends_on < details.starts_on:
        yield block(
            "ends_on",
            N_("终止日 %(end)s 早于起始日 %(start)s；请把起止日期改正确。"),
            start=details.starts_on,
            end=details.ends_on,
        )


def _parties(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    if details.provider_id not in facts.organisations:
        yield block("provider", N_("服务方不存在或已停用；请从服务组织名录中重新选择。"))
    if details.receiver_kind in HOUSEHOLD_KINDS:
        if details.receiver_household_id not in facts.households:
            yield block("receiver", N_("接受方农户不存在或已停用；请重新选择农户。"))
    elif details.receiver_organisation_id not in facts.organisations:
        yield block("receiver", N_("接受方组织不存在或已停用；请重新选择。"))
    if details.upstream_contract_id is not None and facts.upstream is None:
        yield block("upstream", N_("上级合同不存在，或尚未签订、已经结束；请选择履行中的委托合同。"))


def _menu(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    for row, line in enumerate(details.menu):
        if line.link_id not in facts.links:
            yield block(
                f"menu-{row}-link", N_("第 %(row)s 行的环节不存在或已停用；请重新选择。"), row=row + 1
            )
        if line.season_id not in facts.seasons:
            yield block(f"menu-{row}-season", N_("第 %(row)s 行的作物季不存在；请重新选择。"), row=row + 1)


def _annex(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    twice = _repeated([row.household_id for row in details.annex])
    for row, household in enumerate(details.annex):
        known = facts.households.get(household.household_id)
        name = known.label if known else str(household.household_id)
        if known is None:
            yield block(
                f"annex-{row}",
                N_("第 %(row)s 户 %(name)s 不存在或已停用；请删去这一户。"),
                row=row + 1,
                name=name,
            )
        elif household.household_id in twice:
            yield block(
                f"annex-{row}", N_("第 %(row)s 户 %(name)s 重复；请合并到一行。"), row=row + 1, name=name
            )
    rows = details.parcels()
    doubled = _repeated([parcel.parcel_id for _, _, _, parcel in rows])
    for row, place, _household, parcel in rows:
        fact = facts.parcels.get(parcel.parcel_id)
        where = f"annex-{row}-parcels-{place}"
        if fact is None:
            yield block(where, N_("第 %(row)s 户的一个地块不存在或已停用；请重新选择。"), row=row + 1)
        elif parcel.parcel_id in doubled:
            yield block(where, N_("地块 %(parcel)s 在清单中重复；请删去一行。"), parcel=fact.label)


def _repeated(ids: list[int]) -> set[int]:
    return {one for one, other in pairwise(sorted(ids)) if one == other}
