"""The words of the acreage ledger."""

from foundation.wording import N_, Term

WHOLE_YEAR = 0
"""Stands for all crop seasons of the programme's year, where each mu still counts once."""

LEVELS = (2, 4, 6, 9, 12)
"""Digits of a division code that have a row of their own: province, city, county, township, village."""


class AcreagePermission(Term):
    """What a person may do with the acreage ledger."""

    VIEW = "coop.trusteeship.view", N_("查看托管面积台账")
    EXPORT = "coop.trusteeship.export", N_("导出托管面积统计")
    PRINT = "coop.trusteeship.print", N_("打印托管面积统计")
    RECOUNT = "coop.trusteeship.recount", N_("重算托管面积")


class AcreageAct(Term):
    """What the journal calls the acts on the acreage ledger."""

    RECOUNTED = "trusteeship.recounted", N_("重算托管面积")
    EXPORTED = "trusteeship.exported", N_("导出托管面积统计")
