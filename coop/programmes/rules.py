"""Programmes: the words, the shipped defaults, and how an accepted area is weighed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foundation.errors import InvalidValue
from foundation.journal.rules.words import name_rows
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import WHOLE, BasisPoints
from foundation.values.rounding import half_up
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


NOTHING = BasisPoints(0)
GENERAL_NAME = "综合统计"
"""The name of a county-year's general programme until the county gives it another."""

SHIPPED_SOURCE = "2024年省级实施方案：0.36×耕+0.27×种+0.10×防+0.27×收（系统预置）"
"""What the shipped coefficients rest upon."""

TASK_PRICE = Fen(100_00)
"""By the money formula a task mu stands for 100 yuan: 26 yuan per mu weigh 0.26."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What an accepted mu of a link weighs (3600 = 0.36); ``rate`` is the money per mu it comes from."""

    weight: BasisPoints
    rate: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRow:
    """One row of a table of weights: a link, for one crop or any."""

    link_id: int
    crop_id: int | None
    weight: BasisPoints
    rate: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSeed:
    """A row of a table of practice: a link by its shipped code, a crop by name or none, weight or money."""

    link: str
    crop: str = ""
    weight: BasisPoints = NOTHING
    rate: Fen | None = None


class WeightPreset(Term):
    """Tables of practice from which a programme may start; the county publishes its own over them."""

    SHIPPED = "shipped", N_("省级方案：耕 0.36、种 0.27、防 0.10、收 0.27")
    GUZHEN = "guzhen", N_("固镇县 2025：玉米种肥同播 26 元、深翻 35 元")

    @property
    def formula(self) -> WeightFormula:
        """By which formula the table weighs."""
        return WeightFormula.MONEY if self is WeightPreset.GUZHEN else WeightFormula.COEFFICIENT

    @property
    def source(self) -> str:
        """What the table rests upon."""
        return GUZHEN_SOURCE if self is WeightPreset.GUZHEN else SHIPPED_SOURCE

    @property
    def rows(self) -> tuple[WeightSeed, ...]:
        """The rows of the table."""
        if self is WeightPreset.GUZHEN:
            return GUZHEN_RATES
        return tuple(WeightSeed(link=code, weight=weight) for code, weight in DEFAULT_WEIGHTS.items())


GUZHEN_SOURCE = "固镇县2025年任务测算：任务面积=补助标准÷100元（示例）"
GUZHEN_RATES = (
    WeightSeed(link="04", crop="玉米", rate=Fen(26_00)),
    WeightSeed(link="02", rate=Fen(35_00)),
)
"""Maize sown with fertiliser: 79,600 mu are 20,700 task mu; deep tillage: 154,000 are 54,000 (2025)."""


def weight_of_money(rate: Fen) -> BasisPoints:
    """Return what a mu weighs at so much money per mu: money ÷ 100 yuan, half up to 0.0001.

    >>> weight_of_money(Fen(26_00)), weight_of_money(Fen(35_00))
    (2600, 3500)
    """
    return BasisPoints(half_up(rate * WHOLE, TASK_PRICE))


def weights_of_crop(rows: Iterable[WeightRow], crop_id: int | None) -> dict[int, Weight]:
    """Return what each link weighs for a crop, by link; the crop's own row stands before the general one."""
    fitting = [row for row in rows if row.crop_id in (None, crop_id)]
    fitting.sort(key=lambda row: row.crop_id is not None)
    return {row.link_id: Weight(weight=row.weight, rate=row.rate) for row in fitting}


def sum_of(weights: Mapping[int, Weight]) -> int:
    """Return the sum of the weights of one crop: at most ``WHOLE``, else a mu would count for more."""
    return sum(one.weight for one in weights.values())


def repeated_rows(rows: Iterable[WeightRow]) -> list[WeightRow]:
    """Return the rows whose link and crop an earlier row already has."""
    seen: set[tuple[int, int | None]] = set()
    found = []
    for row in rows:
        key = row.link_id, row.crop_id
        if key in seen:
            found.append(row)
        seen.add(key)
    return found


def crops_beyond_whole(rows: Iterable[WeightRow]) -> dict[int | None, int]:
    """Return the crops whose weights add up to more than 1.00, with the sum; None stands for any crop."""
    table = tuple(rows)
    crops: list[int | None] = [None, *dict.fromkeys(row.crop_id for row in table if row.crop_id)]
    sums = {crop_id: sum_of(weights_of_crop(table, crop_id)) for crop_id in crops}
    return {crop_id: found for crop_id, found in sums.items() if found > WHOLE}


_WEIGHT = re.compile(r"(\d)(?:\.(\d{1,4})0*)?|\.(\d{1,4})", re.ASCII)


class NotAWeight(InvalidValue):
    """“%(text)s”不是系数；请填写 0 到 1 之间、最多四位小数的数，如 0.36。"""


def parse_weight(text: str) -> BasisPoints:
    """Return a written weight in ten-thousandths: 0.36, ０．３６, 1.

    >>> parse_weight("0.36"), parse_weight("1"), parse_weight(".2345")
    (3600, 10000, 2345)
    """
    found = _WEIGHT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise NotAWeight(text=text)
    weight = int(found[1] or 0) * WHOLE + int((found[2] or found[3] or "0").ljust(4, "0"))
    if weight > WHOLE:
        raise NotAWeight(text=text)
    return BasisPoints(weight)


def plain_weight(weight: BasisPoints) -> str:
    """Return a weight as tables print it: 0.36, 0.2345.

    >>> plain_weight(BasisPoints(36_00)), plain_weight(BasisPoints(23_45)), plain_weight(WHOLE)
    ('0.36', '0.2345', '1.00')
    """
    whole, places = divmod(weight, WHOLE)
    figures = f"{places:04d}"
    return f"{whole}.{figures[:2]}{figures[2:].rstrip('0')}"


name_rows(
    "programme",
    N_("项目"),
    formula=N_("折算办法"),
    weighs_every_pass=N_("每遍都折算"),
    large_from=N_("规模经营主体起点面积"),
    tolerance=N_("作业面积允许超出比例"),
    track_tolerance=N_("轨迹面积允许偏差"),
    reply_days=N_("答复期限（天）"),
)
