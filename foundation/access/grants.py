"""What a person may do and where: grants that come from dated postings, and the ranges they open.

A division and all below it are one range of 12-digit codes. A posting opens the ranges of its unit's
division and of the codes that division had before (372330, then 371626, then 371681), each only for
rows dated while that code was in force: history stays with the county of its time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.wording import Term

CODE_LENGTH = 12
_LEVEL_LENGTHS = (2, 4, 6, 9, 12)


def code_prefix(code: str) -> str:
    """Return the part of a 12-digit division code that its level leaves significant.

    >>> code_prefix("371681000000"), code_prefix("371681101000"), code_prefix("371681101205")
    ('371681', '371681101', '371681101205')
    """
    for length in _LEVEL_LENGTHS:
        if not code[length:].strip("0"):
            return code[:length]
    return code


def code_bounds(code: str) -> tuple[str, str]:
    """Return the half-open range of codes in and below the division ``code``.

    >>> code_bounds("371681000000")
    ('371681000000', '371682000000')
    """
    prefix = code_prefix(code)
    upper = str(int(prefix) + 1).zfill(len(prefix))
    return prefix.ljust(CODE_LENGTH, "0"), upper.ljust(CODE_LENGTH, "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRange:
    """Division codes from ``lower`` up to but not including ``upper``, for rows dated in [since, until)."""

    lower: str
    upper: str
    since: date | None = None
    until: date | None = None

    def holds(self, code: str, on: date | None) -> bool:
        """Tell whether a row of division ``code`` dated ``on`` lies in this range."""
        if not self.lower <= code < self.upper:
            return False
        if on is None:
            return True
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One posting of a person, as far as access asks: the role's permissions over the unit's ranges."""

    role: str
    unit: str
    unit_id: int
    division: str
    permissions: frozenset[str]
    ranges: tuple[CodeRange, ...]
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The person at the screen (Flask-Login's user) with the grants in force today."""

    account_id: int
    name: str
    session_token: str = ""
    grants: tuple[Grant, ...] = ()
    must_change_password: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the cookie: the token of this login, so that it can be revoked."""
        return self.session_token

    def can(self, permission: Term | str) -> bool:
        """Tell whether any grant carries ``permission``."""
        return any(permission in grant.permissions for grant in self.grants)

    def ranges(self, permission: Term) -> tuple[CodeRange, ...]:
        """Return where ``permission`` holds: the union over the grants that carry it, and only those."""
        return tuple(
            r for grant in self.grants if permission.value in grant.permissions for r in grant.ranges
        )

    def sees(self, permission: Term, code: str, on: date | None = None) -> bool:
        """Tell whether a row of division ``code`` dated ``on`` is open to ``permission``."""
        return any(r.holds(code, on) for r in self.ranges(permission))

    def why(self, permission: Term, code: str, on: date | None = None) -> list[Grant]:
        """Return the grants that open such a row: the answer to "why can I see this?"."""
        return [
            grant
            for grant in self.grants
            if permission.value in grant.permissions and any(r.holds(code, on) for r in grant.ranges)
        ]

    def units(self, permission: Term) -> list[int]:
        """Return the units at which this person holds ``permission``."""
        return [grant.unit_id for grant in self.grants if permission.value in grant.permissions]


NOBODY = Viewer(account_id=0, name="", is_authenticated=False, is_active=False, is_anonymous=True)
"""The viewer before login: no grants."""


def permitted(viewer: Viewer, permissions: Iterable[Term]) -> bool:
    """Tell whether the viewer holds at least one of ``permissions``."""
    return any(viewer.can(permission) for permission in permissions)
