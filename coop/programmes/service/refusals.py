"""What programmes refuse, each with its cure."""

from foundation.errors import DomainError, Forbidden


class OutsideScope(Forbidden):
    """您没有维护区划 %(code)s 项目的权限；请由该县的业务管理员办理。"""


class NotACounty(DomainError):
    """区划 %(code)s 不是县级；项目按县建立，请选择所属的县（市、区）。"""


class DuplicateProgramme(DomainError):
    """%(year)s 年已有名为“%(name)s”的项目；请直接修改那一项，或换一个名称。"""


class GeneralBegun(DomainError):
    """%(year)s 年的综合统计已经建立（“%(name)s”）；每县每年只有一个，请直接修改那一项。"""


class GeneralStays(DomainError):
    """“%(name)s”统计全县全年的作业，不能停用；只有项目可以停用。"""


class AlreadyClosed(DomainError):
    """“%(name)s”已于 %(day)s 停用，不能再次停用。"""


class NotClosed(DomainError):
    """“%(name)s”正在使用，无需恢复。"""


class ProgrammeClosed(DomainError):
    """“%(name)s”已于 %(day)s 停用；请先恢复使用，再修改或发布系数。"""


class PresetOfOtherFormula(DomainError):
    """这套起始系数按“%(formula)s”折算，与所选办法不同；请改选折算办法或起始系数。"""


class WeightsBeyondWhole(DomainError):
    """%(crop)s各环节系数合计 %(sum)s，超过 1.00，一亩地会折算成超过一亩；请调低其中的系数。"""


class LinkTwice(DomainError):
    """%(crop)s的“%(link)s”填了两行；请合并成一行。"""


class NothingWeighs(DomainError):
    """没有填写任何环节的系数；请至少填写一行。"""


class EarlierThanBefore(DomainError):
    """第 %(number)s 版自 %(day)s 起执行，新版本的执行日期不能早于这一天；请改执行日期。"""
