"""Rows of machines and operators; a subcontracted one says whose it is."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coop.machinery.rules import MachineKind
from coop.organisations.models import Organisation
from foundation.database.base import Base
from foundation.database.types import Encrypted, term_column
from foundation.secrets.keyring import INDEX_BYTES, blind_index
from foundation.values.area import Mu


class Machine(Base):
    """A machine with which a provider works.

    ``owner_id`` names the organisation it is hired from and ``owner_name`` a private owner: either makes
    the work subcontracted. ``daily_capacity`` is in mu a day, ``width_cm`` the working width.
    """

    __tablename__ = "machine"
    __table_args__ = (Index(None, "division_code", "id"), Index(None, "provider_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    owner_name: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[MachineKind] = mapped_column(term_column(MachineKind))
    model: Mapped[str] = mapped_column(String(60))
    plate: Mapped[str] = mapped_column(String(30), default="")
    terminal_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    width_cm: Mapped[int | None]
    daily_capacity: Mapped[Mu]
    licensed_until: Mapped[date | None]
    division_code: Mapped[str] = mapped_column(String(12))
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()
    provider: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[provider_id])
    owner: Mapped[Organisation | None] = relationship(lazy="raise", foreign_keys=[owner_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def name(self) -> str:
        """The machine as people call it: model and plate."""
        return f"{self.model} {self.plate}".strip()

    @property
    def is_open(self) -> bool:
        """Whether the machine is in use."""
        return self.closed_on is None

    @property
    def owner_label(self) -> str:
        """Whose the machine is when it is hired; the owner must be loaded."""
        return self.owner.name if self.owner is not None else self.owner_name

    @property
    def is_subcontracted(self) -> bool:
        """Whether the machine belongs to somebody else than the provider."""
        return self.owner_id is not None or bool(self.owner_name)


class Operator(Base):
    """A person who drives for a provider; ``employer_id`` names the subcontractor who sends the person."""

    __tablename__ = "operator"
    __table_args__ = (Index(None, "division_code", "id"), Index(None, "provider_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(Encrypted)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(INDEX_BYTES), index=True)
    licence_number: Mapped[str] = mapped_column(String(40), default="")
    licence_class: Mapped[str] = mapped_column(String(30), default="")
    licensed_from: Mapped[date | None]
    licensed_until: Mapped[date | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    division_code: Mapped[str] = mapped_column(String(12))
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()
    provider: Mapped[Organisation] = relationship(lazy="raise", foreign_keys=[provider_id])
    employer: Mapped[Organisation | None] = relationship(lazy="raise", foreign_keys=[employer_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @validates("phone")
    def _index_phone(self, _key: str, value: Any) -> Any:
        self.phone_index = blind_index(value)
        return value

    @property
    def is_open(self) -> bool:
        """Whether the person drives for the provider at present."""
        return self.closed_on is None

    @property
    def employer_label(self) -> str:
        """Who sends the person, if it is not the provider; the employer must be loaded."""
        return self.employer.name if self.employer is not None else ""

    @property
    def is_subcontracted(self) -> bool:
        """Whether another organisation than the provider sends the person."""
        return self.employer_id is not None
