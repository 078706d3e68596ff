"""Which permissions and roles may meet in one person: the three administrators are kept apart."""

from collections.abc import Iterable
from datetime import date

from foundation.accounts.rules import AccountPermission
from foundation.divisions.rules import DivisionPermission
from foundation.errors import DomainError
from foundation.journal.rules import JournalPermission
from foundation.units.rules import UnitPermission
from foundation.wording import N_, Term


class PostingPermission(Term):
    """What may be done with roles and postings; the security administrator's."""

    ROLES = "foundation.postings.roles", N_("管理角色权限")
    POSTINGS = "foundation.postings.post", N_("管理任职授权")


class PostingAct(Term):
    """What the journal says about roles and postings."""

    ROLE_SET = "postings.role_set", N_("设置角色")
    POSTED = "postings.posted", N_("授予任职")
    ENDED = "postings.ended", N_("结束任职")


class RoleKind(Term):
    """The four kinds of roles; a person holds one kind of administration and nothing else beside it."""

    BUSINESS = "business", N_("业务角色")
    SYSTEM = "system", N_("系统管理员")
    SECURITY = "security", N_("安全管理员")
    AUDIT = "audit", N_("审计管理员")


KEPT_APART: dict[RoleKind, frozenset[str]] = {
    RoleKind.SYSTEM: frozenset({AccountPermission.MANAGE, DivisionPermission.EDIT, UnitPermission.EDIT}),
    RoleKind.SECURITY: frozenset(
        {PostingPermission.ROLES, PostingPermission.POSTINGS, AccountPermission.SESSIONS}
    ),
    RoleKind.AUDIT: frozenset({JournalPermission.VIEW}),
}
"""The permissions that belong to one administrator alone."""

BUSINESS_WINGS = ("coop.", "officials.")
"""How the permissions begin that no administrator may hold."""

WINGS = frozenset({"foundation", "coop", "officials"})
"""The packages whose features declare permissions."""


class KindsExclude(DomainError):
    """%(name)s 同期已任%(held)s，不能再任%(asked)s：三类管理员与业务角色须分人担任。请改授他人。"""


class PermissionOutOfKind(DomainError):
    """权限 %(permission)s 不能授予%(kind)s；请从该角色中去掉这项权限。"""


def exclude(one: RoleKind, other: RoleKind) -> bool:
    """Tell whether two kinds of roles may not meet in one person."""
    return one is not other


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Tell whether two postings, each ending the day before ``until``, share a day."""
    return (other_until is None or since < other_until) and (until is None or other_since < until)


def known_permissions() -> list[Term]:
    """Return every permission that a feature declares, by code; they are named ``…Permission``."""
    families = (family for family in Term.__subclasses__() if family.__name__.endswith("Permission"))
    declared = (family for family in families if family.__module__.partition(".")[0] in WINGS)
    return sorted((member for family in declared for member in family), key=lambda member: member.value)


def may_carry(kind: RoleKind, permission: str) -> bool:
    """Tell whether a role of this kind may carry a permission.

    An administrator carries nothing of the business and nothing of the other two; a business role
    carries nothing of any administrator. What belongs to nobody in particular is open to all.
    """
    owner = next((owner for owner, kept in KEPT_APART.items() if permission in kept), None)
    is_business = permission.startswith(BUSINESS_WINGS)
    return owner in (None, kind) and (not is_business or kind is RoleKind.BUSINESS)


def check_permissions(kind: RoleKind, permissions: Iterable[str]) -> None:
    """Refuse a permission that a role of this kind may not carry."""
    for permission in permissions:
        if not may_carry(kind, permission):
            raise PermissionOutOfKind(permission=permission, kind=kind)
