"""The rules of field work: its words, where a line and an order stand, what may be planned and reported."""

from coop.operations.rules import words  # noqa: F401 - nobody else reads what the journal is told
