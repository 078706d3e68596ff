"""The form of a contract: every term a field, each mode its own part, the annex as lines of text."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    ContractDetails,
    DepositDetails,
    DividendShareDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
    StandardDetails,
)
from coop.contracts.rules.money import balance, deposit_amount, total
from coop.contracts.rules.terms import (
    HOUSEHOLD_KINDS,
    ContractMode,
    DepositKind,
    DisputeWay,
    PartyRole,
    PaymentMode,
    ReceiverKind,
    RentKind,
)
from coop.entry.forms.lines import (
    MOST_AREA,
    MOST_PRICE,
    MOST_SUM,
    MOST_WEIGHT,
    DividendForm,
    KilogramField,
    MenuLineForm,
    PaymentForm,
    StandardForm,
)
from foundation.values.money import Fen
from foundation.values.percent import WHOLE, BasisPoints
from foundation.web.fields import (
    CountField,
    DateField,
    DivisionField,
    LinesField,
    LongTextField,
    MuField,
    PercentField,
    PickerField,
    TermField,
    TextField,
    YuanField,
)
from foundation.web.forms import AtMost, EditForm, Required

ANNEX_LIMIT = 400_000
USUAL_DAYS = 10
"""Days after acceptance within which the rest is paid, unless the clerk writes others."""


class EntryForm(EditForm):
    """All that a contract says."""

    mode = TermField(_l("托管方式"), [Required()], terms=ContractMode, blank=None, default=ContractMode.MENU)
    receiver_kind = TermField(
        _l("接受方类型"), [Required()], terms=ReceiverKind, blank=None, default=ReceiverKind.HOUSEHOLD
    )
    receiver = PickerField(_l("接受方"), [Required()], source="/coop/entry/receivers")
    provider = PickerField(_l("服务方"), [Required()], source="/coop/entry/providers")
    starts_on = DateField(_l("合同起"), [Required()])
    ends_on = DateField(_l("合同止"), [Required()])
    area = MuField(_l("合同面积"), [Required(), AtMost(MOST_AREA)])
    crops = TextField(_l("作物"), limit=100)
    annex = LongTextField(_l("农户和地块清单"), limit=ANNEX_LIMIT)
    menu = LinesField(MenuLineForm, _l("服务环节"), spare=3)
    package_fee = YuanField(_l("打包服务费"), [AtMost(MOST_PRICE)])
    guaranteed_yield = KilogramField(_l("保底产量"), [AtMost(MOST_WEIGHT)])
    compensation_price = YuanField(_l("补偿单价"), [AtMost(MOST_PRICE)])
    compensation = TextField(_l("补偿方式"), limit=400)
    rent_kind = TermField(_l("租金方式"), terms=RentKind, blank=None, default=RentKind.CASH)
    rent_cash = YuanField(_l("固定租金"), [AtMost(MOST_PRICE)])
    grain_name = TextField(_l("粮食品种"), limit=30)
    grain = KilogramField(_l("实物数量"), [AtMost(MOST_WEIGHT)])
    grain_price = YuanField(_l("参考单价"), [AtMost(MOST_PRICE)])
    rent_floor = YuanField(_l("租金保底"), [AtMost(MOST_PRICE)])
    share_floor = YuanField(_l("保底收益"), [AtMost(MOST_PRICE)])
    dividend = LinesField(DividendForm, _l("分红比例"), spare=3)
    deposit_kind = TermField(_l("签订时支付"), terms=DepositKind, blank=None, default=DepositKind.NONE)
    deposit_rate = PercentField(_l("支付比例"), [AtMost(WHOLE)])
    deposit_amount = YuanField(_l("支付金额"), [AtMost(MOST_SUM)], description=_l("不填则按比例计算"))
    payment_mode = TermField(
        _l("支付方式"), terms=PaymentMode, blank=None, default=PaymentMode.AFTER_ACCEPTANCE
    )
    balance_days = CountField(_l("验收后付款天数"), most=999, description=_l("不填则为 10 天"))
    payments = LinesField(PaymentForm, _l("付款计划"), spare=2, description=_l("最后一期可不填金额，取余数"))
    late_fee = PercentField(
        _l("逾期违约金"), [AtMost(WHOLE)], description=_l("每日按应付款的比例计，累计不超过 50%")
    )
    standards = LinesField(StandardForm, _l("服务标准"), spare=2)
    printed_first = TermField(_l("合同甲方"), terms=PartyRole, blank=None, default=PartyRole.RECEIVER)
    upstream = PickerField(
        _l("上级合同"), source="/coop/entry/upstreams", description=_l("村集体据以再签的委托合同")
    )
    division = DivisionField(_l("合同所在地"), description=_l("不填则为接受方所在地"))
    place = TextField(_l("地点说明"), limit=200)
    dispute = TermField(_l("争议处理"), terms=DisputeWay, blank=None, default=DisputeWay.COURT)
    free_terms = LongTextField(_l("补充约定"))
    exception_reason = TextField(_l("情况说明"), limit=400, description=_l("有“需说明理由”的提示时填写"))

    def offer(self, links: Sequence[tuple[int, str]], seasons: Sequence[tuple[int, str]]) -> None:
        """Put the catalogue's links and seasons into the lines of the menu."""
        for line in self.menu.lines:
            line.link.choices, line.season.choices = links, seasons

    def details(self, annex: tuple[AnnexHouseholdDetails, ...], division_code: str) -> ContractDetails:
        """Return the terms; only those of the chosen mode."""
        mode, kind = self.mode.data, self.receiver_kind.data
        is_household = kind in HOUSEHOLD_KINDS
        receiver = int(self.receiver.data)
        details = ContractDetails(
            mode=mode,
            receiver_kind=kind,
            receiver_household_id=receiver if is_household else None,
            receiver_organisation_id=None if is_household else receiver,
            provider_id=int(self.provider.data),
            division_code=division_code,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            area=self.area.data,
            printed_first=self.printed_first.data,
            upstream_contract_id=int(self.upstream.data) if self.upstream.data else None,
            place=self.place.data or "",
            crops=self.crops.data or "",
            menu=self._menu() if mode is ContractMode.MENU else (),
            package=self._package() if mode is ContractMode.ORDER else None,
            rent=self._rent() if mode is ContractMode.LEASE else None,
            share=self._share() if mode is ContractMode.SHARE else None,
            payment_mode=self.payment_mode.data,
            late_fee=self.late_fee.data or BasisPoints(0),
            dispute=self.dispute.data,
            free_terms=self.free_terms.data or "",
            standards=tuple(_standard(line) for line in self.standards.filled()),
            annex=annex,
            exception_reason=self.exception_reason.data or "",
        )
        details = replace(details, deposit=self._deposit(details))
        return replace(details, payments=self._payments(details))

    def _menu(self) -> tuple[MenuLineDetails, ...]:
        return tuple(
            MenuLineDetails(
                link_id=line.link.data,
                season_id=line.season.data,
                price=line.price.data,
                area=line.area.data,
                passes=line.passes.data or 1,
                starts_on=line.starts_on.data,
                ends_on=line.ends_on.data,
            )
            for line in self.menu.filled()
        )

    def _package(self) -> PackageDetails:
        return PackageDetails(
            fee=self.package_fee.data or Fen(0),
            guaranteed_yield=self.guaranteed_yield.data,
            compensation_price=self.compensation_price.data,
            compensation=self.compensation.data or "",
        )

    def _rent(self) -> RentDetails:
        is_cash = self.rent_kind.data is RentKind.CASH
        return RentDetails(
            kind=self.rent_kind.data,
            cash=self.rent_cash.data if is_cash else None,
            grain=None if is_cash else self.grain.data,
            grain_name="" if is_cash else self.grain_name.data or "",
            grain_price=None if is_cash else self.grain_price.data,
            floor=None if is_cash else self.rent_floor.data,
        )

    def _share(self) -> ShareDetails:
        dividend = (
            DividendShareDetails(holder=line.holder.data, rate=line.rate.data)
            for line in self.dividend.filled()
        )
        return ShareDetails(floor=self.share_floor.data or Fen(0), dividend=tuple(dividend))

    def _deposit(self, details: ContractDetails) -> DepositDetails:
        kind, rate = self.deposit_kind.data, self.deposit_rate.data or BasisPoints(0)
        amount = self.deposit_amount.data
        if amount is None and kind is not DepositKind.NONE:
            amount = deposit_amount(total(details), rate)
        return DepositDetails(kind=kind, rate=rate, amount=amount or Fen(0))

    def _payments(self, details: ContractDetails) -> tuple[PaymentDetails, ...]:
        """Return the plan: the instalments as written, or what remains after the deposit in one sum."""
        rest = balance(details)
        if details.payment_mode is PaymentMode.INSTALMENTS:
            lines = self.payments.filled()
            rest = Fen(max(0, rest - sum(line.amount.data or 0 for line in lines)))
            return tuple(_payment(line, rest) for line in lines)
        at_signing = details.payment_mode is PaymentMode.AT_SIGNING
        after = details.payment_mode is PaymentMode.AFTER_ACCEPTANCE
        whole = PaymentDetails(
            label="余款" if details.deposit.amount else "合同款",
            amount=rest,
            due_on=details.starts_on if at_signing else None,
            days_after_acceptance=(self.balance_days.data or USUAL_DAYS) if after else None,
        )
        return (whole,) if rest > 0 else ()


def _payment(line: Any, rest: Fen) -> PaymentDetails:
    return PaymentDetails(
        label=line.label.data,
        amount=rest if line.amount.data is None else line.amount.data,
        due_on=line.due_on.data,
        days_after_acceptance=line.days.data,
    )


def _standard(line: Any) -> StandardDetails:
    return StandardDetails(
        item=line.item.data, content=line.content.data, agreed=line.agreed.data, note=line.note.data or ""
    )
