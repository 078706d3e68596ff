"""Rows that only grow: the acts on a contract and its frozen texts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coop.contracts.rules.life import ContractActKind
from foundation.database.base import Base
from foundation.database.types import Encrypted, term_column


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
