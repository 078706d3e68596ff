"""The area swept: each square metre once, whatever the way."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import box

from coop.tracks.rules.fixes import Fix, Run
from coop.tracks.rules.sweeping import NothingSwept, NoWidth, Sweep, sweep, with_width
from foundation.geography.plane import project, square_metres
from foundation.values.area import mu_from_square_metres
from tests.coop.tracks.builders import STARTED, outline, run_of, runs_of, strip, strips, turned

lengths = st.integers(40, 400)
counts = st.integers(1, 12)
widths = st.sampled_from([120, 250, 480, 1200])


def metres(value: int) -> float:
    """Hundredths of a square metre in square metres."""
    return value / 100


def within(found: int, square: float, part: float = 0.001) -> bool:
    return abs(metres(found) - square) <= square * part


@settings(deadline=None)
@given(lengths, counts, widths)
def test_straight_strips_sweep_exactly_their_rectangle(length: int, count: int, width: int) -> None:
    rows = strips(0, 0, length, count * width / 100, width / 100)
    assert len(rows) == count
    assert within(sweep(runs_of(rows, width_cm=width)).area, length * count * width / 100)


@settings(deadline=None)
@given(lengths, counts, widths)
def test_a_track_driven_twice_counts_once(length: int, count: int, width: int) -> None:
    rows = strips(0, 0, length, count * width / 100, width / 100)
    once, twice = sweep(runs_of(rows, width_cm=width)), sweep(runs_of(rows + rows, width_cm=width))
    assert abs(once.area - twice.area) <= 1


@settings(deadline=None)
@given(lengths, st.integers(2, 12), widths)
def test_a_track_that_overlaps_itself_by_a_third_does_not_count_a_third_more(
    length: int, count: int, width: int
) -> None:
    wide = width / 100
    spacing = wide * 2 / 3
    high = wide + spacing * (count - 1)
    rows = strips(0, 0, length, high, wide, spacing)
    assert len(rows) == count
    found = sweep(runs_of(rows, width_cm=width)).area
    assert within(found, length * high)
    assert metres(found) < length * wide * count


@settings(deadline=None)
@given(lengths, counts, widths)
def test_the_order_of_the_points_does_not_matter(length: int, count: int, width: int) -> None:
    rows = turned(strips(0, 0, length, count * width / 100, width / 100))
    there = sweep(runs_of(rows, width_cm=width))
    back = sweep(runs_of([row[::-1] for row in rows], width_cm=width))
    assert abs(there.area - back.area) <= max(2, there.area // 100_000)


@settings(deadline=None)
@given(lengths, counts, st.integers(-200, 200), st.integers(-50, 50))
def test_no_more_is_swept_inside_an_outline_than_it_holds(
    length: int, count: int, east: int, north: int
) -> None:
    swept = sweep(runs_of(turned(strips(0, 0, length, count * 2.5))))
    field = outline(east, north, east + 120, north + 60)
    found = swept.swept_inside(project(field, swept.centre))
    assert found <= square_metres(field) + 1
    assert found <= swept.area


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=2, max_size=60))
def test_wild_driving_sweeps_no_more_than_its_legs_and_stays_inside_its_field(
    points: list[tuple[int, int]],
) -> None:
    run = tuple(
        Fix(fix.longitude, fix.latitude, STARTED + timedelta(seconds=30 * i), 300)
        for i, fix in enumerate(run_of([(float(x), float(y)) for x, y in points]))
    )
    length = sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(points))
    if length < 1:
        return
    swept = sweep([run])
    wedges = 1.5 * 1.5 * len(points)
    assert metres(swept.area) <= length * 3 + wedges + 0.1
    assert swept.ground.is_valid


def test_the_plane_is_true_at_zouping() -> None:
    """A field of 200 m by 333.33 m along the parallels is 100 mu, by the ellipsoid's own geodesics."""
    geod = Geod(ellps="GRS80")
    west, south = 117.7, 36.9
    east, _lat, _back = geod.fwd(west, south, 90, 200)
    _lon, north, _back = geod.fwd(west, south, 0, 1000 / 3)
    field = box(west, south, east, north)
    true = abs(geod.geometry_area_perimeter(field)[0])
    assert within(square_metres(field), true, 0.00001)
    assert abs(mu_from_square_metres(square_metres(field)) - 100_00) <= 1


def test_a_gap_in_time_a_leap_and_a_road_speed_break_the_line() -> None:
    first = run_of(strip((0, 0), (100, 0)))
    later = run_of(strip((100, 0), (200, 0)), STARTED + timedelta(minutes=10))
    far = run_of(strip((500, 0), (600, 0)), STARTED + timedelta(minutes=1, seconds=20))
    assert within(sweep([first + later]).area, 200 * 2.5)
    assert sweep([first + later]).breaks == 0, "the second begins where the first ended"
    aside = run_of(strip((100, 50), (200, 50)), STARTED + timedelta(minutes=10))
    assert within(sweep([first + aside]).area, 200 * 2.5)
    assert sweep([first + aside]).breaks == 1
    assert within(sweep([first + far]).area, 200 * 2.5)
    fast = run_of(strip((100, 0), (1100, 0), 40.0), STARTED + timedelta(seconds=40))
    assert within(sweep([first + fast]).area, 100 * 2.5)


def test_standing_still_neither_breaks_nor_adds() -> None:
    first = run_of(strip((0, 0), (100, 0)))
    waiting = tuple(
        Fix(first[-1].longitude, first[-1].latitude, first[-1].at + timedelta(minutes=5 * i), 250)
        for i in range(1, 4)
    )
    onward = run_of(strip((100, 0), (200, 0)), waiting[-1].at)
    swept = sweep([first + waiting + onward])
    assert swept.breaks == 0
    assert within(swept.area, 200 * 2.5)


def test_turns_outside_the_parcel_are_cut_off() -> None:
    swept = sweep(runs_of(turned(strips(-10, 0, 110, 10))))
    field = project(outline(0, 0, 100, 10), swept.centre)
    assert within(swept.swept_inside(field), 1000)
    assert metres(swept.area) > 1200


def test_a_width_is_stated_read_or_usual_and_else_refused() -> None:
    bare: list[Run] = runs_of([strip((0, 0), (100, 0))], width_cm=None)
    own = runs_of([strip((0, 0), (100, 0))], width_cm=300)
    with pytest.raises(NoWidth, match="作业幅宽"):
        with_width(bare, stated_cm=None, usual_cm=None)
    for runs, stated, usual, expected in (
        (bare, None, 200, 200),
        (own, None, 200, 300),
        (own, 400, 200, 400),
    ):
        found: Sweep = sweep(with_width(runs, stated_cm=stated, usual_cm=usual))
        assert within(found.area, expected)


def test_a_mixed_width_is_swept_leg_by_leg() -> None:
    narrow, wide = (
        run_of(strip((0, 0), (100, 0)), width_cm=200),
        run_of(strip((100, 0), (200, 0)), STARTED + timedelta(seconds=42), width_cm=400),
    )
    assert within(sweep([narrow + wide]).area, 100 * 2 + 100 * 4)


def test_points_too_far_apart_sweep_nothing() -> None:
    with pytest.raises(NothingSwept, match="60 秒"):
        sweep(runs_of([strip((0, 0), (2000, 0), 400)]))
