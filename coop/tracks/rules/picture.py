"""The picture of a track: parcels, ground swept, way driven, laid out for an SVG of fixed size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry
from shapely.ops import nearest_points

WIDTH, HEIGHT, MARGIN = 720, 480, 24
BAR = 24
"""Room below for the bar that tells the scale."""

LOWEST = 200
"""A picture of a long low strip of land is this high, so that bar and arrow have room."""

_FINEST = 0.4
"""Picture units; nothing smaller can be seen, so shapes are simplified by it."""

_STEPS = (1, 2, 5)
_POWERS = (1, 10, 100, 1000, 10_000, 100_000, 1_000_000)
MOST_LABELS = 80


@dataclass(frozen=True, slots=True)
class Patch:
    """A parcel of the picture: its number beside it, what the comparison came to, its outline."""

    label: str
    kind: str
    outline: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of the picture (SVG's ``d``); a label stands at its place."""

    kind: str
    d: str
    label: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Shapes from the back to the front, and a bar that tells the scale."""

    shapes: Sequence[Shape]
    bar_metres: int
    bar_length: float
    height: int
    gap_metres: int | None = None
    width: int = WIDTH


def draw(
    patches: Sequence[Patch], ground: BaseGeometry, path: BaseGeometry, *, with_gap: bool = False
) -> Picture:
    """Lay everything out on one scale, north up; ``with_gap`` joins ground and nearest parcel by a line."""
    outlines = [patch.outline for patch in patches]
    frame = _Frame(shapely.union_all([ground, path, *outlines]).bounds)
    shapes = [frame.patch(patch, labelled=len(patches) <= MOST_LABELS) for patch in patches]
    shapes += [frame.shape("ground", ground), frame.shape("path", path)]
    gap = _gap(ground, outlines) if with_gap and outlines else None
    if gap is not None:
        shapes.append(frame.shape("gap", gap))
    metres = _bar(frame.scale)
    return Picture(
        shapes=[shape for shape in shapes if shape.d],
        bar_metres=metres,
        bar_length=round(metres * frame.scale, 1),
        height=frame.height,
        gap_metres=None if gap is None else round(gap.length),
    )


class _Frame:
    """From metres to the picture: one scale, south below."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        room = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - BAR
        self.scale = min(room[0] / max(east - west, 1.0), room[1] / max(north - south, 1.0))
        drawn = round((north - south) * self.scale) + 2 * MARGIN + BAR
        self.height = max(LOWEST, drawn)
        self.left = (WIDTH - (west + east) * self.scale) / 2
        self.bottom = (self.height - BAR + (south + north) * self.scale) / 2

    def shape(self, kind: str, geometry: BaseGeometry) -> Shape:
        simple = shapely.simplify(geometry, _FINEST / self.scale, preserve_topology=False)
        return Shape(kind, self._d(geometry if simple.is_empty else simple))

    def patch(self, patch: Patch, *, labelled: bool) -> Shape:
        drawn = self.shape(patch.kind, patch.outline)
        x, y = self._at(Point(patch.outline.representative_point()).coords[0])
        return Shape(patch.kind, drawn.d, patch.label if labelled else "", x, y)

    def _at(self, point: tuple[float, ...]) -> tuple[float, float]:
        return round(self.left + point[0] * self.scale, 1), round(self.bottom - point[1] * self.scale, 1)

    def _d(self, geometry: BaseGeometry) -> str:
        parts = []
        for part in _simple_parts(geometry):
            rings = [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]
            for ring in rings:
                points = [self._at(point) for point in ring.coords]
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points))
        return "".join(parts)


def _simple_parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the lines and polygons of a shape, however they are nested."""
    for part in shapely.get_parts(geometry):
        if isinstance(part, BaseMultipartGeometry):
            yield from _simple_parts(part)
        else:
            yield part


def _gap(ground: BaseGeometry, outlines: Sequence[BaseGeometry]) -> LineString | None:
    nearest = min(outlines, key=ground.distance)
    ends = nearest_points(ground, nearest)
    return LineString(ends) if ground.distance(nearest) > 0 else None


def _bar(scale: float) -> int:
    """Return the longest round length in metres that takes at most a quarter of the picture."""
    longest = WIDTH / 4 / scale
    lengths = [step * power for power in _POWERS for step in _STEPS]
    return max([length for length in lengths if length <= longest], default=1)
