"""The row of an attachment; its bytes lie in the file store under their digest."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database.base import Base


class Attachment(Base):
    """One file of one business row: what it is called, what it really is, and who put it there.

    What came through a public page, from somebody without an account, has no ``uploaded_by``.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_owner_type_owner_id", "owner_type", "owner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    owner_type: Mapped[str] = mapped_column(String(64))
    owner_id: Mapped[int]
    note: Mapped[str] = mapped_column(String(200), default="")
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
