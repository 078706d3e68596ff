"""Passwords of these tests are hashed cheaply; what is tested is who gets in, not how long guessing takes."""

import pytest
from argon2 import PasswordHasher

from foundation.accounts.service import hashing


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a real hasher with a hundredth of the cost."""
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
