"""How far work has come: planned, done, accepted, disputed and late mu, each with its count of parcels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from coop.operations.rules.life import LineFacts, late_area, line_state
from coop.operations.rules.terms import LineState
from foundation.values.area import Mu


class Line(Protocol):
    """What the sums read of a line."""

    planned_area: Mu
    done_area: Mu
    accepted_area: Mu | None

    def facts(self, ends_on: date) -> LineFacts:
        """Return the facts from which the state follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What living lines come to; deemed mu are part of the accepted, partly done ones part of the done."""

    lines: int
    planned: Mu
    done: Mu
    accepted: Mu
    deemed: Mu
    disputed: Mu
    late: Mu

    @property
    def open(self) -> Mu:
        """What is planned and not yet done."""
        return Mu(max(0, self.planned - self.done))


def progress_of(lines: Iterable[Line], ends_on: date, on: date) -> Progress:
    """Return how far the living ones of these lines have come on a day."""
    known = [(line, line_state(line.facts(ends_on), on)) for line in lines]
    living = [(line, state) for line, state in known if state is not LineState.CANCELLED]
    accepted = {LineState.ACCEPTED, LineState.DEEMED}
    closed = {*accepted, LineState.DISPUTED, LineState.DONE}
    return Progress(
        lines=len(living),
        planned=Mu(sum(line.planned_area for line, _ in living)),
        done=Mu(sum(line.done_area for line, _ in living)),
        accepted=Mu(sum(line.accepted_area or 0 for line, state in living if state in accepted)),
        deemed=Mu(sum(line.accepted_area or 0 for line, state in living if state is LineState.DEEMED)),
        disputed=Mu(sum(line.done_area for line, state in living if state is LineState.DISPUTED)),
        late=Mu(
            sum(
                late_area(line.planned_area, line.done_area, ends_on, on)
                for line, state in living
                if state not in closed
            )
        ),
    )
