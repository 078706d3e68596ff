"""The fields of the sample county: outlines from a surveyor's file, and how land is later cut and joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.sample.land import REGISTERS, RowsLeftBehind
from coop.parcels import service
from coop.parcels.importing.outlines import outlines
from coop.parcels.models import Parcel
from coop.parcels.rules import Alike, OutlineOutcome
from coop.parcels.service import MergedDetails, PartDetails
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu

SOURCE = "2023年承包地块测绘成果（样例）"
LEAST_TO_SPLIT = Mu(1_20)


def bring_in_outlines(file: str, *, viewer: Viewer, now: datetime) -> None:
    """Import the outlines of a village by the very path that a clerk's upload takes."""
    shapes = list(outlines((REGISTERS / file).read_bytes()))
    verdicts = service.keep_outlines(shapes, source=SOURCE, dated_on=now.date(), viewer=viewer, now=now)
    refused = sum(one.outcome is OutlineOutcome.REFUSED for one in verdicts)
    if refused:
        raise RowsLeftBehind(file=file, count=refused)


@dataclass(frozen=True, slots=True)
class Reshaping:
    """A parcel that is cut for a new road, and two of one household that become one field."""

    split_of: int
    merged_of: int

    def split(self, viewer: Viewer, now: datetime) -> None:
        """Cut the largest parcel of a household in two; the parts add up to it."""
        parcel = max(_land_of(self.split_of), key=lambda one: one.area)
        first = Mu(parcel.area * 2 // 5)
        parts = (
            PartDetails(name=f"{parcel.name}路东", area=first),
            PartDetails(name=f"{parcel.name}路西"),
        )
        service.split(
            parcel,
            parts,
            version=parcel.version,
            on=now.date(),
            reason="新修生产路从地中穿过，原地块分成两块。",
            viewer=viewer,
            now=now,
        )

    def merge(self, viewer: Viewer, now: datetime) -> None:
        """Join two parcels of a household that are alike in all that must be alike."""
        for pair in combinations(_land_of(self.merged_of), 2):
            if all(getattr(pair[0], what.value) == getattr(pair[1], what.value) for what in Alike):
                service.merge(
                    pair,
                    MergedDetails(name=pair[0].name),
                    versions={one.id: one.version for one in pair},
                    on=now.date(),
                    reason="小田并大田，同户两块合并耕种。",
                    viewer=viewer,
                    now=now,
                )
                return


def _land_of(household_id: int) -> Sequence[Parcel]:
    """Return a household's living parcels with their ledgers."""
    own = select(Parcel).where(Parcel.household_id == household_id, Parcel.closed_on.is_(None))
    return db.session.scalars(own.options(selectinload(Parcel.areas)).order_by(Parcel.code)).all()
