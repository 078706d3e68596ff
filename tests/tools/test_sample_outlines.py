"""The outlines of the sample county are what their generator writes, and lie beside each other."""

import json
from typing import Any

import pytest
from shapely import STRtree
from shapely.geometry import Polygon

from coop.parcels.importing.outlines import outlines
from foundation.geography.plane import Position, project, square_metres
from foundation.values.area import square_metres_from_mu
from tools import sample_outlines
from tools.sample_outlines import PLACES, file_of, outlines_of
from tools.sample_registers import VILLAGES, Village

VILLAGE_FILES = pytest.mark.parametrize("village", VILLAGES, ids=lambda village: village.name)


def shapes(village: Village) -> dict[str, Polygon]:
    content: dict[str, Any] = json.loads(file_of(village).read_text("utf-8"))
    return {
        one["properties"]["DKBM"]: Polygon(one["geometry"]["coordinates"][0]) for one in content["features"]
    }


@VILLAGE_FILES
def test_the_shipped_outlines_are_what_the_generator_writes(village: Village) -> None:
    assert outlines_of(village) == file_of(village).read_text("utf-8")


@VILLAGE_FILES
def test_every_parcel_is_drawn_as_large_as_it_is_settled(village: Village) -> None:
    drawn = shapes(village)
    strips = sample_outlines._strips(village)
    assert {strip.code for strip in strips} == drawn.keys()
    for strip in strips:
        wanted = square_metres_from_mu(strip.area)
        assert square_metres(drawn[strip.code]) == pytest.approx(wanted, rel=0.01), strip.code


@VILLAGE_FILES
def test_no_two_parcels_overlap_and_all_lie_in_the_village(village: Village) -> None:
    place, _ = PLACES[village.code]
    fields = [project(one, Position(place.longitude, place.latitude)) for one in shapes(village).values()]
    tree = STRtree(fields)
    for number, field in enumerate(fields):
        assert field.is_valid
        assert field.distance(Polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)])) < 1200
        for other in tree.query(field):
            assert other == number or field.intersection(fields[other]).area < 0.5


@VILLAGE_FILES
def test_the_file_is_read_as_a_surveyors_file_is(village: Village) -> None:
    read = list(outlines(file_of(village).read_bytes()))
    assert all(one.fault is None for one in read)
    assert len({one.code for one in read}) == len(read)
