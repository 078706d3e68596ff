"""The statistics sheet: gathered from the summary once, whether it is shown, exported or printed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coop.programmes.models import CoefficientVersion, Programme
from coop.programmes.rules import ProgrammeKind
from coop.trusteeship.queries import rollup, scope, sheets
from coop.trusteeship.queries.rollup import AcreageRow
from coop.trusteeship.rules.terms import WHOLE_YEAR, AcreagePermission
from coop.trusteeship.snapshot import CoefficientLine, SheetLine, SheetSnapshot, VersionSnapshot
from foundation.access.grants import CODE_LENGTH, Viewer
from foundation.divisions import queries as divisions
from foundation.divisions.rules import DivisionPath
from foundation.wording import Term

BY_SEASON = -1
"""Asks for every crop season and, beside them, the whole year."""

WHOLE_YEAR_NAME = "全年"
SUBTOTAL = "小计"
TOTAL = "合计"
ABOVE_COUNTY = 2
TOWNSHIP_DIGITS = 9
VILLAGE_DIGITS = 12

_FIGURES = tuple(
    name
    for name in AcreageRow._fields
    if name not in ("code", "digits", "season_key", "parcels", "weighted_small", "deemed_times")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAsked:
    """Which sheet: of a programme and division, for a season key or ``BY_SEASON``, by township or village."""

    programme: Programme
    code: str
    season_key: int = WHOLE_YEAR
    digits: int = VILLAGE_DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the lines are written with: the words of seasons and places."""

    seasons: Mapping[int, str]
    paths: Mapping[str, DivisionPath]
    coops: Mapping[str, str]

    def line(self, row: AcreageRow, township: str, village: str) -> SheetLine:
        """Return a row of the summary as a line of the sheet."""
        return SheetLine(
            township=township,
            village=village,
            season=self.seasons[row.season_key],
            deemed=row.deemed_times,
            single=row.single,
            **{name: getattr(row, name) for name in _FIGURES},
        )

    def township(self, code: str) -> str:
        """Return a township with its grassroots cooperative."""
        own = code[:TOWNSHIP_DIGITS].ljust(CODE_LENGTH, "0")
        name = self.paths[own].name if own in self.paths else own
        return f"{name}／{self.coops[own]}" if own in self.coops else name


def gather(
    viewer: Viewer,
    asked: SheetAsked,
    *,
    permission: Term = AcreagePermission.VIEW,
    number: str = "",
    office: str = "",
) -> SheetSnapshot:
    """Return the sheet as the ledger stands; nothing of a division that the viewer may not see whole."""
    programme = asked.programme
    names = _season_names(programme)
    keys = tuple(names) if asked.season_key == BY_SEASON else (asked.season_key,)
    own = scope.digits_of(asked.code)
    levels = {own, asked.digits, *([TOWNSHIP_DIGITS] if own < TOWNSHIP_DIGITS else [])}
    rows = rollup.rows_in(viewer, programme.id, keys, levels, asked.code, permission)
    places = {key: place for place, key in enumerate(names)}
    rows.sort(key=lambda row: (row.code, places[row.season_key]))
    reading = _reading(rows, names)
    totals = tuple(reading.line(row, TOTAL, "") for row in rows if row.code == asked.code)
    return SheetSnapshot(
        number=number,
        office=office,
        place=_place(divisions.path(asked.code)),
        programme=programme.name,
        year=programme.year,
        is_project=programme.kind is ProgrammeKind.PROJECT,
        season="各作物季和全年" if asked.season_key == BY_SEASON else names[asked.season_key],
        formula=programme.formula,
        weighs_every_pass=programme.weighs_every_pass,
        large_from=programme.large_from,
        as_of=sheets.as_of(programme, asked.code),
        lines=tuple(_lines(rows, asked, reading)),
        totals=totals,
        versions=tuple(_version(one) for one in sheets.versions_used(programme.id)),
    )


def _place(path: DivisionPath) -> str:
    """Return a division with its county: 邹平市长山镇."""
    return "".join(path.names[ABOVE_COUNTY:]) or path.name


def _season_names(programme: Programme) -> dict[int, str]:
    names = {season.id: season.name for season in scope.seasons_of(programme.year)}
    return {**names, WHOLE_YEAR: WHOLE_YEAR_NAME}


def _reading(rows: Iterable[AcreageRow], names: Mapping[int, str]) -> _Reading:
    codes = {row.code for row in rows} | {
        row.code[:TOWNSHIP_DIGITS].ljust(CODE_LENGTH, "0") for row in rows if row.digits >= TOWNSHIP_DIGITS
    }
    return _Reading(seasons=names, paths=divisions.paths(codes), coops=sheets.grassroots_coops(codes))


def _lines(rows: list[AcreageRow], asked: SheetAsked, reading: _Reading) -> Iterator[SheetLine]:
    """Yield the lines by township, after its villages the township's own row."""
    inner = [row for row in rows if row.code != asked.code or asked.digits == scope.digits_of(asked.code)]
    by_township: dict[str, list[AcreageRow]] = defaultdict(list)
    for row in inner:
        by_township[row.code[:TOWNSHIP_DIGITS]].append(row)
    for group in by_township.values():
        detail = [row for row in group if row.digits == asked.digits]
        for row in detail:
            village = reading.paths[row.code].name if row.digits == VILLAGE_DIGITS else ""
            yield reading.line(row, reading.township(row.code), village)
        for row in group:
            if row.digits == TOWNSHIP_DIGITS != asked.digits:
                yield reading.line(row, reading.township(row.code), SUBTOTAL)


def _version(version: CoefficientVersion) -> VersionSnapshot:
    return VersionSnapshot(
        number=version.number,
        valid_from=version.valid_from,
        source=version.source,
        rows=tuple(
            CoefficientLine(
                crop=row.crop.name if row.crop else "", link=row.link.name, weight=row.weight, rate=row.rate
            )
            for row in version.rows
        ),
    )
