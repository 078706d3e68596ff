"""Passwords as they are kept: hashed slowly, compared in equal time for known and unknown names."""

import secrets
import string

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from foundation.accounts import rules

HASHER = PasswordHasher()
ALPHABET = (string.ascii_letters + string.digits).translate(str.maketrans("", "", "0O1lI"))
INITIAL_LENGTH = 12

_nobody: list[str] = []


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether a password is the kept one; without one it takes as long and is never right."""
    try:
        HASHER.verify(stored or _hash_of_nobody(), password[: rules.LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether a hash was made at a lower cost than today's."""
    return HASHER.check_needs_rehash(stored)


def _hash_of_nobody() -> str:
    if not _nobody:
        _nobody.append(HASHER.hash(secrets.token_hex(16)))
    return _nobody[0]


def initial_password() -> str:
    """Return a random password without look-alike characters that satisfies the rule."""
    while True:
        password = "".join(secrets.choice(ALPHABET) for _ in range(INITIAL_LENGTH))
        if any(map(str.isdigit, password)) and any(map(str.isalpha, password)):
            return password
