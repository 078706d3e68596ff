from shapely.geometry import Point, box

from foundation.geography.plane import Position, centre_of, plane_area, project, square_metres, unproject
from foundation.values.area import Mu, mu_from_square_metres

TOLERANCE = 10
"""A tenth of a square metre in a hectare: the straight side of one plane is a curve on another."""

ZOUPING = Position(117.743, 36.863)


def test_a_hectare_drawn_in_metres_measures_a_hectare_in_degrees() -> None:
    field = unproject(box(0, 0, 100, 100), ZOUPING)

    assert abs(square_metres(field) - 10_000_00) <= TOLERANCE
    assert mu_from_square_metres(square_metres(field)) == Mu(15_00)


def test_the_area_does_not_depend_on_where_the_plane_touches() -> None:
    field = unproject(box(0, 0, 250, 80), ZOUPING)
    far = Position(117.9, 37.0)

    assert abs(plane_area(project(field, far)) - square_metres(field)) <= TOLERANCE


def test_a_degree_of_latitude_is_about_a_hundred_and_eleven_kilometres() -> None:
    line = project(Point(117.743, 37.863), ZOUPING)

    assert abs(line.x) < 1
    assert 110_500 < line.y < 111_500


def test_there_and_back_is_the_same_place() -> None:
    field = box(117.74, 36.86, 117.75, 36.87)

    back = unproject(project(field, centre_of(field)), centre_of(field))

    assert back.equals_exact(field, 1e-7)


def test_holes_are_not_counted() -> None:
    field = box(0, 0, 100, 100).difference(box(40, 40, 60, 60))

    assert abs(square_metres(unproject(field, ZOUPING)) - 9_600_00) <= TOLERANCE
