"""Counts of parcels added up by household: each mu once a year, every link and pass as often as it was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from foundation.values.area import Mu
from foundation.values.money import Fen


class Counted(Protocol):
    """One parcel in one crop season, as the ledger counts it."""

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

    @property
    def physical(self) -> Mu:
        """Each mu once."""

    @property
    def whole(self) -> Mu:
        """On which every required link was done."""


ADDED = ("tilled", "sown", "protected", "protected_times", "harvested", "mu_times", "weighted")
"""The columns that add up over the crop seasons of a year."""


@dataclass(slots=True, kw_only=True)
class HolderSum:
    """The figures of one household over some parcels and crop seasons."""

    household_id: int
    household: str
    holder: str
    parcels: int = 0
    tilled: Mu = Mu(0)
    sown: Mu = Mu(0)
    protected: Mu = Mu(0)
    protected_times: Mu = Mu(0)
    harvested: Mu = Mu(0)
    mu_times: Mu = Mu(0)
    physical: Mu = Mu(0)
    weighted: Mu = Mu(0)
    whole: Mu = Mu(0)
    income: Fen = Fen(0)
    subsidy: Fen = Fen(0)
    is_large: bool = False

    @property
    def single(self) -> Mu:
        """The land on which some required link is missing."""
        return Mu(self.physical - self.whole)


def fold(counts: Iterable[Counted]) -> list[HolderSum]:
    """Return one sum for each holder in the order of first mention.

    Links, mu-times, weighted mu and money add up over the seasons; of the land each mu counts once, so that
    a parcel stands with its greatest season.
    """
    sums: dict[str, HolderSum] = {}
    land: dict[tuple[str, int], tuple[int, int]] = {}
    for count in counts:
        total = sums.setdefault(
            count.holder,
            HolderSum(household_id=count.household_id, household=count.household, holder=count.holder),
        )
        for name in (*ADDED, "income", "subsidy"):
            setattr(total, name, getattr(total, name) + getattr(count, name))
        physical, whole = land.get((count.holder, count.parcel_id), (0, 0))
        land[count.holder, count.parcel_id] = max(physical, count.physical), max(whole, count.whole)
    for (holder, _), (physical, whole) in land.items():
        total = sums[holder]
        total.parcels += 1
        total.physical = Mu(total.physical + physical)
        total.whole = Mu(total.whole + whole)
    return list(sums.values())
