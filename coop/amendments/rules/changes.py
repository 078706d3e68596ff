"""What a supplementary agreement changes, said in sentences, and its effect on area and money (N3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coop.contracts.rules import money
from coop.contracts.rules.details import AnnexParcelDetails, ContractDetails, MenuLineDetails, PaymentDetails
from foundation.values.area import Mu, mu
from foundation.values.dates import chinese_date
from foundation.values.money import Fen, yuan
from foundation.values.percent import percent
from foundation.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that the agreement changes: a sentence with places (source text) and what fills them."""

    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in Chinese, as the paper prints it."""
        return self.sentence % self.values

    def plain(self) -> dict[str, Any]:
        """Return the change as the database keeps it."""
        return {"sentence": self.sentence, "values": dict(self.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the sentences call the rows that terms only number."""

    parcels: Mapping[int, str]
    households: Mapping[int, str]
    links: Mapping[int, str]
    seasons: Mapping[int, str]


def changes(before: ContractDetails, after: ContractDetails, names: Names) -> list[Change]:
    """Return every difference between two terms as a sentence, in the order of the contract's articles."""
    return [
        *_parcel_changes(before, after, names),
        *_term_changes(before, after),
        *_price_changes(before, after, names),
        *_payment_changes(before, after),
        *_text_changes(before, after),
    ]


def _parcel_changes(before: ContractDetails, after: ContractDetails, names: Names) -> Iterator[Change]:
    old, new = _parcels(before), _parcels(after)
    for parcel, (household, row) in old.items():
        said = _said(names, household, parcel, row)
        if parcel not in new:
            yield Change(sentence=N_("退出地块：%(household)s的%(parcel)s，%(area)s亩。"), values=said)
        elif new[parcel][1].area != row.area:
            values = {**said, "after": mu(new[parcel][1].area)}
            sentence = N_("地块面积变更：%(household)s的%(parcel)s，由%(area)s亩变更为%(after)s亩。")
            yield Change(sentence=sentence, values=values)
    for parcel, (household, row) in new.items():
        if parcel not in old:
            said = _said(names, household, parcel, row)
            yield Change(sentence=N_("新增地块：%(household)s的%(parcel)s，%(area)s亩。"), values=said)
    if before.area != after.area:
        values = {"before": mu(before.area), "after": mu(after.area)}
        yield Change(sentence=N_("合同面积由%(before)s亩变更为%(after)s亩。"), values=values)


def _parcels(details: ContractDetails) -> dict[int, tuple[int, AnnexParcelDetails]]:
    return {row.parcel_id: (household.household_id, row) for _, _, household, row in details.parcels()}


def _said(names: Names, household: int, parcel: int, row: AnnexParcelDetails) -> dict[str, str]:
    return {
        "household": names.households.get(household, ""),
        "parcel": names.parcels.get(parcel, ""),
        "area": mu(row.area),
    }


def _term_changes(before: ContractDetails, after: ContractDetails) -> Iterator[Change]:
    if before.starts_on != after.starts_on:
        values = {"before": chinese_date(before.starts_on), "after": chinese_date(after.starts_on)}
        yield Change(sentence=N_("合同起始日由%(before)s变更为%(after)s。"), values=values)
    if before.ends_on != after.ends_on:
        values = {"before": chinese_date(before.ends_on), "after": chinese_date(after.ends_on)}
        yield Change(sentence=N_("合同终止日由%(before)s变更为%(after)s。"), values=values)


def _price_changes(before: ContractDetails, after: ContractDetails, names: Names) -> Iterator[Change]:
    old, new = money.yearly_price(before), money.yearly_price(after)
    if old != new:
        values = {"before": yuan(old), "after": yuan(new)}
        yield Change(sentence=N_("每亩每年的价款由%(before)s元变更为%(after)s元。"), values=values)
    yield from _menu_changes(_menu(before), _menu(after), names)
    others = (before.package, before.rent, before.share) != (after.package, after.rent, after.share)
    if others and old == new:
        yield Change(sentence=N_("计价与保障约定按变更后的合同文本执行。"))


