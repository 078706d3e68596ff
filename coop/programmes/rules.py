"""Programmes: the words, the shipped defaults, and how an accepted area is weighed."""

from foundation.values.area import Mu
from foundation.values.percent import BasisPoints
from foundation.wording import N_, Term

LARGE_FROM = Mu(50_00)
"""From this area on a household counts as a large operator; no national figure exists, so it is data."""

TOLERANCE = BasisPoints(2_00)
"""By how much operated mu may exceed the settlement basis."""

TRACK_TOLERANCE = BasisPoints(5_00)
"""By how much the swept area may differ from the declared one before the parcel is measured again."""

REPLY_DAYS = 7
"""Days after notice in which a farmer may answer; silence then counts as deemed acceptance."""

DEFAULT_WEIGHTS = {
    "02": BasisPoints(36_00),
    "04": BasisPoints(27_00),
    "07": BasisPoints(10_00),
    "08": BasisPoints(27_00),
}
"""托管面积 = 0.36×耕 + 0.27×种 + 0.10×防 + 0.27×收, by code of the shipped link (provincial plan of 2024)."""


class ProgrammePermission(Term):
    """What a person may do with programmes."""

    VIEW = "coop.programmes.view", N_("查看项目和折算系数")
    EDIT = "coop.programmes.edit", N_("维护项目和折算系数")


class ProgrammeAct(Term):
    """What the journal calls the acts on programmes."""

    SAVED = "programmes.saved", N_("维护项目")
    PUBLISHED = "programmes.published", N_("发布折算系数")
    CLOSED = "programmes.closed", N_("停用项目")
    REOPENED = "programmes.reopened", N_("恢复项目")


class ProgrammeKind(Term):
    """A county's general count of all work, one for each year, or a project that takes a part of it."""

    GENERAL = "general", N_("综合统计")
    PROJECT = "project", N_("项目")


class WeightFormula(Term):
    """How a link weighs: by a coefficient, or by its money per mu divided by 100 yuan."""

    COEFFICIENT = "coefficient", N_("系数法")
    MONEY = "money", N_("补助标准÷100元")
