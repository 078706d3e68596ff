"""Tracks over fields laid out in metres near Zouping, and the files that terminals write of them."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import gpxpy.gpx
from shapely import LineString, Polygon, box, to_geojson

from coop.machinery.models import Machine
from coop.machinery.rules import MachineKind
from coop.operations.models import WorkOrder
from coop.parcels.models import ParcelOutline
from coop.tracks.rules.fixes import Fix, Run
from foundation.database.engine import db
from foundation.geography.plane import Position, square_metres, unproject
from foundation.values.area import Mu
from tests.coop.operations.builders import whole

ZOUPING = Position(117.741, 36.883)
STARTED = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
WIDTH_CM = 250
STEP = 5.0
"""Metres between two fixes: 2.5 m a second and a fix every other second."""

Point = tuple[float, float]


def degrees(points: Iterable[Point]) -> list[Point]:
    """Metres east and north of the tests' field, in degrees."""
    return [(x, y) for x, y in unproject(LineString(list(points)), ZOUPING).coords]


def outline(west: float, south: float, east: float, north: float) -> Polygon:
    """A rectangle given in metres, in degrees."""
    return unproject(box(west, south, east, north), ZOUPING)


def strip(start: Point, end: Point, step: float = STEP) -> list[Point]:
    """Points along a straight line, both ends included."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    count = max(1, round(length / step))
    return [
        (start[0] + (end[0] - start[0]) * i / count, start[1] + (end[1] - start[1]) * i / count)
        for i in range(count + 1)
    ]


def strips(
    west: float, south: float, east: float, north: float, width: float = WIDTH_CM / 100, spacing: float = 0
) -> list[list[Point]]:
    """The straight strips by which a rectangle is worked from west to east and back, edge to edge."""
    spacing = spacing or width
    rows: list[list[Point]] = []
    y = south + width / 2
    while y <= north - width / 2 + 1e-6:
        row = strip((west, y), (east, y))
        rows.append(row[::-1] if len(rows) % 2 else row)
        y += spacing
    return rows


def turned(rows: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """The same strips in one line, with the turns on the headland."""
    return [[point for row in rows for point in row]]


def run_of(points: Sequence[Point], started: datetime = STARTED, *, width_cm: int | None = WIDTH_CM) -> Run:
    """Fixes at two seconds' distance."""
    return tuple(
        Fix(x, y, started + timedelta(seconds=2 * i), width_cm) for i, (x, y) in enumerate(degrees(points))
    )


def runs_of(rows: Sequence[Sequence[Point]], *, width_cm: int | None = WIDTH_CM) -> list[Run]:
    """One run for each row, one hour after another."""
    return [
        run_of(row, STARTED + timedelta(hours=i), width_cm=width_cm)
        for i, row in enumerate(rows)
        if len(row) > 1
    ]


def as_gpx(runs: Sequence[Run], *, terminal: str = "", width: float | None = None) -> bytes:
    """A GPX file as terminals write it."""
    file = gpxpy.gpx.GPX()
    file.nsmap["bd"] = "http://example.org/terminal"
    track = gpxpy.gpx.GPXTrack()
    file.tracks.append(track)
    for run in runs:
        segment = gpxpy.gpx.GPXTrackSegment()
        segment.points = [gpxpy.gpx.GPXTrackPoint(fix.latitude, fix.longitude, time=fix.at) for fix in run]
        track.segments.append(segment)
    text: str = file.to_xml()
    told = f"<terminal>{terminal}</terminal>" if terminal else ""
    told += f"<width>{width}</width>" if width else ""
    extensions = f"<extensions>{told}</extensions>" if told else ""
    return text.replace("<trk>", f"<trk>{extensions}").encode()


def as_geojson(runs: Sequence[Run], *, terminal: str = "", width: float | None = None) -> bytes:
    """A GeoJSON file with one line for each run and a time for each coordinate."""
    properties: dict[str, Any] = {"terminal": terminal} if terminal else {}
    if width:
        properties["width"] = width
    features = [
        {
            "type": "Feature",
            "properties": {**properties, "coordTimes": [fix.at.isoformat() for fix in run]},
            "geometry": {"type": "LineString", "coordinates": [[fix.longitude, fix.latitude] for fix in run]},
        }
        for run in runs
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def as_csv(
    runs: Sequence[Run],
    *,
    heads: Sequence[str] = ("时间", "纬度", "经度", "幅宽（米）", "终端编号"),
    terminal: str = "",
    encoding: str = "gb18030",
) -> bytes:
    """A CSV file; the clock is China's."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(heads)
    for run in runs:
        for fix in run:
            shown = (fix.at + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S")
            width = "" if fix.width_cm is None else fix.width_cm / 100
            writer.writerow([shown, f"{fix.latitude:.9f}", f"{fix.longitude:.9f}", width, terminal])
    return target.getvalue().encode(encoding)


HIGH = 50.0
"""Metres from south to north of every parcel of the tests."""


def width_of(area: Mu) -> float:
    """How many metres a parcel of ``HIGH`` is wide."""
    return area / 100 * 2000 / 3 / HIGH


def make_machine(order: WorkOrder, terminal: str | None = "BD-001", **given: Any) -> Machine:
    """A drill of the order's provider with a terminal, put on the order."""
    values: dict[str, Any] = {
        "kind": MachineKind.DRILL,
        "model": "2BMYF-4",
        "daily_capacity": Mu(150_00),
        "width_cm": WIDTH_CM,
    }
    machine = Machine(
        provider_id=order.provider_id,
        division_code=order.division_code,
        terminal_number=terminal,
        **(values | given),
    )
    db.session.add(machine)
    db.session.flush()
    order.machine_id = machine.id
    db.session.flush()
    return machine


def lay_out(order: WorkOrder, *scales: float) -> dict[int, Polygon]:
    """Give the parcels of an order outlines side by side from west to east, as large as their basis says.

    A scale makes the ground larger or smaller than the register; zero leaves a parcel without an outline.
    """
    west, found = 0.0, {}
    for place, line in enumerate(whole(order.id).lines):
        scale = scales[place] if place < len(scales) else 1.0
        wide = width_of(line.basis_area) * (scale or 1.0)
        if scale:
            field = outline(west, 0, west + wide, HIGH)
            found[line.id] = field
            text = to_geojson(field)
            row = ParcelOutline(parcel_id=line.parcel_id, geometry=text, square_metres=square_metres(field))
            row.dated_on = STARTED.date()
            db.session.add(row)
        west += wide + 1
    db.session.flush()
    return found


def worked(
    order: WorkOrder, part: float = 1.0, *, first: int = 0, last: int | None = None, from_part: float = 0.0
) -> list[list[Point]]:
    """The strips over the parcels of an order, the southern ``part`` of each."""
    rows: list[list[Point]] = []
    west = 0.0
    for place, line in enumerate(whole(order.id).lines):
        wide = width_of(line.basis_area)
        if first <= place and (last is None or place <= last):
            rows += strips(west, HIGH * from_part, west + wide, HIGH * part)
        west += wide + 1
    return rows


def on_day(rows: Sequence[Sequence[Point]], day: date) -> list[Run]:
    """Runs of a day's work, one after another."""
    started = datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)
    found = []
    for row in rows:
        found.append(run_of(row, started))
        started = found[-1][-1].at + timedelta(minutes=2)
    return found
