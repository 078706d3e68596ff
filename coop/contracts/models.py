"""Rows of a contract: facts, typed terms of its mode, annex, acts and frozen revisions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.catalogue.models import CropSeason, Link
from coop.contracts.rules.life import ContractActKind, ContractState, LifeFacts, state_of
from coop.contracts.rules.terms import (
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
from coop.households.models import Household
from coop.mandates.models import Mandate
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.accounts.models import Account
from foundation.database.base import Base
from foundation.database.types import Encrypted, term_column
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints


class Contract(Base):
    """A trusteeship contract; parties stand by role, and which is printed as 甲方 apart.

    ``division_code`` is where the land lies, ``dated_on`` the day of drafting (both decide who sees it),
    ``filed_on`` the day the signing was recorded here, ``effective_on`` the day it binds (P11).
    ``revision`` numbers the frozen text in force; 0 before approval.
    """

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("county_code", "number"),
        Index(None, "dated_on", "id"),
        Index(None, "division_code", "dated_on", "id"),
        Index(None, "receiver_household_id"),
        Index(None, "receiver_organisation_id"),
        Index(None, "provider_id"),
        Index(None, "upstream_contract_id"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint(
            "(receiver_household_id is null) <> (receiver_organisation_id is null)", name="one_receiver"
        ),
        CheckConstraint("approved_at is null or submitted_at is not null", name="approved_after_submission"),
        CheckConstraint("signed_on is null or approved_at is not null", name="signed_after_approval"),
        CheckConstraint(
            "signed_on is not null or (completed_on is null and terminated_on is null)",
            name="ended_after_signing",
        ),
        CheckConstraint("area >= 0 and total >= 0", name="amounts_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(40))
    serial: Mapped[int | None] = mapped_column(index=True)
    county_code: Mapped[str] = mapped_column(String(12))
    division_code: Mapped[str] = mapped_column(String(12))
    dated_on: Mapped[date]
    mode: Mapped[ContractMode] = mapped_column(term_column(ContractMode))
    nature: Mapped[ContractNature] = mapped_column(term_column(ContractNature))
    receiver_kind: Mapped[ReceiverKind] = mapped_column(term_column(ReceiverKind))
    receiver_household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    receiver_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    receiver_name: Mapped[str] = mapped_column(String(100))
    provider_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    provider_name: Mapped[str] = mapped_column(String(100))
    printed_first: Mapped[PartyRole] = mapped_column(term_column(PartyRole), default=PartyRole.RECEIVER)
    upstream_contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    renewed_from_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    crops: Mapped[str] = mapped_column(String(100), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    area: Mapped[Mu]
    total: Mapped[Fen]
    household_count: Mapped[int] = mapped_column(default=0)
    deposit_kind: Mapped[DepositKind] = mapped_column(term_column(DepositKind), default=DepositKind.NONE)
    deposit_rate: Mapped[BasisPoints] = mapped_column(Integer, default=0)
    deposit_amount: Mapped[Fen] = mapped_column(default=0)
    payment_mode: Mapped[PaymentMode] = mapped_column(term_column(PaymentMode))
    late_fee: Mapped[BasisPoints] = mapped_column(Integer, default=0)
    dispute: Mapped[DisputeWay] = mapped_column(term_column(DisputeWay), default=DisputeWay.COURT)
    free_terms: Mapped[str] = mapped_column(Text, default="")
    exception_reason: Mapped[str] = mapped_column(String(400), default="")
    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    filed_on: Mapped[date | None]
    completed_on: Mapped[date | None]
    terminated_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=0)
    drafter_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    submitter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    receiver_household: Mapped[Household | None] = relationship(lazy="raise")
    receiver_organisation: Mapped[Organisation | None] = relationship(
        lazy="raise", foreign_keys=[receiver_organisation_id]
    )
    provider: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[provider_id])
    upstream: Mapped["Contract | None"] = relationship(
        lazy="raise", foreign_keys=[upstream_contract_id], remote_side="Contract.id"
    )
    drafter: Mapped[Account] = relationship(lazy="raise", foreign_keys=[drafter_id])
    package: Mapped["PackageTerms | None"] = relationship(lazy="raise", cascade="all, delete-orphan")
    rent: Mapped["RentTerms | None"] = relationship(lazy="raise", cascade="all, delete-orphan")
    share: Mapped["ShareTerms | None"] = relationship(lazy="raise", cascade="all, delete-orphan")
    dividend: Mapped[list["DividendShare"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DividendShare.position"
    )
    menu: Mapped[list["MenuLine"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MenuLine.position"
    )
    payments: Mapped[list["Payment"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Payment.position"
    )
    standards: Mapped[list["StandardLine"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="StandardLine.position"
    )
    annex: Mapped[list["AnnexHousehold"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="AnnexHousehold.position"
    )
    acts: Mapped[list["ContractAct"]] = relationship(lazy="raise", order_by="ContractAct.id")
    revisions: Mapped[list["ContractRevision"]] = relationship(
        lazy="raise", order_by="ContractRevision.number"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def life(self) -> LifeFacts:
        """The facts from which the state follows."""
        return LifeFacts(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            submitted_at=self.submitted_at,
            returned_at=self.returned_at,
            approved_at=self.approved_at,
            signed_on=self.signed_on,
            effective_on=self.effective_on,
            completed_on=self.completed_on,
            terminated_on=self.terminated_on,
            voided_at=self.voided_at,
        )

    def state(self, on: date) -> ContractState:
        """Where the contract stands on a day."""
        return state_of(self.life, on)


class MenuLine(Base):
    """One line of the menu of a half trusteeship."""

    __tablename__ = "menu_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("crop_season.id"), index=True)
    price: Mapped[Fen]
    area: Mapped[Mu]
    passes: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    amount: Mapped[Fen]
    link: Mapped[Link] = relationship(lazy="raise")
    season: Mapped[CropSeason] = relationship(lazy="raise")


class PackageTerms(Base):
    """The packaged fee of an order contract."""

    __tablename__ = "package_terms"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    fee: Mapped[Fen]
    guaranteed_yield: Mapped[Kilograms | None] = mapped_column(Integer)
    compensation_price: Mapped[Fen | None]
    compensation: Mapped[str] = mapped_column(String(400), default="")


class RentTerms(Base):
    """The rent of a lease contract."""

    __tablename__ = "rent_terms"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RentKind] = mapped_column(term_column(RentKind))
    cash: Mapped[Fen | None]
    grain: Mapped[Kilograms | None] = mapped_column(Integer)
    grain_name: Mapped[str] = mapped_column(String(30), default="")
    grain_price: Mapped[Fen | None]
    floor: Mapped[Fen | None]


class ShareTerms(Base):
    """The floor of a share contract."""

    __tablename__ = "share_terms"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    floor: Mapped[Fen]


class DividendShare(Base):
    """Who takes how much of the surplus of a share contract."""

    __tablename__ = "dividend_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    holder: Mapped[str] = mapped_column(String(60))
    rate: Mapped[BasisPoints] = mapped_column(Integer)


class Payment(Base):
    """One instalment of the payment plan."""

    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Fen]
    due_on: Mapped[date | None]
    days_after_acceptance: Mapped[int | None]


class StandardLine(Base):
    """One agreed row of the standards annex."""

    __tablename__ = "standard_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(30))
    content: Mapped[str] = mapped_column(String(60))
    agreed: Mapped[str] = mapped_column(String(400))
    note: Mapped[str] = mapped_column(String(200), default="")


class AnnexHousehold(Base):
    """A household of the annex (农户清单)."""

    __tablename__ = "annex_household"
    __table_args__ = (UniqueConstraint("contract_id", "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    position: Mapped[int]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"), index=True)
    area: Mapped[Mu]
    household: Mapped[Household] = relationship(lazy="raise")
    mandate: Mapped[Mandate | None] = relationship(lazy="raise")
    parcels: Mapped[list["AnnexParcel"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="AnnexParcel.position"
    )


class AnnexParcel(Base):
    """A parcel of the annex; one parcel stands in a contract once."""

    __tablename__ = "annex_parcel"
    __table_args__ = (UniqueConstraint("contract_id", "parcel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    annex_household_id: Mapped[int] = mapped_column(
        ForeignKey("annex_household.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    area: Mapped[Mu]
    basis: Mapped[AreaKind] = mapped_column(term_column(AreaKind))
    parcel: Mapped[Parcel] = relationship(lazy="raise")


class ContractAct(Base):
    """One act in the life of a contract; acts are added, never changed (P15)."""

    __tablename__ = "contract_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[ContractActKind] = mapped_column(term_column(ContractActKind))
    at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(400), default="")


class ContractRevision(Base):
    """A frozen text of the contract: of it papers are drawn, and nothing changes it any more.

    ``withdrawn_at`` marks a text that was approved but returned before signing, ``replaced_at`` one that a
    supplementary agreement followed.
    """

    __tablename__ = "contract_revision"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int]
    snapshot: Mapped[str] = mapped_column(Encrypted)
    digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    signed_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
