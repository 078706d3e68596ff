"""Rows of organisations, their directory entry as providers, and the divisions they serve."""

from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coop.organisations.rules import OrganisationKind, is_listed_provider
from foundation.database.base import Base
from foundation.database.findable import SUFFIX, stay_findable
from foundation.database.types import Encrypted, term_column
from foundation.names.pinyin import initials
from foundation.names.suffixes import suffixes
from foundation.secrets.keyring import INDEX_BYTES, blind_index, tail_index


class Organisation(Base):
    """A body of the trusteeship business: a union, a co-op, a collective, an enterprise."""

    __tablename__ = "organisation"
    __table_args__ = (Index(None, "division_code", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[OrganisationKind] = mapped_column(term_column(OrganisationKind))
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    legal_representative: Mapped[str] = mapped_column(String(60), default="")
    representative_id: Mapped[str | None] = mapped_column(Encrypted)
    representative_id_index: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    representative_id_tail: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES))
    phone: Mapped[str | None] = mapped_column(Encrypted)
    address: Mapped[str] = mapped_column(String(200), default="")
    bank_name: Mapped[str] = mapped_column(String(100), default="")
    bank_account: Mapped[str | None] = mapped_column(Encrypted)
    division_code: Mapped[str] = mapped_column(String(12))
    founded_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(String(200), default="")
    listed_on: Mapped[date | None]
    removed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    service_divisions: Mapped[list["ServiceDivision"]] = relationship(
        back_populates="organisation", lazy="raise", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @validates("representative_id")
    def _index_representative(self, _key: str, value: Any) -> Any:
        self.representative_id_index = blind_index(value)
        self.representative_id_tail = tail_index(value)
        return value

    @property
    def is_open(self) -> bool:
        """Whether the organisation still does business."""
        return self.closed_on is None

    def provides(self, on: date) -> bool:
        """Tell whether the organisation may serve as a listed provider on that day."""
        return self.is_open and is_listed_provider(self.listed_on, self.removed_on, on)


class ServiceDivision(Base):
    """A division in which a listed provider offers its services."""

    __tablename__ = "service_division"
    __table_args__ = (UniqueConstraint("organisation_id", "division_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    division_code: Mapped[str] = mapped_column(String(12))
    organisation: Mapped[Organisation] = relationship(back_populates="service_divisions", lazy="raise")


class OrganisationSuffix(Base):
    """Every tail of an organisation's name and of its initials: "contains" is a range on one index."""

    __tablename__ = "organisation_suffix"

    suffix: Mapped[str] = mapped_column(SUFFIX, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True
    )


stay_findable(
    Organisation.name,
    by=OrganisationSuffix.organisation_id,
    words=lambda name: chain.from_iterable(map(suffixes, (name, *initials(name)))),
)
