"""From standing entries to the counts of a parcel: which programmes count it, on what ground, for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from coop.catalogue.rules import LinkKind
from coop.programmes.rules import WeightRow, weights_of_crop
from coop.trusteeship.rules.carrying import Lineage
from coop.trusteeship.rules.counting import Count, Required, Scale, Work, count, over_the_year
from coop.trusteeship.rules.summing import Counted
from foundation.divisions.rules import county_of
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints


class EntryFact(NamedTuple):
    """A standing entry of the ledger; 0 as ``id`` for one that is about to be written."""

    id: int
    line_id: int
    programme_id: int
    parcel_id: int
    season_id: int
    link_id: int
    pass_number: int
    part: int
    area: Mu
    income: Fen
    household_id: int
    is_entrusted: bool
    is_deemed: bool
    division_code: str
    worked_on: date


class SeasonFact(NamedTuple):
    """A crop season as far as counting asks."""

    id: int
    year: int
    crop_id: int
    ends_on: date
    name: str


class ProgrammeFact(NamedTuple):
    """A programme as far as counting asks."""

    id: int
    division_code: str
    year: int
    is_general: bool
    weighs_every_pass: bool
    large_from: Mu
    tolerance: BasisPoints
    name: str


class Kept(NamedTuple):
    """What a count keeps: the version of its weights, and its basis unless that follows the parcel now."""

    version_id: int
    basis_area: Mu | None


class ParcelFigures(NamedTuple):
    """A row of the counts of parcels."""

    programme_id: int
    season_id: int
    parcel_id: int
    version_id: int
    household_id: int
    holder: str
    division_code: str
    is_entrusted: bool
    basis_area: Mu
    tilled: Mu
    sown: Mu
    protected: Mu
    protected_times: Mu
    harvested: Mu
    mu_times: Mu
    deemed_times: Mu
    physical: Mu
    weighted: Mu
    whole: Mu
    year_physical: Mu
    year_whole: Mu
    income: Fen
    subsidy: Fen

    @property
    def counted(self) -> Counted:
        """The row as far as adding up asks."""
        return Counted(*(getattr(self, name) for name in Counted._fields))


FROM_COUNT = tuple(name for name in ParcelFigures._fields if name in Count.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What counting stands on beside the entries: seasons, links, programmes, weights, land, holders."""

    seasons: Mapping[int, SeasonFact]
    kinds: Mapping[int, LinkKind]
    programmes: Mapping[int, ProgrammeFact]
    required: Mapping[int, Required]
    versions: Mapping[int, int]
    weights: Mapping[int, Sequence[WeightRow]]
    holders: Mapping[int, str]
    basis: Mapping[int, Mu]
    lineage: Lineage
    _generals: dict[tuple[str, int], int] = field(default_factory=dict)
    _scales: dict[tuple[int, int, int], Scale] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._generals.update(
            {(one.division_code, one.year): one.id for one in self.programmes.values() if one.is_general}
        )

    def counted_by(self, entry: EntryFact) -> Iterable[int]:
        """Yield the programmes that count an entry: its county's general one, and its project."""
        yield self._generals[county_of(entry.division_code), self.seasons[entry.season_id].year]
        if not self.programmes[entry.programme_id].is_general:
            yield entry.programme_id

    def scale(self, programme_id: int, version_id: int, crop_id: int) -> Scale:
        """Return what the links of a crop weigh by a version of a programme."""
        key = programme_id, version_id, crop_id
        if key not in self._scales:
            self._scales[key] = Scale(
                weights=weights_of_crop(self.weights[version_id], crop_id),
                weighs_every_pass=self.programmes[programme_id].weighs_every_pass,
            )
        return self._scales[key]


def counts_of(
    parcel_id: int,
    entries: Iterable[EntryFact],
    ground: Ground,
    kept: Mapping[tuple[int, int], Kept],
) -> list[ParcelFigures]:
    """Return the counts of one parcel by every programme and season that its standing entries belong to.

    ``kept`` holds what earlier counts of the parcel keep, by programme and season; a basis once taken holds
    for the season under every programme.
    """
    by_programme: dict[int, dict[int, list[EntryFact]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        for programme_id in ground.counted_by(entry):
            by_programme[programme_id][entry.season_id].append(entry)
    basis = {season_id: one.basis_area for (_, season_id), one in kept.items() if one.basis_area is not None}
    found: list[ParcelFigures] = []
    for programme_id, by_season in sorted(by_programme.items()):
        versions = {
            season: kept[programme_id, season].version_id
            if (programme_id, season) in kept
            else ground.versions[programme_id]
            for season in by_season
        }
        found += _counts_by(programme_id, parcel_id, by_season, versions, basis, ground)
    return found


def _counts_by(
    programme_id: int,
    parcel_id: int,
    by_season: Mapping[int, Sequence[EntryFact]],
    versions: Mapping[int, int],
    basis: Mapping[int, Mu],
    ground: Ground,
) -> Iterable[ParcelFigures]:
    """Yield the counts of one parcel by one programme; its first work of the year says whose land it is."""
    entrusted = {season: any(one.is_entrusted for one in rows) for season, rows in by_season.items()}
    seasons = sorted(by_season, key=lambda season: (not entrusted[season], season))
    first = min(
        (entry for rows in by_season.values() for entry in rows),
        key=lambda entry: (entry.worked_on, entry.line_id, entry.id),
    )
    counts = []
    for season_id in seasons:
        season = ground.seasons[season_id]
        area = basis.get(season_id, ground.basis[parcel_id])
        counts.append(
            count(
                [work_of(entry, ground.kinds) for entry in by_season[season_id]],
                land=ground.lineage.land(parcel_id, season.year, area),
                scale=ground.scale(programme_id, versions[season_id], season.crop_id),
                required=ground.required[season_id],
            )
        )
    for season_id, one, (physical, whole) in zip(seasons, counts, over_the_year(counts), strict=True):
        yield ParcelFigures(
            programme_id=programme_id,
            season_id=season_id,
            parcel_id=parcel_id,
            version_id=versions[season_id],
            household_id=first.household_id,
            holder=ground.holders[first.household_id],
            division_code=first.division_code,
            is_entrusted=entrusted[season_id],
            year_physical=physical,
            year_whole=whole,
            **{name: getattr(one, name) for name in FROM_COUNT},
        )


def work_of(entry: EntryFact, kinds: Mapping[int, LinkKind]) -> Work:
    """Return an entry as far as counting asks."""
    return Work(
        link_id=entry.link_id,
        kind=kinds[entry.link_id],
        pass_number=entry.pass_number,
        part=entry.part,
        area=entry.area,
        income=entry.income,
        is_deemed=entry.is_deemed,
    )


def differing(before: ParcelFigures | None, after: ParcelFigures | None) -> tuple[str, object, object]:
    """Return the first figure in which two counts of one parcel differ, and both; nothing for no count."""
    if before is None or after is None:
        return (
            "mu_times",
            None if before is None else before.mu_times,
            None if after is None else after.mu_times,
        )
    names = (name for name in ParcelFigures._fields if getattr(before, name) != getattr(after, name))
    name = next(names)
    return name, getattr(before, name), getattr(after, name)
