"""The six doors of the house and the entries behind them; a person sees only what opens."""

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.access.grants import Viewer, permitted
from foundation.wording import N_, Term


class Door(Term):
    """One of the six doors of the top bar."""

    WORKTABLE = "worktable", N_("工作台")
    COOP = "coop", N_("供销合作")
    OFFICIALS = "officials", N_("到村任职")
    GOVERNANCE = "governance", N_("村级治理")
    REPORTS = "reports", N_("报表中心")
    SYSTEM = "system", N_("系统管理")


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page behind a door: its label (source text), endpoint, and who finds it; no permission = everyone."""

    door: Door
    label: str
    endpoint: str
    permissions: tuple[Term, ...] = ()


def open_doors(viewer: Viewer, entries: Iterable[MenuEntry]) -> dict[Door, list[MenuEntry]]:
    """Return the entries that ``viewer`` may open, by door; a door without entries is not there."""
    doors: dict[Door, list[MenuEntry]] = {}
    for entry in entries:
        if not entry.permissions or permitted(viewer, entry.permissions):
            doors.setdefault(entry.door, []).append(entry)
    return {door: doors[door] for door in Door if door in doors}
