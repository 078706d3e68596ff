"""Importing a long track in the background: its geometry is worked out outside every transaction."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from coop.operations.models import WorkOrder
from coop.tracks import queries, service
from coop.tracks.rules.driving import drive
from coop.tracks.rules.fixes import LARGEST, MEGABYTE, TrackTooLarge
from coop.tracks.rules.terms import TrackPermission
from coop.tracks.service import TrackTerms
from foundation.access.grants import Viewer
from foundation.attachments.service import fetch, put
from foundation.jobs.jobs import Running, handler
from foundation.jobs.models import Job
from foundation.jobs.service import enqueue

KIND = "tracks.import"
FROM_BYTES = 2 * MEGABYTE
"""From here on (some 20,000 points) an import takes longer than a request should."""

_STEPS = 3


def enqueue_import(
    order: WorkOrder,
    name: str,
    content: bytes,
    terms: TrackTerms,
    *,
    viewer: Viewer,
    now: datetime,
    title: str,
) -> Job:
    """Queue a file; the owner finds the track on the page of the job."""
    if len(content) > LARGEST:
        raise TrackTooLarge(name=name, limit=LARGEST // MEGABYTE)
    payload = {"order_id": order.id, "name": name, "digest": put(content), "terms": asdict(terms)}
    return enqueue(KIND, payload, viewer=viewer, now=now, title=title)


@handler(KIND)
def import_in_background(running: Running) -> Mapping[str, Any]:
    """Read and sweep without a transaction, then import in one; a resumed run begins anew."""
    payload, viewer = running.payload, running.viewer
    terms = TrackTerms(**payload["terms"])
    content = fetch(payload["digest"], payload["name"])
    order = queries.order_for(viewer, payload["order_id"], TrackPermission.IMPORT)
    usual = service.usual_width(order, terms)
    running.progress(1, _STEPS)
    driven = drive(payload["name"], content, stated_cm=terms.width_cm, usual_cm=usual)
    running.progress(2, _STEPS)
    order = queries.order_for(viewer, payload["order_id"], TrackPermission.IMPORT)
    done = service.import_track(
        order, payload["name"], content, terms, viewer=viewer, now=running.started_at, driven=driven
    )
    return {"url": f"/coop/tracks/{done.track.id}"}
