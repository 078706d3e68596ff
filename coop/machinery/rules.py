"""Kinds of machines, the papers they and their operators need, and who may keep them."""

from foundation.journal.rules.words import name_rows
from foundation.wording import N_, Term


class MachineryPermission(Term):
    """What a person may do with machines and operators."""

    VIEW = "coop.machinery.view", N_("查看机具和机手")
    EDIT = "coop.machinery.edit", N_("登记和修改机具、机手")
    EXPORT = "coop.machinery.export", N_("导出机具和机手")


class MachineryAct(Term):
    """What the journal calls the acts on machines and operators."""

    MACHINE_SAVED = "machinery.machine_saved", N_("登记机具")
    MACHINE_CLOSED = "machinery.machine_closed", N_("停用机具")
    MACHINE_REOPENED = "machinery.machine_reopened", N_("恢复机具")
    OPERATOR_SAVED = "machinery.operator_saved", N_("登记机手")
    OPERATOR_CLOSED = "machinery.operator_closed", N_("停用机手")
    OPERATOR_REOPENED = "machinery.operator_reopened", N_("恢复机手")
    EXPORTED = "machinery.exported", N_("导出机具和机手")


class MachineKind(Term):
    """What a machine is for (GB/T 4960 and the registers of agricultural machinery)."""

    TRACTOR = "tractor", N_("拖拉机")
    TILLER = "tiller", N_("耕整地机械")
    DRILL = "drill", N_("播种机")
    SPRAYER = "sprayer", N_("喷杆喷雾机")
    DRONE = "drone", N_("植保无人机")
    HARVESTER = "harvester", N_("联合收割机")
    PUMP = "pump", N_("灌溉设备")
    BALER = "baler", N_("秸秆打捆机")
    DRYER = "dryer", N_("烘干机")
    OTHER = "other", N_("其他机具")


name_rows(
    "machine",
    N_("机具"),
    kind=N_("机具类型"),
    owner_id=N_("机主组织序号"),
    owner_name=N_("机主姓名"),
    model=N_("型号"),
    plate=N_("号牌"),
    terminal_number=N_("终端编号"),
    width_cm=N_("作业幅宽（厘米）"),
    daily_capacity=N_("日作业能力（亩）"),
    licensed_until=N_("行驶证有效期至"),
)
name_rows(
    "operator",
    N_("机手"),
    name=N_("姓名"),
    employer_id=N_("派出组织序号"),
    licence_number=N_("驾驶证号"),
    licence_class=N_("准驾机型"),
    licensed_from=N_("驾驶证起始日期"),
    licensed_until=N_("驾驶证有效期至"),
    account_id=N_("手机账号序号"),
)
