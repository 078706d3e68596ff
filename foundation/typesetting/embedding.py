"""A TrueType face that goes into a PDF once, as one composite font with the characters that were used.

ReportLab embeds TrueType faces in pieces of 256 characters, which makes Chinese text switch fonts every other
character, and it writes characters beyond the first plane wrongly to the table from which text is copied out.
Here a face is one ``Type0`` font with two-byte codes, and that table is written in UTF-16.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

Numbered = Sequence[tuple[int, str]]

FULL = 1000  # the width of a Chinese character in the units of a PDF font
BLOCK = 100  # the format allows at most this many entries between beginbfchar and endbfchar
_SEVEN_BITS = 128
_PLAIN = [chr(byte) for byte in range(1, _SEVEN_BITS) if chr(byte) not in "()\\\r\n"]
_parser = Lock()  # cutting a face moves a file position that belongs to the face


class UsedCharacters(dict[str, str]):
    """The characters of one face that one document uses, each with its two-byte code as two characters.

    The first codes are made of seven-bit bytes that mean nothing within a PDF string, so that text is written
    as it is; whoever uses more than fifteen thousand characters gets codes that are written in hexadecimal.
    """

    def __missing__(self, char: str) -> str:
        """Give a new character the next code; code 0 is kept for the missing glyph."""
        high, low = divmod(len(self), len(_PLAIN))
        code = _PLAIN[high] + _PLAIN[low] if high < len(_PLAIN) else _further(len(self))
        self[char] = code
        return code

    def codes(self, text: str) -> str:
        """The codes of a text, one byte a character."""
        return "".join([self[char] for char in text])

    def written(self, text: str) -> str:
        """The codes of a text as a PDF string."""
        codes = self.codes(text)
        return f"({codes})" if codes.isascii() else f"<{codes.encode('latin-1').hex()}>"

    def numbered(self) -> list[tuple[int, str]]:
        """Every code as a number with its character, in the order of the codes' first use."""
        return [(ord(code[0]) << 8 | ord(code[1]), char) for char, code in self.items()]


def _further(number: int) -> str:
    """Codes whose first byte is above seven bits."""
    high, low = divmod(number - len(_PLAIN) ** 2, 256)
    return chr(_SEVEN_BITS + high) + chr(low)


class EmbeddedFace(TTFont):
    """One face of the type case; several documents may use it at the same time."""

    def __init__(self, name: str, path: str) -> None:
        """Read the face from a TrueType file or the first face of a collection."""
        super().__init__(name, path, shapable=False)
        self._used: WeakKeyDictionary[Any, UsedCharacters] = WeakKeyDictionary()

    def covers(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        return ord(char) in self.face.charToGlyph

    def em_width(self, char: str) -> float:
        """The width of a character as a part of the type size."""
        return float(self.face.charWidths[ord(char)]) / 1000

    def used_in(self, document: Any) -> UsedCharacters:
        """The codes of this face in a PDF document; the first call enters the face into it."""
        used = self._used.get(document)
        if used is None:
            used = self._used[document] = UsedCharacters()
            document.delayedFonts.append(self)
        return used

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """The codes of a text, for ReportLab's own text operators: one piece, for there is one font."""
        return [(0, self.used_in(doc).codes(text).encode("latin-1"))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802 - as ReportLab calls it
        """The name of the font within a document, for ReportLab's own text operators."""
        self.used_in(doc)
        return f"/{self.fontName}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab calls it by this name when a document is saved
        """Write the font objects of this face into the document."""
        used = self._used.pop(doc).numbered()
        if not used:
            return
        with _parser:
            content = self.face.makeSubset([ord(char) for _code, char in used])
        name = f"SHECUN+{self.face.name.decode('ascii', 'replace')}"
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(doc, name, content),
                "DW": FULL,
                "W": pdfdoc.PDFArray(self._narrow(used)),
                "CIDToGIDMap": _stream(doc, f"gids:{name}", self._glyph_numbers(used)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"descendant:{name}")]),
                "ToUnicode": _stream(doc, f"unicode:{name}", to_unicode(used)),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.fontName] = doc.Reference(font, self.fontName)

    def _descriptor(self, doc: Any, name: str, content: bytes) -> Any:
        face = self.face
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "FontFile2": _stream(doc, f"file:{name}", content, Length1=len(content)),
            }
        )
        return doc.Reference(descriptor, f"descriptor:{name}")

    def _narrow(self, used: Numbered) -> list[Any]:
        """The widths that differ from the usual full square: code, then its width."""
        widths = ((code, round(self.em_width(char) * 1000)) for code, char in used)
        return [part for code, width in widths if width != FULL for part in (code, pdfdoc.PDFArray([width]))]

    def _glyph_numbers(self, used: Numbered) -> bytes:
        """For each code the glyph's number in the subset, which keeps the order of first appearance."""
        numbers = {0: 0}
        mapped = bytearray(2 * (max(code for code, _char in used) + 1))
        for code, char in used:
            glyph = self.face.charToGlyph.get(ord(char), 0)
            mapped[2 * code : 2 * code + 2] = numbers.setdefault(glyph, len(numbers)).to_bytes(2, "big")
        return bytes(mapped)


def to_unicode(used: Numbered) -> bytes:
    """The table that says which character each code copies out as."""
    entries = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in used]
    blocks = [entries[start : start + BLOCK] for start in range(0, len(entries), BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines).encode("ascii")


def _stream(doc: Any, name: str, content: bytes, **entries: int) -> Any:
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content, filters=[pdfdoc.PDFZCompress])
    return doc.Reference(stream, name)
