"""What tracks refuse, in the sentences that the user reads."""

from collections.abc import Sequence

from coop.contracts.rules.findings import Finding
from coop.tracks.rules.picture import Picture
from foundation.errors import DomainError, Forbidden


class SameFile(DomainError):
    """这个轨迹文件已于 %(day)s 以“%(name)s”导入过这张作业单，不能重复计算；导入有误的请先撤回那次导入。"""


class TrackElsewhere(DomainError):
    """轨迹不在作业单的任何地块内，没有导入：离得最近的是地块 %(parcel)s，相距 %(metres)s 米；

    请核对文件、作业单和坐标。
    """

    def __init__(self, picture: Picture, *, parcel: str, metres: int) -> None:
        super().__init__(parcel=parcel, metres=metres)
        self.picture = picture


class TrackQuestioned(DomainError):
    """轨迹来历有疑问，没有导入：%(first)s"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(first=findings[0].text)


class OrderWithoutLines(DomainError):
    """作业单 %(number)s 没有可登记的地块，或已撤销；请核对作业单编号。"""


class NobodyDrove(DomainError):
    """作业单没有指定机具，终端编号也没有对应的机具；请选择实际作业的机具或机手。"""


class MayNot(Forbidden):
    """您没有在作业单所在地办理“%(act)s”的权限；请由有权限的人员办理。"""


class AlreadyUndone(DomainError):
    """这条轨迹已于 %(day)s 撤回；请刷新页面查看最新情况。"""


class LaterTrackStands(DomainError):
    """同一地块上还有较晚导入的轨迹“%(name)s”，它的新增面积是扣除这条轨迹算出的；请先撤回那条轨迹。"""


class AlreadyResolved(DomainError):
    """这项复测已于 %(day)s 办结；请刷新页面查看结果。"""


class NothingMeasured(DomainError):
    """没有填写复测面积，不能改按实测面积结算；请填写复测亩数，或取消勾选。"""


class NoWordOfMeasure(DomainError):
    """请填写复测面积；不复测的，请写明维持原面积的理由（至少两个字）。"""
