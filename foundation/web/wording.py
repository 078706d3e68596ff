"""Refusals and terms in the reader's language."""

from flask_babel import gettext

from foundation.errors import DomainError
from foundation.wording import Term


def translated(error: DomainError) -> str:
    """Return the sentence of a refusal in the reader's language, its places filled."""
    values = {key: term(value) if isinstance(value, Term) else value for key, value in error.values.items()}
    return str(gettext(error.message)) % values


def term(value: Term | None) -> str:
    """Return the label of an enumeration's member in the reader's language; nothing for nothing."""
    return "" if value is None else str(gettext(value.label))
