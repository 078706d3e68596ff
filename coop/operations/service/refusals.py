"""What work orders refuse, in the sentences that the user reads."""

from collections.abc import Sequence

from coop.contracts.rules.findings import Finding
from foundation.errors import DomainError, Forbidden


class OrderRefused(DomainError):
    """作业单有 %(count)s 处必须改正：%(first)s"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=len(findings), first=findings[0].text)


class NothingTicked(DomainError):
    """请先勾选村、农户或地块。"""


class NothingToPlan(DomainError):
    """所选村、户没有可以编入作业单的地块；请核对作物季、环节、遍次和合同，或另选村、户。"""


class NotPossibleNow(DomainError):
    """作业单现在是“%(state)s”状态，不能办理“%(operation)s”；请刷新页面查看最新进展。"""


class MayNot(Forbidden):
    """您没有在作业单所在地办理“%(operation)s”的权限；请由有权限的人员办理。"""


class ReasonMissing(DomainError):
    """请写明理由（至少两个字）；理由会记入办理记录。"""


class LineCancelled(DomainError):
    """作业单第 %(position)s 行已撤销，不能再登记或验收；请核对后选择其他地块。"""


class NothingReported(DomainError):
    """作业单第 %(position)s 行还没有登记作业情况，不能验收；请先登记作业。"""


class LineAccepted(DomainError):
    """地块 %(parcel)s 已验收，不能撤销；请先由有权限的人员撤回验收。"""


class LineReported(DomainError):
    """地块 %(parcel)s 已登记作业 %(area)s 亩，不能撤销；请先撤回作业登记。"""


class NoLineChosen(DomainError):
    """没有选中可以撤销的地块；请在表中勾选后再办理。"""


class WindowOutsideSeason(DomainError):
    """作业期限 %(starts)s 至 %(ends)s 不在作物季 %(season)s 之内（%(first)s 至 %(last)s）；请核对日期。"""


class NotOfProvider(DomainError):
    """%(name)s 不属于服务方 %(provider)s；请选择该服务方的机具和机手。"""


class WrongProgramme(DomainError):
    """项目“%(name)s”不属于 %(season)s 所在的县区和年度，或已停用；请另选项目。"""


class TooManyLines(DomainError):
    """一次选中了 %(count)s 块地，最多 %(most)s 块；请按乡镇或村分几次编制。"""


class NothingToReport(DomainError):
    """没有要登记的地块；请至少填写一行作业结果。"""


class NotYetIssued(DomainError):
    """作业单 %(number)s 还没有派发，不能登记作业；请先派发，再登记作业情况。"""


class ReportRefused(DomainError):
    """有 %(count)s 处需要改正，一行也没有保存：%(first)s"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=len(findings), first=findings[0].text)


class AlreadyUndone(DomainError):
    """这次登记已经撤回；请刷新页面查看现在的作业情况。"""


class UndoRefused(DomainError):
    """地块 %(parcel)s 已验收、有争议或已撤销，不能撤回作业登记；请先撤回验收或处理争议。"""
