"""QR codes, a print run's thousand of them at the price of a few dozen.

Version, error correction and mask being fixed, every module of a QR code is a sum modulo 2 of bits of its
text: text, remainder and mask are all linear. So the code of a text is the code of another text of the same
length, changed by what each differing bit changes; and what a bit changes is asked of the library once.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import segno

QUIET = 2  # blank modules around a code; the paper around it is blank too
_MASK = 2  # any mask is readable; choosing the best of eight would take seven times as long
_BITS = 8
_DARK = re.compile("1+")


def modules(text: str) -> list[str]:
    """The rows of the code of ``text`` from top to bottom, ``1`` for a dark module.

    >>> len(modules("HTTP://127.0.0.1/VERIFY/ABCDEFGHJKMNPQRS"))
    33
    """
    if not text.isascii():
        return _rows(_drawn(text))
    side, bits = _shape(len(text)).code_of(text.encode("ascii"))
    written = format(bits, f"0{side * side}b")
    return [written[start : start + side] for start in range(0, side * side, side)]


def operators(text: str, side: float) -> str:
    """The code as filled rectangles in a square of ``side`` points whose lower left corner is the origin."""
    rows = modules(text)
    across = len(rows) + 2 * QUIET
    bars = [bar for number, row in enumerate(rows, QUIET + 1) for bar in _bars(row, across - number)]
    return f"{side / across:.4f} 0 0 {side / across:.4f} 0 0 cm {' '.join(bars)} f"


@lru_cache(maxsize=65_536)
def _bars(row: str, height: int) -> list[str]:
    """The rectangles of one row of modules; rows recur, for all of a code but its text stays the same."""
    return [f"{bar.start() + QUIET} {height} {bar.end() - bar.start()} 1 re" for bar in _DARK.finditer(row)]


@dataclass(slots=True)
class _Shape:
    """The codes of all texts of one length: one of them, and what each bit of the text changes in it."""

    text: bytes = b""
    side: int = 0
    bits: int = 0
    changes: dict[tuple[int, int], int] = field(default_factory=dict)

    def code_of(self, text: bytes) -> tuple[int, int]:
        """The side of the code of ``text`` and its modules as one number."""
        if not self.side:
            rows = _rows(_drawn(text.decode("latin-1")))
            self.text, self.bits, self.side = text, int("".join(rows), 2), len(rows)
        bits = self.bits
        for place, (byte, known) in enumerate(zip(text, self.text, strict=True)):
            if byte != known:
                for bit in range(_BITS):
                    if (byte ^ known) >> bit & 1:
                        bits ^= self._change(place, bit)
        return self.side, bits

    def _change(self, place: int, bit: int) -> int:
        """What one bit of the text changes."""
        change = self.changes.get((place, bit))
        if change is None:
            other = bytearray(self.text)
            other[place] ^= 1 << bit
            drawn = int("".join(_rows(_drawn(other.decode("latin-1")))), 2)
            change = self.changes[place, bit] = drawn ^ self.bits
        return change


@lru_cache(maxsize=16)
def _shape(_length: int) -> _Shape:
    return _Shape()


def _drawn(text: str) -> segno.QRCode:
    mode = "byte" if all(char <= "\xff" for char in text) else None
    return segno.make_qr(text, error="m", boost_error=False, mask=_MASK, mode=mode)


def _rows(code: segno.QRCode) -> list[str]:
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]
