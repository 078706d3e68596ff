"""Rows of mandates and of the land that they speak of."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.households.models import Household
from coop.mandates.rules import Authority, MandateState, MandateTerm
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.database.base import Base
from foundation.database.types import Encrypted, term_column
from foundation.values.area import Mu


class Mandate(Base):
    """A household empowers its village collective (授权委托书); revoked ones stay on the books.

    ``snapshot`` is the frozen copy of which the paper is drawn, ``dated_on`` the day it was registered.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        Index(None, "division_code", "dated_on", "id"),
        Index(None, "household_id", "agent_id"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    division_code: Mapped[str] = mapped_column(String(12))
    dated_on: Mapped[date]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    authority: Mapped[Authority] = mapped_column(term_column(Authority), default=Authority.SIGN)
    matter: Mapped[str] = mapped_column(String(400))
    price_terms: Mapped[str] = mapped_column(String(400), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    consents_to_self_dealing: Mapped[bool] = mapped_column(default=False)
    area: Mapped[Mu]
    signed_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str] = mapped_column(String(200), default="")
    snapshot: Mapped[str | None] = mapped_column(Encrypted)
    digest: Mapped[str] = mapped_column(String(64), default="")
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    household: Mapped[Household] = relationship(lazy="raise")
    agent: Mapped[Organisation] = relationship(lazy="raise")
    parcels: Mapped[list["MandateParcel"]] = relationship(
        back_populates="mandate", lazy="raise", cascade="all, delete-orphan", order_by="MandateParcel.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it

    @property
    def term(self) -> MandateTerm:
        """The dates from which validity follows."""
        return MandateTerm(
            signed_on=self.signed_on,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            revoked_on=self.revoked_on,
        )

    def state(self, on: date) -> MandateState:
        """Where the mandate stands on a day."""
        return self.term.state(on)


class MandateParcel(Base):
    """A parcel that a mandate speaks of, with the acreage as written there."""

    __tablename__ = "mandate_parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id", ondelete="CASCADE"), index=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    area: Mapped[Mu]
    basis: Mapped[AreaKind] = mapped_column(term_column(AreaKind), default=AreaKind.CONTRACT)
    note: Mapped[str] = mapped_column(Text, default="")
    mandate: Mapped[Mandate] = relationship(back_populates="parcels", lazy="raise")
    parcel: Mapped[Parcel] = relationship(lazy="raise")
