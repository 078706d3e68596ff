"""The track of a machine over fields of the sample county, as its terminal would send it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from math import ceil

from shapely.geometry import LineString, Polygon

from foundation.geography.plane import Position, project, unproject

STEP = 4.0
"""Metres between two points of the track."""

SECONDS = 2
Point = tuple[float, float]


def track_csv(
    fields: Iterable[tuple[Polygon, float]],
    *,
    centre: Position,
    width_cm: int,
    spacing: float,
    terminal: str,
    started_at: datetime,
) -> bytes:
    """Return a terminal's file over fields in degrees, each worked to a part of its length.

    The runs lie ``spacing`` metres apart; less than the width makes them overlap.
    """
    target = StringIO()
    rows = csv.writer(target)
    rows.writerow(("终端编号", "时间", "经度", "纬度", "作业幅宽(厘米)"))
    at = started_at
    for outline, part in fields:
        for x, y in _degrees(_runs(project(outline, centre), part, spacing, width_cm / 100), centre):
            rows.writerow((terminal, at.strftime("%Y-%m-%d %H:%M:%S"), f"{x:.7f}", f"{y:.7f}", width_cm))
            at += timedelta(seconds=SECONDS)
        at += timedelta(minutes=20)
    return target.getvalue().encode("utf-8")


def _runs(field: Polygon, part: float, spacing: float, width: float) -> list[Point]:
    """Return the points of runs along the longer sides of a strip, to and fro."""
    a, b, c, d = [(x, y) for x, y in field.exterior.coords][:4]
    across = LineString([_between(a, d, 0.5), _between(b, c, 0.5)]).length
    count = max(1, ceil((across - width) / spacing) + 1)
    edge = width / 2 / across
    points: list[Point] = []
    for number in range(count):
        share = 0.5 if count == 1 else edge + (1 - 2 * edge) * number / (count - 1)
        south, north = _between(a, b, share), _between(d, c, share)
        run = list(_steps(south, _between(south, north, part)))
        points += run[::-1] if number % 2 else run
    return points


def _steps(start: Point, end: Point) -> Iterator[Point]:
    count = max(1, round(LineString([start, end]).length / STEP))
    return (_between(start, end, place / count) for place in range(count + 1))


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _degrees(points: list[Point], centre: Position) -> list[Point]:
    return [(x, y) for x, y in unproject(LineString(points), centre).coords]
