import json
from typing import Any

import pytest
from shapely.geometry import box, mapping

from foundation.errors import DomainError
from foundation.geography import geojson
from foundation.geography.drawing import draw
from foundation.geography.plane import Position, unproject

FIELD = unproject(box(0, 0, 100, 50), Position(117.743, 36.863))


def bow() -> dict[str, Any]:
    return {
        "type": "Polygon",
        "coordinates": [[[117, 36], [117.1, 36.1], [117.1, 36], [117, 36.1], [117, 36]]],
    }


def test_an_outline_is_read_without_heights_and_written_alike_whatever_its_first_corner() -> None:
    drawn = json.loads(json.dumps(mapping(FIELD)))
    ring = drawn["coordinates"][0]
    high = {"type": "MultiPolygon", "coordinates": [[[[*place, 21.5] for place in [*ring[1:], ring[1]]]]]}

    assert geojson.written(geojson.outline(high)) == geojson.written(geojson.outline(drawn))
    assert geojson.read(geojson.written(FIELD)).equals_exact(FIELD.normalize(), 1e-7)


BROKEN: dict[type[DomainError], Any] = {
    geojson.NotAPolygon: {"type": "LineString", "coordinates": [[117, 36], [117.1, 36.1]]},
    geojson.BrokenOutline: bow(),
    geojson.OutsideChina: mapping(box(39500000, 4080000, 39500100, 4080100)),
    geojson.TooManyCorners: {
        "type": "Polygon",
        "coordinates": [[[117 + n / 100_000, 36 + n % 2 / 100_000] for n in range(5001)] + [[117, 36]]],
    },
}


@pytest.mark.parametrize("refusal", BROKEN)
def test_what_is_no_sound_outline_is_refused(refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        geojson.outline(BROKEN[refusal])


@pytest.mark.parametrize(
    "geometry", [None, 3, {}, {"type": "Polygon"}, {"type": "Polygon", "coordinates": [[1]]}]
)
def test_rubbish_is_no_polygon(geometry: object) -> None:
    with pytest.raises(geojson.NotAPolygon):
        geojson.outline(geometry)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b'{"type":"Feature"}', b'{"type":"FeatureCollection","features":[1]}'],
)
def test_a_file_that_is_no_collection_is_refused(content: bytes) -> None:
    with pytest.raises(geojson.NotGeoJson):
        geojson.features(content)


def test_a_drawing_is_true_to_scale_and_north_is_up() -> None:
    drawing = draw(FIELD, size=116)

    assert (drawing.width, drawing.height, drawing.metres) == (116, 66, 116)
    assert drawing.path.startswith("M")
    assert drawing.path.endswith("Z")


def test_a_hole_is_drawn_too() -> None:
    yard = unproject(box(0, 0, 100, 50).difference(box(40, 20, 60, 30)), Position(117.743, 36.863))

    assert draw(yard).path.count("M") == 2
