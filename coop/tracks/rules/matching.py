"""A track set against the parcels of an order: swept beside declared mu, and what that comes to.

What people reported is the declared area. Where nobody has reported yet, the planned area is, and a parcel
of which a part is still untouched is simply not finished; once the whole outline is swept and still differs
from the plan, or people reported something else than was swept, the parcel is to be measured again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from coop.tracks.rules.sweeping import Sweep, inside
from coop.tracks.rules.terms import TrackOutcome
from foundation.geography.plane import plane_area
from foundation.values.area import Mu, mu_from_square_metres
from foundation.values.percent import WHOLE, BasisPoints

GRAZED = BasisPoints(5_00)
"""Less than this part of an outline under the implement is turning on a neighbour's land, not work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A line of the order as matching needs it; the outline lies on the sweep's plane.

    ``reported`` is what people reported by other ways than tracks, None if nothing stands.
    """

    line_id: int
    code: str
    outline: Polygon | MultiPolygon | None
    planned: Mu
    reported: Mu | None = None

    @property
    def declared(self) -> Mu:
        """The area that the swept one is set against."""
        return self.planned if self.reported is None else self.reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a track says of one line."""

    line_id: int
    code: str
    added: Mu
    swept: Mu
    declared: Mu
    outcome: TrackOutcome


def match(plots: Sequence[Plot], sweep: Sweep, before: BaseGeometry, tolerance: BasisPoints) -> list[Match]:
    """Return what a sweep says of each plot; ``before`` is the ground of the tracks that stand already."""
    return [_matched(plot, sweep, before, tolerance) for plot in plots]


def _matched(plot: Plot, sweep: Sweep, before: BaseGeometry, tolerance: BasisPoints) -> Match:
    if plot.outline is None:
        return _said(plot, Mu(0), Mu(0), TrackOutcome.NO_OUTLINE)
    now = inside(sweep.ground, plot.outline)
    if now.area * WHOLE < plot.outline.area * GRAZED:
        return _said(plot, Mu(0), mu_from_square_metres(plane_area(now)), TrackOutcome.OUTSIDE)
    earlier = inside(before, plot.outline)
    together = mu_from_square_metres(plane_area(now.union(earlier)))
    added = Mu(max(0, together - mu_from_square_metres(plane_area(earlier))))
    whole = mu_from_square_metres(plane_area(plot.outline))
    return _said(plot, added, together, outcome_of(plot, together, whole, tolerance))


def _said(plot: Plot, added: Mu, swept: Mu, outcome: TrackOutcome) -> Match:
    return Match(
        line_id=plot.line_id,
        code=plot.code,
        added=added,
        swept=swept,
        declared=plot.declared,
        outcome=outcome,
    )


def outcome_of(plot: Plot, swept: Mu, whole: Mu, tolerance: BasisPoints) -> TrackOutcome:
    """Return what a swept area comes to, given the area of the whole outline."""
    if agrees(swept, plot.declared, tolerance):
        return TrackOutcome.WITHIN
    if plot.reported is None and swept < plot.planned and not agrees(swept, whole, tolerance):
        return TrackOutcome.PARTLY
    return TrackOutcome.REMEASURE


def agrees(swept: Mu, declared: Mu, tolerance: BasisPoints) -> bool:
    """Tell whether two areas differ by no more than the tolerance of the declared one."""
    return abs(swept - declared) * WHOLE <= declared * tolerance


def is_elsewhere(matches: Sequence[Match]) -> bool:
    """Tell whether a track hits none of the outlines known; where none is known, nothing can be told."""
    outcomes = {one.outcome for one in matches} - {TrackOutcome.NO_OUTLINE}
    return outcomes == {TrackOutcome.OUTSIDE}


def distances(plots: Sequence[Plot], sweep: Sweep) -> Mapping[int, float]:
    """Return how many metres each plot with an outline lies from the ground swept."""
    return {plot.line_id: plot.outline.distance(sweep.ground) for plot in plots if plot.outline is not None}


def difference(swept: Mu, declared: Mu) -> tuple[int, BasisPoints | None]:
    """Return by how much the swept area exceeds the declared one, and as a share of the declared one."""
    more = swept - declared
    if not declared:
        return more, None
    size = (abs(more) * WHOLE * 2 + declared) // (declared * 2)
    return more, BasisPoints(size if more >= 0 else -size)
