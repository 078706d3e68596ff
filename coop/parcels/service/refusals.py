"""What the register of parcels refuses, each with its cure."""

from foundation.errors import DomainError


class DuplicateParcel(DomainError):
    """地块编码 %(code)s 已登记在“%(owner)s”名下；请核对编码，或直接修改那块地。"""


class ParcelOfAnotherIssuer(DomainError):
    """地块编码 %(code)s 的前 14 位与承包方编码 %(household)s 的前 14 位不一致；请核对是否属于同一发包方。"""


class ParcelOfAnotherVillage(DomainError):
    """地块编码 %(code)s 的前 12 位与承包方所在村的区划代码 %(division)s 不一致；请核对编码或承包方。"""


class NoArea(DomainError):
    """面积不能为零；请填写这块地的亩数。"""


class AreasDisagree(DomainError):
    """%(square_metres)s 平方米应合 %(expected)s 亩，现填 %(area)s 亩；请核对单位和小数点。"""


class AreaInFuture(DomainError):
    """面积日期 %(day)s 晚于今天；请填写测量或登记的日期。"""


class NoSuchBasis(DomainError):
    """这块地还没有“%(kind)s”，不能作为结算依据；请先登记该面积。"""


class ParcelClosed(DomainError):
    """地块 %(code)s 已于 %(day)s 停用；请先恢复再办理。"""


class ParcelNotClosed(DomainError):
    """地块 %(code)s 正在使用，无需恢复。"""


class ParcelReshaped(DomainError):
    """地块 %(code)s 已分割或合并为 %(into)s，不能恢复；请对新地块办理。"""


class ContractOfAnotherHousehold(DomainError):
    """承包合同 %(code)s 属于另一户，不能登记在这块地上；请核对合同编码。"""