def _menu(details: ContractDetails) -> dict[tuple[int, int], MenuLineDetails]:
    return {(line.season_id, line.link_id): line for line in details.menu}


def _menu_changes(
    old: dict[tuple[int, int], MenuLineDetails], new: dict[tuple[int, int], MenuLineDetails], names: Names
) -> Iterator[Change]:
    for key, line in old.items():
        if key not in new:
            yield Change(sentence=N_("取消服务环节：%(season)s%(link)s。"), values=_line_names(key, names))
        elif new[key] != line:
            yield Change(
                sentence=N_("%(season)s%(link)s由%(before)s变更为%(after)s。"),
                values={**_line_names(key, names), "before": _line(line), "after": _line(new[key])},
            )
    for key, line in new.items():
        if key not in old:
            values = {**_line_names(key, names), "line": _line(line)}
            yield Change(sentence=N_("新增服务环节：%(season)s%(link)s，%(line)s。"), values=values)


def _line_names(key: tuple[int, int], names: Names) -> dict[str, str]:
    return {"season": names.seasons.get(key[0], ""), "link": names.links.get(key[1], "")}


def _line(line: MenuLineDetails) -> str:
    passes = f"×{line.passes}次" if line.passes > 1 else ""
    return f"{yuan(line.price)}元/亩{passes}×{mu(line.area)}亩"


def _payment_changes(before: ContractDetails, after: ContractDetails) -> Iterator[Change]:
    if before.deposit != after.deposit:
        values = {"before": yuan(before.deposit.amount), "after": yuan(after.deposit.amount)}
        yield Change(sentence=N_("签订时支付额由%(before)s元变更为%(after)s元。"), values=values)
    if before.payments != after.payments:
        plan = "；".join(_payment(payment) for payment in after.payments) or "无"
        yield Change(sentence=N_("付款计划变更为：%(plan)s。"), values={"plan": plan})
    if before.late_fee != after.late_fee:
        values = {"before": percent(before.late_fee), "after": percent(after.late_fee)}
        yield Change(sentence=N_("逾期付款违约金由每日%(before)s变更为每日%(after)s。"), values=values)


def _payment(payment: PaymentDetails) -> str:
    when = f"于{chinese_date(payment.due_on)}前" if payment.due_on else ""
    if payment.days_after_acceptance is not None:
        when = f"验收后{payment.days_after_acceptance}日内"
    return f"{payment.label}{when}{yuan(payment.amount)}元"


def _text_changes(before: ContractDetails, after: ContractDetails) -> Iterator[Change]:
    if before.standards != after.standards:
        yield Change(sentence=N_("服务标准附件按本协议所附的新附件执行。"))
    if before.crops != after.crops:
        values = {"before": before.crops or "未约定", "after": after.crops or "未约定"}
        yield Change(sentence=N_("作物由%(before)s变更为%(after)s。"), values=values)
    if before.free_terms != after.free_terms:
        text = after.free_terms or "无"
        yield Change(sentence=N_("其他约定变更为：%(text)s"), values={"text": text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an agreement does to area and money: before, after, difference."""

    area_before: Mu
    area_after: Mu
    total_before: Fen
    total_after: Fen

    @property
    def difference(self) -> Fen:
        """After less before; below zero when the sum shrinks."""
        return Fen(self.total_after - self.total_before)


def effect(before: ContractDetails, after: ContractDetails) -> Effect:
    """Return the effect of changed terms."""
    return Effect(
        area_before=before.area,
        area_after=after.area,
        total_before=money.total(before),
        total_after=money.total(after),
    )


IDENTITY = (
    "mode",
    "receiver_kind",
    "receiver_household_id",
    "receiver_organisation_id",
    "provider_id",
    "division_code",
    "printed_first",
    "upstream_contract_id",
)
"""What makes a contract this one; who wants another party or mode ends it and signs a new one."""


def keeps_identity(before: ContractDetails, after: ContractDetails) -> bool:
    """Tell whether the proposal still is the same contract."""
    return all(getattr(before, name) == getattr(after, name) for name in IDENTITY)
