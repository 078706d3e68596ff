"""Whoever sums by a programme's threshold learns here that it changed, in the same transaction."""

from datetime import datetime
from typing import Protocol

from coop.programmes.models import Programme
from foundation.access.grants import Viewer


class ProgrammeWatcher(Protocol):
    """Keeps sums that rest on a programme's threshold of large operators and on how it weighs passes."""

    def recast(self, programme: Programme, *, viewer: Viewer, now: datetime) -> None:
        """Sum anew what was summed by the former threshold or way of weighing."""


_watchers: list[ProgrammeWatcher] = []


def watch_programmes(watcher: ProgrammeWatcher) -> None:
    """Let ``watcher`` learn of every programme whose sums must be made anew."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def tell_watchers(programme: Programme, *, viewer: Viewer, now: datetime) -> None:
    """Tell everybody who watches that a programme was recast."""
    for watcher in _watchers:
        watcher.recast(programme, viewer=viewer, now=now)
