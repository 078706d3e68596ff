"""The frozen copy of a contract: everything its papers print, as plain values with one canonical writing."""

from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.details import (
    ContractDetails,
    DepositDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
    StandardDetails,
)
from coop.contracts.rules.terms import (
    ContractMode,
    ContractNature,
    DisputeWay,
    PartyRole,
    PaymentMode,
    ReceiverKind,
)
from coop.parcels.rules import AreaKind, LandClass
from foundation.values.area import Mu
from foundation.values.canonical import Canonical, read, write
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySnapshot:
    """A party as the contract prints it; ``id_number`` stands in full, for the signatures' sake."""

    name: str
    is_household: bool
    representative: str = ""
    id_number: str = ""
    credit_code: str = ""
    address: str = ""
    phone: str = ""
    bank_name: str = ""
    bank_account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenParties(Canonical):
    """What two parties sign; they stand by role, and which is printed as 甲方 apart."""

    receiver: PartySnapshot
    provider: PartySnapshot
    printed_first: PartyRole

    @property
    def first(self) -> PartySnapshot:
        """The party printed as 甲方."""
        return self.receiver if self.printed_first is PartyRole.RECEIVER else self.provider

    @property
    def second(self) -> PartySnapshot:
        """The party printed as 乙方."""
        return self.provider if self.printed_first is PartyRole.RECEIVER else self.receiver


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLineSnapshot:
    """A priced line: ``amount`` = price × passes × mu, half up to the fen."""

    link: str
    season: str
    crop: str
    price: Fen
    area: Mu
    passes: int
    starts_on: date | None
    ends_on: date | None
    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexParcelSnapshot:
    """A parcel of the annex with all that the household list prints of it."""

    code: str
    name: str
    land_contract: str
    east: str
    south: str
    west: str
    north: str
    land_class: LandClass
    grade: str
    title_area: Mu | None
    measured_area: Mu | None
    area: Mu
    basis: AreaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexHouseholdSnapshot:
    """A household of the annex; ID and telephone are masked already, ``group`` tells namesakes apart."""

    name: str
    id_masked: str
    phone_masked: str
    village: str
    group: str
    code: str
    mandate_number: str
    area: Mu
    parcels: tuple[AnnexParcelSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSnapshot(BetweenParties):
    """All that the contract, its standards annex and its household annex print.

    ``total`` equals the sum of the menu lines, or ``yearly_amount`` × ``years``; ``deposit`` and ``payments``
    add up to it. ``total`` is owed by the receiver of a service, by the provider of an entrustment.
    """

    number: str
    revision: int
    county: str
    place: str
    village: str
    mode: ContractMode
    nature: ContractNature
    receiver_kind: ReceiverKind
    upstream_number: str
    crops: str
    starts_on: date
    ends_on: date
    years: int
    area: Mu
    household_count: int
    parcel_count: int
    yearly_price: Fen
    yearly_amount: Fen
    total: Fen
    menu: tuple[MenuLineSnapshot, ...]
    package: PackageDetails | None
    rent: RentDetails | None
    share: ShareDetails | None
    deposit: DepositDetails
    balance: Fen
    payment_mode: PaymentMode
    payments: tuple[PaymentDetails, ...]
    late_fee: BasisPoints
    late_fee_most: BasisPoints
    dispute: DisputeWay
    free_terms: str
    standards: tuple[StandardDetails, ...]
    annex: tuple[AnnexHouseholdSnapshot, ...]
    signed_on: date | None
    effective_on: date | None
    filed_on: date | None


def read_snapshot(text: str) -> ContractSnapshot:
    """Return the snapshot that ``write`` wrote."""
    return read(ContractSnapshot, text)


def write_details(details: ContractDetails) -> str:
    """Return terms as canonical text, for proposals that wait."""
    return write(details)


def read_details(text: str) -> ContractDetails:
    """Return the terms that ``write_details`` wrote."""
    return read(ContractDetails, text)
