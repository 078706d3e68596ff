"""What acceptance refuses, in the sentences that clerk or farmer reads."""

from collections.abc import Sequence

from coop.contracts.rules.findings import Finding
from foundation.errors import DomainError, Forbidden, NotFound


class NoBook(DomainError):
    """亩数台账没有启用，验收结果无处计入；请联系系统管理员检查安装。"""


class MayNot(Forbidden):
    """作业单 %(number)s 不在您可办理“%(act)s”的辖区内；请由当地有权限的人员办理。"""


class WordRefused(DomainError):
    """验收不能登记：%(first)s"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(first=findings[0].text)


class CodeUnknown(NotFound):
    """没有这个验收码：可能抄错了一位，也可能重新打印后换了新码；请用最新的验收确认单核对。"""


class CodeSpent(DomainError):
    """这个验收码已于 %(at)s 使用过，答复已登记，不能再次提交；要改答复请联系%(office)s。"""


class CodeExpired(DomainError):
    """这个验收码已于 %(at)s 过期；请联系%(office)s换发新码，或在纸质作业单上签字。"""


class CodeRevoked(DomainError):
    """这个验收码已注销；请用最新作业单上的验收码，或联系%(office)s。"""


class OrderGone(DomainError):
    """作业单 %(number)s 已撤销，不用再验收；有疑问请联系%(office)s。"""


class NotYetReported(DomainError):
    """地块 %(parcel)s 还没有登记作业，现在不能验收；请在作业完成、登记之后再来。"""


class NothingToAccept(DomainError):
    """作业单 %(number)s 中没有等待 %(name)s 验收的地块；请刷新页面查看最新进展。"""


class WrongParcel(DomainError):
    """提交的地块不属于这张验收单，全部答复都没有保存；请重新扫码打开页面再填。"""


class WordMissing(DomainError):
    """请对地块 %(parcel)s 选择“认可”“面积不符”或“没有作业”。"""


class AreaMissing(DomainError):
    """请填写地块 %(parcel)s 您认可的亩数。"""


class AreaNotSmaller(DomainError):
    """地块 %(parcel)s 登记作业 %(area)s 亩，认可的亩数应大于 0 且比它少；一样多请选“认可”。"""


class AlreadyAnswered(DomainError):
    """地块 %(parcel)s 已有答复，不能重复登记；要改答复请先由有权限的人员撤回。"""


class WitnessUnnamed(DomainError):
    """请填写答复人姓名；家庭成员或见证人答复时要写明是谁。"""


class SatisfactionOutOfRange(DomainError):
    """满意度请选 1 到 5 分。"""


class NotAPicture(DomainError):
    """文件“%(name)s”不是照片；请上传 JPG 或 PNG 格式的照片。"""


class TooManyPictures(DomainError):
    """每块地最多上传 %(most)s 张照片；请选最清楚的几张。"""


class ReasonMissing(DomainError):
    """请写明理由（至少两个字）；理由会记入办理记录。"""


class NoticeInFuture(DomainError):
    """送达日期 %(day)s 晚于今天；请填写实际告知农户的日期。"""


class NoticeBeforeReport(DomainError):
    """%(name)s 的作业在 %(reported)s 才登记，送达日期 %(day)s 在此之前；请在登记后告知农户，再填送达日期。"""


class NobodyToTell(DomainError):
    """所选验收单中没有待答复的农户；请选择已登记作业、还没有答复的农户。"""


class NobodyOverdue(DomainError):
    """没有逾期未答复的地块可以视同验收；要先送达、过了答复期，并且送达后没有新的作业登记。"""


class DisputeOver(DomainError):
    """这项争议已于 %(day)s 处理，不能再次办理；请刷新页面查看结果。"""


class ConsentMissing(DomainError):
    """按登记面积核定要有农户书面认可的照片；请上传后再办理。"""


class PictureUsed(DomainError):
    """这张照片已于 %(on)s 用于作业单 %(order)s 的 %(household)s；请上传本户书面认可的照片。"""


class SettledAreaWrong(DomainError):
    """复测面积应大于 0，且不超过结算面积 %(basis)s 亩的允许范围（最多 %(most)s 亩）；请核对复测记录。"""


class NothingToUndo(DomainError):
    """地块 %(parcel)s 没有可撤回的答复；请刷新页面查看最新进展。"""


class NoCodeYet(DomainError):
    """作业单 %(number)s 还没有生成验收码；请先在验收页生成验收码，再打印验收确认单。"""
