"""What a mandate allows, for how long, and who may handle one."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundation.journal.rules.words import name_rows
from foundation.values.dates import Period
from foundation.wording import N_, Term

_DAY = timedelta(days=1)


class MandatePermission(Term):
    """What a person may do with mandates."""

    VIEW = "coop.mandates.view", N_("查看委托书")
    EDIT = "coop.mandates.edit", N_("登记和撤回委托书")
    EXPORT = "coop.mandates.export", N_("导出委托书")
    PRINT = "coop.mandates.print", N_("打印委托书")


class MandateAct(Term):
    """What the journal calls the acts on mandates."""

    REGISTERED = "mandates.registered", N_("登记委托书")
    SIGNED = "mandates.signed", N_("登记委托书签字")
    REVOKED = "mandates.revoked", N_("撤回委托书")
    EXPORTED = "mandates.exported", N_("导出委托书")


class Authority(Term):
    """How far the agent may go (the two options of the provincial entrustment agreements)."""

    SIGN = "sign", N_("代为洽谈、签订合同并监督履行")
    NEGOTIATE = "negotiate", N_("代为洽谈，合同由农户本人签订")


class MandateState(Term):
    """Where a mandate stands on a day; derived from its dates, never stored."""

    UNSIGNED = "unsigned", N_("待签字")
    FUTURE = "future", N_("未到期")
    IN_FORCE = "in_force", N_("有效")
    EXPIRED = "expired", N_("已到期")
    REVOKED = "revoked", N_("已撤回")


USUAL_MATTER = "将本户承包地的农业生产托管事宜委托给受托人统一办理"


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateTerm:
    """The dates of a mandate: signed or not, from, to, and perhaps revoked (Civil Code 165 and 933)."""

    signed_on: date | None
    starts_on: date
    ends_on: date
    revoked_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which the agent may act; a revoked mandate holds until the day before."""
        return self.ends_on if self.revoked_on is None else min(self.ends_on, self.revoked_on - _DAY)

    def is_valid_for(self, period: Period) -> bool:
        """Tell whether the mandate is signed and in force on every day of ``period``."""
        return self.signed_on is not None and self.starts_on <= period.start and period.end <= self.last_day

    def state(self, on: date) -> MandateState:
        """Return where the mandate stands on a day."""
        if self.revoked_on is not None and self.revoked_on <= on:
            return MandateState.REVOKED
        if self.signed_on is None:
            return MandateState.UNSIGNED
        if on < self.starts_on:
            return MandateState.FUTURE
        return MandateState.IN_FORCE if on <= self.ends_on else MandateState.EXPIRED


name_rows(
    "mandate",
    N_("授权委托书"),
    agent_id=N_("受托方序号"),
    authority=N_("委托权限"),
    matter=N_("委托事项"),
    price_terms=N_("价格约定"),
    consents_to_self_dealing=N_("同意受托方自营"),
    revoked_on=N_("撤回日期"),
    revoked_reason=N_("撤回原因"),
)
