"""An order's lines laid beside a track: outlines on its plane, what people declared, earlier tracks."""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from coop.operations.models import OrderLine, WorkOrder
from coop.tracks import queries
from coop.tracks.rules import geometry
from coop.tracks.rules.driving import Driven
from coop.tracks.rules.matching import Plot, distances
from coop.tracks.rules.picture import Patch, draw
from coop.tracks.service.refusals import TrackElsewhere
from foundation.geography.plane import project


def plots_of(living: Mapping[int, OrderLine], driven: Driven) -> list[Plot]:
    """Return the living lines of an order as matching needs them."""
    outlines = queries.outlines_of({line.parcel_id for line in living.values()})
    declared = queries.declared_by_people(living)
    return [
        _plot(line, outlines.get(line.parcel_id), driven, is_declared=line.id in declared)
        for line in living.values()
    ]


def _plot(line: OrderLine, outline: str | None, driven: Driven, *, is_declared: bool) -> Plot:
    return Plot(
        line_id=line.id,
        code=_called(line),
        outline=geometry.surface(project(geometry.read(outline), driven.sweep.centre)) if outline else None,
        planned=line.planned_area,
        reported=line.done_area if is_declared else None,
    )


def _called(line: OrderLine) -> str:
    return f"{line.parcel.name}（{line.parcel.code}）"


def ground_before(order: WorkOrder, driven: Driven) -> BaseGeometry:
    """Return the ground of the tracks that stand already, on the new track's plane."""
    grounds = [geometry.read(track.ground) for track in queries.standing_on(order.id)]
    return project(shapely.union_all(grounds), driven.sweep.centre)


def elsewhere(plots: Sequence[Plot], living: Mapping[int, OrderLine], driven: Driven) -> TrackElsewhere:
    """Return the refusal of a track that hits nothing, with the picture that shows why."""
    far = distances(plots, driven.sweep)
    nearest = min(far, key=lambda line_id: far[line_id])
    patches = [
        Patch(str(living[plot.line_id].position), "outside", plot.outline)
        for plot in plots
        if plot.outline is not None
    ]
    picture = draw(patches, driven.sweep.ground, driven.sweep.path, with_gap=True)
    return TrackElsewhere(picture, parcel=_called(living[nearest]), metres=round(far[nearest]))
