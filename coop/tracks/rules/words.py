"""What the journal calls the rows and columns of tracks."""

from foundation.journal.rules.words import name_rows
from foundation.wording import N_

name_rows(
    "track",
    N_("作业轨迹"),
    order_id=N_("作业单序号"),
    machine_id=N_("机具序号"),
    operator_id=N_("机手序号"),
    format=N_("文件格式"),
    file_name=N_("文件名"),
    file_digest=N_("文件摘要"),
    terminal_number=N_("终端编号"),
    point_count=N_("轨迹点数"),
    width_cm=N_("作业幅宽（厘米）"),
    started_at=N_("作业开始时间"),
    ended_at=N_("作业结束时间"),
    swept=N_("作业轨迹面积"),
    path=N_("行驶路线"),
    ground=N_("作业范围"),
    remark=N_("说明"),
    uploader_id=N_("上传人（账号序号）"),
    uploaded_at=N_("上传时间"),
    undone_at=N_("撤回时间"),
    undone_reason=N_("撤回原因"),
)
name_rows(
    "remeasure_task",
    N_("面积复测任务"),
    parcel_id=N_("地块序号"),
    match_id=N_("轨迹比对序号"),
    swept=N_("轨迹面积"),
    declared=N_("申报面积"),
    opened_at=N_("发起时间"),
    resolved_at=N_("办结时间"),
    resolver_id=N_("办理人（账号序号）"),
    measured=N_("复测面积"),
    resolution=N_("处理意见"),
)
