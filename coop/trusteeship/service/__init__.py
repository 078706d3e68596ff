"""The verbs of the acreage ledger: count accepted work, strike it, follow the land, count anew.

Importing it makes the ledger the book of acceptance and a watcher of the land and of the programmes.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from coop.acceptance.rules.book import AcceptedWork
from coop.acceptance.service import keep_book
from coop.contracts.rules.findings import Finding
from coop.parcels.rules import LandShare
from coop.parcels.service import watch_land
from coop.programmes.models import Programme
from coop.programmes.service import watch_programmes
from coop.trusteeship.service import checking, entering, moving, recounting
from coop.trusteeship.service.recounting import recount_programme
from coop.trusteeship.service.refusals import AlreadyCounted, NotOfThisProgramme
from foundation.access.grants import Viewer

__all__ = ["LEDGER", "AcreageLedger", "AlreadyCounted", "NotOfThisProgramme", "recount_programme"]


class AcreageLedger:
    """Keeps the acreage of accepted work; the book of acceptance, and a watcher of the land."""

    def findings(self, works: Sequence[AcceptedWork]) -> list[Finding]:
        """Return what forbids counting these works, each finding at its line."""
        return checking.findings(works)

    def enter(self, works: Sequence[AcceptedWork], *, now: datetime) -> None:
        """Count these works; each line once."""
        entering.enter(works, now=now)

    def strike(self, line_ids: Collection[int], *, reason: str, now: datetime) -> None:
        """Take these lines out of the count again; what was never entered is no error."""
        entering.strike(line_ids, reason=reason, now=now)

    def relocated(self, shares: Sequence[LandShare], *, on: date, now: datetime) -> None:
        """Carry what is counted to where the land lies after a split or a merger."""
        moving.relocated(shares, on=on, now=now)

    def resized(self, parcel_ids: Sequence[int], *, on: date, now: datetime) -> None:
        """Let counts of seasons that had not ended follow the parcels' new basis."""
        moving.resized(parcel_ids, on=on, now=now)

    def recast(self, programme: Programme, *, viewer: Viewer, now: datetime) -> None:
        """Count a programme anew whose threshold or way of weighing changed."""
        recounting.recast(programme, now=now)


LEDGER = AcreageLedger()
keep_book(LEDGER)
watch_land(LEDGER)
watch_programmes(LEDGER)
