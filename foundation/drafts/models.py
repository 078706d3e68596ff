"""The row of a draft: one person's unsaved typing in one form."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base
from foundation.database.types import Encrypted


class Draft(Base):
    """What ``account`` has typed into the form ``key`` and not yet saved; sealed: it may hold anything."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Encrypted)
    saved_at: Mapped[datetime]
