"""Roles and the postings by which people hold them."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.accounts.models import Account
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.postings.rules import RoleKind
from foundation.units.models import Unit


class Role(Base):
    """A named set of permissions of one kind."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[RoleKind] = mapped_column(term_column(RoleKind))
    permissions: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape


class Posting(Base):
    """A person holds a role at a unit from ``since`` until the day before ``until``."""

    __tablename__ = "posting"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()

    account: Mapped[Account] = relationship(lazy="raise")
    role: Mapped[Role] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("until is null or since <= until", name="dates_in_order"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    def is_in_force(self, on: date) -> bool:
        """Tell whether the posting gives rights on the day."""
        return self.since <= on and (self.until is None or on < self.until)
