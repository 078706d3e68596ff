"""Counting a programme anew: by another version of its weights, with a reason, or when it changed."""

from datetime import datetime

from sqlalchemy import delete, insert

from coop.contracts.service.drafting import china_day
from coop.organisations.service import demand_reason, demand_scope
from coop.programmes.models import CoefficientVersion, Programme
from coop.trusteeship.models import AcreageSummary
from coop.trusteeship.queries import recount
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
    count_anew(programme.id, now=now, version_id=version.id)
    record(AcreageAct.RECOUNTED, programme, viewer=viewer, now=now, reason=reason, note=version.source)


def recast(programme: Programme, *, now: datetime) -> None:
    """Count all work of a programme anew after it was changed, each count by the version that it keeps."""
    lock_counties({programme.division_code})
    count_anew(programme.id, now=now)


def count_anew(programme_id: int, *, now: datetime, version_id: int | None = None) -> None:
    """Write the counts and the summary of a programme from its entries, unjournalled.

    Every count keeps its version unless another is given.
    """

    def kept(_parcel_id: int, counts: KeptCounts) -> KeptCounts:
        return {
            key: one._replace(version_id=version_id) if version_id and key[0] == programme_id else one
            for key, one in counts.items()
        }

    versions = {programme_id: version_id} if version_id else {}
    for parcel_ids in recount.parcels_of(programme_id):
        write_counts(parcel_ids, on=china_day(now), kept=kept, versions=versions)
    rebuild_summary(programme_id)


def rebuild_summary(programme_id: int) -> None:
    """Write the summary of a programme from its counts."""
    db.session.execute(delete(AcreageSummary).where(AcreageSummary.programme_id == programme_id))
    rows = [summary_row(key, sums) for key, sums in sorted(recount.sums_of(programme_id).items())]
    if rows:
        db.session.execute(insert(AcreageSummary), rows)
