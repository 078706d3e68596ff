"""The statistics sheet as an official document: red head, what was counted and how, and the lying table."""

from dataclasses import replace

from coop.programmes.models import Programme
from coop.trusteeship.queries.sheets import get_sheet
from coop.trusteeship.report.sheets import SheetAsked, gather
from coop.trusteeship.report.tables import SHEET_COLUMNS, figures, measures, weight
from coop.trusteeship.rules.averages import averages
from coop.trusteeship.rules.terms import AcreagePermission
from coop.trusteeship.snapshot import SheetLine, SheetSnapshot, VersionSnapshot, read_snapshot
from foundation import typesetting
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.papers.document import furniture
from foundation.papers.rules import Frozen, PaperKind, Seal
from foundation.typesetting import (
    OFFICIAL,
    Block,
    Document,
    Heading,
    IssuedBy,
    PageBreak,
    Paragraph,
    RedHead,
    Signatures,
    Signer,
    Title,
    Together,
)
from foundation.typesetting.ink import mm
from foundation.values.area import mu
from foundation.values.dates import chinese_date
from foundation.values.money import yuan
from foundation.wording import N_

SUBJECT = "acreage-sheet"
STYLE = replace(
    OFFICIAL,
    top=mm(30),
    bottom=mm(24),
    body=replace(OFFICIAL.body, size=14, leading=24),
    heading=replace(OFFICIAL.heading, size=14, leading=24),
    lying_side=mm(10),
)
"""The official page, a little closer set, so that a table of twenty-one columns fits on it lying."""

SMALL = replace(STYLE.table, size=6.5, leading=9)
PLAIN = replace(STYLE.table, size=12, leading=17)


def draw_sheet(text: str, seal: Seal) -> Document:
    """Draw the sheet from the snapshot's text: the letter first, the table on lying pages after it."""
    sheet = read_snapshot(text)
    title = f"{sheet.year}年度土地托管面积统计表"
    paper = Document(title=f"{title} {sheet.number}", style=STYLE, furniture=furniture(seal, sheet.number))
    return paper.add(
        RedHead(sheet.office, sheet.number),
        Title(title),
        *_letter(sheet),
        *_weights(sheet),
        *_measures(sheet),
        IssuedBy(sheet.office),
        PageBreak(lying=True),
        Heading("附件"),
        Title(f"{sheet.place}{title}", after=4),
        Paragraph(_asked(sheet), indent=0, style=PLAIN),
        _table(sheet),
        Signatures(
            (
                Signer("单位负责人（签字）：", ()),
                Signer("统计负责人（签字）：", ()),
                Signer("填表人（签字）：", ()),
            )
        ),
    )


