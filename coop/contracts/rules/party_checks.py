"""The checks of who contracts with whom: parties, consent, the contract above."""

from collections.abc import Iterator

from coop.contracts.rules import annex_checks
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.facts import Facts, UpstreamFact
from coop.contracts.rules.findings import Finding, block, need_reason
from coop.contracts.rules.terms import (
    HOUSEHOLD_KINDS,
    ContractNature,
    ReceiverKind,
)
from foundation.values.area import mu
from foundation.wording import N_


def check_parties(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    """Both parties exist and do business; a collective that deals with itself has every consent."""
    provider = facts.organisations.get(details.provider_id)
    if provider is None or not provider.is_open:
        yield block("provider", N_("服务方不存在或已停用；请从服务组织名录中重新选择。"))
    elif not provider.is_listed and not provider.is_collective:
        yield need_reason(
            "provider", N_("“%(name)s”未列入服务组织名录；请先列入，或说明理由。"), name=provider.name
        )
    yield from _check_receiver(details, facts)
    if details.upstream_contract_id is not None:
        yield from _check_upstream(details, facts.upstream)


def _check_receiver(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    if details.receiver_kind in HOUSEHOLD_KINDS:
        household = facts.households.get(details.receiver_household_id or 0)
        if household is None or not household.is_active:
            yield block("receiver", N_("接受方农户不存在或已停用；请重新选择农户。"))
        return
    receiver = facts.organisations.get(details.receiver_organisation_id or 0)
    if receiver is None or not receiver.is_open:
        yield block("receiver", N_("接受方组织不存在或已停用；请重新选择。"))
    elif details.receiver_kind is ReceiverKind.COLLECTIVE and not receiver.is_collective:
        yield block(
            "receiver",
            N_("“%(name)s”不是村集体经济组织，不能代表农户签订；请更换接受方。"),
            name=receiver.name,
        )
    if details.receiver_organisation_id == details.provider_id:
        yield from _check_self_dealing(details, facts)


def _check_self_dealing(details: ContractDetails, facts: Facts) -> Iterator[Finding]:
    if details.receiver_kind is not ReceiverKind.COLLECTIVE:
        yield block("provider", N_("接受方与服务方是同一组织；请更换其中一方。"))
        return
    for row, household in enumerate(details.annex):
        mandate = facts.mandates.get(household.mandate_id or 0)
        if mandate is None or not mandate.consents_to_self_dealing:
            yield block(
                f"annex-{row}",
                N_(
                    "村集体既代理农户又是服务方，%(name)s的委托书没有写明同意（民法典第168条）；请补签同意或更换服务方。"
                ),
                name=annex_checks.name_of(household, facts),
            )


def _check_upstream(details: ContractDetails, upstream: UpstreamFact | None) -> Iterator[Finding]:
    if upstream is None or not upstream.is_binding:
        yield block("upstream", N_("上级合同不存在，或尚未签订、已经结束；请选择履行中的委托合同。"))
        return
    if upstream.nature is not ContractNature.ENTRUSTMENT:
        yield block(
            "upstream",
            N_("上级合同 %(number)s 是服务合同，农户没有转移经营权，不能据以再签；请选择委托流转合同。"),
            number=upstream.number,
        )
    if upstream.provider_id != details.receiver_organisation_id:
        yield block(
            "upstream",
            N_("上级合同 %(number)s 的受托方不是本合同的接受方；请核对两份合同的当事人。"),
            number=upstream.number,
        )
    if not upstream.days.covers(details.term):
        yield block(
            "upstream",
            N_("本合同期限超出上级合同 %(number)s 的期限（%(days)s）；请缩短期限。"),
            number=upstream.number,
            days=str(upstream.days),
        )
    if details.area > upstream.area:
        yield block(
            "upstream",
            N_("本合同面积 %(area)s 亩超过上级合同 %(number)s 的 %(most)s 亩；请核对面积。"),
            number=upstream.number,
            area=mu(details.area),
            most=mu(upstream.area),
        )
