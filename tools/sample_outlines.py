"""Write the outlines of the sample county's parcels: strips in their fields, at the villages' real places.

Run ``python -m tools.sample_outlines`` after ``tools.sample_registers``; the same seed gives the same bytes.
Every strip is as large as the acreage by which its parcel is settled; neighbours share their ridge, and
nothing overlaps. The file is what a surveyor's GeoJSON looks like, with the parcel's code as ``DKBM``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path
from random import Random

from shapely.geometry import Polygon

from coop.parcels.importing import PARCELS
from coop.parcels.rules import AreaKind
from foundation.geography.plane import Position, unproject
from foundation.values.area import Mu, parse_mu, square_metres_from_mu
from foundation.workbooks.reading import Workbook, read_sheet
from tools.sample_registers import FOLDER, VILLAGES, Village

PLACES: Mapping[str, tuple[Position, float]] = {
    "371681101266": (Position(117.882, 36.858), 4.0),
    "371681108226": (Position(117.822, 36.962), -6.0),
}
"""Where the middle of each village's land lies, and by how many degrees its fields lean."""

DEPTHS = (96.0, 118.0, 132.0, 150.0)
"""How deep the rows of a field are, in metres."""

ROW_WIDTH, ROAD, LANE = 420.0, 10.0, 4.0
"""How wide a row grows before the next begins, and the ways between fields and between rows."""

FIELDS_ABREAST = 3
LEAN = 0.035
"""By what part of its width a strip's ridge leans at most."""

DECIMALS = 7
BASES = {AreaKind.TITLE: "title_area", AreaKind.CONTRACT: "contract_area", AreaKind.MEASURED: "measured_area"}
Corner = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A parcel to be drawn: its code, the field it lies in, and its acreage."""

    code: str
    field: str
    area: Mu


def main() -> None:
    """Write the outlines into the repository."""
    for village in VILLAGES:
        content = outlines_of(village)
        file_of(village).write_text(content, "utf-8")
        print(f"{village.name}：{content.count('DKBM')} 块")


def file_of(village: Village) -> Path:
    """Return the file of a village's outlines, beside its register."""
    return (FOLDER / village.file).with_suffix(".geojson")


def outlines_of(village: Village) -> str:
    """Return a village's outlines as a GeoJSON text, one feature a line."""
    features = [
        {"type": "Feature", "properties": {"DKBM": code}, "geometry": geometry}
        for code, geometry in _drawn(village)
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def _drawn(village: Village) -> Iterator[tuple[str, dict[str, object]]]:
    place, lean = PLACES[village.code]
    chance = Random(village.seed)  # noqa: S311 - a sample, not a secret
    laid = dict(_laid_out(_strips(village), chance))
    east = sum(x for corners in laid.values() for x, _ in corners) / (4 * len(laid))
    north = sum(y for corners in laid.values() for _, y in corners) / (4 * len(laid))
    for code, corners in sorted(laid.items()):
        turned = Polygon([_turned(x - east, y - north, lean) for x, y in corners])
        ring = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in unproject(turned, place).exterior.coords]
        yield code, {"type": "Polygon", "coordinates": [ring]}


def _strips(village: Village) -> list[Strip]:
    """Return the parcels of a village's register with the acreage they are settled by."""
    book = Workbook((FOLDER / village.file).read_bytes())
    kinds = {kind.label: column for kind, column in BASES.items()}
    return [
        Strip(
            code=row.values["code"],
            field=row.values["name"],
            area=parse_mu(row.values[kinds[row.values["basis"]]]),
        )
        for row in read_sheet(book, PARCELS.layout)
    ]


def _laid_out(strips: Sequence[Strip], chance: Random) -> Iterator[tuple[str, list[Corner]]]:
    """Lay fields side by side, a few abreast, and the strips of each in rows."""
    fields: dict[str, list[Strip]] = {}
    for strip in strips:
        fields.setdefault(strip.field, []).append(strip)
    west, south, highest = 0.0, 0.0, 0.0
    for number, own in enumerate(fields.values()):
        if number and number % FIELDS_ABREAST == 0:
            west, south, highest = 0.0, south + highest + ROAD, 0.0
        depth = chance.choice(DEPTHS)
        rows = list(_rows(own, depth))
        for place, row in enumerate(rows):
            yield from _row(row, west, south + place * (depth + LANE), depth, chance)
        highest = max(highest, len(rows) * (depth + LANE))
        west += ROW_WIDTH * 1.1 + ROAD


def _rows(strips: Iterable[Strip], depth: float) -> Iterator[list[Strip]]:
    row: list[Strip] = []
    width = 0.0
    for strip in strips:
        row.append(strip)
        width += _metres(strip) / depth
        if width >= ROW_WIDTH:
            yield row
            row, width = [], 0.0
    if row:
        yield row


def _row(
    strips: Iterable[Strip], west: float, south: float, depth: float, chance: Random
) -> Iterator[tuple[str, list[Corner]]]:
    """Set strips beside each other; a ridge leans, and the next one leans back."""
    below = above = west
    for strip in strips:
        width = _metres(strip) / depth
        drift = max(-1.0, min(1.0, (above - below) / width))
        lower = width * (1 + LEAN * (drift + chance.uniform(-0.5, 0.5)))
        upper = 2 * width - lower
        east_below, east_above = below + lower, above + upper
        north = south + depth
        yield strip.code, [(below, south), (east_below, south), (east_above, north), (above, north)]
        below, above = east_below, east_above


def _metres(strip: Strip) -> float:
    return square_metres_from_mu(strip.area) / 100


def _turned(x: float, y: float, degrees: float) -> Corner:
    angle = radians(degrees)
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


if __name__ == "__main__":
    main()
