"""A shape in degrees as a small drawing: north up, true to scale."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from foundation.geography.plane import centre_of, project

EDGE = 8


@dataclass(frozen=True, slots=True)
class Drawing:
    """The path of an SVG (``d``) within its frame, and how many metres its width stands for."""

    path: str
    width: int
    height: int
    metres: int


def draw(shape: BaseGeometry, size: int = 240) -> Drawing:
    """Draw a polygon, or several as one, so that its longer side fills ``size``."""
    flat = project(shape, centre_of(shape))
    west, south, east, north = flat.bounds
    scale = (size - 2 * EDGE) / max(east - west, north - south, 0.01)
    path = " ".join(
        "M"
        + " L".join(f"{EDGE + (x - west) * scale:.1f},{EDGE + (north - y) * scale:.1f}" for x, y in ring)
        + " Z"
        for ring in _rings(flat)
    )
    width, height = (round(side * scale) + 2 * EDGE for side in (east - west, north - south))
    return Drawing(path, width, height, round(width / scale))


def _rings(shape: BaseGeometry) -> Iterator[list[tuple[float, float]]]:
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            yield [(x, y) for x, y, *_ in ring.coords[:-1]]
