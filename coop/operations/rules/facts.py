"""What the registers say about planned or reported work; the checks read this and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coop.households.rules import HouseholdStatus
from coop.parcels.rules import LandClass
from foundation.access.grants import code_bounds
from foundation.values.area import Mu
from foundation.values.dates import Period
from foundation.values.percent import BasisPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFact:
    """Who does the work, and where the directory lets it work: its own division unless it lists others."""

    name: str
    divisions: tuple[str, ...]
    places: str

    def serves(self, division_code: str) -> bool:
        """Tell whether a division lies in one of those served."""
        bounds = (code_bounds(code) for code in self.divisions)
        return any(lower <= division_code < upper for lower, upper in bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """An order, saved or still being written: whose, under what programme, what work, within which days."""

    number: str
    county_code: str
    county: str
    provider: ProviderFact
    programme: str
    tolerance: BasisPoints
    deadline: date
    season: str
    link: str
    pass_number: int
    window: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFact:
    """The contract that a line rests on: signed when, in force from when, until which last day."""

    number: str
    signed_on: date | None
    effective_on: date | None
    starts_on: date
    last_day: date

    @property
    def first_day(self) -> date:
        """The first day on which work under it may be done, leaving the signature aside."""
        return max(self.starts_on, self.effective_on or self.starts_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalFact:
    """The same work on the same land in another order."""

    order: str
    provider: str
    contract: str
    programme: str
    area: Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class LandFact:
    """A parcel with its household and contract, as the registers have them now."""

    parcel: str
    division_code: str
    place: str
    land_class: LandClass
    is_open: bool
    basis_area: Mu
    household: str
    household_status: HouseholdStatus
    household_ended_on: date | None
    contract: ContractFact
    rivals: tuple[RivalFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork:
    """One parcel that an order is to take in; ``place`` is where its finding is shown."""

    place: str
    area: Mu
    land: LandFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedWork:
    """One fact about to be reported: ``reported`` is what already stands on the line without it."""

    place: str
    area: Mu
    reported: Mu
    worked_on: date
    land: LandFact
    machine_id: int | None = None
    operator_id: int | None = None

    @property
    def total(self) -> Mu:
        """What the line comes to with this fact."""
        return Mu(self.reported + self.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageFact:
    """A village in a season: what its confirmed register holds, and what was worked with these facts.

    ``worked`` counts each mu once: per parcel the most of any link and pass, never above its basis.
    """

    name: str
    confirmed: Mu
    worked: Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFact:
    """A machine and what it is already said to have done, day by day, in any order.

    ``is_ours`` tells whether the provider of the order registered it, as its own or hired.
    """

    label: str
    daily_capacity: Mu
    licensed_until: date | None
    is_ours: bool = True
    done: Mapping[date, Mu] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorFact:
    """A driver with the days on which the licence holds; ``is_ours`` as for machines."""

    label: str
    licensed_from: date | None
    licensed_until: date | None
    is_ours: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HasteFact:
    """How much one person has entered in the days before the deadline, these facts left out."""

    person: str
    since: date
    lines: int
    area: Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """Everything that the checks of one act of reporting need."""

    order: OrderFact
    today: date
    villages: tuple[VillageFact, ...] = ()
    machines: Mapping[int, MachineFact] = field(default_factory=dict)
    operators: Mapping[int, OperatorFact] = field(default_factory=dict)
    haste: HasteFact | None = None
