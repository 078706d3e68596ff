"""The row of a contract: its facts, and from which of them its state follows."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.contracts.models.annex import AnnexHousehold
from coop.contracts.models.history import ContractAct, ContractRevision
from coop.contracts.models.terms import (
    DividendShare,
    MenuLine,
    PackageTerms,
    Payment,
    RentTerms,
    ShareTerms,
    StandardLine,
)
from coop.contracts.rules.life import ContractState, LifeFacts, state_of
from coop.contracts.rules.terms import (
    ContractMode,
    ContractNature,
    DepositKind,
    DisputeWay,
    PartyRole,
    PaymentMode,
    ReceiverKind,
)
from coop.households.models import Household
from coop.organisations.models import Organisation
from foundation.accounts.models import Account
from foundation.database.base import Base
from foundation.database.types import term_column
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
    package: Mapped[PackageTerms | None] = relationship(lazy="raise", cascade="all, delete-orphan")
    rent: Mapped[RentTerms | None] = relationship(lazy="raise", cascade="all, delete-orphan")
    share: Mapped[ShareTerms | None] = relationship(lazy="raise", cascade="all, delete-orphan")
    dividend: Mapped[list[DividendShare]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DividendShare.position"
    )
    menu: Mapped[list[MenuLine]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MenuLine.position"
    )
    payments: Mapped[list[Payment]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Payment.position"
    )
    standards: Mapped[list[StandardLine]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="StandardLine.position"
    )
    annex: Mapped[list[AnnexHousehold]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="AnnexHousehold.position"
    )
    acts: Mapped[list[ContractAct]] = relationship(lazy="raise", order_by="ContractAct.id")
    revisions: Mapped[list[ContractRevision]] = relationship(lazy="raise", order_by="ContractRevision.number")

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
