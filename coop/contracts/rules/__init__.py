"""The law of trusteeship contracts, pure: terms, money, life, and what each check finds."""

from coop.contracts.rules import words  # noqa: F401 - nobody else reads what the journal is told
