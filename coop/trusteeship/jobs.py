"""Counting a programme anew in the background: a county's year takes a minute, not the time of a request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coop.programmes.models import CoefficientVersion, Programme
from coop.trusteeship.service import recount_programme
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.jobs.jobs import Running, handler
from foundation.jobs.models import Job
from foundation.jobs.service import enqueue

KIND = "trusteeship.recount"


def enqueue_recount(
    version: CoefficientVersion, reason: str, *, viewer: Viewer, now: datetime, title: str
) -> Job:
    """Queue the recount of a version's programme by it."""
    return enqueue(KIND, {"version_id": version.id, "reason": reason}, viewer=viewer, now=now, title=title)


@handler(KIND)
def recount_in_background(running: Running) -> Mapping[str, Any]:
    """Count anew in one transaction; a resumed run begins anew."""
    version = db.session.get_one(CoefficientVersion, running.payload["version_id"])
    programme = db.session.get_one(Programme, version.programme_id)
    recount_programme(
        programme,
        version=version,
        viewer=running.viewer,
        now=running.started_at,
        reason=running.payload["reason"],
    )
    return {"url": f"/coop/trusteeship/?programme={programme.id}"}
