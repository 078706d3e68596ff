"""Counts of parcels added up by household."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from foundation.values.area import Mu
from foundation.values.money import Fen

NO_MU = Mu(0)
NO_FEN = Fen(0)


class Counted(Protocol):
    """One parcel in one crop season; asked for a whole year, its land as far as no other season counts it."""

    @property
    def parcel_id(self) -> int:
        """The parcel."""

    @property
    def holder(self) -> str:
        """Whose it is, by identity."""

    @property
    def household_id(self) -> int:
        """The household's row in the register."""

    @property
    def household(self) -> str:
        """The household's name."""


ADDED = (
    *("tilled", "sown", "protected", "protected_times", "harvested", "mu_times"),
    *("deemed_times", "physical", "weighted", "whole", "income", "subsidy"),
)
"""The columns that add up."""


@dataclass(slots=True, kw_only=True)
class HolderSum:
    """The figures of one household over some parcels and crop seasons."""

    household_id: int
    household: str
    holder: str
    parcels: int = 0
    tilled: Mu = NO_MU
    sown: Mu = NO_MU
    protected: Mu = NO_MU
    protected_times: Mu = NO_MU
    harvested: Mu = NO_MU
    mu_times: Mu = NO_MU
    deemed_times: Mu = NO_MU
    physical: Mu = NO_MU
    weighted: Mu = NO_MU
    whole: Mu = NO_MU
    income: Fen = NO_FEN
    subsidy: Fen = NO_FEN
    is_large: bool = False

    @property
    def single(self) -> Mu:
        """The land on which some required link is missing."""
        return Mu(self.physical - self.whole)


def fold(counts: Iterable[Counted]) -> list[HolderSum]:
    """Return one sum for each holder in the order of first mention; a parcel counts once in ``parcels``."""
    sums: dict[str, HolderSum] = {}
    seen: set[tuple[str, int]] = set()
    for count in counts:
        total = sums.setdefault(
            count.holder,
            HolderSum(household_id=count.household_id, household=count.household, holder=count.holder),
        )
        for name in ADDED:
            setattr(total, name, getattr(total, name) + getattr(count, name))
        total.parcels += (count.holder, count.parcel_id) not in seen
        seen.add((count.holder, count.parcel_id))
    return list(sums.values())
