"""Refusals and terms in the reader's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from foundation.errors import DomainError
from foundation.wording import Term


def translated(error: DomainError) -> str:
    """Return the sentence of a refusal in the reader's language, its places filled."""
    return worded(error.message, error.values)


def worded(sentence: str, values: Mapping[str, Any]) -> str:
    """Return a marked sentence in the reader's language, its places filled."""
    return str(gettext(sentence)) % {
        key: term(value) if isinstance(value, Term) else value for key, value in values.items()
    }


def term(value: Term | None) -> str:
    """Return the label of an enumeration's member in the reader's language; nothing for nothing."""
    return "" if value is None else str(gettext(value.label))
