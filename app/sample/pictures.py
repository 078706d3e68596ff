"""Pictures for the sample county: fingerprints that nobody has, each another, as a telephone sends them."""

from math import hypot, sin
from struct import pack
from zlib import compress, crc32

SIDE = 72
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def fingerprint(serial: int) -> bytes:
    """Return a grey PNG with the whorls of an invented finger; equal serials give equal bytes."""
    middle = SIDE / 2 + serial % 7 - 3, SIDE / 2 + serial % 5 - 2
    rows = b"".join(b"\x00" + bytes(_grey(x, y, middle, serial) for x in range(SIDE)) for y in range(SIDE))
    head = pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    said = f"sample {serial}".encode()
    chunks = ((b"IHDR", head), (b"tEXt", b"Comment\x00" + said), (b"IDAT", compress(rows, 6)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _grey(x: int, y: int, middle: tuple[float, float], serial: int) -> int:
    across, down = x - middle[0], (y - middle[1]) * 0.8
    distance = hypot(across, down)
    if distance > SIDE * 0.42:
        return 255
    wave = sin(distance * 1.25 + sin(across * 0.2 + serial) * 1.5)
    return 70 if wave > 0 else 225


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))
