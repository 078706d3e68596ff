"""The six doors of the house and the entries behind them; a person sees only what opens."""

from collections.abc import Iterable, Iterator
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
    """A page behind a door: its label (source text), endpoint, and who finds it; no permission = everyone.

    A ``quick`` entry also stands on the worktable, for the jobs done every day.
    """

    door: Door
    label: str
    endpoint: str
    permissions: tuple[Term, ...] = ()
    quick: bool = False


def open_doors(viewer: Viewer, entries: Iterable[MenuEntry]) -> dict[Door, list[MenuEntry]]:
    """Return the entries that ``viewer`` may open, by door; a door without entries is not there."""
    doors: dict[Door, list[MenuEntry]] = {}
    for entry in entries:
        if not entry.permissions or permitted(viewer, entry.permissions):
            doors.setdefault(entry.door, []).append(entry)
    return {door: doors[door] for door in Door if door in doors}


def current_entry(entries: Iterable[MenuEntry], endpoint: str | None) -> MenuEntry | None:
    """Return the entry under which a page lies: its own, or the one of the nearest feature around it."""
    listed = list(entries)
    own = [entry for entry in listed if entry.endpoint == endpoint]
    near = (
        entry
        for feature in _around(endpoint or "")
        for entry in listed
        if entry.endpoint.rpartition(".")[0] == feature
    )
    return next(iter(own), None) or next(near, None)


def _around(endpoint: str) -> Iterator[str]:
    """Yield what an endpoint lies in, from the inside out."""
    while endpoint := endpoint.rpartition(".")[0]:
        yield endpoint
