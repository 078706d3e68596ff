"""The press: turns text into the operators of one PDF and finally gives its bytes."""

import zlib
from collections.abc import Callable, Hashable
from io import BytesIO
from typing import Any, TypeVar, cast

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from foundation.typesetting.embedding import EmbeddedFace, UsedCharacters
from foundation.typesetting.faces import Role, type_case
from foundation.typesetting.ink import check_box
from foundation.typesetting.runs import runs

rl_config.useA85 = 0  # the streams are compressed bytes; writing them as letters would add a quarter


class _QuickDeflate(pdfdoc.PDFStreamFilterZCompress):
    """Deflate at its quickest: it saves a fifth of a print run's time and costs a sixth more bytes."""

    def encode(self, text: bytes | str) -> bytes:
        """Return the compressed stream."""
        return zlib.compress(text.encode() if isinstance(text, str) else text, 1)


pdfdoc.PDFZCompress = _QuickDeflate()  # ReportLab asks this name whenever it compresses
PRODUCER = "社村通"
Made = TypeVar("Made")
_REMEMBERED = 4_000  # set paragraphs kept for the next document of a print run


class Press:
    """One PDF in the making; equal input gives equal bytes, and nothing but our own faces goes in."""

    def __init__(self, title: str) -> None:
        """Open a PDF with this title in its properties."""
        self._buffer = BytesIO()
        sheets: Any = (
            Canvas  # its published types know neither initialFontName as text nor the document within
        )
        self._canvas = sheets(
            self._buffer,
            pageCompression=1,
            invariant=1,
            initialFontName=type_case().initial_face(),
            pdfVersion=(1, 4),
            lang="zh-CN",
        )
        self._canvas.setTitle(title)
        self._canvas.setProducer(PRODUCER)
        self._canvas.setCreator(PRODUCER)
        self._canvas.setAuthor(PRODUCER)
        self._canvas.setSubject(title)
        self._used: dict[str, UsedCharacters] = {}
        self._memory: dict[Hashable, object] = {}

    def text(self, role: Role, text: str, size: float, x: float, y: float, *, spacing: float = 0.0) -> str:
        """Operators that set ``text`` with its baseline beginning at (x, y); check boxes are drawn."""
        operators = []
        begun = False
        for face, piece, em in runs(role, text):
            if face is None:
                operators.append("ET" if begun else "")
                begun = False
                step = size + spacing
                operators += [
                    check_box(x + place * step, y, size, ticked=char == "☑")
                    for place, char in enumerate(piece)
                ]
            else:
                if not begun:
                    operators.append(f"BT {spacing:.3f} Tc {x:.2f} {y:.2f} Td")
                begun = True
                operators.append(f"/{face.fontName} {size:g} Tf {self._codes(face, piece)} Tj")
            x += em * size + len(piece) * spacing
        if begun:
            operators.append("ET")
        return " ".join(operators)

    def remember(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for equal keys: a print run repeats most of its paragraphs."""
        made = self._memory.get(key)
        if made is None:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            made = self._memory[key] = make()
        return cast("Made", made)

    def page(self, width: float, height: float, operators: list[str]) -> None:
        """Print one page."""
        self._canvas.setPageSize((width, height))
        self._canvas.addLiteral("\n".join(operators))
        self._canvas.showPage()

    def bookmark(self, title: str) -> None:
        """Let the page that is printed next begin an entry of the reader's outline."""
        key = f"p{self._canvas.getPageNumber()}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key)

    def finish(self) -> bytes:
        """Close the PDF and give its bytes."""
        self._canvas.save()
        return self._buffer.getvalue()

    def _codes(self, face: EmbeddedFace, piece: str) -> str:
        """A piece of text in the codes of its face, as a PDF string."""
        used = self._used.get(face.fontName)
        if used is None:
            used = self._used[face.fontName] = face.used_in(self._canvas._doc)
        return used.written(piece)
