"""The map of a village: its parcels by where the work of one link stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coop.operations.rules.terms import LineState
from foundation.values.area import Mu
from foundation.wording import N_, Term

MOST_NUMBERED = 400
"""So many parcels still carry their number on the map; more would cover it."""


class PlotState(Term):
    """Where a parcel of the map stands: its line's state, or that nothing was ordered on it."""

    NONE = "none", N_("没有作业单")
    PLANNED = LineState.PLANNED.value, LineState.PLANNED.label
    LATE = LineState.LATE.value, LineState.LATE.label
    NOT_DONE = LineState.NOT_DONE.value, LineState.NOT_DONE.label
    PARTLY = LineState.PARTLY.value, LineState.PARTLY.label
    DONE = LineState.DONE.value, LineState.DONE.label
    DISPUTED = LineState.DISPUTED.value, LineState.DISPUTED.label
    ACCEPTED = LineState.ACCEPTED.value, LineState.ACCEPTED.label
    DEEMED = LineState.DEEMED.value, LineState.DEEMED.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A parcel of the map and of the table beside it; ``number`` stands in both."""

    number: int
    parcel_id: int
    code: str
    name: str
    holder: str
    area: Mu
    state: PlotState
    has_outline: bool
    pass_number: int = 0
    planned: Mu = Mu(0)  # noqa: RUF009 - a number
    done: Mu = Mu(0)  # noqa: RUF009 - a number
    accepted: Mu | None = None
    order_id: int | None = None
    order_number: str = ""


def counted(plots: Iterable[Plot]) -> list[tuple[PlotState, int]]:
    """Return how many parcels stand in which state, in the order of the states; what is empty is left out."""
    found = Counter(plot.state for plot in plots)
    return [(state, found[state]) for state in PlotState if found[state]]
