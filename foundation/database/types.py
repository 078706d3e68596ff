"""Column types that keep a value exact, dated in UTC, or secret, the same on SQLite and PostgreSQL."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from foundation.secrets import keyring
from foundation.wording import Term


class WholeNumber(TypeDecorator[int]):
    """A count of the smallest unit (fen, 0.01 mu, 0.01 square metre); a float or a text is refused.

    In SQL such a column may be summed and compared only; every other arithmetic is Python in ``rules``.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Let only whole numbers through."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise TypeError(f"{value!r} is no whole number of the smallest unit")

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        """Return the number as it was stored; PostgreSQL sums arrive as Decimal."""
        return None if value is None else int(value)


class Instant(TypeDecorator[datetime]):
    """A moment, stored as naive UTC and always read back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone and store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Encrypted(TypeDecorator[str]):
    """A text that leaves the process only sealed: ID numbers, bank accounts, telephone numbers."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal the text with the current key."""
        return None if value is None else keyring.current().seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open the text with the key of its version."""
        return None if value is None else keyring.current().open(value)


def term_column(terms: type[Term]) -> Enum:
    """Return the column type of an enumeration: its codes as VARCHAR behind a named CHECK."""
    words = re.findall("[A-Z][a-z0-9]*", terms.__name__)
    return Enum(
        terms,
        name="_".join(words).lower(),
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
