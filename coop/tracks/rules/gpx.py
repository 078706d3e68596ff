"""GPX: track segments with times; terminal and working width where an extension names them."""

from collections.abc import Iterable, Iterator
from typing import Any

import gpxpy
import gpxpy.gpx

from coop.tracks.rules.fixes import NotATrack, Said, TrackHasEntities
from coop.tracks.rules.headings import Meaning, meaning_of

_DANGERS = ("<!DOCTYPE", "<!ENTITY")


def read(text: str, name: str) -> tuple[list[Said], str]:
    """Return the points of all segments and the terminal's number, if the file tells it."""
    if any(danger in text for danger in _DANGERS):
        raise TrackHasEntities(name=name)
    try:
        file = gpxpy.parse(text)
    except (gpxpy.gpx.GPXException, ValueError, TypeError, RecursionError) as error:
        raise NotATrack(name=name) from error
    told = dict(_told(file.extensions))
    for track in file.tracks:
        told.update(_told(track.extensions))
    return list(_points(file, told)), str(told.get(Meaning.TERMINAL, ""))


def _points(file: gpxpy.gpx.GPX, told: dict[Meaning, str]) -> Iterator[Said]:
    count = 0
    segments = (segment for track in file.tracks for segment in track.segments)
    for run, segment in enumerate(segments):
        own = told | dict(_told(segment.extensions))
        for point in segment.points:
            count += 1
            said = own | dict(_told(point.extensions)) if point.extensions else own
            in_cm = Meaning.WIDTH_CM in said
            yield Said(
                f"第 {count} 点",
                run,
                point.latitude,
                point.longitude,
                point.time,
                said.get(Meaning.WIDTH_CM if in_cm else Meaning.WIDTH),
                in_cm,
            )


def _told(extensions: Iterable[Any]) -> Iterator[tuple[Meaning, str]]:
    for extension in extensions:
        for element in extension.iter():
            if not isinstance(element.tag, str):
                continue
            meaning = meaning_of(element.tag.rsplit("}", 1)[-1])
            if meaning and element.text and element.text.strip():
                yield meaning, element.text.strip()
