"""Statistics sheets with defaults, for the tests of their paper and tables."""

from dataclasses import replace
from datetime import date
from typing import Any

from coop.programmes.rules import WeightFormula
from coop.trusteeship.snapshot import CoefficientLine, SheetLine, SheetSnapshot, VersionSnapshot
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

LINE = SheetLine(
    township="长山镇／长山供销合作社",
    village="范公村",
    season="冬小麦",
    small_households=186,
    large_households=2,
    tilled=Mu(1_204_50),
    sown=Mu(1_198_20),
    protected=Mu(1_190_00),
    protected_times=Mu(2_380_00),
    harvested=Mu(1_150_75),
    mu_times=Mu(5_933_45),
    deemed=Mu(120_00),
    weighted=Mu(1_186_83),
    physical=Mu(1_204_50),
    physical_small=Mu(1_000_00),
    physical_entrusted=Mu(80_50),
    whole=Mu(1_100_00),
    single=Mu(104_50),
    income=Fen(231_456_78),
    subsidy=Fen(36_135_00),
)
VERSION = VersionSnapshot(
    number=1,
    valid_from=date(2026, 1, 1),
    source="2024 年省级实施方案",
    rows=tuple(
        CoefficientLine(crop="", link=link, weight=BasisPoints(weight), rate=None)
        for link, weight in (("耕整地", 3600), ("种植", 2700), ("植保", 1000), ("收获", 2700))
    ),
)
ADDED = tuple(
    name for name in SheetLine.__dataclass_fields__ if name not in ("township", "village", "season")
)


def added_up(*lines: SheetLine, **words: str) -> SheetLine:
    """The sum of lines, every column."""
    sums: dict[str, Any] = {name: sum(getattr(line, name) for line in lines) for name in ADDED}
    changed: dict[str, Any] = {**sums, **words}
    return replace(lines[0], **changed)


def sheet_of(villages: int = 3, **given: Any) -> SheetSnapshot:
    """A sheet of one township with so many equal villages."""
    lines = tuple(replace(LINE, village=f"第{number}村") for number in range(1, villages + 1))
    below = added_up(*lines, village="小计")
    sheet = SheetSnapshot(
        number="邹供统〔2026〕0001号",
        office="邹平市供销合作社联合社",
        place="邹平市",
        programme="综合统计",
        year=2026,
        is_project=False,
        season="冬小麦",
        formula=WeightFormula.COEFFICIENT,
        weighs_every_pass=False,
        large_from=Mu(50_00),
        as_of=date(2026, 6, 30),
        lines=(*lines, below),
        totals=(replace(below, township="合计", village=""),),
        versions=(VERSION,),
    )
    return replace(sheet, **given)
