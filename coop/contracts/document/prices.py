"""Articles 4 and 5: how much is paid by whom, and how."""

from typing import assert_never

from coop.contracts.document.wording import Names, Parts, joined, kilograms, money, rate
from coop.contracts.rules.details import PaymentDetails
from coop.contracts.rules.terms import ContractMode, ContractNature, DepositKind, PaymentMode, RentKind
from coop.contracts.snapshot import ContractSnapshot
from foundation.typesetting import Block, Heading, Paragraph, filled
from foundation.values.dates import chinese_date
from foundation.values.money import yuan
from foundation.values.percent import percent


def price(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    """第四条: what is paid, by mode, in figures and capitals."""
    write = {
        ContractMode.MENU: _menu_price,
        ContractMode.ORDER: _package_price,
        ContractMode.LEASE: _rent,
        ContractMode.SHARE: _share,
    }[snapshot.mode]
    head = "第四条　服务费用" if names.payer == names.receiver else "第四条　收益"
    return [Heading(head), *write(snapshot, names)]


def _total(snapshot: ContractSnapshot, names: Names, what: str) -> Paragraph:
    by_year = snapshot.yearly_amount != snapshot.total
    yearly = ("每年", money(snapshot.yearly_amount), "，") if by_year else ()
    return Paragraph(
        joined(
            f"{names.payer}应当向{names.payee}支付的{what}，",
            *yearly,
            "合同期内合计",
            money(snapshot.total),
            "。",
        )
    )


def _menu_price(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    lead = "服务费用按第一条所列单价、次数和面积逐项计算；实际作业面积以双方验收确认的为准，据实结算。"
    return [Paragraph(lead), _total(snapshot, names, "服务费用")]


def _package_price(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(
            joined(
                "服务费用实行总价包干，每亩每年",
                filled(yuan(snapshot.yearly_price)),
                "元，",
                "包含全程作业及约定的农资。",
            )
        ),
        _total(snapshot, names, "服务费用"),
    ]
    package = snapshot.package
    if package and package.guaranteed_yield:
        price = package.compensation_price
        by_weight = ("按每公斤", filled(yuan(price)), "元") if price else ("按当季当地收购均价",)
        blocks.append(
            Paragraph(
                joined(
                    f"{names.provider}保证亩均产量不低于",
                    filled(kilograms(package.guaranteed_yield)),
                    "公斤；未达到的，其差额",
                    *by_weight,
                    f"补偿{names.receiver}，因自然灾害等不可抗力减产的除外。{package.compensation}",
                )
            )
        )
    return blocks


def _rent(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    rent = snapshot.rent
    if rent is not None and rent.kind is RentKind.GRAIN:
        floor = ("，且不低于每亩每年", filled(yuan(rent.floor)), "元") if rent.floor else ()
        lead = joined(
            "流转价款每亩每年按",
            filled(kilograms(rent.grain) if rent.grain else ""),
            f"公斤{rent.grain_name}折价，折价单价每公斤",
            filled(yuan(rent.grain_price) if rent.grain_price else ""),
            "元",
            *floor,
            "；签订时折合每亩每年",
            filled(yuan(snapshot.yearly_price)),
            "元。",
        )
    else:
        lead = joined("流转价款每亩每年", filled(yuan(snapshot.yearly_price)), "元。")
    return [Paragraph(lead), _total(snapshot, names, "流转价款"), _not_withheld(names)]


def _share(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(
            joined(
                f"{names.receiver}以土地经营权入股，每亩折一股，享有每亩每年",
                filled(yuan(snapshot.yearly_price)),
                "元的保底收益和盈余分红。",
            )
        ),
        _total(snapshot, names, "保底收益"),
    ]
    if snapshot.share and snapshot.share.dividend:
        parts = "、".join(f"{share.holder} {percent(share.rate)}" for share in snapshot.share.dividend)
        blocks.append(
            Paragraph(f"扣除成本、保底收益和约定的风险金后的盈余，按下列比例分配：{parts}，合计 100%。")
        )
    return [*blocks, _not_withheld(names)]


def _not_withheld(names: Names) -> Paragraph:
    return Paragraph(f"上述收益归承包农户所有，{names.payer}应当足额支付，任何组织和个人不得截留、扣缴。")


def payment(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    """第五条: deposit, instalments and the account that is paid into."""
    blocks: list[Block] = [Heading("第五条　支付方式")]
    deposit = snapshot.deposit
    if deposit.kind is not DepositKind.NONE:
        law = "，适用定金罚则" if deposit.kind is DepositKind.EARNEST else "，抵作价款"
        word = "定金" if deposit.kind is DepositKind.EARNEST else "订金（预付款）"
        blocks.append(
            Paragraph(
                joined(
                    f"合同签订之日，{names.payer}向{names.payee}支付合同总额的",
                    rate(deposit.rate),
                    "，即",
                    money(deposit.amount),
                    f"，作为{word}{law}；余款",
                    money(snapshot.balance),
                    "。",
                )
            )
        )
    what = "余款" if deposit.kind is not DepositKind.NONE else "价款"
    instalments = [part for each in snapshot.payments for part in _instalment(each, snapshot.nature)]
    blocks.append(Paragraph((f"{what}{_way(snapshot, names)}。", *instalments)))
    payee = snapshot.provider if names.payee == names.provider else snapshot.receiver
    if payee.bank_account:
        blocks.append(
            Paragraph(
                joined(
                    f"{names.payee}收款账户：户名",
                    filled(payee.name),
                    "，开户银行",
                    filled(payee.bank_name),
                    "，账号",
                    filled(payee.bank_account),
                    "。",
                )
            )
        )
    return blocks


def _way(snapshot: ContractSnapshot, names: Names) -> str:
    """How the price is paid; entrusted land knows no work to accept, only a harvest to wait for."""
    is_service = snapshot.nature is ContractNature.SERVICE
    match snapshot.payment_mode:
        case PaymentMode.INSTALMENTS:
            return "按约定分期支付"
        case PaymentMode.AT_SIGNING:
            return "于合同签订之日一次付清"
        case PaymentMode.AFTER_ACCEPTANCE:
            return "于全部作业完成并验收合格后一次付清" if is_service else "于当年作物收获后一次付清"
        case PaymentMode.FROM_PROCEEDS if is_service:
            return f"从{names.provider}代{names.receiver}销售农产品的价款中扣除，并出具结算明细"
        case PaymentMode.FROM_PROCEEDS:
            return f"从{names.provider}销售农产品的价款中支付，并出具结算明细"
    assert_never(snapshot.payment_mode)


def _instalment(each: PaymentDetails, nature: ContractNature) -> Parts:
    """One instalment with its amount and when it falls due."""
    if each.due_on is not None:
        when = f"于{chinese_date(each.due_on)}前支付"
    elif each.days_after_acceptance is not None:
        event = "作业完成并验收合格" if nature is ContractNature.SERVICE else "当年作物收获"
        when = f"于{event}后{each.days_after_acceptance}日内支付"
    else:
        when = "按约定支付"
    return (f"{each.label}", *money(each.amount), f"，{when}。")
