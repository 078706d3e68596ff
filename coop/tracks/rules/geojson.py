"""GeoJSON: lines with a time for each coordinate, or points that each carry their time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from coop.tracks.rules.fixes import NotATrack, Said
from coop.tracks.rules.headings import Meaning, meaning_of
from foundation.errors import InvalidValue

_TIMES = ("coordTimes", "times", "coordinateTimes", "timestamps")
_NESTED = "coordinateProperties"


class TimesMissing(InvalidValue):
    """第 %(feature)s 个要素没有逐点时间（coordTimes），或时间与坐标个数不同；请导出带时间的轨迹。"""


def read(text: str, name: str) -> tuple[list[Said], str]:
    """Return the points of all features and the terminal's number, if a property tells it."""
    try:
        features = list(_features(json.loads(text)))
        terminals = [told[Meaning.TERMINAL] for told in map(_told, features) if Meaning.TERMINAL in told]
        return list(_points(features)), str(terminals[0]) if terminals else ""
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise NotATrack(name=name) from error


def _features(root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    match root["type"]:
        case "FeatureCollection":
            yield from root["features"]
        case "Feature":
            yield root
        case _:
            yield {"type": "Feature", "properties": {}, "geometry": root}


def _points(features: Sequence[Mapping[str, Any]]) -> Iterator[Said]:
    runs, was_point, run = count(1), False, 0
    numbers = count(1)
    for place, feature in enumerate(features, start=1):
        geometry, told = feature["geometry"], _told(feature)
        if geometry["type"] == "Point":
            run = run if was_point else next(runs)
            yield _said(next(numbers), run, geometry["coordinates"], told.get(Meaning.TIME), told)
        else:
            for line, times in _lines(feature, place):
                run = next(runs)
                for coordinate, time in zip(line, times, strict=True):
                    yield _said(next(numbers), run, coordinate, time, told)
        was_point = geometry["type"] == "Point"


def _said(number: int, run: int, coordinate: Sequence[Any], time: Any, told: dict[Meaning, Any]) -> Said:
    in_cm = Meaning.WIDTH_CM in told
    width = told.get(Meaning.WIDTH_CM if in_cm else Meaning.WIDTH)
    return Said(f"第 {number} 点", run, coordinate[1], coordinate[0], time, width, in_cm)


def _lines(feature: Mapping[str, Any], place: int) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    geometry, properties = feature["geometry"], feature.get("properties") or {}
    coordinates = geometry["coordinates"]
    found = next((properties[key] for key in _TIMES if key in properties), None)
    times = found or (properties.get(_NESTED) or {}).get("times") or ()
    if geometry["type"] == "LineString":
        coordinates, times = [coordinates], [times]
    elif geometry["type"] != "MultiLineString":
        raise ValueError(geometry["type"])
    if [len(line) for line in coordinates] != [len(row) for row in times]:
        raise TimesMissing(feature=place)
    yield from zip(coordinates, times, strict=True)


def _told(feature: Mapping[str, Any]) -> dict[Meaning, Any]:
    properties = feature.get("properties") or {}
    found = ((meaning_of(str(key)), value) for key, value in properties.items())
    return {meaning: value for meaning, value in found if meaning and not isinstance(value, (list, dict))}
