"""What the journal calls a contract and its columns."""

from foundation.journal.rules.words import name_rows
from foundation.wording import N_

name_rows(
    "contract",
    N_("托管合同"),
    serial=N_("顺序号"),
    county_code=N_("县区编码"),
    mode=N_("托管模式"),
    nature=N_("合同性质"),
    receiver_kind=N_("接受方类型"),
    receiver_household_id=N_("接受方农户序号"),
    receiver_organisation_id=N_("接受方组织序号"),
    receiver_name=N_("接受方"),
    provider_name=N_("服务方"),
    printed_first=N_("印为甲方"),
    upstream_contract_id=N_("上游合同序号"),
    renewed_from_id=N_("续签自合同序号"),
    place=N_("土地坐落"),
    crops=N_("作物"),
    area=N_("合同面积"),
    total=N_("合同金额"),
    household_count=N_("户数"),
    deposit_kind=N_("订金或定金"),
    deposit_rate=N_("订金或定金比例"),
    deposit_amount=N_("订金或定金金额"),
    payment_mode=N_("付款方式"),
    late_fee=N_("滞纳违约金"),
    dispute=N_("争议解决"),
    free_terms=N_("其他约定"),
    exception_reason=N_("特殊情况说明"),
    completed_on=N_("履行完毕日期"),
    terminated_on=N_("解除日期"),
    revision=N_("文本版次"),
)
