"""Which parcels wait to be measured again, for those who do it: shown on the worktable."""

from collections.abc import Iterator
from datetime import date

from coop.tracks.queries import tasks
from coop.tracks.rules.terms import TrackPermission
from foundation.access.grants import Viewer
from foundation.web.todos import Todo
from foundation.wording import N_


def waiting(viewer: Viewer, on: date) -> Iterator[Todo]:  # noqa: ARG001 - a task waits whatever the day
    """Yield how many parcels the viewer should have measured again."""
    if viewer.can(TrackPermission.MEASURE):
        count, _since = tasks.waiting(viewer)
        yield Todo(label=N_("轨迹面积不符、待复测的地块"), count=count, url="/coop/tracks/remeasures/")
