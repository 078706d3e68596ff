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


class TooFewParts(DomainError):
    """分割后至少要有两块地；请再填一块的名称和面积。"""


class PartsDisagree(DomainError):
    """各部分%(kind)s合计 %(total)s 亩，地块 %(code)s 为 %(area)s 亩，相差 %(difference)s 亩；请改到相等。"""


class NothingLeft(DomainError):
    """已填部分合计 %(total)s 亩，原地块 %(code)s 只有 %(area)s 亩，末块没有余数；请减少前面各块的面积。"""


class SeveralWithoutArea(DomainError):
    """有 %(count)s 块没有填面积；只有一块可以不填（取余数），请补填其余各块的面积。"""


class MeasuredOfSome(DomainError):
    """实测面积要么每块都填，要么都不填（按面积分摊）；请补齐或清空。"""


class NotMeasured(DomainError):
    """地块 %(code)s 没有实测面积，不能按部分填写；请先登记整块的实测面积，或清空这一列。"""


class RepeatedCode(DomainError):
    """地块编码 %(code)s 填了两次；请给每块地不同的编码，或留空由系统编号。"""


class ParcelWithoutArea(DomainError):
    """地块 %(code)s 还没有登记面积；请先登记面积再分割或合并。"""


class ReshapedInFuture(DomainError):
    """日期 %(day)s 晚于今天；请填写实际分割或合并的日期。"""


class TooFewParcels(DomainError):
    """合并至少要选两块地；请再选一块。"""


class MergeAcross(DomainError):
    """地块 %(code)s 与 %(other)s 的%(what)s不同，不能合并；请只选%(what)s相同的地块，或先改正登记。"""


class CodesUsedUp(DomainError):
    """发包方 %(issuer)s 的地块序号已用完；请手工填写编码。"""


class OutlineDiffers(DomainError):
    """界线合 %(area)s 亩，登记为 %(held)s 亩，相差超过 5%%；请核对图形和编码是否对应。"""