def summarise(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows: sums only."""
    sheet = read_snapshot(text)
    said = [
        ("填报单位", sheet.office),
        ("范围", sheet.place),
        ("统计口径", f"{sheet.year} 年 {sheet.programme}"),
    ]
    for total in sheet.totals:
        said.append((f"{total.season}托管土地面积", f"{mu(total.physical)} 亩"))
        said.append((f"{total.season}亩次", f"{mu(total.mu_times)} 亩次"))
        said.append((f"{total.season}折算面积", f"{mu(total.weighted)} 亩"))
    return said


def _letter(sheet: SheetSnapshot) -> list[Block]:
    """What was counted, and each average with its sum."""
    day = f"截至{chinese_date(sheet.as_of)}，" if sheet.as_of else ""
    blocks: list[Block] = [
        Heading("一、总体情况", indent=2),
        Paragraph(
            f"{day}{sheet.place}按“{sheet.programme}”统计（{sheet.season}），已验收入账的土地托管情况如下："
        ),
    ]
    for total in sheet.totals:
        blocks.append(Paragraph(_sums(total)))
        blocks += [Paragraph(f"{one.sentence}。", align="left") for one in averages(total)]
    if not sheet.totals:
        blocks.append(Paragraph("没有已验收入账的作业。"))
    return blocks


def _sums(total: SheetLine) -> str:
    return (
        f"{total.season}：托管土地面积 {mu(total.physical)} 亩（其中全程 {mu(total.whole)} 亩、"
        f"单环节 {mu(total.single)} 亩，委托流转 {mu(total.physical_entrusted)} 亩），"
        f"服务 {total.households} 户（小农户 {total.small_households} 户、"
        f"规模经营主体 {total.large_households} 户），"
        f"作业 {mu(total.mu_times)} 亩次（其中视同验收 {mu(total.deemed)} 亩次），"
        f"折算面积 {mu(total.weighted)} 亩，服务收入 {yuan(total.income)} 元，补助 {yuan(total.subsidy)} 元。"
    )


def _weights(sheet: SheetSnapshot) -> list[Block]:
    """The coefficients as a table, version by version."""
    blocks: list[Block] = [Heading("二、折算系数", indent=2)]
    for version in sheet.versions:
        said = (
            f"第 {version.number} 版，自{chinese_date(version.valid_from)}起施行，{sheet.formula.label}；"
            f"来源：{version.source}。"
        )
        blocks.append(Together((Paragraph(said), _weight_table(version))))
    if not sheet.versions:
        blocks.append(Paragraph("本表没有经过折算的面积。"))
    return blocks


def _weight_table(version: VersionSnapshot) -> typesetting.Table:
    columns = (
        typesetting.Column("作物", 2),
        typesetting.Column("环节", 2),
        typesetting.Column("系数", 1, "right"),
        typesetting.Column("补助标准（元/亩）", 2, "right"),
    )
    rows = [
        (row.crop or "各作物", row.link, weight(row.weight), yuan(row.rate) if row.rate is not None else "—")
        for row in version.rows
    ]
    return typesetting.Table(columns, rows, style=PLAIN)


def _measures(sheet: SheetSnapshot) -> list[Block]:
    return [Heading("三、指标说明", indent=2), *(Paragraph(one) for one in measures(sheet))]


def _asked(sheet: SheetSnapshot) -> str:
    day = f"　数据截至：{sheet.as_of}" if sheet.as_of else ""
    return f"统计口径：{sheet.programme}　作物季：{sheet.season}{day}　面积单位：亩　金额单位：元"


def _table(sheet: SheetSnapshot) -> typesetting.Table:
    columns = [
        typesetting.Column(
            column.label.replace("（亩）", "").replace("（元）", ""),
            column.width,
            "right" if column.is_numeric else "left",
            show=column.written,
            merges=place == 0,
        )
        for place, column in enumerate(SHEET_COLUMNS)
    ]
    return typesetting.Table(columns, [figures(line) for line in (*sheet.lines, *sheet.totals)], style=SMALL)


def freeze(viewer: Viewer, sheet_id: int) -> Frozen:
    """Return a sheet's frozen copy as the ledger stands, if the viewer may see its division whole."""
    sheet = get_sheet(viewer, sheet_id)
    asked = SheetAsked(
        programme=db.session.get_one(Programme, sheet.programme_id),
        code=sheet.division_code,
        season_key=sheet.season_key,
        digits=sheet.digits,
    )
    found = gather(viewer, asked, number=sheet.number, office=sheet.office)
    return Frozen(
        subject_type=SUBJECT,
        subject_id=sheet.id,
        number=sheet.number,
        division_code=sheet.division_code,
        dated_on=sheet.dated_on,
        snapshot=found.write(),
    )


KINDS = (
    PaperKind(
        name=SUBJECT,
        label=N_("土地托管面积统计表"),
        sees=AcreagePermission.VIEW,
        prints=AcreagePermission.PRINT,
        page="/coop/trusteeship/sheets/",
        freeze=freeze,
        draw=draw_sheet,
        summarise=summarise,
    ),
)
