"""Counting a programme anew by another version of its weights: an act of its own, reasoned and journalled."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, insert

from coop.contracts.service.drafting import china_day
from coop.organisations.service import demand_reason, demand_scope
from coop.programmes.models import CoefficientVersion, Programme
from coop.trusteeship.models import AcreageSummary
from coop.trusteeship.queries import recount
from coop.trusteeship.rules.ledger import Kept
from coop.trusteeship.rules.summing import Key, Sums
from coop.trusteeship.rules.terms import AcreageAct, AcreagePermission
from coop.trusteeship.service.keeping import KeptCounts, lock_counties, summary_row, write_counts
from coop.trusteeship.service.refusals import NotOfThisProgramme
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.journal.service import record


def recount_programme(
    programme: Programme, *, version: CoefficientVersion, viewer: Viewer, now: datetime, reason: str
) -> None:
    """Count all work of a programme anew, weighed by ``version``; a few thousand parcels at a time."""
    demand_scope(viewer, AcreagePermission.RECOUNT, programme.division_code)
    demand_reason(reason)
    if version.programme_id != programme.id:
        raise NotOfThisProgramme(version=version.source, programme=programme.name)
    lock_counties({programme.division_code})
    weigh(programme, version, now=now)
    record(AcreageAct.RECOUNTED, programme, viewer=viewer, now=now, reason=reason, note=version.source)


def weigh(programme: Programme, version: CoefficientVersion, *, now: datetime) -> None:
    """Write the counts and the summary of a programme from its entries, unjournalled."""

    def kept(_parcel_id: int, counts: KeptCounts) -> KeptCounts:
        return {key: _kept(key[0], one) for key, one in counts.items()}

    def _kept(programme_id: int, one: Kept) -> Kept:
        return one._replace(version_id=version.id) if programme_id == programme.id else one

    forced = {programme.id: version.id}
    for parcel_ids in recount.parcels_of(programme.id):
        write_counts(parcel_ids, on=china_day(now), kept=kept, versions=forced)
    rebuild_summary(programme.id)


def rebuild_summary(programme_id: int) -> None:
    """Write the summary of a programme from its counts."""
    db.session.execute(delete(AcreageSummary).where(AcreageSummary.programme_id == programme_id))
    rows = [summary_row(key, sums) for key, sums in _sums(programme_id)]
    if rows:
        db.session.execute(insert(AcreageSummary), rows)


def _sums(programme_id: int) -> Iterator[tuple[Key, Sums]]:
    yield from sorted(recount.sums_of(programme_id).items(), key=lambda pair: pair[0])
