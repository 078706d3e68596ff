"""Someone who listens to changes of land, for tests."""

from collections.abc import Sequence
from datetime import date, datetime

from coop.parcels.rules import LandShare


class Listener:
    """A watcher that writes down what it is told."""

    def __init__(self) -> None:
        self.shares: list[LandShare] = []
        self.resized_ids: list[tuple[int, date]] = []

    def relocated(self, shares: Sequence[LandShare], *, on: date, now: datetime) -> None:
        """Write the shares down."""
        self.shares += shares

    def resized(self, parcel_ids: Sequence[int], *, on: date, now: datetime) -> None:
        """Write the parcels and the day down."""
        self.resized_ids += [(parcel_id, on) for parcel_id in parcel_ids]
