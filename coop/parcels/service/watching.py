"""Telling those who count on parcels that land moved or changed its size, in the transaction that does it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from coop.parcels.rules import LandShare
from foundation.database.engine import db


class LandWatcher(Protocol):
    """Who keeps figures by parcel and must follow the land."""

    def relocated(self, shares: Sequence[LandShare], *, on: date, now: datetime) -> None:
        """Follow a split or a merge: ``area`` of one parcel lies in another from ``on``."""

    def resized(self, parcel_ids: Sequence[int], *, on: date, now: datetime) -> None:
        """Follow another settlement area of these parcels, which holds from ``on``."""


_watchers: list[LandWatcher] = []


def watch_land(watcher: LandWatcher) -> None:
    """Let ``watcher`` be told of every change of land from now on; a second time changes nothing."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def unwatch_land(watcher: LandWatcher) -> None:
    """Tell ``watcher`` nothing any more."""
    _watchers.remove(watcher)


def tell_relocated(shares: Sequence[LandShare], *, on: date, now: datetime) -> None:
    """Tell every watcher of a split or a merge."""
    db.session.flush()
    for watcher in _watchers:
        watcher.relocated(shares, on=on, now=now)


def tell_resized(days: Mapping[int, date], *, now: datetime) -> None:
    """Tell every watcher which parcels settle by another area, each from its day."""
    if not days:
        return
    db.session.flush()
    for day in sorted(set(days.values())):
        ids = [parcel_id for parcel_id, its_day in days.items() if its_day == day]
        for watcher in _watchers:
            watcher.resized(ids, on=day, now=now)
