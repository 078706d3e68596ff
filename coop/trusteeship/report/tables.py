"""The statistics sheet and the work of providers as tables: for page, workbook and printed paper."""

from collections.abc import Iterable, Iterator

from coop.programmes.rules import WeightFormula
from coop.trusteeship.queries.entries import ProviderRow
from coop.trusteeship.rules.averages import averages
from coop.trusteeship.snapshot import CoefficientLine, SheetLine, SheetSnapshot, VersionSnapshot
from foundation.tables.rules import Column, Row, Table
from foundation.values.area import mu
from foundation.values.dates import chinese_date
from foundation.values.money import yuan
from foundation.values.percent import BasisPoints
from foundation.wording import N_
from foundation.workbooks.layouts import Content

WHOLE = 10_000
TITLE = N_("土地托管面积统计表")
PROVIDER_TITLE = N_("服务组织作业量统计表")

SHEET_COLUMNS = (
    Column(label=N_("乡镇／基层社"), width=5.2),
    Column(label=N_("村"), width=3.8),
    Column(label=N_("作物季"), width=3.2),
    Column(label=N_("户数"), content=Content.COUNT, width=2.7),
    Column(label=N_("小农户"), content=Content.COUNT, width=2.7),
    Column(label=N_("规模经营"), content=Content.COUNT, width=2.4),
    Column(label=N_("耕（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("种（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("防（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("防（亩次）"), content=Content.MU, width=3.75),
    Column(label=N_("收（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("亩次合计"), content=Content.MU, width=4.1),
    Column(label=N_("其中视同验收（亩次）"), content=Content.MU, width=3.75),
    Column(label=N_("折算面积（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("托管土地面积（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("其中小农户（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("其中委托流转（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("全程（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("单环节（亩）"), content=Content.MU, width=3.75),
    Column(label=N_("服务收入（元）"), content=Content.YUAN, width=4.8),
    Column(label=N_("补助（元）"), content=Content.YUAN, width=4.8),
)
"""The columns of the statistics sheet, in the order of the domain's list."""

PROVIDER_COLUMNS = (
    Column(label=N_("服务组织"), width=2.6),
    Column(label=N_("服务户数"), content=Content.COUNT, width=0.8),
    Column(label=N_("地块数"), content=Content.COUNT, width=0.8),
    Column(label=N_("耕（亩次）"), content=Content.MU, total=True),
    Column(label=N_("种（亩次）"), content=Content.MU, total=True),
    Column(label=N_("防（亩次）"), content=Content.MU, total=True),
    Column(label=N_("收（亩次）"), content=Content.MU, total=True),
    Column(label=N_("其他环节（亩次）"), content=Content.MU, total=True),
    Column(label=N_("亩次合计"), content=Content.MU, total=True),
    Column(label=N_("其中视同验收（亩次）"), content=Content.MU, total=True),
    Column(label=N_("服务收入（元）"), content=Content.YUAN, total=True, width=1.4),
)


def figures(line: SheetLine) -> Row:
    """Return a line's values in the order of the columns."""
    return (
        line.township,
        line.village,
        line.season,
        line.households,
        line.small_households,
        line.large_households,
        line.tilled,
        line.sown,
        line.protected,
        line.protected_times,
        line.harvested,
        line.mu_times,
        line.deemed,
        line.weighted,
        line.physical,
        line.physical_small,
        line.physical_entrusted,
        line.whole,
        line.single,
        line.income,
        line.subsidy,
    )


def sheet_table(sheet: SheetSnapshot) -> Table:
    """Return the statistics sheet as a table; its sums are lines, for households are not added up twice."""
    return Table(
        title=TITLE,
        columns=SHEET_COLUMNS,
        rows=[figures(line) for line in (*sheet.lines, *sheet.totals)],
        conditions=conditions(sheet),
        notes=tuple(notes(sheet)),
    )


def provider_table(rows: Iterable[ProviderRow], said: str) -> Table:
    """Return the work of the providers as a table."""
    shown = [(row.provider, *row[2:]) for row in rows]
    return Table(title=PROVIDER_TITLE, columns=PROVIDER_COLUMNS, rows=shown, conditions=said)


def conditions(sheet: SheetSnapshot) -> str:
    """Return of what the sheet speaks."""
    day = f"；数据截至 {sheet.as_of}" if sheet.as_of else ""
    return (
        f"范围：{sheet.place}；年度：{sheet.year}；统计口径：{sheet.programme}；作物季：{sheet.season}{day}"
    )


def notes(sheet: SheetSnapshot) -> Iterator[str]:
    """Yield what a reader must know of the figures: the measures, each average with its sum, the weights."""
    yield from measures(sheet)
    for total in sheet.totals:
        for one in averages(total):
            yield f"{total.season}：{one.sentence}。"
    yield from (weighing(sheet, version) for version in sheet.versions)


def measures(sheet: SheetSnapshot) -> Iterator[str]:
    """Yield how each figure is counted."""
    yield (
        "托管土地面积按地块计，每亩土地在同一作物季只计一次，全年也只计一次，各季不能相加；"
        "亩次按环节和遍数逐次累计；折算面积按系数加权，不超过土地面积。三项指标互不替代。"
    )
    yield (
        "户数按身份证件去重，一户一次；同一户在几个村有地的，合计数小于各行之和。"
        f"托管土地全年达到 {mu(sheet.large_from)} 亩的为规模经营主体，其余为小农户。"
    )
    yield (
        "全程指该作物必需的环节全部完成并验收；其余为单环节。"
        "视同验收指通知后逾期未答复、按约定视为验收的作业。"
    )


def weighing(sheet: SheetSnapshot, version: VersionSnapshot) -> str:
    """Return a version of the coefficients with its number, day and source, in one sentence."""
    parts = "、".join(_weight(sheet.formula, row) for row in version.rows)
    every = "，植保按遍计" if sheet.weighs_every_pass else ""
    return (
        f"折算系数第 {version.number} 版"
        f"（{chinese_date(version.valid_from)}起，{sheet.formula.label}{every}）："
        f"{parts}。来源：{version.source}。"
    )


def _weight(formula: WeightFormula, row: CoefficientLine) -> str:
    if formula is WeightFormula.MONEY and row.rate is not None:
        return f"{row.crop}{row.link} {yuan(row.rate)} 元÷100 元"
    return f"{row.crop}{row.link} {weight(row.weight)}"


def weight(one: BasisPoints) -> str:
    """Return a coefficient as the plan writes it.

    >>> weight(BasisPoints(3600)), weight(BasisPoints(1025))
    ('0.36', '0.1025')
    """
    return f"0.{one:04d}".removesuffix("00") if one < WHOLE else "1.00"
