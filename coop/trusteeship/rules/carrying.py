"""Where the land of a parcel lies after splits and merges, and how work goes along without losing a mu.

Accepted work stays with the land it was done on. Of a split parcel every successor takes its share; of
merged parcels each stays a part of its own for the year, so that land that was worked before the merger is
neither lost nor counted twice when the rest is worked after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from foundation.values.area import Mu
from foundation.values.money import Fen, allocate


class Step(NamedTuple):
    """A piece of land that went from one parcel into another in a year."""

    from_id: int
    to_id: int
    area: Mu
    year: int


class Place(NamedTuple):
    """A part of a parcel, with the land by which work is shared out among several places."""

    parcel_id: int
    part: int
    land: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What of an entry's mu and income goes to one place."""

    place: Place
    area: Mu
    income: Fen


class Lineage:
    """The steps of land around some parcels, asked by the year of the crop season whose work follows them.

    Work of a season of 2026 follows the changes of 2026 and of the autumn before, when wheat is sown; what
    changed later leaves it where it was done, what changed earlier was so when the work was done.
    """

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self._into: dict[int, list[Step]] = defaultdict(list)
        self._out_of: dict[int, list[Step]] = defaultdict(list)
        for step in sorted(set(steps)):
            self._into[step.to_id].append(step)
            self._out_of[step.from_id].append(step)

    def out_of(self, parcel_id: int, year: int) -> list[Step]:
        """Return where the land of a parcel went, as far as a season of ``year`` follows."""
        return [step for step in self._out_of.get(parcel_id, ()) if _follows(step, year)]

    def into(self, parcel_id: int, year: int) -> list[Step]:
        """Return where the land of a parcel came from, as far as a season of ``year`` follows."""
        return [step for step in self._into.get(parcel_id, ()) if _follows(step, year)]

    def parts(self, parcel_id: int, year: int) -> dict[int, Mu]:
        """Return the parts of a parcel with their land; none for a parcel that was never merged."""
        return {part: land for part, land in self.arrivals(parcel_id, year).values() if part}

    def arrivals(self, parcel_id: int, year: int) -> dict[tuple[int, int], tuple[int, Mu]]:
        """Return under which part, and with how much land, each part of each source lies in a parcel.

        Out of one source the parts keep their numbers; out of several each becomes a part of its own, from 1.
        """
        pieces: list[tuple[int, int, Mu]] = []
        steps = self.into(parcel_id, year)
        for step in steps:
            own = self.parts(step.from_id, year) or {0: step.area}
            areas = allocate(step.area, list(own.values()))
            pieces += ((step.from_id, part, Mu(area)) for part, area in zip(own, areas, strict=True))
        is_merged = len(steps) > 1
        return {
            (source, part): (number if is_merged else part, area)
            for number, (source, part, area) in enumerate(pieces, 1)
        }

    def land(self, parcel_id: int, year: int, basis: Mu) -> dict[int, Mu]:
        """Return the settlement basis of a parcel by part: what its parts make up, scaled to the basis."""
        parts = self.parts(parcel_id, year)
        if not parts:
            return {0: basis}
        return {
            part: Mu(area) for part, area in zip(parts, allocate(basis, list(parts.values())), strict=True)
        }

    def places(self, parcel_id: int, year: int) -> list[Place]:
        """Return where the land of a parcel lies now: itself, or the parts of its living successors.

        A parcel is always younger than those it came from, so the smallest key has received all it will.
        """
        onward = sum(step.area for step in self.out_of(parcel_id, year))
        at_hand = {parcel_id: dict(self.parts(parcel_id, year)) or {0: Mu(onward or 1)}}
        found: list[Place] = []
        while at_hand:
            here = min(at_hand)
            parts = at_hand.pop(here)
            steps = self.out_of(here, year)
            if not steps:
                found += (Place(here, part, land) for part, land in parts.items())
            for part, land in parts.items() if steps else ():
                for step, area in zip(steps, allocate(land, [one.area for one in steps]), strict=True):
                    into, _ = self.arrivals(step.to_id, year)[here, part]
                    there = at_hand.setdefault(step.to_id, {})
                    there[into] = Mu(there.get(into, 0) + area)
        return found

    def next_places(self, parcel_id: int, part: int, year: int) -> list[Place]:
        """Return where one part of a parcel went in the next step, for an entry that is carried along."""
        return [
            Place(step.to_id, self.arrivals(step.to_id, year)[parcel_id, part][0], step.area)
            for step in self.out_of(parcel_id, year)
        ]


def shared_out(area: Mu, income: Fen, places: Sequence[Place]) -> list[Share]:
    """Share an entry's mu and income out by land; both add up exactly, and no share is of nothing.

    >>> [share.area for share in shared_out(Mu(1_00), Fen(0), [Place(1, 0, 2), Place(2, 0, 1)])]
    [67, 33]
    """
    areas = allocate(area, [place.land for place in places])
    incomes = allocate(income, areas)
    return [
        Share(place=place, area=Mu(part), income=Fen(money))
        for place, part, money in zip(places, areas, incomes, strict=True)
        if part
    ]


def free_places(places: Sequence[Place], taken: Mapping[tuple[int, int], object]) -> list[Place]:
    """Return the places on which the same work does not stand already."""
    return [place for place in places if (place.parcel_id, place.part) not in taken and place.land]


def _follows(step: Step, year: int) -> bool:
    return year - 1 <= step.year <= year
