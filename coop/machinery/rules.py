"""Kinds of machines, the papers they and their operators need, and who may keep them."""

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
