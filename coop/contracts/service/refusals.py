"""What contracts refuse, in the sentences that the user reads."""

from collections.abc import Sequence

from coop.contracts.rules.findings import Finding
from foundation.errors import DomainError, Forbidden


class ContractRefused(DomainError):
    """合同有 %(count)s 处必须改正：%(first)s"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=len(findings), first=findings[0].text)


class NotPossibleNow(DomainError):
    """合同现在是“%(state)s”状态，不能办理“%(operation)s”；请刷新页面查看最新进展。"""


class MayNot(Forbidden):
    """您没有在合同所在地办理“%(operation)s”的权限；请由有权限的人员办理。"""


class SameHands(DomainError):
    """合同由您起草、修改或提交，不能由您本人审核；请由另一人审核。"""


class OthersAct(DomainError):
    """只有办理人本人可以撤回自己的提交或审核；请联系办理人，或使用“退回”。"""


class StillHandedOn(DomainError):
    """本合同的土地已由合同 %(numbers)s 再次托管；请先终止或作废那些合同。"""


class ReasonMissing(DomainError):
    """请写明理由（至少两个字）；理由会记入办理记录。"""


class SignedInFuture(DomainError):
    """签订日期 %(day)s 晚于今天；请填写合同上的签字日期。"""


class EndedOutsideTerm(DomainError):
    """日期 %(day)s 不在合同期限 %(starts)s 至 %(ends)s 之内；请核对日期。"""


class DayInFuture(DomainError):
    """日期 %(day)s 晚于今天；请填写实际发生的日期。"""


class OutsideScope(Forbidden):
    """合同所在地 %(code)s 不在您的管辖范围内；请选择本单位管辖的镇村。"""
