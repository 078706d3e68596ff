"""Which licences have ended or soon will, for those who keep machinery: shown on the worktable."""

from collections.abc import Iterator
from datetime import date

from coop.machinery import queries
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineryPermission
from foundation.access.grants import Viewer
from foundation.web.todos import Todo
from foundation.wording import N_

ENDING = (
    (Machine, N_("行驶证已到期或即将到期的机具"), "/coop/machinery/machines/?licence=ending"),
    (Operator, N_("驾驶证已到期或即将到期的机手"), "/coop/machinery/operators/?licence=ending"),
)


def ending(viewer: Viewer, on: date) -> Iterator[Todo]:
    """Yield how many licences the viewer should have renewed, and when the first one ends."""
    if not viewer.can(MachineryPermission.EDIT):
        return
    for kind, label, url in ENDING:
        count, first = queries.licences_ending(viewer, kind, on)
        yield Todo(label=label, count=count, url=url, due_on=first)
