"""The words of work orders: permissions, acts, results of work and where a line stands."""

from foundation.wording import N_, Term


class OperationPermission(Term):
    """What a person may do with work orders."""

    VIEW = "coop.operations.view", N_("查看作业单")
    PLAN = "coop.operations.plan", N_("编制和派发作业单")
    REPORT = "coop.operations.report", N_("登记作业情况")
    EXPORT = "coop.operations.export", N_("导出作业单")
    PRINT = "coop.operations.print", N_("打印作业单")


class OperationAct(Term):
    """What the journal calls the acts on work orders."""

    PLANNED = "operations.planned", N_("编制作业单")
    CHANGED = "operations.changed", N_("修改作业单")
    ISSUED = "operations.issued", N_("派发作业单")
    CANCELLED = "operations.cancelled", N_("撤销作业单")
    LINE_CANCELLED = "operations.line_cancelled", N_("撤销作业单中的地块")
    REPORTED = "operations.reported", N_("登记作业情况")
    REPORT_UNDONE = "operations.report_undone", N_("撤回作业登记")
    EXPORTED = "operations.exported", N_("导出作业单")


class WorkResult(Term):
    """What came of a line of the plan."""

    DONE = "done", N_("已完成")
    PARTLY = "partly", N_("部分完成")
    NOT_DONE = "not_done", N_("未作业")


class WorkSource(Term):
    """How the fact came in."""

    BULK = "bulk", N_("批量登记")
    PHONE = "phone", N_("手机登记")
    TRACK = "track", N_("轨迹导入")
    SPREADSHEET = "spreadsheet", N_("表格导入")


class LineState(Term):
    """Where a line of an order stands; derived from its facts, stored nowhere."""

    PLANNED = "planned", N_("待作业")
    LATE = "late", N_("逾期未作业")
    NOT_DONE = "not_done", N_("未作业")
    PARTLY = "partly", N_("部分完成")
    DONE = "done", N_("待验收")
    DISPUTED = "disputed", N_("有争议")
    ACCEPTED = "accepted", N_("已验收")
    DEEMED = "deemed", N_("视同验收")
    CANCELLED = "cancelled", N_("已撤销")
