"""The terms of a contract as one frozen value: forms hand it in, checks read it, amendments compare it."""

from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.terms import (
    NATURES,
    ContractMode,
    ContractNature,
    DepositKind,
    DisputeWay,
    Kilograms,
    PartyRole,
    PaymentMode,
    ReceiverKind,
    RentKind,
)
from coop.parcels.rules import AreaKind
from foundation.values.area import Mu
from foundation.values.dates import Period
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

NO_MONEY = Fen(0)
NO_RATE = BasisPoints(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLineDetails:
    """One line of the menu: a link in a crop season, at a price per mu (and pass), over an area."""

    link_id: int
    season_id: int
    price: Fen
    area: Mu
    passes: int = 1
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDetails:
    """订单式: a packaged fee per mu and year, perhaps with a guaranteed yield and its compensation."""

    fee: Fen
    guaranteed_yield: Kilograms | None = None
    compensation_price: Fen | None = None
    compensation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RentDetails:
    """流转式: cash per mu and year, or kilograms of grain at a price, never below the floor."""

    kind: RentKind
    cash: Fen | None = None
    grain: Kilograms | None = None
    grain_name: str = ""
    grain_price: Fen | None = None
    floor: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DividendShareDetails:
    """Who takes how much of the surplus."""

    holder: str
    rate: BasisPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDetails:
    """参股式: a floor per mu and year, and the split of the surplus."""

    floor: Fen
    dividend: tuple[DividendShareDetails, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositDetails:
    """What is paid at signing, as a kind, a share of the total and its amount."""

    kind: DepositKind = DepositKind.NONE
    rate: BasisPoints = NO_RATE
    amount: Fen = NO_MONEY


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDetails:
    """One instalment: due on a day, or so many days after acceptance."""

    label: str
    amount: Fen
    due_on: date | None = None
    days_after_acceptance: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardDetails:
    """One row of the standards annex: item, content, what was agreed, note."""

    item: str
    content: str
    agreed: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexParcelDetails:
    """A parcel of the annex with the acreage put in and which of its three acreages that is."""

    parcel_id: int
    area: Mu
    basis: AreaKind = AreaKind.CONTRACT


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexHouseholdDetails:
    """A household of the annex: its parcels, and the mandate under which the collective signs for it."""

    household_id: int
    parcels: tuple[AnnexParcelDetails, ...]
    mandate_id: int | None = None

    @property
    def area(self) -> Mu:
        """The household's mu in this contract: the sum of its printed rows."""
        return Mu(sum(parcel.area for parcel in self.parcels))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDetails:
    """All terms of a contract.

    ``area`` is what the parties write; the annex must add up to it. ``division_code`` is where the land
    lies. ``exception_reason`` answers every finding that asks for a reason.
    """

    mode: ContractMode
    receiver_kind: ReceiverKind
    provider_id: int
    division_code: str
    starts_on: date
    ends_on: date
    area: Mu
    receiver_household_id: int | None = None
    receiver_organisation_id: int | None = None
    printed_first: PartyRole = PartyRole.RECEIVER
    upstream_contract_id: int | None = None
    place: str = ""
    crops: str = ""
    menu: tuple[MenuLineDetails, ...] = ()
    package: PackageDetails | None = None
    rent: RentDetails | None = None
    share: ShareDetails | None = None
    deposit: DepositDetails = DepositDetails()
    payment_mode: PaymentMode = PaymentMode.INSTALMENTS
    payments: tuple[PaymentDetails, ...] = ()
    late_fee: BasisPoints = NO_RATE
    dispute: DisputeWay = DisputeWay.COURT
    free_terms: str = ""
    standards: tuple[StandardDetails, ...] = ()
    annex: tuple[AnnexHouseholdDetails, ...] = ()
    exception_reason: str = ""

    @property
    def nature(self) -> ContractNature:
        """Service or entrustment, which follows from the mode."""
        return NATURES[self.mode]

    @property
    def term(self) -> Period:
        """The days of the contract; raises ``PeriodReversed`` when they are reversed."""
        return Period(self.starts_on, self.ends_on)

    @property
    def annex_area(self) -> Mu:
        """The sum of the annex."""
        return Mu(sum(household.area for household in self.annex))

    def parcels(self) -> list[tuple[int, int, AnnexHouseholdDetails, AnnexParcelDetails]]:
        """Every parcel of the annex with its household's row and its own row number within, both from 0."""
        return [
            (row, place, household, parcel)
            for row, household in enumerate(self.annex)
            for place, parcel in enumerate(household.parcels)
        ]
