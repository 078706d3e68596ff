"""The three administrators are kept apart."""

from datetime import date
from itertools import product

import pytest

from foundation.accounts.rules import AccountPermission
from foundation.divisions.rules import DivisionPermission
from foundation.journal.rules import JournalPermission
from foundation.postings import rules
from foundation.postings.rules import PostingPermission, RoleKind
from foundation.units.rules import UnitPermission

OWNERS = {
    AccountPermission.MANAGE: RoleKind.SYSTEM,
    DivisionPermission.EDIT: RoleKind.SYSTEM,
    UnitPermission.EDIT: RoleKind.SYSTEM,
    PostingPermission.ROLES: RoleKind.SECURITY,
    PostingPermission.POSTINGS: RoleKind.SECURITY,
    AccountPermission.SESSIONS: RoleKind.SECURITY,
    JournalPermission.VIEW: RoleKind.AUDIT,
    "coop.contracts.view": RoleKind.BUSINESS,
    "officials.placement.view": RoleKind.BUSINESS,
}


@pytest.mark.parametrize(("permission", "kind"), list(product(OWNERS, RoleKind)))
def test_a_permission_goes_only_to_the_kind_it_belongs_to(permission: str, kind: RoleKind) -> None:
    if OWNERS[permission] is kind:
        rules.check_permissions(kind, [permission])
    else:
        with pytest.raises(rules.PermissionOutOfKind):
            rules.check_permissions(kind, [permission])


@pytest.mark.parametrize("kind", list(RoleKind))
def test_what_belongs_to_nobody_in_particular_is_open_to_every_kind(kind: RoleKind) -> None:
    rules.check_permissions(kind, ["foundation.jobs.supervise"])


@pytest.mark.parametrize(("one", "other"), list(product(RoleKind, RoleKind)))
def test_kinds_meet_only_themselves(one: RoleKind, other: RoleKind) -> None:
    assert rules.exclude(one, other) is (one != other)


@pytest.mark.parametrize(
    ("since", "until", "other_since", "other_until", "shared"),
    [
        ("2026-01-01", None, "2025-01-01", None, True),
        ("2026-01-01", None, "2025-01-01", "2026-01-01", False),
        ("2026-01-01", None, "2025-01-01", "2026-01-02", True),
        ("2026-01-01", "2026-06-01", "2026-06-01", None, False),
        ("2026-01-01", "2026-06-02", "2026-06-01", None, True),
    ],
)
def test_a_posting_ends_the_day_before_its_until(
    since: str, until: str | None, other_since: str, other_until: str | None, shared: bool
) -> None:
    days = [
        None if day is None else date.fromisoformat(day) for day in (since, until, other_since, other_until)
    ]
    assert days[0] is not None
    assert days[2] is not None
    assert rules.overlap(days[0], days[1], days[2], days[3]) is shared
