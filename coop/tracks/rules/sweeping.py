"""The ground that an implement swept, each square metre of it once.

A gap in time, a leap in distance or a pace that no field work has breaks the line: nothing is known of what
lies between, or the machine drove along a road. Each stretch is widened by half the working width with flat
ends, and all stretches are united on the equal-area plane, so that overlap counts once and nothing else is
added. Turning and transport outside the parcels fall away when the ground is cut by their outlines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from coop.tracks.rules.fixes import Fix, Run
from foundation.errors import DomainError
from foundation.geography.plane import Position, centre_of, plane_area, project
from foundation.values.area import SquareMetres

LONGEST_GAP_SECONDS = 60.0
LONGEST_LEAP_METRES = 150.0
FASTEST_METRES_PER_SECOND = 12.0
"""Faster than any tractor, sprayer or drone works; a machine that goes faster is being moved."""

_STRETCH = 200
"""So many legs are widened as one; a longer line would make the geometry library slow, a shorter one too."""

Point = tuple[float, float]


class NoWidth(DomainError):
    """轨迹和机具都没有作业幅宽；请在“作业幅宽”一栏填写，或先在机具台账登记幅宽。"""


class NothingSwept(DomainError):
    """轨迹点之间相隔都超过 %(seconds)s 秒或 %(metres)s 米，算不出作业面积；请导出更密的轨迹点。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What a track swept, on the plane around ``centre``: its ground, its way, and how often it broke off."""

    centre: Position
    ground: BaseGeometry
    path: MultiLineString
    breaks: int

    @property
    def area(self) -> SquareMetres:
        """The whole ground, parcels or not."""
        return plane_area(self.ground)

    def swept_inside(self, outline: BaseGeometry) -> SquareMetres:
        """Return the ground swept inside an outline that lies on the same plane."""
        return plane_area(inside(self.ground, outline))


def inside(ground: BaseGeometry, outline: BaseGeometry) -> BaseGeometry:
    """Return the part of a ground inside an outline; the ground is first cut to the outline's box."""
    near = shapely.clip_by_rect(ground, *outline.bounds)
    return shapely.intersection(near, outline)


def with_width(runs: Sequence[Run], *, stated_cm: int | None, usual_cm: int | None) -> tuple[Run, ...]:
    """Return runs in which every fix has a width: the stated one, else the file's own, else the usual one."""
    if stated_cm is not None:
        return tuple(tuple(replace(fix, width_cm=stated_cm) for fix in run) for run in runs)
    if all(fix.width_cm for run in runs for fix in run):
        return tuple(runs)
    if usual_cm is None:
        raise NoWidth
    return tuple(tuple(replace(fix, width_cm=fix.width_cm or usual_cm) for fix in run) for run in runs)


def sweep(runs: Sequence[Run]) -> Sweep:
    """Return what runs with widths have swept."""
    degrees = [LineString([(fix.longitude, fix.latitude) for fix in run]) for run in runs if len(run) > 1]
    centre = centre_of(MultiLineString(degrees))
    stretches: list[tuple[int, list[Point]]] = []
    long_runs = (run for run in runs if len(run) > 1)
    for run, line in zip(long_runs, degrees, strict=True):
        stretches += _stretches(run, [(x, y) for x, y in project(line, centre).coords])
    if not stretches:
        raise NothingSwept(seconds=int(LONGEST_GAP_SECONDS), metres=int(LONGEST_LEAP_METRES))
    path = MultiLineString([points for _width, points in stretches])
    return Sweep(centre=centre, ground=_widened(stretches), path=path, breaks=len(stretches) - 1)


def _stretches(run: Run, points: Sequence[Point]) -> list[tuple[int, list[Point]]]:
    """Return the unbroken lines of one width; standing still neither breaks a line nor lengthens it."""
    found: list[tuple[int, list[Point]]] = []
    is_open = False
    for (start, end), (here, there) in zip(pairwise(run), pairwise(points), strict=True):
        if not _is_work(start, end, here, there):
            is_open = False
            continue
        if here == there:
            continue
        width = min(start.width_cm or 0, end.width_cm or 0)
        if is_open and found[-1][0] == width:
            found[-1][1].append(there)
        else:
            found.append((width, [here, there]))
        is_open = True
    return found


def _is_work(start: Fix, end: Fix, here: Point, there: Point) -> bool:
    seconds = (end.at - start.at).total_seconds()
    metres = ((there[0] - here[0]) ** 2 + (there[1] - here[1]) ** 2) ** 0.5
    if metres == 0:
        return True
    return (
        seconds <= LONGEST_GAP_SECONDS
        and metres <= LONGEST_LEAP_METRES
        and metres <= FASTEST_METRES_PER_SECOND * max(seconds, 1.0)
    )


def _widened(stretches: Sequence[tuple[int, list[Point]]]) -> BaseGeometry:
    strips = [
        shapely.buffer(LineString(part), width / 200, cap_style="flat", join_style="bevel")
        for width, points in stretches
        for part in _parts(points)
    ]
    return shapely.union_all(strips)


def _parts(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """Cut a line into parts that share one leg, so that no wedge is lost at the cut."""
    for start in range(0, max(1, len(points) - 2), _STRETCH - 1):
        yield points[start : start + _STRETCH + 1]
