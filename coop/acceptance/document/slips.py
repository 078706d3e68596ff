"""The households' slips: each with its own code, what to do with it, and a line to tear it off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coop.acceptance.rules.codes import written
from coop.acceptance.service.coding import code_of
from coop.acceptance.snapshot import SlipLineSnapshot, SlipSnapshot, SlipsSnapshot
from foundation.papers.document import furniture
from foundation.papers.rules import Seal
from foundation.typesetting import CONTRACT, Document, Role, TextStyle
from foundation.typesetting.flow import Setting, Strip
from foundation.typesetting.ink import line, mm
from foundation.typesetting.lines import draw_line, set_lines
from foundation.typesetting.qr import operators as qr_code
from foundation.typesetting.runs import width
from foundation.values.area import Mu, mu
from foundation.values.canonical import read
from foundation.values.dates import chinese_date

REPLY = "/coop/acceptance/reply"
"""Where a code is opened."""

CODE_SIDE = mm(30)
GAP = mm(4)
STYLE = replace(CONTRACT, top=mm(25), bottom=mm(18), left=mm(18), right=mm(18))
TEXT = TextStyle(role=Role.FANGSONG, size=10.5, leading=14.5)
BOLD = TextStyle(role=Role.HEI, size=12, leading=17)
CODE = TextStyle(role=Role.HEI, size=13, leading=20)
SMALL = TextStyle(role=Role.SONG, size=8, leading=11)
SHOWN_PARCELS = 6


def instructions(slips: SlipsSnapshot, slip: SlipSnapshot) -> tuple[str, str, str]:
    """Return the three sentences: how to accept, where to object, what silence means."""
    until = chinese_date(slip.opens_until)
    telephone = f"，或打电话 {slips.telephone}" if slips.telephone else ""
    return (
        f"一、看一看地里的活，干好了就用手机扫右边的码，点“认可”；没有手机的，在纸质验收表上签字按手印。"
        f"此码只能用一次，{until}前有效。",
        f"二、亩数不对或者没有作业的，扫码后选“面积不符”或“没有作业”并写明情况{telephone}；"
        "只处理有争议的地块，其他地块不受影响。",
        f"三、作业登记并通知您以后 {slips.reply_days} 天内没有答复的，按约定视为验收，"
        "账上会注明“视同验收”；发现有错仍可找服务组织或村委会更正。",
    )


def where_to_type(address: str) -> list[str]:
    """Return the line that says where the code is typed by hand; a draft has no code and no such line."""
    return [f"不能扫码的，请用手机浏览器打开 {address}{REPLY} 输入验收码。"] if address else []


@dataclass(frozen=True, slots=True)
class SlipBlock:
    """One slip: never parted, closed by the line along which it is torn off."""

    slips: SlipsSnapshot
    slip: SlipSnapshot
    address: str

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip with everything of the slip."""
        room = setting.width - CODE_SIDE - GAP
        operators: list[str] = []
        y = 0.0
        for text, style in self._texts():
            for each in set_lines(text, style, room):
                operators.append(draw_line(setting.press, each, style, 0, y, room, "left"))
                y -= style.leading
        low = self._code(setting, operators)
        foot = min(y, low) - mm(1)
        operators.append(_cut(setting, foot))
        yield Strip(height=-foot + mm(5), operators="\n".join(operators))

    def _texts(self) -> list[tuple[str, TextStyle]]:
        work, slip = self.slips.work, self.slip
        who = f"{slip.household}（{work.village}{slip.group}）"
        is_other = self.slips.office not in ("", work.provider)
        office = f"　发单单位：{self.slips.office}" if is_other else ""
        return [
            (f"农业生产托管验收确认单　{who}", BOLD),
            (f"{work.work}　服务组织：{work.provider}　作业单：{work.number}{office}", SMALL),
            (_land(slip.lines), TEXT),
            *((one, TEXT) for one in instructions(self.slips, slip)),
            *((one, SMALL) for one in where_to_type(self.address)),
        ]

    def _code(self, setting: Setting, operators: list[str]) -> float:
        """Draw the code to scan and, below it, the code to type; without an address only a draft is drawn."""
        x = setting.width - CODE_SIDE
        if not self.address:
            operators.append(setting.press.text(Role.HEI, "草稿，无验收码", TEXT.size, x, -TEXT.size))
            return -CODE_SIDE
        code = code_of(self.slip.slip_id, self.slip.serial)
        drawn = qr_code(f"{self.address}{REPLY}/{code}", CODE_SIDE)
        operators.append(f"q 1 0 0 1 {x:.2f} {-CODE_SIDE:.2f} cm {drawn} Q")
        y = -CODE_SIDE - SMALL.leading
        groups = written(code).split("-")
        for text in ("验收码（可手工输入）", "-".join(groups[:3]) + "-", "-".join(groups[3:])):
            style = SMALL if text.startswith("验") else replace(CODE, size=9.5)
            across = width(style.role, text, style.size)
            operators.append(
                setting.press.text(style.role, text, style.size, x + (CODE_SIDE - across) / 2, y)
            )
            y -= 13
        return y


def _land(lines: Sequence[SlipLineSnapshot]) -> str:
    """Return the parcels with their mu and the sum of them."""
    named = "、".join(
        f"{one.parcel}（{one.parcel_code}）{mu(one.planned if one.done is None else one.done)} 亩"
        for one in lines[:SHOWN_PARCELS]
    )
    rest = f"等 {len(lines)} 块" if len(lines) > SHOWN_PARCELS else f"，共 {len(lines)} 块"
    planned = Mu(sum(one.planned for one in lines))
    if all(one.done is not None for one in lines):
        return f"地块：{named}{rest}；登记作业 {mu(Mu(sum(one.done or 0 for one in lines)))} 亩。"
    return f"地块：{named}{rest}；计划作业 {mu(planned)} 亩，作业面积以登记为准，扫码可见。"


def _cut(setting: Setting, y: float) -> str:
    """Return the dashed line along which the slip is torn off."""
    dashed = line(0, y, setting.width, y, 0.6)
    return f"q [4 3] 0 d {dashed} Q"


def draw_slips(text: str, seal: Seal) -> Document:
    """Draw the slips of an order; the address of their codes is that of the paper's own verify code."""
    slips = read(SlipsSnapshot, text)
    address = seal.verify_url.partition("/verify/")[0]
    paper = Document(
        title=f"验收确认单 {slips.work.number}",
        style=STYLE,
        furniture=furniture(seal, f"验收确认单　{slips.work.number}　沿虚线裁开，交农户"),
    )
    return paper.add(*(SlipBlock(slips, slip, address) for slip in slips.slips))


def summarise_slips(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows; neither a household nor a code is named."""
    slips = read(SlipsSnapshot, text)
    return [
        ("作业", slips.work.work),
        ("作业村", slips.work.village),
        ("服务组织", slips.work.provider),
        ("份数", f"{len(slips.slips)} 份"),
    ]
