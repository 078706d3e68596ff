"""The frozen copies of field papers: the work order, the slips of its households, and the acceptance forms.

A slip holds the serial number of its code and never the code: the key makes that again when it is drawn.
"""

from dataclasses import dataclass
from datetime import date

from foundation.values.area import Mu
from foundation.values.canonical import Canonical
from foundation.values.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSnapshot:
    """What every field paper says of its order."""

    number: str
    county: str
    village: str
    provider: str
    programme: str
    season: str
    link: str
    pass_number: int
    starts_on: date
    ends_on: date
    operator: str
    machine: str
    terminal: str
    standard: str
    note: str

    @property
    def work(self) -> str:
        """What is done: 2026年夏玉米 植保（第 2 遍）."""
        more = f"（第 {self.pass_number} 遍）" if self.pass_number > 1 else ""
        return f"{self.season} {self.link}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLineSnapshot:
    """One parcel of the driver's list; what is not known yet is left to be written by hand."""

    position: int
    contract: str
    household: str
    parcel: str
    parcel_code: str
    planned: Mu
    planned_on: str
    hands: str
    worked: str
    done: Mu | None
    quality: str
    evidence: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSnapshot(Canonical):
    """The driver's list (作业单)."""

    work: WorkSnapshot
    households: int
    area: Mu
    lines: tuple[OrderLineSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLineSnapshot:
    """A parcel as its household's slip names it: what was planned, and what is reported as done."""

    parcel: str
    parcel_code: str
    planned: Mu
    done: Mu | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSnapshot:
    """The slip of one household; ``slip_id`` and ``serial`` are what its code is made from."""

    slip_id: int
    serial: int
    household: str
    group: str
    opens_until: date
    lines: tuple[SlipLineSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsSnapshot(Canonical):
    """The slips of an order, to be torn apart."""

    work: WorkSnapshot
    office: str
    telephone: str
    reply_days: int
    slips: tuple[SlipSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedHousehold:
    """What one household accepted in one way; by silence is a row of its own."""

    name: str
    group: str
    parcels: int
    area: Mu
    subsidy: Fen | None
    way: str
    is_deemed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A line that is not accepted: disputed, or without an answer yet."""

    name: str
    parcel: str
    reported: Mu
    claimed: Mu | None
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageSnapshot(Canonical):
    """The acceptance form of a village: who accepted how much, what is disputed, what is not answered."""

    work: WorkSnapshot
    county: str
    township: str
    rate: Fen | None
    accepted: tuple[AcceptedHousehold, ...]
    disputed: tuple[OpenLine, ...]
    waiting: tuple[OpenLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractWork:
    """One link of a contract: ``done`` is ``accepted`` + ``deducted`` + ``disputed`` + ``waiting``."""

    season: str
    link: str
    planned: Mu
    done: Mu
    accepted: Mu
    deemed: Mu
    deducted: Mu
    disputed: Mu
    waiting: Mu
    standard: str
    reasons: str
    satisfaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractAcceptanceSnapshot(Canonical):
    """The acceptance form of a contract, link by link."""

    number: str
    receiver: str
    provider: str
    village: str
    starts_on: date
    ends_on: date
    area: Mu
    households: int
    works: tuple[ContractWork, ...]
