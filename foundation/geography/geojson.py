"""Outlines out of GeoJSON files, proved before anybody counts on them, and back into GeoJSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from foundation.errors import InvalidValue

CHINA = box(73.0, 3.0, 136.0, 54.0)
"""A frame around China in degrees."""

MOST_CORNERS = 5000
GRID = 1e-8
"""About a millimetre: what is finer was never measured."""


class NotGeoJson(InvalidValue):
    """文件不是 GeoJSON 的 FeatureCollection；请从测绘软件导出为 GeoJSON（UTF-8 编码）再上传。"""


class NotAPolygon(InvalidValue):
    """界线不是一个多边形；请检查图形，一块地只画一个闭合的面。"""


class BrokenOutline(InvalidValue):
    """界线在 %(where)s 附近自相交或重叠；请在测绘软件中修复图形后再导入。"""


class OutsideChina(InvalidValue):
    """坐标 %(longitude)s，%(latitude)s 不在中国境内；请导出为 CGCS2000 或 WGS84 经纬度（度），经度在前。"""


class TooManyCorners(InvalidValue):
    """界线有 %(count)s 个拐点，最多 %(limit)s 个；请先简化图形。"""


def features(content: bytes) -> Sequence[Mapping[str, Any]]:
    """Return the features of a collection, or refuse what is none."""
    try:
        read = json.loads(content.decode("utf-8-sig"))
        found = read["features"] if read["type"] == "FeatureCollection" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotGeoJson from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotGeoJson
    return found


def outline(geometry: object) -> Polygon:
    """Return the polygon of a GeoJSON geometry in degrees, or refuse it with its cure."""
    found = _polygon(geometry)
    corners = shapely.get_num_coordinates(found)
    if corners > MOST_CORNERS:
        raise TooManyCorners(count=corners, limit=MOST_CORNERS)
    west, south, _east, _north = found.bounds
    if not CHINA.covers(found):
        raise OutsideChina(longitude=round(west, 4), latitude=round(south, 4))
    if not found.is_valid or not found.area:
        raise BrokenOutline(where=explain_validity(found).partition("[")[2].rstrip("]"))
    return found


def _polygon(geometry: object) -> Polygon:
    """Return the one polygon that is drawn, without heights."""
    try:
        drawn = shapely.force_2d(shape(geometry))  # type: ignore[arg-type]  # anything may stand in a file
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError):
        raise NotAPolygon from None
    if isinstance(drawn, MultiPolygon) and len(drawn.geoms) == 1:
        drawn = drawn.geoms[0]
    if not isinstance(drawn, Polygon) or drawn.is_empty:
        raise NotAPolygon
    return drawn


def read(text: str) -> Polygon:
    """Return the polygon of a text that ``written`` made."""
    return _polygon(json.loads(text))


def written(polygon: Polygon) -> str:
    """Return a polygon as the GeoJSON text that is stored; one shape has one text."""
    fine: BaseGeometry = shapely.set_precision(polygon, GRID)
    drawn = fine if isinstance(fine, Polygon) and not fine.is_empty else polygon
    return json.dumps(mapping(shapely.normalize(drawn)), separators=(",", ":"))
