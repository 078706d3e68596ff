"""Degrees (CGCS2000 or WGS 84, alike for fields) laid on a plane whose areas are true.

The plane is Lambert's azimuthal equal-area projection centred near what is measured: areas are exact, and
within a village distances are off by less than a millimetre in a hundred metres.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from foundation.values.area import SquareMetres
from foundation.values.rounding import half_up

Shape = TypeVar("Shape", bound=BaseGeometry)
Places = NDArray[np.float64]

_PIPELINE = "+proj=pipeline"
"""The steps are written out: finding them between two reference systems takes a hundred times as long."""
_RADIANS = "+step +proj=unitconvert +xy_in=deg +xy_out=rad"
_DEGREES = "+step +proj=unitconvert +xy_in=rad +xy_out=deg"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in degrees of longitude and latitude."""

    longitude: float
    latitude: float


def centre_of(geometry: BaseGeometry) -> Position:
    """Return the middle of a shape in degrees, to a thousandth of a degree, for ``project``."""
    west, south, east, north = geometry.bounds
    return Position(round((west + east) / 2, 3), round((south + north) / 2, 3))


def project(geometry: Shape, centre: Position) -> Shape:
    """Return a shape in degrees as one in metres on the equal-area plane around ``centre``."""
    return _moved(geometry, _onto_plane(centre))


def unproject(geometry: Shape, centre: Position) -> Shape:
    """Return a shape in metres around ``centre`` as one in degrees."""
    return _moved(geometry, _onto_earth(centre))


def square_metres(geometry: BaseGeometry) -> SquareMetres:
    """Return the true area of a shape in degrees."""
    return plane_area(project(geometry, centre_of(geometry)))


def plane_area(geometry: BaseGeometry) -> SquareMetres:
    """Return the area of a shape that lies on the plane in metres already."""
    return SquareMetres(half_up(round(geometry.area * 1_000_000), 10_000))


def _moved(geometry: Shape, transformer: Transformer) -> Shape:
    moved: Shape = shapely.transform(geometry, lambda places: _transformed(places, transformer))
    return moved


def _transformed(places: Places, transformer: Transformer) -> Places:
    return np.column_stack(transformer.transform(places[:, 0], places[:, 1]))


@lru_cache(maxsize=256)
def _onto_plane(centre: Position) -> Transformer:
    return Transformer.from_pipeline(f"{_PIPELINE} {_RADIANS} +step {_plane(centre)}")


@lru_cache(maxsize=256)
def _onto_earth(centre: Position) -> Transformer:
    return Transformer.from_pipeline(f"{_PIPELINE} +step +inv {_plane(centre)} {_DEGREES}")


def _plane(centre: Position) -> str:
    return f"+proj=laea +lat_0={centre.latitude} +lon_0={centre.longitude} +ellps=GRS80 +units=m"
