"""What the registers say about the rows that a contract names; the checks read this and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coop.catalogue.rules import Band
from coop.contracts.rules.terms import ContractNature
from coop.mandates.rules import Authority, MandateTerm
from coop.parcels.rules import AreaKind
from foundation.values.area import Mu
from foundation.values.dates import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFact:
    """A household as the register knows it; ``label`` tells namesakes apart."""

    label: str
    division_code: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFact:
    """A parcel as the register knows it: whose, how large by each acreage, held until when."""

    label: str
    household_id: int | None
    is_open: bool
    areas: Mapping[AreaKind, Mu]
    land_contract_ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFact:
    """A mandate: who empowers whom, how far, when."""

    number: str
    household_id: int
    agent_id: int
    authority: Authority
    term: MandateTerm
    consents_to_self_dealing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFact:
    """An organisation: open or not, and whether the directory lists it as a provider."""

    name: str
    is_open: bool
    is_listed: bool
    is_collective: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFact:
    """A link of the menu."""

    name: str
    is_open: bool
    per_pass: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonFact:
    """A crop season of the menu."""

    label: str
    crop_id: int
    year: int
    days: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A parcel that another living contract has: for some season-links, or wholly for its term."""

    contract: str
    contract_id: int
    parcel_id: int
    days: Period
    work: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamFact:
    """The contract by which the receiver got the land that it now hands on."""

    contract_id: int
    number: str
    provider_id: int
    nature: ContractNature
    is_binding: bool
    days: Period
    area: Mu
    parcel_ids: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the checks of one contract need, by id; a missing id does not exist."""

    households: Mapping[int, HouseholdFact] = field(default_factory=dict)
    parcels: Mapping[int, ParcelFact] = field(default_factory=dict)
    mandates: Mapping[int, MandateFact] = field(default_factory=dict)
    organisations: Mapping[int, OrganisationFact] = field(default_factory=dict)
    links: Mapping[int, LinkFact] = field(default_factory=dict)
    seasons: Mapping[int, SeasonFact] = field(default_factory=dict)
    bands: Mapping[tuple[int, int | None, int], Band] = field(default_factory=dict)
    promises: Mapping[int, tuple[Promise, ...]] = field(default_factory=dict)
    upstream: UpstreamFact | None = None

    def band(self, link_id: int, season: SeasonFact) -> Band | None:
        """Return the county's band for a link: the crop's own before the general one."""
        own = self.bands.get((link_id, season.crop_id, season.year))
        return own or self.bands.get((link_id, None, season.year))
