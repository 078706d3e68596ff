"""The checks of a contract's terms: dates, prices, deposit, payment plan; and all checks in one.

A place is a field's name, or a row of a list: ``menu-2-price``, ``annex-17-parcels-0-area``, counted from 0
as form fields are.
"""

from collections.abc import Iterator

from coop.contracts.rules import annex_checks, money
from coop.contracts.rules.details import ContractDetails, RentDetails
from coop.contracts.rules.facts import Facts
from coop.contracts.rules.findings import Finding, block, need_reason, note
from coop.contracts.rules.menu_checks import check_menu
from coop.contracts.rules.party_checks import check_parties
from coop.contracts.rules.terms import (
    EARNEST_MOST,
    WHOLE_TERM_MOST,
    ContractMode,
    ContractNature,
    DepositKind,
    PaymentMode,
    RentKind,
)
from foundation.values.money import yuan
from foundation.values.percent import WHOLE, BasisPoints, percent, portion
from foundation.wording import N_


def check(details: ContractDetails, facts: Facts) -> list[Finding]:
    """Return everything that is to be said about a contract, in the order of its fields."""
    if details.ends_on < details.starts_on:
        return [
            block(
                "ends_on",
                N_("终止日 %(end)s 早于起始日 %(start)s；请把起止日期改正确。"),
                start=details.starts_on,
                end=details.ends_on,
            )
        ]
    return [
        *check_parties(details, facts),
        *check_term(details),
        *check_price(details),
        *check_menu(details, facts),
        *check_deposit(details),
        *check_payments(details),
        *check_standards(details),
        *annex_checks.check_annex(details, facts),
    ]


def check_term(details: ContractDetails) -> Iterator[Finding]:
    """A lease of more than twenty years is void for the surplus (Civil Code 705)."""
    if money.contract_years(details.term) > WHOLE_TERM_MOST:
        yield block("ends_on", N_("合同期限超过 %(most)s 年；请缩短期限。"), most=WHOLE_TERM_MOST)


def check_price(details: ContractDetails) -> Iterator[Finding]:
    """The terms of the mode are there, and only those."""
    match details.mode:
        case ContractMode.MENU:
            if not details.menu:
                yield block("menu", N_("菜单式合同至少要有一个服务环节；请添加作物季、环节和单价。"))
        case ContractMode.ORDER:
            if details.package is None or not details.package.fee:
                yield block("package", N_("请填写订单式的打包服务费（元/亩/年）。"))
            elif details.package.guaranteed_yield and not (
                details.package.compensation_price or details.package.compensation
            ):
                yield block("package", N_("约定了保底产量，请写明未达标时的补偿单价或补偿方式。"))
        case ContractMode.LEASE:
            yield from _check_rent(details.rent)
        case ContractMode.SHARE:
            yield from _check_share(details)


def _check_rent(rent: RentDetails | None) -> Iterator[Finding]:
    if rent is None:
        yield block("rent", N_("请填写流转式的租金。"))
    elif rent.kind is RentKind.CASH and not rent.cash:
        yield block("rent", N_("请填写每亩每年的固定租金。"))
    elif rent.kind is RentKind.GRAIN and not (rent.grain and rent.grain_price and rent.grain_name):
        yield block("rent", N_("实物折价的租金请写明粮食品种、每亩每年公斤数和参考单价。"))
    elif rent.kind is RentKind.GRAIN and not rent.floor:
        yield need_reason(
            "rent", N_("实物折价的租金没有保底价，粮价下跌由农户承担；请填写保底，或说明理由。")
        )


def _check_share(details: ContractDetails) -> Iterator[Finding]:
    if details.share is None or not details.share.floor:
        yield block("share", N_("请填写参股式每亩每年的保底收益。"))
    if details.share is None or not details.share.dividend:
        yield block("share", N_("请填写分红比例：各方合计应为 100%%。"))
        return
    whole = sum(part.rate for part in details.share.dividend)
    if whole != WHOLE:
        yield block(
            "share",
            N_("分红比例合计为 %(sum)s，应为 100%%；请调整各方比例。"),
            sum=percent(BasisPoints(whole)),
        )


def check_deposit(details: ContractDetails) -> Iterator[Finding]:
    """订金 and 定金 are not the same; the second is capped at a fifth (Civil Code 586)."""
    deposit, total = details.deposit, money.total(details)
    if deposit.kind is DepositKind.NONE:
        if deposit.amount:
            yield block("deposit", N_("填写了签订时支付额，请选择是订金还是定金。"))
        return
    if not 0 < deposit.amount <= total:
        yield block(
            "deposit",
            N_("%(kind)s应大于零且不超过合同总额 %(total)s 元；请改正金额。"),
            kind=deposit.kind,
            total=yuan(total),
        )
    elif deposit.kind is DepositKind.EARNEST and deposit.amount > portion(total, EARNEST_MOST):
        yield block(
            "deposit",
            N_("定金 %(amount)s 元超过合同总额的 20%%（%(most)s 元）；请减少，或改为订金（预付款）。"),
            amount=yuan(deposit.amount),
            most=yuan(portion(total, EARNEST_MOST)),
        )
    if deposit.rate and money.deposit_amount(total, deposit.rate) != deposit.amount:
        yield block(
            "deposit",
            N_("按 %(rate)s 计算应为 %(amount)s 元，与所填 %(written)s 元不符；请改比例或金额。"),
            rate=percent(deposit.rate),
            amount=yuan(money.deposit_amount(total, deposit.rate)),
            written=yuan(deposit.amount),
        )


def check_payments(details: ContractDetails) -> Iterator[Finding]:
    """Deposit + instalments = total, each with a time; a late fee above 1 % a day asks for a reason."""
    for row, payment in enumerate(details.payments):
        if not payment.amount:
            yield block(
                f"payments-{row}-amount", N_("第 %(row)s 期付款额为零；请填写或删去这一期。"), row=row + 1
            )
        timed = (payment.due_on is not None) + (payment.days_after_acceptance is not None)
        if timed != 1 and details.payment_mode is not PaymentMode.FROM_PROCEEDS:
            yield block(
                f"payments-{row}-due_on",
                N_("第 %(row)s 期请填写到期日，或填写验收后多少天，二者选一。"),
                row=row + 1,
            )
    total, paid = money.total(details), money.paid_by_plan(details.payments)
    if details.deposit.amount + paid != total:
        yield block(
            "payments",
            N_("签订时支付 %(deposit)s 元加各期 %(paid)s 元，不等于合同总额 %(total)s 元；请调整付款计划。"),
            deposit=yuan(details.deposit.amount),
            paid=yuan(paid),
            total=yuan(total),
        )
    if details.late_fee > WHOLE // 100:
        yield need_reason(
            "late_fee",
            N_("逾期违约金每日 %(rate)s 偏高；请核对，或说明理由。"),
            rate=percent(details.late_fee),
        )


def check_standards(details: ContractDetails) -> Iterator[Finding]:
    """A service without agreed standards is hard to accept; the annex is advised."""
    if details.nature is ContractNature.SERVICE and not details.standards:
        yield note("standards", N_("没有填写服务标准附件，验收时缺少依据；建议从标准指引中选择。"))
