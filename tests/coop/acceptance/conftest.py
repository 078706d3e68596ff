"""Every test of acceptance keeps a small book and begins with no wrong guesses."""

from collections.abc import Iterator

import pytest

from coop.acceptance.rules.guesses import GuessGuard
from tests.coop.acceptance.builders import SmallBook, small_book


@pytest.fixture
def book() -> Iterator[SmallBook]:
    """A small real book."""
    with small_book() as kept:
        yield kept


@pytest.fixture(autouse=True)
def _no_guesses(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames or "client" in request.fixturenames:
        request.getfixturevalue("app").extensions["acceptance_guesses"] = GuessGuard()
