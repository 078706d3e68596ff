"""The words of a contract's paper: who is 甲方, who pays whom, amounts in figures and in capitals."""

from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.terms import ContractMode, ContractNature, Kilograms, PartyRole, ReceiverKind
from coop.contracts.snapshot import ContractSnapshot, PartySnapshot
from foundation.papers.document import public_name
from foundation.typesetting import Block, Content, Fields, Span, filled
from foundation.values import decimals
from foundation.values.area import Mu, mu
from foundation.values.capitals import money_in_capitals, mu_in_capitals, percent_in_capitals
from foundation.values.dates import chinese_date
from foundation.values.money import Fen, yuan
from foundation.values.percent import BasisPoints, percent

FIRST, SECOND = "甲方", "乙方"
TITLES = {
    ContractMode.MENU: "农业生产托管服务合同",
    ContractMode.ORDER: "农业生产托管服务合同",
    ContractMode.LEASE: "农村土地经营权委托流转合同",
    ContractMode.SHARE: "农村土地托管入股合作合同",
}
_ROLES = {
    (ContractNature.SERVICE, PartyRole.RECEIVER): "接受服务方",
    (ContractNature.SERVICE, PartyRole.PROVIDER): "提供服务方",
    (ContractNature.ENTRUSTMENT, PartyRole.RECEIVER): "土地委托方",
    (ContractNature.ENTRUSTMENT, PartyRole.PROVIDER): "受托经营方",
}

Parts = tuple[str | Span, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How the parties are called in the text: by role, whichever of them is 甲方."""

    receiver: str
    provider: str
    nature: ContractNature

    @property
    def payer(self) -> str:
        """Who pays: the receiver of a service, the provider of an entrustment."""
        return self.receiver if self.nature is ContractNature.SERVICE else self.provider

    @property
    def payee(self) -> str:
        """Who is paid."""
        return self.provider if self.nature is ContractNature.SERVICE else self.receiver


def names_of(snapshot: ContractSnapshot) -> Names:
    """Return how the text calls the parties."""
    receiver_first = snapshot.printed_first is PartyRole.RECEIVER
    return Names(
        receiver=FIRST if receiver_first else SECOND,
        provider=SECOND if receiver_first else FIRST,
        nature=snapshot.nature,
    )


def role_labels(nature: ContractNature, printed_first: PartyRole) -> tuple[str, str]:
    """Return the heads of the party blocks: 甲方（接受服务方） and 乙方（提供服务方）."""
    second = PartyRole.PROVIDER if printed_first is PartyRole.RECEIVER else PartyRole.RECEIVER
    return f"{FIRST}（{_ROLES[nature, printed_first]}）", f"{SECOND}（{_ROLES[nature, second]}）"


def called(snapshot: ContractSnapshot, party: PartySnapshot) -> str:
    """Return what the paper calls a party; a collective that signs by mandate stands for its households.

    So a collective that is agent and provider at once does not read like a contract with itself (Civil
    Code 168); the households' consent is in their mandates.
    """
    if party is snapshot.receiver and snapshot.receiver_kind is ReceiverKind.COLLECTIVE and snapshot.annex:
        return f"附件二所列{snapshot.household_count}户农户（由{party.name}依据授权委托书代为签订）"
    return party.name


def party_block(label: str, party: PartySnapshot, name: str = "") -> list[Block]:
    """Return the block of a party, called ``name`` if not by its own; a household has no representative."""
    name = name or party.name
    if party.is_household:
        return [
            Fields(((f"{label}：", name),)),
            Fields((("身份证号：", party.id_number), ("联系电话：", party.phone)), columns=2),
            Fields((("住　　址：", party.address),)),
        ]
    return [
        Fields(((f"{label}：", name),)),
        Fields((("信用代码：", party.credit_code), ("法定代表人：", party.representative)), columns=2),
        Fields((("身份证号：", party.id_number), ("联系电话：", party.phone)), columns=2),
        Fields((("住　　所：", party.address),)),
    ]


def public_party(party: PartySnapshot, name: str = "") -> str:
    """Return a party, called ``name`` if not by its own, as the public verify page shows it."""
    name = name or party.name
    return public_name(name) if party.is_household else name


def area(amount: Mu) -> Parts:
    """An area in figures and capitals: 12.34 亩（大写：壹拾贰点叁肆亩）."""
    return (filled(mu(amount)), "亩（大写：", filled(mu_in_capitals(amount)), "）")


def money(amount: Fen) -> Parts:
    """An amount in figures and capitals: 1,234.50 元（大写：人民币壹仟贰佰叁拾肆元伍角）."""
    return (filled(yuan(amount)), "元（大写：", filled(money_in_capitals(amount)), "）")


def rate(share: BasisPoints) -> Parts:
    """A percentage in figures and capitals: 20%（大写：百分之贰拾）."""
    return (filled(percent(share)), "（大写：", filled(percent_in_capitals(share)), "）")


def day(on: date | None) -> Span:
    """A day, or a blank to fill in."""
    return filled(chinese_date(on) if on else "　　年　月　日")


def kilograms(weight: Kilograms) -> str:
    """A weight without idle zeros: 500 or 512.5."""
    return decimals.plain(weight).rstrip("0").rstrip(".")


def joined(*parts: str | Span | Parts) -> Content:
    """Put words and amounts together into the content of a paragraph."""
    flat: list[str | Span] = []
    for part in parts:
        flat += part if isinstance(part, tuple) else (part,)
    return tuple(flat)
