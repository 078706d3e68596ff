"""A track against the parcels of an order."""

import pytest
from shapely import Polygon

from coop.tracks.rules.matching import (
    Match,
    Plot,
    agrees,
    difference,
    distances,
    is_elsewhere,
    match,
    outcome_of,
)
from coop.tracks.rules.picture import HEIGHT, WIDTH, Patch, draw
from coop.tracks.rules.sweeping import Sweep, sweep
from coop.tracks.rules.terms import TrackOutcome
from foundation.geography.plane import project, unproject
from foundation.values.area import Mu
from foundation.values.percent import BasisPoints
from tests.coop.tracks.builders import outline, runs_of, strips, turned

FIVE = BasisPoints(5_00)
TEN_MU = 20_000 / 3
HIGH = 60.0
LONG = TEN_MU / HIGH
NOTHING = Polygon()


def swept(west: float, south: float, east: float, north: float) -> Sweep:
    return sweep(runs_of(turned(strips(west, south, east, north))))


def plot(sweep: Sweep, east: float = 0, *, line_id: int = 1, planned: int = 10_00, **given: Mu) -> Plot:
    """A parcel of ten mu, its west side so many metres east."""
    field = project(outline(east, 0, east + LONG, HIGH), sweep.centre)
    return Plot(line_id=line_id, code=f"地块{line_id}", outline=field, planned=Mu(planned), **given)


def only(found: list[Match]) -> Match:
    (one,) = found
    return one


def test_a_parcel_worked_whole_agrees_with_the_plan() -> None:
    sweep = swept(0, 0, LONG, HIGH)
    found = only(match([plot(sweep)], sweep, NOTHING, FIVE))
    assert found.outcome is TrackOutcome.WITHIN
    assert abs(found.swept - 10_00) <= 3
    assert found.added == found.swept


def test_a_parcel_larger_on_the_ground_than_on_paper_is_measured_again() -> None:
    sweep = swept(0, 0, LONG, HIGH)
    found = only(match([plot(sweep, planned=8_00)], sweep, NOTHING, FIVE))
    assert found.outcome is TrackOutcome.REMEASURE
    small = only(match([plot(sweep, planned=12_00)], sweep, NOTHING, FIVE))
    assert small.outcome is TrackOutcome.REMEASURE, "the whole outline is swept, yet not the planned area"


def test_half_a_parcel_is_unfinished_unless_people_reported_it_whole() -> None:
    sweep = swept(0, 0, LONG, HIGH / 2)
    assert only(match([plot(sweep)], sweep, NOTHING, FIVE)).outcome is TrackOutcome.PARTLY
    reported = plot(sweep, reported=Mu(10_00))
    found = only(match([reported], sweep, NOTHING, FIVE))
    assert (found.outcome, found.declared) == (TrackOutcome.REMEASURE, 10_00)


def test_two_days_add_up_and_their_overlap_counts_once() -> None:
    first, second = swept(0, 0, LONG, HIGH * 2 / 3), swept(0, HIGH / 3, LONG, HIGH)
    one = only(match([plot(first)], first, NOTHING, FIVE))
    ground = first.ground
    again = sweep(runs_of(turned(strips(0, HIGH / 3, LONG, HIGH))))
    assert abs(again.area - second.area) <= 1
    before = project(unproject(ground, first.centre), second.centre)
    two = only(match([plot(second)], second, before, FIVE))
    assert one.outcome is TrackOutcome.PARTLY
    assert two.outcome is TrackOutcome.WITHIN
    assert one.added + two.added == two.swept
    assert abs(two.added - 3_33) <= 10


def test_turning_on_a_neighbours_land_is_no_work() -> None:
    sweep = swept(-6, 0, LONG + 4, HIGH)
    neighbour = plot(sweep, LONG + 1, line_id=2)
    own, other = match([plot(sweep), neighbour], sweep, NOTHING, FIVE)
    assert own.outcome is TrackOutcome.WITHIN
    assert other.outcome is TrackOutcome.OUTSIDE
    assert 0 < other.swept < 50
    assert other.added == 0


def test_a_parcel_without_an_outline_is_not_compared() -> None:
    sweep = swept(0, 0, LONG, HIGH)
    bare = Plot(line_id=3, code="地块3", outline=None, planned=Mu(1_00))
    assert only(match([bare], sweep, NOTHING, FIVE)).outcome is TrackOutcome.NO_OUTLINE


def test_a_track_that_hits_no_parcel_is_elsewhere() -> None:
    sweep = swept(0, 0, LONG, HIGH)
    far, near = plot(sweep, 5000), plot(sweep, 400)
    bare = Plot(line_id=3, code="地块3", outline=None, planned=Mu(1_00))
    for plots, expected in (
        ([plot(sweep), far], False),
        ([far], True),
        ([near], True),
        ([near, bare], True),
        ([far, bare], True),
        ([bare], False),
    ):
        assert is_elsewhere(match(plots, sweep, NOTHING, FIVE)) is expected
    assert distances([near, bare], sweep)[1] == pytest.approx(400 - LONG, abs=1.3)


@pytest.mark.parametrize(
    ("swept", "declared", "expected"),
    [(10_50, 10_00, True), (10_51, 10_00, False), (9_50, 10_00, True), (9_49, 10_00, False), (0, 0, True)],
)
def test_the_tolerance_is_of_the_declared_area_and_inclusive(
    swept: int, declared: int, expected: bool
) -> None:
    assert agrees(Mu(swept), Mu(declared), FIVE) is expected


def test_nothing_declared_by_people_is_nothing_swept() -> None:
    field = Plot(line_id=1, code="", outline=NOTHING, planned=Mu(10_00), reported=Mu(0))
    assert outcome_of(field, Mu(5_00), Mu(10_00), FIVE) is TrackOutcome.REMEASURE


@pytest.mark.parametrize(
    ("swept", "declared", "expected"),
    [
        (10_50, 10_00, (50, 500)),
        (9_00, 10_00, (-100, -1000)),
        (1, 3, (-2, -6667)),
        (5, 0, (5, None)),
    ],
)
def test_the_difference_has_its_denominator(swept: int, declared: int, expected: tuple[int, int]) -> None:
    assert difference(Mu(swept), Mu(declared)) == expected


def test_the_picture_keeps_its_frame_and_shows_the_gap() -> None:
    sweep = swept(0, 0, LONG, HIGH)
    field = plot(sweep, 400).outline
    assert field is not None
    picture = draw([Patch("1", "outside", field)], sweep.ground, sweep.path, with_gap=True)
    assert picture.gap_metres == round(400 - LONG - 1.25)
    assert [shape.kind for shape in picture.shapes] == ["outside", "ground", "path", "gap"]
    numbers = [
        float(number)
        for shape in picture.shapes
        for number in shape.d.replace("M", " ").replace("L", " ").split()
    ]
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])
    assert picture.bar_length <= WIDTH / 4
    assert picture.bar_metres in (1, 2, 5, 10, 20, 50, 100, 200, 500)


def test_a_picture_of_a_parcel_that_is_hit_has_no_gap() -> None:
    sweep = swept(0, 0, LONG, HIGH)
    field = plot(sweep).outline
    assert field is not None
    picture = draw([Patch("1", "within", field)], sweep.ground, sweep.path, with_gap=True)
    assert picture.gap_metres is None
    assert picture.shapes[0].label == "1"
