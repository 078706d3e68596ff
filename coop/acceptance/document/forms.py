"""The acceptance forms: of a village, with the seals of all who vouch for it, and of a contract by link."""

from collections.abc import Sequence

from coop.acceptance.document.orders import LYING, ROW, area
from coop.acceptance.snapshot import ContractAcceptanceSnapshot, OpenLine, VillageSnapshot
from foundation.papers.document import DATE_LINE, furniture
from foundation.papers.rules import Seal
from foundation.typesetting import (
    Block,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
)
from foundation.values.area import Mu, mu
from foundation.values.canonical import read
from foundation.values.capitals import mu_in_capitals
from foundation.values.dates import chinese_date
from foundation.values.money import Fen, yuan

HANDS = ("负责人（签字）：", "承办人（签字）：", DATE_LINE)
SHORT_DATE = "日期：　　　年　　月　　日"


def _money(value: Fen | None) -> str:
    return "" if not value else yuan(value)


VILLAGE_COLUMNS = (
    Column("序号", 1),
    Column("农户姓名", 2.2),
    Column("村民小组", 1.8),
    Column("地块数", 1.2, adds=True, show=str),
    Column("作业面积（亩）", 2.2, "right", show=area, adds=True),
    Column("补贴资金（元）", 2.4, "right", show=_money, adds=True),
    Column("验收方式", 2),
    Column("农户签字并盖章（按手印）", 3.6),
)
OPEN_COLUMNS = (
    Column("农户姓名", 2),
    Column("地块", 2.4, "left"),
    Column("登记面积（亩）", 2, "right", show=area, adds=True),
    Column("农户主张（亩）", 2, "right", show=area, adds=True),
    Column("说明", 5, "left"),
)
WAITING_COLUMNS = (*OPEN_COLUMNS[:3], OPEN_COLUMNS[4])


def draw_village(text: str, seal: Seal) -> Document:
    """Draw the village's form: accepted households, then apart what is disputed and what is not answered."""
    form = read(VillageSnapshot, text)
    work = form.work
    paper = Document(title=f"作业验收表 {work.number}", furniture=furniture(seal, f"作业单号：{work.number}"))
    return paper.add(
        Title("农业生产托管作业验收表", after=8),
        Fields(
            (
                ("作业村：", work.village),
                ("服务组织：", work.provider),
                ("作物季和环节：", work.work),
                ("统计口径：", work.programme),
            ),
            columns=2,
        ),
        Heading("一、已验收"),
        Table(VILLAGE_COLUMNS, _accepted(form), least_height=ROW),
        Paragraph(_sum(form), indent=0),
        *_open("二、有争议（不计入上表）", form.disputed, OPEN_COLUMNS),
        *_open("三、尚未验收（不计入上表）", form.waiting, WAITING_COLUMNS),
        *_seals(form),
    )


def _accepted(form: VillageSnapshot) -> list[tuple[object, ...]]:
    return [
        (
            place,
            one.name,
            one.group,
            one.parcels,
            one.area,
            one.subsidy,
            one.way,
            "视同验收（逾期未答复）" if one.is_deemed else "",
        )
        for place, one in enumerate(form.accepted, 1)
    ]


def _sum(form: VillageSnapshot) -> str:
    total = Mu(sum(one.area for one in form.accepted))
    deemed = Mu(sum(one.area for one in form.accepted if one.is_deemed))
    money = Fen(sum(one.subsidy or 0 for one in form.accepted))
    rate = "本环节没有补助标准。" if form.rate is None else f"补助标准每亩 {yuan(form.rate)} 元，"
    paid = "" if form.rate is None else f"补贴资金共 {yuan(money)} 元。"
    apart = f"其中视同验收 {mu(deemed)} 亩；" if deemed else ""
    return f"合计验收 {mu(total)} 亩（大写：{mu_in_capitals(total)}）；{apart}{rate}{paid}"


def _open(title: str, lines: Sequence[OpenLine], columns: Sequence[Column]) -> list[Block]:
    if not lines:
        return []
    rows = [
        (one.name, one.parcel, one.reported, one.claimed, one.remark)
        if len(columns) == len(OPEN_COLUMNS)
        else (one.name, one.parcel, one.reported, one.remark)
        for one in lines
    ]
    return [Heading(title), Table(columns, rows)]


