"""What is drawn or filled in by hand: QR codes, signature blocks, the red head of an official document."""

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.typesetting.faces import Role
from foundation.typesetting.flow import Setting, Strip
from foundation.typesetting.ink import RED, line, mm
from foundation.typesetting.lines import draw_line, set_lines
from foundation.typesetting.qr import operators as qr_code
from foundation.typesetting.runs import width
from foundation.typesetting.styles import TextStyle


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code in the text, with a caption below it; ``side`` in millimetres."""

    data: str
    caption: str = ""
    side: float = 24
    align: str = "left"

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip with the code and its caption."""
        side = mm(self.side)
        x = {"left": 0.0, "center": (setting.width - side) / 2, "right": setting.width - side}[self.align]
        operators = [f"q 1 0 0 1 {x:.2f} {-side:.2f} cm {qr_code(self.data, side)} Q"]
        style = TextStyle(role=Role.SONG, size=8, leading=11)
        if self.caption:
            across = width(style.role, self.caption, style.size)
            operators.append(
                setting.press.text(style.role, self.caption, style.size, x + (side - across) / 2, -side - 8)
            )
        yield Strip(height=side + (style.leading if self.caption else 0), operators="\n".join(operators))


@dataclass(frozen=True, slots=True)
class Signer:
    """One side of a signature block: who signs, and the lines to fill in below.

    A line that ends with ``：`` gets a rule to write on.
    """

    title: str
    lines: tuple[str, ...] = ("法定代表人（签字）：", "日期：　　　　年　　月　　日")


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signers side by side; the block is not parted and never stands alone on a page."""

    signers: tuple[Signer, ...]
    before: float = 15
    gap: float = 24

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip joined to what stands before it."""
        style = setting.style.body
        frame = (setting.width - self.gap * (len(self.signers) - 1)) / len(self.signers)
        step = style.leading * 1.3
        operators: list[str] = []
        heights = []
        for place, signer in enumerate(self.signers):
            drawn, height = _signer(setting, signer, place * (frame + self.gap), frame, step)
            operators += drawn
            heights.append(height)
        yield Strip(
            height=max(heights),
            operators="\n".join(operators),
            space=self.before,
            joined_before=True,
            slack=step / 2,
        )


def _signer(setting: Setting, signer: Signer, x: float, frame: float, step: float) -> tuple[list[str], float]:
    """One signer's lines, the title with room for a seal, and their height."""
    style = setting.style.body
    operators = []
    y = 0.0
    for text in (signer.title, *signer.lines):
        lines = set_lines(text, style, frame)
        for each in lines:
            operators.append(draw_line(setting.press, each, style, x, y, frame, "left"))
            y -= style.leading
        end = x + lines[-1].width
        if text.endswith("：") and frame - lines[-1].width > style.size:
            base = y + style.leading - style.size * 1.04
            operators.append(line(end, base, x + frame, base))
        y -= step - style.leading
    return operators, -y


@dataclass(frozen=True, slots=True)
class IssuedBy:
    """Who issues an official document, over its day, which ends ``inset`` characters from the right.

    GB/T 9704-2012, 7.3.5: an office with a seal stands centred over the day, and never beyond the type area.
    """

    issuer: str
    day: str = "　　　　年　　月　　日"
    before: float = 30
    inset: float = 4

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip joined to what stands before it."""
        style = setting.style.body
        across = width(style.role, self.day, style.size)
        middle = setting.width - self.inset * style.size - across / 2
        operators: list[str] = []
        y = 0.0
        for text in (self.issuer, self.day):
            for each in set_lines(text, style, setting.width):
                x = min(middle - each.width / 2, setting.width - each.width)
                operators.append(draw_line(setting.press, each, style, max(0.0, x), y, each.width, "left"))
                y -= style.leading
        yield Strip(
            height=-y,
            operators="\n".join(operators),
            space=self.before,
            joined_before=True,
            slack=style.leading - style.size,
        )


@dataclass(frozen=True, slots=True)
class RedHead:
    """The head of an official document: the issuer in red 小标宋, the number, and a red rule."""

    issuer: str
    number: str = ""

    def strips(self, setting: Setting) -> Iterable[Strip]:
        """One strip; the issuer is set as large as fits, at most 22 mm high."""
        press, body = setting.press, setting.style.body
        size = min(mm(15), setting.width / max(1e-6, width(Role.XIAOBIAOSONG, self.issuer, 1.0)))
        across = width(Role.XIAOBIAOSONG, self.issuer, size)
        head = press.text(Role.XIAOBIAOSONG, self.issuer, size, (setting.width - across) / 2, -size * 0.9)
        y = -size - body.leading * 1.5
        operators = [f"q {RED} {head} Q"]
        if self.number:
            across = width(body.role, self.number, body.size)
            operators.append(press.text(body.role, self.number, body.size, (setting.width - across) / 2, y))
        y -= mm(4)
        operators.append(f"q {RED} {line(0, y, setting.width, y, 1.4)} Q")
        yield Strip(height=-y + body.leading * 2, operators="\n".join(operators), joined_after=True)
