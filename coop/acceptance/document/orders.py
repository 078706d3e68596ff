"""The driver's list (作业单): what is done where, with room for what is only known afterwards."""

from dataclasses import replace

from coop.acceptance.snapshot import OrderSnapshot, WorkSnapshot
from foundation.papers.document import DATE_LINE, furniture
from foundation.papers.rules import Seal
from foundation.typesetting import (
    CONTRACT,
    Column,
    Document,
    Fields,
    PageStyle,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
)
from foundation.typesetting.ink import mm
from foundation.values.area import Mu, mu
from foundation.values.canonical import read
from foundation.values.dates import chinese_date

LYING: PageStyle = replace(
    CONTRACT,
    width=CONTRACT.height,
    height=CONTRACT.width,
    top=mm(25),
    left=mm(12),
    right=mm(12),
    body=replace(CONTRACT.body, size=10.5, leading=15),
    table=replace(CONTRACT.table, size=8, leading=10.5),
)
"""A lying page for lists of many columns."""

ROW = mm(8.5)
"""The least height of a row in which somebody signs."""


def area(value: Mu | None) -> str:
    """Return an area, nothing for none."""
    return "" if value is None else mu(value)


def heading(work: WorkSnapshot) -> Fields:
    """Return what every paper of an order says at its head."""
    return Fields(
        (
            ("单　　号：", work.number),
            ("作业村：", work.village),
            ("作物季和环节：", work.work),
            ("服务组织：", work.provider),
            ("计划日期：", f"{chinese_date(work.starts_on)}至{chinese_date(work.ends_on)}"),
            ("统计口径：", work.programme),
            ("机　　手：", work.operator),
            ("机　　具：", work.machine),
            ("终端号：", work.terminal),
        ),
        columns=3,
    )


COLUMNS = (
    Column("序号", 1.1, show=str),
    Column("合同号", 3.2, "left"),
    Column("农户", 2.4, "left"),
    Column("地块（编码末五位）", 3.0, "left"),
    Column("计划亩", 1.9, "right", show=area, adds=True),
    Column("计划日期", 2.0),
    Column("机手／机具／终端号", 3.4, "left"),
    Column("作业起止", 2.4),
    Column("实际亩", 1.9, "right", show=lambda value: mu(value) if value else "", adds=True),
    Column("质量指标", 3.2, "left"),
    Column("照片／轨迹号", 2.2, "left"),
    Column("状态", 1.5),
    Column("机手签字", 2.2),
    Column("农户签字", 2.2),
)


def draw_order(text: str, seal: Seal) -> Document:
    """Draw the driver's list from the snapshot's text, with the sums of each page and of all."""
    order = read(OrderSnapshot, text)
    work = order.work
    rows = [
        (
            line.position,
            line.contract,
            line.household,
            f"{line.parcel}（{line.parcel_code}）",
            line.planned,
            line.planned_on,
            line.hands,
            line.worked,
            line.done,
            line.quality,
            line.evidence,
            line.state,
            "",
            "",
        )
        for line in order.lines
    ]
    paper = Document(
        title=f"作业单 {work.number}", style=LYING, furniture=furniture(seal, f"作业单号：{work.number}")
    )
    paper.add(Title("农业生产托管作业单", after=8), heading(work))
    if work.standard:
        paper.add(Paragraph(f"作业标准：{work.standard}", indent=0))
    if work.note:
        paper.add(Paragraph(f"注意事项：{work.note}", indent=0))
    total = f"共 {order.households} 户、{len(order.lines)} 块地，计划 {mu(order.area)} 亩。"
    return paper.add(
        Paragraph(
            f"{total}逐块填写作业起止、实际亩和质量指标，当场请农户签字；没有作业的写明原因。", indent=0
        ),
        Table(COLUMNS, rows, least_height=ROW),
        Signatures(
            (
                Signer("派单人（签字）：", (DATE_LINE,)),
                Signer("机手（签字）：", (DATE_LINE,)),
                Signer("服务组织（盖章）：", (DATE_LINE,)),
            ),
            before=8,
        ),
    )


def summarise_order(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows; no household is named."""
    order = read(OrderSnapshot, text)
    return [
        ("作业", order.work.work),
        ("作业村", order.work.village),
        ("服务组织", order.work.provider),
        ("户数", f"{order.households} 户"),
        ("计划面积", f"{mu(order.area)} 亩"),
    ]
