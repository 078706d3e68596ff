"""Fixtures of the land register's tests."""

from collections.abc import Iterator

import pytest

from coop.parcels import service
from tests.coop.parcels.listening import Listener


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Someone who is told of every change of land while a test runs."""
    listener = Listener()
    service.watch_land(listener)
    yield listener
    service.unwatch_land(listener)
