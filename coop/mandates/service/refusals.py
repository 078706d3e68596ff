"""What mandates refuse, in the sentences that the user reads."""

from foundation.errors import DomainError, Forbidden


class MayNot(Forbidden):
    """农户 %(name)s 不在您可办理委托书的辖区内；请由当地有权限的人员办理。"""


class NobodyChosen(DomainError):
    """没有选中任何农户；请至少选择一户。"""


class PrincipalGone(DomainError):
    """农户 %(name)s 已停用，不能再出具委托书；请核对农户状态。"""


class AgentGone(DomainError):
    """受托人“%(name)s”已停用；请选择在用的村集体经济组织。"""


class AgentNotCollective(DomainError):
    """“%(name)s”不是村集体经济组织，不能作受托人；请选择农户所在村的村集体。"""


class TermReversed(DomainError):
    """委托止期 %(ends)s 早于起期 %(starts)s；请改正。"""


class NoLand(DomainError):
    """农户 %(name)s 名下没有可委托的地块；请先登记地块，或从清单中删去。"""


class LandOfAnother(DomainError):
    """地块 %(parcel)s 不在 %(name)s 名下；请核对地块。"""


class TooMuchLand(DomainError):
    """地块 %(parcel)s 委托面积超过所依据的%(kind)s；请改小，或先登记新的面积。"""


class AlreadyMandated(DomainError):
    """农户 %(name)s 在这段时间已有委托书 %(number)s；请先撤回，或改变委托期限。"""


class AlreadySigned(DomainError):
    """委托书 %(number)s 已于 %(day)s 签字，内容不能再改；需要变更的，请撤回后重新登记。"""


class SignedInFuture(DomainError):
    """签字日期 %(day)s 晚于今天；请填写委托书上的日期。"""


class AlreadyRevoked(DomainError):
    """委托书 %(number)s 已于 %(day)s 撤回，不能再次办理。"""


class ReasonMissing(DomainError):
    """请写明撤回理由（至少两个字）。"""


class RevokedTooEarly(DomainError):
    """撤回日期 %(day)s 早于签字日期 %(signed)s；请核对日期。"""
