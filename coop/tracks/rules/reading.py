"""Reading a terminal's file: what it is, told by its content; its text; its fixes.

Coordinates are taken as CGCS2000, which for fields is WGS 84. The shifted coordinates of street maps
(GCJ-02) cannot be told from true ones; the upload page says that they must not be used.
"""

import codecs
from types import ModuleType

from coop.tracks.rules import geojson, gpx, sheets
from coop.tracks.rules.fixes import LARGEST, MEGABYTE, NotATrack, Reading, TrackEmpty, TrackTooLarge, proved
from coop.tracks.rules.terms import TrackFormat

_READERS: dict[TrackFormat, ModuleType] = {
    TrackFormat.GPX: gpx,
    TrackFormat.GEOJSON: geojson,
    TrackFormat.CSV: sheets,
}
_ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_TERMINAL = 40


def read_track(name: str, content: bytes) -> Reading:
    """Return the fixes of a file, or refuse it with everything that is wrong with it."""
    if len(content) > LARGEST:
        raise TrackTooLarge(name=name, limit=LARGEST // MEGABYTE)
    text = _text(name, content)
    if not text.strip():
        raise TrackEmpty(name=name)
    kind = format_of(text)
    said, terminal = _READERS[kind].read(text, name)
    runs, unfixed = proved(said)
    if not any(len(run) > 1 for run in runs):
        raise TrackEmpty(name=name)
    return Reading(format=kind, runs=runs, terminal_number=terminal[:LONGEST_TERMINAL], unfixed=unfixed)


def format_of(text: str) -> TrackFormat:
    """Return what a text is by its first character.

    >>> format_of(" <gpx/>"), format_of("时间,纬度,经度")
    (<TrackFormat.GPX: 'gpx'>, <TrackFormat.CSV: 'csv'>)
    """
    first = text.lstrip()[:1]
    return {"<": TrackFormat.GPX, "{": TrackFormat.GEOJSON}.get(first, TrackFormat.CSV)


def _text(name: str, content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATrack(name=name)
