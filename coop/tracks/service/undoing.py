"""Taking a track back: its reports go with it, its tasks are closed, the file may come again."""

from datetime import datetime

from coop.operations.queries import reports
from coop.operations.service import reporting as operations
from coop.organisations.service import demand_reason
from coop.tracks import queries
from coop.tracks.models import Track
from coop.tracks.queries import tasks
from coop.tracks.rules.terms import TrackAct, TrackPermission
from coop.tracks.service.refusals import AlreadyUndone, LaterTrackStands, MayNot
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.journal.service import record

CLOSED_BY_UNDOING = "轨迹已撤回"


def undo_track(track: Track, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a track with its reports back, as long as no line is accepted and no later track builds on it."""
    if not viewer.sees(TrackPermission.IMPORT, track.division_code, track.order.dated_on):
        raise MayNot(act=TrackAct.UNDONE)
    demand_reason(reason)
    queries.hold_order(track.order_id)
    if track.undone_at is not None:
        raise AlreadyUndone(day=track.undone_at.astimezone(CHINA).date())
    for later in queries.later_on_same_land(track)[:1]:
        raise LaterTrackStands(name=later.file_name)
    for match in track.matches:
        if match.report_id is None:
            continue
        made = reports.report_of(viewer, match.report_id)
        if made.undone_at is None:
            operations.undo_report(made, reason=reason, viewer=viewer, now=now)
    for task in tasks.open_of(track):
        task.resolved_at, task.resolver_id, task.resolution = now, viewer.account_id, CLOSED_BY_UNDOING
    track.undone_at, track.undone_reason = now, reason.strip()
    db.session.flush()
    record(TrackAct.UNDONE, track, viewer=viewer, now=now, reason=reason.strip())