def _seals(form: VillageSnapshot) -> list[Block]:
    """The seals at the foot: township, village, finance, machinery, provider."""
    return [
        Signatures(
            (
                Signer(f"{_government(form.township)}（公章）", HANDS),
                Signer("村民委员会（公章）", HANDS),
            )
        ),
        Signatures(
            (
                Signer("财政部门（公章）", (SHORT_DATE,)),
                Signer("农机部门（公章）", (SHORT_DATE,)),
                Signer("服务组织（签字盖章）", (SHORT_DATE,)),
            )
        ),
    ]


def _government(township: str) -> str:
    """Return the office that governs a township; a sub-district (街道) has an office, not a government."""
    return f"{township}办事处" if township.endswith("街道") else f"{township or '乡镇'}人民政府"


def summarise_village(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows; no household is named."""
    form = read(VillageSnapshot, text)
    return [
        ("作业", form.work.work),
        ("作业村", form.work.village),
        ("服务组织", form.work.provider),
        ("验收面积", f"{mu(Mu(sum(one.area for one in form.accepted)))} 亩"),
        ("其中视同验收", f"{mu(Mu(sum(one.area for one in form.accepted if one.is_deemed)))} 亩"),
    ]


CONTRACT_COLUMNS = (
    Column("作物季", 2.2, "left", merges=True),
    Column("环节", 2, "left"),
    Column("应作业亩", 1.9, "right", show=area, adds=True),
    Column("实作业亩", 1.9, "right", show=area, adds=True),
    Column("合格亩", 1.9, "right", show=area, adds=True),
    Column("其中视同验收亩", 1.9, "right", show=area, adds=True),
    Column("争议中亩", 1.7, "right", show=area, adds=True),
    Column("未验收亩", 1.7, "right", show=area, adds=True),
    Column("约定标准／检测结果", 4.6, "left"),
    Column("扣减亩", 1.6, "right", show=area, adds=True),
    Column("扣减原因", 3.2, "left"),
    Column("满意度", 2.2),
    Column("验收组签字", 2.6),
)


def draw_contract(text: str, seal: Seal) -> Document:
    """Draw the form of a contract: what was due, done and accepted of each link."""
    form = read(ContractAcceptanceSnapshot, text)
    paper = Document(
        title=f"作业验收表 {form.number}", style=LYING, furniture=furniture(seal, f"合同编号：{form.number}")
    )
    rows = [
        (
            one.season,
            one.link,
            one.planned,
            one.done,
            one.accepted,
            one.deemed,
            one.disputed,
            one.waiting,
            one.standard,
            one.deducted,
            one.reasons,
            one.satisfaction,
            "",
        )
        for one in form.works
    ]
    return paper.add(
        Title("农业生产托管作业验收表（按合同）", after=8),
        Fields(
            (
                ("合同编号：", form.number),
                ("接受方：", form.receiver),
                ("服务方：", form.provider),
                ("所在村：", form.village),
                ("合同期限：", f"{chinese_date(form.starts_on)}至{chinese_date(form.ends_on)}"),
                ("合同面积：", f"{mu(form.area)} 亩，{form.households} 户"),
            ),
            columns=3,
        ),
        Table(CONTRACT_COLUMNS, rows, least_height=ROW),
        Paragraph(
            "实作业亩 = 合格亩 + 扣减亩 + 争议中亩 + 未验收亩。各环节的亩数不能相加为土地面积，合计为亩次。"
            "视同验收指通知后逾期未答复、按约定视为验收。",
            indent=0,
        ),
        Signatures(
            (
                Signer("接受方（签字盖章）：", (DATE_LINE,)),
                Signer("服务方（签字盖章）：", (DATE_LINE,)),
                Signer("村民委员会（盖章）：", (DATE_LINE,)),
                Signer("验收组（签字）：", (DATE_LINE,)),
            ),
            before=8,
        ),
    )


def summarise_contract(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows; the receiver is not named."""
    form = read(ContractAcceptanceSnapshot, text)
    return [
        ("服务方", form.provider),
        ("所在村", form.village),
        ("合格面积", f"{mu(Mu(sum(one.accepted for one in form.works)))} 亩次"),
        ("其中视同验收", f"{mu(Mu(sum(one.deemed for one in form.works)))} 亩次"),
    ]
