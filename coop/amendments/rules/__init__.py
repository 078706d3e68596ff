"""The law of supplementary agreements, pure: their life, what they change, what is proposed."""

from coop.amendments.rules import words  # noqa: F401 - nobody else reads what the journal is told
