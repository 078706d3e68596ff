"""Rows of supplementary agreements: proposal, sentences, money effect, acts and frozen text."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.amendments.rules.life import AmendmentActKind, AmendmentFacts, AmendmentState, state_of
from coop.contracts.models import Contract
from foundation.database.base import Base
from foundation.database.types import Encrypted, term_column
from foundation.values.area import Mu
from foundation.values.money import Fen


class Amendment(Base):
    """A supplementary agreement to a signed contract, written from the difference of terms.

    ``proposal`` is the canonical text of the proposed terms, ``base_revision`` the revision they were
    compared with, ``snapshot`` the frozen copy of which the paper is drawn after approval.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("contract_id", "sequence"),
        Index(None, "division_code", "dated_on", "id"),
        CheckConstraint("approved_at is null or submitted_at is not null", name="approved_after_submission"),
        CheckConstraint("signed_on is null or approved_at is not null", name="signed_after_approval"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(50))
    division_code: Mapped[str] = mapped_column(String(12))
    dated_on: Mapped[date]
    base_revision: Mapped[int]
    reason: Mapped[str] = mapped_column(String(400))
    proposal: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    area_before: Mapped[Mu]
    area_after: Mapped[Mu]
    total_before: Mapped[Fen]
    total_after: Mapped[Fen]
    effective_on: Mapped[date]
    filed_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    snapshot: Mapped[str | None] = mapped_column(Encrypted)
    digest: Mapped[str] = mapped_column(String(64), default="")
    drafter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    submitter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()
    contract: Mapped[Contract] = relationship(lazy="raise")
    acts: Mapped[list["AmendmentAct"]] = relationship(lazy="raise", order_by="AmendmentAct.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def facts(self) -> AmendmentFacts:
        """The facts from which the state follows."""
        return AmendmentFacts(
            submitted_at=self.submitted_at,
            returned_at=self.returned_at,
            approved_at=self.approved_at,
            signed_on=self.signed_on,
            voided_at=self.voided_at,
        )

    @property
    def state(self) -> AmendmentState:
        """Where the agreement stands."""
        return state_of(self.facts)

    @property
    def difference(self) -> Fen:
        """The money effect: after less before."""
        return Fen(self.total_after - self.total_before)


class AmendmentAct(Base):
    """One act in the life of a supplementary agreement."""

    __tablename__ = "amendment_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"), index=True)
    kind: Mapped[AmendmentActKind] = mapped_column(term_column(AmendmentActKind))
    at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(400), default="")
