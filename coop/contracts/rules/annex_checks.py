"""The checks of the household annex: sums, parcels, mandates, double promises."""

from collections.abc import Iterator

from coop.contracts.rules.details import AnnexHouseholdDetails, AnnexParcelDetails, ContractDetails
from coop.contracts.rules.facts import Facts, ParcelFact, Promise
from coop.contracts.rules.findings import Finding, block, need_reason
from coop.contracts.rules.terms import HOUSEHOLD_KINDS, ContractMode, ContractNature, ReceiverKind
from coop.mandates.rules import Authority
from foundation.access.grants import code_bounds
from foundation.values.area import Mu, mu
from foundation.wording import N_


def check_annex(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """Return what is to be said about the annex: as a whole, by household, by parcel."""
    yield from check_sum(details)
    yield from check_households(details, facts)
    yield from check_mandates(details, facts)
    yield from check_parcels(details, facts)
    yield from check_promises(details, facts)


def check_sum(details: ContractDetails) -> Iterator[Finding]:
    """Σ annex mu = contract mu, at 0.01; who brings land of its own needs no annex."""
    if not details.area:
        yield block("area", N_("请填写合同面积（亩）。"))
    if not details.annex:
        if details.receiver_kind is ReceiverKind.COLLECTIVE and details.upstream_contract_id is None:
            yield block("annex", N_("村集体代表农户签订的合同要有农户清单；请搜索或粘贴农户和地块。"))
        elif details.receiver_kind is ReceiverKind.HOUSEHOLD or details.nature is ContractNature.ENTRUSTMENT:
            yield block("annex", N_("请在清单中列出托管的地块和面积。"))
    elif details.annex_area != details.area:
        yield block(
            "area",
            N_("清单合计 %(sum)s 亩，与合同面积 %(area)s 亩相差 %(gap)s 亩；两者必须一致。"),
            sum=mu(details.annex_area),
            area=mu(details.area),
            gap=mu(Mu(details.annex_area - details.area)),
        )


def name_of(household: AnnexHouseholdDetails, facts: Facts) -> str:
    """Return what to call a household of the annex."""
    fact = facts.households.get(household.household_id)
    return fact.label if fact else str(household.household_id)


def check_households(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """Each household exists, is active, lies in the contract's division, stands once, has land."""
    lower, upper = code_bounds(details.division_code)
    seen: set[int] = set()
    for row, household in enumerate(details.annex):
        place, name = f"annex-{row}", name_of(household, facts)
        fact = facts.households.get(household.household_id)
        if fact is None or not fact.is_active:
            yield block(
                place, N_("第 %(row)s 户 %(name)s 不存在或已停用；请删去这一户。"), row=row + 1, name=name
            )
        elif not lower <= fact.division_code < upper:
            yield block(
                place,
                N_("第 %(row)s 户 %(name)s 不属于合同所在地；请删去或改合同所在地。"),
                row=row + 1,
                name=name,
            )
        if household.household_id in seen:
            yield block(place, N_("第 %(row)s 户 %(name)s 重复；请合并到一行。"), row=row + 1, name=name)
        seen.add(household.household_id)
        if not household.parcels:
            yield block(
                place, N_("第 %(row)s 户 %(name)s 没有地块；请选择地块或删去这一户。"), row=row + 1, name=name
            )
        if (
            details.receiver_kind in HOUSEHOLD_KINDS
            and household.household_id != details.receiver_household_id
        ):
            yield block(place, N_("%(name)s 不是接受方本户；多户请由村集体代表签订。"), name=name)


def check_mandates(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """A collective signs for a household only under its mandate, valid for the whole term, for this agent."""
    if details.receiver_kind is not ReceiverKind.COLLECTIVE or details.upstream_contract_id is not None:
        return
    for row, household in enumerate(details.annex):
        place, name = f"annex-{row}", name_of(household, facts)
        mandate = facts.mandates.get(household.mandate_id or 0)
        if mandate is None or mandate.household_id != household.household_id:
            yield block(place, N_("%(name)s 没有委托书；请先登记并签字，再列入清单。"), name=name)
            continue
        if mandate.agent_id != details.receiver_organisation_id:
            yield block(
                place,
                N_("%(name)s 的委托书 %(number)s 委托的不是接受方；请更换委托书。"),
                name=name,
                number=mandate.number,
            )
        if not mandate.term.is_valid_for(details.term):
            yield block(
                place,
                N_("%(name)s 的委托书 %(number)s 未签字或不覆盖合同期（%(days)s）；请续签或缩短期限。"),
                name=name,
                number=mandate.number,
                days=str(details.term),
            )
        if mandate.authority is Authority.NEGOTIATE:
            yield block(
                place,
                N_("%(name)s 的委托书 %(number)s 只委托洽谈，合同须由农户本人签订；请单独签订或更换委托书。"),
                name=name,
                number=mandate.number,
            )


def check_parcels(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """Each parcel stands once, belongs to its household, and gives no more mu than the acreage it names."""
    seen: set[int] = set()
    for row, place_in_row, household, parcel in details.parcels():
        place = f"annex-{row}-parcels-{place_in_row}"
        fact = facts.parcels.get(parcel.parcel_id)
        if fact is None or not fact.is_open:
            yield block(place, N_("第 %(row)s 户的一个地块不存在或已停用；请重新选择。"), row=row + 1)
            continue
        if parcel.parcel_id in seen:
            yield block(place, N_("地块 %(parcel)s 在清单中重复；请删去一行。"), parcel=fact.label)
        seen.add(parcel.parcel_id)
        if fact.household_id != household.household_id:
            yield block(
                place,
                N_("地块 %(parcel)s 不在 %(name)s 名下；请核对地块编码。"),
                parcel=fact.label,
                name=name_of(household, facts),
            )
        yield from _check_area(f"{place}-area", parcel, fact)
        yield from _check_remaining_term(details, place, fact)


def _check_area(place: str, parcel: AnnexParcelDetails, fact: ParcelFact) -> Iterator[Finding]:
    most = fact.areas.get(parcel.basis)
    if parcel.area <= 0:
        yield block(place, N_("地块 %(parcel)s 的托管面积应大于零。"), parcel=fact.label)
    elif most is None:
        yield block(
            place,
            N_("地块 %(parcel)s 没有%(kind)s；请换一种面积依据，或先登记该面积。"),
            parcel=fact.label,
            kind=parcel.basis.label,
        )
    elif parcel.area > most:
        yield block(
            place,
            N_("地块 %(parcel)s 托管 %(area)s 亩，超过%(kind)s %(most)s 亩；请改小，或先登记实测面积。"),
            parcel=fact.label,
            area=mu(parcel.area),
            kind=parcel.basis.label,
            most=mu(most),
        )


def _check_remaining_term(details: ContractDetails, place: str, fact: ParcelFact) -> Iterator[Finding]:
    """What is handed on may not last longer than what is held (承包法 38)."""
    if details.nature is not ContractNature.ENTRUSTMENT:
        return
    if fact.land_contract_ends_on is None:
        yield need_reason(
            place,
            N_("地块 %(parcel)s 没有承包合同期限，无法核对剩余承包期；请补登，或说明理由。"),
            parcel=fact.label,
        )
    elif details.ends_on > fact.land_contract_ends_on:
        yield block(
            place,
            N_("合同期限超过地块 %(parcel)s 的承包期（至 %(end)s）；请缩短期限。"),
            parcel=fact.label,
            end=fact.land_contract_ends_on,
        )


def check_promises(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """No parcel is promised twice for the same season and link, nor at all while it is wholly in trust."""
    for row, place_in_row, _household, parcel in details.parcels():
        for promise in facts.promises.get(parcel.parcel_id, ()):
            if collides(details, promise):
                yield block(
                    f"annex-{row}-parcels-{place_in_row}",
                    N_(
                        "地块 %(parcel)s 已在合同 %(contract)s 中托管（%(days)s）；请删去，或先终止那份合同。"
                    ),
                    parcel=facts.parcels[parcel.parcel_id].label if parcel.parcel_id in facts.parcels else "",
                    contract=promise.contract,
                    days=str(promise.days),
                )


def collides(details: ContractDetails, promise: Promise) -> bool:
    """Tell whether a contract promises again what another one already did.

    Two menus collide on the same season and link; anything else collides when the days overlap. What an
    upstream contract handed to the receiver may be handed on.
    """
    if promise.contract_id == details.upstream_contract_id:
        return False
    if details.mode is ContractMode.MENU and promise.work:
        return any((line.season_id, line.link_id) in promise.work for line in details.menu)
    return promise.days.overlaps(details.term)
