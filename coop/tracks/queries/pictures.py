"""The picture of a track that was taken in: its ground and way among the parcels of its order."""

from coop.tracks.models import Track
from coop.tracks.queries import outlines_of
from coop.tracks.rules import geometry
from coop.tracks.rules.picture import Patch, Picture, draw
from foundation.geography.plane import centre_of, project


def picture_of(track: Track) -> Picture:
    """Return the picture of a track whose matches are loaded; each parcel bears its number in the order."""
    ground = geometry.read(track.ground)
    centre = centre_of(ground)
    outlines = outlines_of({match.line.parcel_id for match in track.matches})
    patches = [
        Patch(
            str(match.line.position),
            match.outcome.value,
            geometry.surface(project(geometry.read(outlines[match.line.parcel_id]), centre)),
        )
        for match in track.matches
        if match.line.parcel_id in outlines
    ]
    path = project(geometry.read(track.path), centre)
    return draw(patches, project(ground, centre), path)
