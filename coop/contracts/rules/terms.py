"""The words of a contract: modes, natures, parties, kinds of terms, and what the law fixes about them."""

from typing import NewType

from foundation.values.percent import BasisPoints
from foundation.wording import N_, Term

Kilograms = NewType("Kilograms", int)
"""A weight in hundredths of a kilogram."""

EARNEST_MOST = BasisPoints(20_00)
"""定金 above a fifth of the contract sum is void for the surplus (Civil Code 586)."""

LATE_FEE_MOST = BasisPoints(50_00)
"""The daily late fee stops at half of what is payable (model contract, article 7)."""

WHOLE_TERM_MOST = 20
"""Years; a lease may not run longer (Civil Code 705), even where the land contract does."""


class ContractMode(Term):
    """The four forms of trusteeship of the county's plan; 菜单式 is the half form."""

    MENU = "menu", N_("菜单式半托管")
    ORDER = "order", N_("订单式")
    LEASE = "lease", N_("流转式")
    SHARE = "share", N_("参股式")


class ContractNature(Term):
    """Whether the household keeps operating the land or hands that right on; the two are never added up."""

    SERVICE = "service", N_("服务")
    ENTRUSTMENT = "entrustment", N_("委托流转")


NATURES = {
    ContractMode.MENU: ContractNature.SERVICE,
    ContractMode.ORDER: ContractNature.SERVICE,
    ContractMode.LEASE: ContractNature.ENTRUSTMENT,
    ContractMode.SHARE: ContractNature.ENTRUSTMENT,
}
"""Who pays follows from it: the receiver pays for a service, the provider pays for the use of land."""


class ReceiverKind(Term):
    """Who receives the service or hands in the land."""

    HOUSEHOLD = "household", N_("农户")
    LARGE_HOUSEHOLD = "large_household", N_("种植大户")
    COLLECTIVE = "collective", N_("村集体（代表农户）")
    ORGANISATION = "organisation", N_("其他组织")


HOUSEHOLD_KINDS = frozenset({ReceiverKind.HOUSEHOLD, ReceiverKind.LARGE_HOUSEHOLD})


class PartyRole(Term):
    """The role of a party; which of them is printed as 甲方 is another matter."""

    RECEIVER = "receiver", N_("接受服务方")
    PROVIDER = "provider", N_("提供服务方")


class DepositKind(Term):
    """订金 is a part paid ahead; 定金 is earnest money, forfeited or doubled and capped by law."""

    NONE = "none", N_("无")
    PREPAYMENT = "prepayment", N_("订金（预付款）")
    EARNEST = "earnest", N_("定金")


class PaymentMode(Term):
    """The alternatives of the model contract's article 5."""

    INSTALMENTS = "instalments", N_("分期支付")
    AT_SIGNING = "at_signing", N_("签订时一次付清")
    AFTER_ACCEPTANCE = "after_acceptance", N_("完成并验收后一次付清")
    FROM_PROCEEDS = "from_proceeds", N_("从代售农产品价款中扣除")


class RentKind(Term):
    """How the rent of a lease is reckoned."""

    CASH = "cash", N_("固定租金")
    GRAIN = "grain", N_("实物折价")


class DisputeWay(Term):
    """Where a dispute goes after negotiation and mediation; the model contract knows courts only."""

    COURT = "court", N_("向服务所在地人民法院起诉")


class Severity(Term):
    """What a finding does: stop the contract, ask for a reason, or only tell."""

    BLOCK = "block", N_("必须改正")
    REASON = "reason", N_("需说明理由")
    NOTE = "note", N_("提示")


class ContractPermission(Term):
    """What a person may do with contracts."""

    VIEW = "coop.contracts.view", N_("查看合同")
    DRAFT = "coop.contracts.draft", N_("起草和提交合同")
    APPROVE = "coop.contracts.approve", N_("审核合同")
    SIGN = "coop.contracts.sign", N_("登记合同签订")
    CLOSE = "coop.contracts.close", N_("完成、终止和作废合同")
    EXPORT = "coop.contracts.export", N_("导出合同")
    PRINT = "coop.contracts.print", N_("打印合同")
