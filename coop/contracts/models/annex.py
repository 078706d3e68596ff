"""Rows of the annex: the households of a contract and their parcels."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coop.households.models import Household
from coop.mandates.models import Mandate
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.database.base import Base
from foundation.database.types import term_column
from foundation.values.area import Mu


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
