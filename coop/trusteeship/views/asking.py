"""What a page of the ledger is asked for: programme, crop season and division, within the viewer's sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _

from coop.programmes.models import Programme
from coop.trusteeship.forms import LedgerQuery
from coop.trusteeship.queries import scope
from coop.trusteeship.report.sheets import BY_SEASON
from coop.trusteeship.rules.terms import WHOLE_YEAR, AcreagePermission
from foundation.access.gate import current_viewer
from foundation.access.grants import CODE_LENGTH, code_bounds
from foundation.clock import today
from foundation.divisions import queries as divisions
from foundation.divisions.rules import ancestors
from foundation.errors import NotFound
from foundation.wording import Term

TOWNSHIP_DIGITS = 9
Query = TypeVar("Query", bound=LedgerQuery)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sound question: ``roots`` are the highest divisions that the viewer sees whole."""

    programme: Programme
    programmes: Sequence[Programme]
    season_key: int
    seasons: Mapping[int, str]
    roots: Sequence[str]
    division: str

    @property
    def season(self) -> str:
        """The crop season's name, or the whole year's."""
        return self.seasons[self.season_key]

    def address(self, page: str, **args: Any) -> str:
        """Return the address of a page about the same programme and season."""
        asked = {"programme": self.programme.id, "season": self.season_key, **args}
        return f"{page}?" + "&".join(f"{key}={value}" for key, value in asked.items() if value is not None)

    def way_to(self, page: str, division: str) -> list[tuple[str, str]]:
        """Return names and addresses from the highest division in sight down to one."""
        chain = [code for code in (*ancestors(division), division) if self.is_below_a_root(code)]
        names = divisions.paths(chain)
        return [(names[code].name, self.address(page, division=code)) for code in chain]

    def carried(self) -> list[tuple[str, str]]:
        """Return what the query bar keeps of the address besides its own fields."""
        return [("division", self.division)] if self.division else []

    def is_below_a_root(self, code: str) -> bool:
        """Tell whether the viewer sees a division of the programme's county whole."""
        bounds = (code_bounds(root) for root in self.roots)
        return any(lower <= code < upper for lower, upper in bounds)


def asked(permission: Term = AcreagePermission.VIEW, *, by_season: bool = False) -> Asked | None:
    """Read the address; nothing while no programme has been begun. What is out of sight does not exist."""
    viewer = current_viewer()
    programme = scope.programme_for(viewer, request.args.get("programme", type=int), today().year)
    if programme is None:
        return None
    seasons = {WHOLE_YEAR: _("全年")} | {one.id: one.name for one in scope.seasons_of(programme.year)}
    if by_season:
        seasons = {BY_SEASON: _("各作物季和全年"), **seasons}
    key = request.args.get("season", next(iter(seasons)), type=int)
    found = Asked(
        programme=programme,
        programmes=scope.programmes_for(viewer),
        season_key=key if key in seasons else WHOLE_YEAR,
        seasons=seasons,
        roots=scope.roots(viewer, programme.division_code, permission),
        division=request.args.get("division", ""),
    )
    return _placed(found)


def _placed(found: Asked) -> Asked:
    """Return the question with its division: the one root where none was named."""
    if not found.division and len(found.roots) == 1:
        return Asked(
            **{name: getattr(found, name) for name in Asked.__slots__} | {"division": found.roots[0]}
        )
    if found.division and not (len(found.division) == CODE_LENGTH and found.is_below_a_root(found.division)):
        raise NotFound
    return found


def filled(query: Query, found: Asked) -> Query:
    """Return a query bar that offers what there is and shows what was asked for."""
    query.programme.choices = [(one.id, f"{one.year} {one.name}") for one in found.programmes]
    query.season.choices = list(found.seasons.items())
    query.programme.data = found.programme.id
    query.season.data = found.season_key
    return query


def places(found: Asked) -> list[tuple[str, str]]:
    """Return the divisions of which a sheet can be asked: those in sight, and the townships below them."""
    codes: list[str] = []
    for root in found.roots:
        codes.append(root)
        if scope.digits_of(root) < TOWNSHIP_DIGITS:
            codes += [child.code for child in divisions.children(root, today())]
    names = divisions.paths(codes)
    return [(code, names[code].short) for code in codes]
