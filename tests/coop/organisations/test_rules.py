from datetime import date

from coop.organisations.rules import is_listed_provider

LISTED, REMOVED = date(2025, 1, 1), date(2026, 1, 1)


def test_a_provider_is_listed_from_its_entry_until_before_its_removal() -> None:
    assert is_listed_provider(LISTED, None, LISTED)
    assert is_listed_provider(LISTED, REMOVED, date(2025, 12, 31))
    assert not is_listed_provider(LISTED, REMOVED, REMOVED)
    assert not is_listed_provider(LISTED, None, date(2024, 12, 31))
    assert not is_listed_provider(None, None, LISTED)
