"""Rows of the land register's people: issuers, contracting parties and their family members."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coop.households.rules import HouseholdLabel, HouseholdStatus, IdKind, PartyKind, group_name
from foundation.database.base import Base
from foundation.database.findable import SUFFIX, stay_findable
from foundation.database.types import Encrypted, term_column
from foundation.identity.id_number import Sex
from foundation.names.pinyin import initials
from foundation.names.suffixes import suffixes
from foundation.secrets.keyring import INDEX_BYTES, blind_index, tail_index


class Issuer(Base):
    """The collective that contracts its land out (发包方), known by its 14-character code."""

    __tablename__ = "issuer"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(14), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    head_name: Mapped[str] = mapped_column(String(60), default="")
    head_id_kind: Mapped[IdKind] = mapped_column(term_column(IdKind), default=IdKind.RESIDENT_ID)
    head_id: Mapped[str | None] = mapped_column(Encrypted)
    phone: Mapped[str | None] = mapped_column(Encrypted)
    address: Mapped[str] = mapped_column(String(200), default="")
    division_code: Mapped[str] = mapped_column(String(12), index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


class Household(Base):
    """A contracting party of the land register (承包方): a farming household, a person, or a body.

    ``division_code`` is its village; ``group_number`` its villager group there, 0 for none.
    """

    __tablename__ = "household"
    __table_args__ = (Index(None, "division_code", "group_number", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(18), unique=True)
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("issuer.id"), index=True)
    party_kind: Mapped[PartyKind] = mapped_column(term_column(PartyKind), default=PartyKind.HOUSEHOLD)
    head_name: Mapped[str] = mapped_column(String(60))
    id_kind: Mapped[IdKind] = mapped_column(term_column(IdKind), default=IdKind.RESIDENT_ID)
    id_number: Mapped[str | None] = mapped_column(Encrypted)
    id_index: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    id_tail_index: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    phone: Mapped[str | None] = mapped_column(Encrypted)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    bank_name: Mapped[str] = mapped_column(String(100), default="")
    bank_account: Mapped[str | None] = mapped_column(Encrypted)
    division_code: Mapped[str] = mapped_column(String(12))
    group_number: Mapped[int] = mapped_column(default=0)
    is_large_operator: Mapped[bool] = mapped_column(default=False)
    status: Mapped[HouseholdStatus] = mapped_column(
        term_column(HouseholdStatus), default=HouseholdStatus.ACTIVE
    )
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()
    issuer: Mapped[Issuer | None] = relationship(lazy="raise")
    members: Mapped[list["HouseholdMember"]] = relationship(
        back_populates="household", lazy="raise", cascade="all, delete-orphan", order_by="HouseholdMember.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @validates("id_number")
    def _index_id_number(self, _key: str, value: Any) -> Any:
        self.id_index = blind_index(value)
        self.id_tail_index = tail_index(value)
        return value

    @validates("phone")
    def _index_phone(self, _key: str, value: Any) -> Any:
        self.phone_index = blind_index(value)
        return value

    @property
    def id_tail(self) -> str:
        """The last four characters of the ID, which tell namesakes apart."""
        return (self.id_number or "")[-4:]

    @property
    def is_active(self) -> bool:
        """Whether the household can still sign."""
        return self.status is HouseholdStatus.ACTIVE

    def label(self, village: str) -> HouseholdLabel:
        """Return the parts that tell namesakes apart; the caller knows the village's name."""
        return HouseholdLabel(
            name=self.head_name, village=village, group=group_name(self.group_number), id_tail=self.id_tail
        )


class HouseholdMember(Base):
    """A member of the family as the land register lists it."""

    __tablename__ = "household_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    sex: Mapped[Sex | None] = mapped_column(term_column(Sex))
    id_kind: Mapped[IdKind] = mapped_column(term_column(IdKind), default=IdKind.RESIDENT_ID)
    id_number: Mapped[str | None] = mapped_column(Encrypted)
    id_index: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    relation: Mapped[str] = mapped_column(String(20), default="")
    is_co_owner: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    household: Mapped[Household] = relationship(back_populates="members", lazy="raise")

    @validates("id_number")
    def _index_id_number(self, _key: str, value: Any) -> Any:
        self.id_index = blind_index(value)
        return value


class HouseholdSuffix(Base):
    """Every tail of a head's name and its initials: "contains 建国" is a range on one plain index."""

    __tablename__ = "household_suffix"

    suffix: Mapped[str] = mapped_column(SUFFIX, primary_key=True)
    household_id: Mapped[int] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, index=True
    )


stay_findable(
    Household.head_name,
    by=HouseholdSuffix.household_id,
    words=lambda name: (*suffixes(name), *initials(name)),
)
