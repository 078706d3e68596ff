"""The words of acceptance: permissions, acts, verdicts, ways and how a dispute ends."""

from foundation.journal.rules.words import name_rows
from foundation.wording import N_, Term


class AcceptancePermission(Term):
    """What a person may do with acceptance."""

    VIEW = "coop.acceptance.view", N_("查看验收")
    NOTIFY = "coop.acceptance.notify", N_("送达验收通知")
    RECORD = "coop.acceptance.record", N_("登记纸质验收")
    DEEM = "coop.acceptance.deem", N_("办理视同验收")
    RESOLVE = "coop.acceptance.resolve", N_("处理验收争议")
    UNDO = "coop.acceptance.undo", N_("撤回验收")
    PRINT = "coop.acceptance.print", N_("打印验收表")
    EXPORT = "coop.acceptance.export", N_("导出验收")


class AcceptanceAct(Term):
    """What the journal calls the acts of acceptance."""

    CODED = "acceptance.coded", N_("生成验收码")
    REVOKED = "acceptance.revoked", N_("注销验收码")
    NOTIFIED = "acceptance.notified", N_("送达验收通知")
    ANSWERED = "acceptance.answered", N_("农户扫码验收")
    RECORDED = "acceptance.recorded", N_("登记纸质验收")
    DEEMED = "acceptance.deemed", N_("视同验收")
    DISPUTED = "acceptance.disputed", N_("提出验收争议")
    RESOLVED = "acceptance.resolved", N_("处理验收争议")
    UNDONE = "acceptance.undone", N_("撤回验收")
    EXPORTED = "acceptance.exported", N_("导出验收")


class Verdict(Term):
    """What the farmer says of one parcel's work."""

    ACCEPTED = "accepted", N_("认可")
    SMALLER = "smaller", N_("面积不符")
    NOT_DONE = "not_done", N_("没有作业")


class AcceptanceWay(Term):
    """How the word came: by code on a phone, on paper, or by silence."""

    CODE = "code", N_("扫码确认")
    PAPER = "paper", N_("纸质确认")
    DEEMED = "deemed", N_("逾期视同")


class Respondent(Term):
    """Who answered."""

    FARMER = "farmer", N_("农户本人")
    FAMILY = "family", N_("家庭成员")
    WITNESS = "witness", N_("约定见证人")


class DisputeEnd(Term):
    """How a dispute on a line ended."""

    FARMER_RIGHT = "farmer_right", N_("按农户意见核定")
    REPORT_RIGHT = "report_right", N_("农户书面认可原面积")
    REMEASURED = "remeasured", N_("按复测面积核定")
    REWORK = "rework", N_("退回重新作业")
    WITHDRAWN = "withdrawn", N_("答复已撤回")


class NoticeWay(Term):
    """How the household was told that its work waits for its word."""

    PAPER = "paper", N_("送交验收确认单")
    VISIT = "visit", N_("上门告知")
    PHONE = "phone", N_("电话告知")
    MESSAGE = "message", N_("短信告知")


class SlipState(Term):
    """Where a household's word on an order stands; derived from its facts, stored nowhere."""

    NOT_READY = "not_ready", N_("待作业")
    UNTOLD = "untold", N_("待送达")
    WAITING = "waiting", N_("待答复")
    OVERDUE = "overdue", N_("逾期未答复")
    DISPUTED = "disputed", N_("有争议")
    ANSWERED = "answered", N_("已验收")
    DEEMED = "deemed", N_("视同验收")
    NOTHING = "nothing", N_("无需验收")


name_rows(
    "acceptance_slip",
    N_("验收单"),
    order_id=N_("作业单序号"),
    serial=N_("验收码次数"),
    office=N_("办理单位"),
    coded_at=N_("验收码生成时间"),
    expires_at=N_("验收码到期时间"),
    revoked_at=N_("验收码注销时间"),
    noticed_on=N_("送达日期"),
    notice_way=N_("送达方式"),
    due_on=N_("答复期限"),
    answered_at=N_("答复时间"),
    way=N_("验收方式"),
    respondent=N_("答复人"),
    respondent_name=N_("答复人姓名"),
    satisfaction=N_("满意度"),
)
name_rows(
    "acceptance_reply",
    N_("验收答复"),
    slip_id=N_("验收单序号"),
    line_id=N_("作业单行序号"),
    verdict=N_("答复"),
    way=N_("验收方式"),
    exception_reason=N_("特殊情况说明"),
    evidence_digest=N_("签字图片摘要"),
    answered_on=N_("答复日期"),
    answered_at=N_("登记时间"),
    recorder_id=N_("登记人（账号序号）"),
    undone_at=N_("撤回时间"),
    undone_reason=N_("撤回理由"),
)
name_rows(
    "dispute",
    N_("验收争议"),
    line_id=N_("作业单行序号"),
    reply_id=N_("验收答复序号"),
    reported_area=N_("登记亩数"),
    claimed_area=N_("农户认可亩数"),
    opened_at=N_("提出时间"),
    resolved_at=N_("处理时间"),
    end=N_("处理结果"),
    settled_area=N_("核定亩数"),
    evidence_digest=N_("书面认可图片摘要"),
    resolver_id=N_("处理人（账号序号）"),
)
