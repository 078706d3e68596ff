"""What supplementary agreements refuse, in the sentences that the user reads."""

from foundation.errors import DomainError, Forbidden


class NothingChanges(DomainError):
    """补充协议与现行合同没有任何差异；请先填写要变更的内容。"""


class AnotherContract(DomainError):
    """补充协议不能更换当事人、模式或所在地；请终止原合同后另行签订。"""


class AnotherOpen(DomainError):
    """本合同还有未办结的补充协议 %(number)s；请先办完或作废那一份。"""


class NotPossibleNow(DomainError):
    """补充协议现在是“%(state)s”状态，不能办理“%(operation)s”；请刷新页面查看最新进展。"""


class MayNot(Forbidden):
    """您没有在合同所在地办理“%(operation)s”的权限；请由有权限的人员办理。"""


class SameHands(DomainError):
    """补充协议由您起草或提交，不能由您本人审核；请由另一人审核。"""


class OthersAct(DomainError):
    """只有办理人本人可以撤回自己的提交或审核；请联系办理人，或使用“退回”。"""


class BaseChanged(DomainError):
    """合同在起草本补充协议之后已有新的版本；请退回，按现行合同重新起草。"""


class SignedInFuture(DomainError):
    """签订日期 %(day)s 晚于今天；请填写协议上的签字日期。"""
