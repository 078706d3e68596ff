"""What of acceptance waits for a person: shown on the worktable."""

from collections.abc import Iterator
from datetime import date

from coop.acceptance.queries import disputes
from coop.acceptance.queries.facts import waiting as slips_waiting
from coop.acceptance.rules.terms import AcceptancePermission, SlipState
from foundation.access.grants import Viewer
from foundation.web.todos import Todo
from foundation.wording import N_

HOME = "/coop/acceptance/"


def waiting(viewer: Viewer, on: date) -> Iterator[Todo]:
    """Yield open disputes, households to be told, and those whose days to answer are over."""
    if viewer.can(AcceptancePermission.RESOLVE):
        count = disputes.waiting(viewer, AcceptancePermission.RESOLVE)
        yield Todo(label=N_("待处理的验收争议"), count=count, url=f"{HOME}disputes/?standing=open")
    if viewer.can(AcceptancePermission.NOTIFY):
        count, _first = slips_waiting(viewer, AcceptancePermission.NOTIFY, SlipState.UNTOLD, on)
        url = f"{HOME}?state={SlipState.UNTOLD.value}"
        yield Todo(label=N_("已作业、待送达验收通知的农户"), count=count, url=url)
    if viewer.can(AcceptancePermission.DEEM):
        count, first = slips_waiting(viewer, AcceptancePermission.DEEM, SlipState.OVERDUE, on)
        yield Todo(label=N_("逾期未答复、可视同验收的农户"), count=count, url=f"{HOME}overdue", due_on=first)
