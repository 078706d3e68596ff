"""Reading a printed paper back: its faces, its words, its amounts, the rows of its annex."""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from foundation.values.area import parse_mu
from foundation.values.capitals import money_in_capitals, mu_in_capitals
from foundation.values.money import parse_yuan

_WORD = "{http://www.w3.org/1999/xhtml}word"
_PAGE = "{http://www.w3.org/1999/xhtml}page"
_AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
_MONEY = re.compile(r"([\d,]+\.\d\d)元（大写：(人民币[^）]+)）")
_AREA = re.compile(r"([\d,]+\.\d\d)亩（大写：([^）]+)）")
_NEAR = 2.0
BOXES = "〓□\ufffd\uf8ff"
"""What a missing glyph prints or copies as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFace:
    """A face of a PDF as poppler's ``pdffonts`` tells of it."""

    name: str
    is_embedded: bool
    is_subset: bool
    copies_as_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexSums:
    """The adding column of an annex in hundredths: its rows, what each page says, what the end says."""

    rows: tuple[int, ...]
    pages: tuple[int, ...]
    whole: int


def _tell(program: str, content: bytes, *options: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        target = ["-"] if program == "pdftotext" else []
        told = subprocess.run(
            [program, *options, file.name, *target], capture_output=True, check=True, text=True
        )
    return told.stdout


def faces_of(content: bytes) -> list[PrintedFace]:
    """Return the faces of a PDF."""
    lines = [line.split() for line in _tell("pdffonts", content).splitlines()[2:]]
    return [
        PrintedFace(
            name=line[0],
            is_embedded=line[-5] == "yes",
            is_subset=line[-4] == "yes",
            copies_as_text=line[-3] == "yes",
        )
        for line in lines
    ]


def words_of(content: bytes) -> str:
    """Return the words of a PDF as one text without white space: lines break anywhere in Chinese."""
    return re.sub(r"\s", "", _tell("pdftotext", content, "-layout"))


def amounts_that_disagree(words: str) -> list[tuple[str, str]]:
    """Return every amount of money or land whose capitals say something else than its figures."""
    money = [
        (figures, said, money_in_capitals(parse_yuan(figures))) for figures, said in _MONEY.findall(words)
    ]
    land = [(figures, said, mu_in_capitals(parse_mu(figures))) for figures, said in _AREA.findall(words)]
    assert money
    assert land
    return [(figures, said) for figures, said, right in [*money, *land] if said != right]


def annex_sums(content: bytes) -> AnnexSums:
    """Add up what the last column of figures prints on every lying page."""
    rows: list[int] = []
    pages: list[int] = []
    whole = 0
    for page in _lying_pages(content):
        own = _column(page)
        subtotal, total = _height(page, "本页小计"), _height(page, "合计")
        rows += [amount for y, amount in own if not _is_near(y, subtotal) and not _is_near(y, total)]
        pages += [amount for y, amount in own if _is_near(y, subtotal)]
        whole += sum(amount for y, amount in own if _is_near(y, total))
    return AnnexSums(rows=tuple(rows), pages=tuple(pages), whole=whole)


Words = Sequence[tuple[float, float, str]]
"""The words of a page: the middle's height, the right edge, the text."""


def _lying_pages(content: bytes) -> Iterator[Words]:
    for page in ET.fromstring(_tell("pdftotext", content, "-bbox")).iter(_PAGE):  # noqa: S314 - our own
        if float(page.get("width", 0)) > float(page.get("height", 0)):
            yield [_placed(word) for word in page.iter(_WORD)]


def _placed(word: ET.Element) -> tuple[float, float, str]:
    middle = (float(word.get("yMin", 0)) + float(word.get("yMax", 0))) / 2
    return middle, float(word.get("xMax", 0)), word.text or ""


def _column(page: Words) -> list[tuple[float, int]]:
    """Return the amounts at the right-most edge of all amounts of the page, with their heights."""
    amounts = [(y, right, text) for y, right, text in page if _AMOUNT.fullmatch(text)]
    edge = max((right for _, right, _ in amounts), default=0.0)
    return [(y, _hundredths(text)) for y, right, text in amounts if _is_near(right, edge)]


def _height(page: Words, label: str) -> float | None:
    return next((y for y, _, text in page if text == label), None)


def _is_near(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) < _NEAR


def _hundredths(text: str) -> int:
    return int(Decimal(text.replace(",", "")) * 100)


def page_as_picture(content: bytes, number: int, target: Path) -> None:
    """Draw one page as a PNG."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        which = ["-f", str(number), "-l", str(number)]
        command = ["pdftoppm", "-png", "-singlefile", "-r", "80", *which, file.name]
        command.append(str(target.with_suffix("")))
        subprocess.run(command, check=True)
