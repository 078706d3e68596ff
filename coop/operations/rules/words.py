"""What the journal calls a work order and its columns."""

from foundation.journal.rules.words import name_rows
from foundation.wording import N_

name_rows(
    "work_order",
    N_("作业单"),
    serial=N_("顺序号"),
    county_code=N_("县区编码"),
    programme_id=N_("项目序号"),
    season_id=N_("作物季序号"),
    link_id=N_("环节序号"),
    pass_number=N_("遍次"),
    operator_id=N_("机手序号"),
    machine_id=N_("机具序号"),
    standard=N_("作业标准"),
    exception_reason=N_("特殊情况说明"),
    area=N_("计划面积"),
    household_count=N_("户数"),
    parcel_count=N_("地块数"),
    issued_at=N_("派发时间"),
    cancelled_at=N_("撤销时间"),
    cancelled_reason=N_("撤销理由"),
)
