"""Shapes as the database keeps them: GeoJSON in degrees to a centimetre, simplified where only seen."""

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

GROUND_METRES = 0.1
"""The ground is kept this true, for the next track is set against it."""

PATH_METRES = 1.0
"""The way driven is only looked at."""

_DEGREES = 1e-7


def write(geometry: BaseGeometry) -> str:
    """Return a shape in degrees as GeoJSON."""
    return shapely.to_geojson(shapely.set_precision(geometry, _DEGREES, mode="pointwise"))


def read(text: str) -> BaseGeometry:
    """Return the shape of a GeoJSON geometry, mended where rounding made it touch itself.

    >>> read('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}').area
    0.5
    """
    found = shapely.from_geojson(text)
    return found if found.is_valid else shapely.make_valid(found)


def surface(geometry: BaseGeometry) -> MultiPolygon:
    """Return the part of a shape that covers ground; what mending left of lines and points is dropped."""
    return MultiPolygon([one for one in shapely.get_parts(geometry) if isinstance(one, Polygon)])


def simple(geometry: BaseGeometry, metres: float) -> BaseGeometry:
    """Return a shape on the plane with fewer corners, nowhere farther off than so many metres."""
    return shapely.simplify(geometry, metres)
