"""Finding files through the rights of the row that owns them."""

from collections.abc import Sequence

from sqlalchemy import select

from foundation.attachments.models import Attachment
from foundation.database.engine import db


def attachments_of(owner_type: str, owner_id: int) -> Sequence[Attachment]:
    """Return the files of a row that the caller has already been let into, in the order they came."""
    files = select(Attachment).where(
        Attachment.owner_type == owner_type, Attachment.owner_id == owner_id, Attachment.removed_at.is_(None)
    )
    return db.session.scalars(files.order_by(Attachment.id)).all()


def find_attachment(attachment_id: int) -> Attachment | None:
    """Return a file's row, unless it was removed; the rights of its owner are the service's to ask."""
    found = db.session.get(Attachment, attachment_id)
    return None if found is None or found.removed_at is not None else found
