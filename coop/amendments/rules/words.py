"""What the journal calls a supplementary agreement and its columns."""

from foundation.journal.rules.words import name_rows
from foundation.wording import N_

name_rows(
    "amendment",
    N_("补充协议"),
    sequence=N_("第几份"),
    base_revision=N_("所依据的文本版次"),
    reason=N_("变更原因"),
    proposal=N_("拟定条款"),
    changes=N_("变更内容"),
    area_before=N_("变更前面积"),
    area_after=N_("变更后面积"),
    total_before=N_("变更前金额"),
    total_after=N_("变更后金额"),
)
