"""Finding one's own drafts; nobody sees another's."""

from sqlalchemy import select

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.drafts.models import Draft


def find_draft(viewer: Viewer, key: str) -> Draft | None:
    """Return what ``viewer`` left in the form ``key``, if anything."""
    return db.session.scalar(select(Draft).where(Draft.account_id == viewer.account_id, Draft.key == key))


def drafts_of(viewer: Viewer) -> list[Draft]:
    """Return every draft of ``viewer``, the newest first."""
    mine = select(Draft).where(Draft.account_id == viewer.account_id)
    return list(db.session.scalars(mine.order_by(Draft.saved_at.desc(), Draft.id.desc())))
