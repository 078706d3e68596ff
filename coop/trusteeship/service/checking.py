"""What the ledger has to say before it counts works: double work, too much land, the wrong place."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from coop.acceptance.rules.book import AcceptedWork
from coop.contracts.rules.findings import Finding
from coop.trusteeship.queries import evidence, ledger
from coop.trusteeship.rules.carrying import shared_out
from coop.trusteeship.rules.counting import Scale, count, over_the_year
from coop.trusteeship.rules.findings import (
    Room,
    Served,
    register_finding,
    rival_findings,
    room_findings,
    served_findings,
)
from coop.trusteeship.rules.ledger import EntryFact, ProgrammeFact, work_of
from coop.trusteeship.service.entering import Field, survey
from foundation.divisions.rules import county_of
from foundation.values.area import Mu
from foundation.values.money import Fen


def findings(works: Sequence[AcceptedWork]) -> list[Finding]:
    """Return what forbids counting these works, line by line and then village by village.

    What is found holds until the transaction ends: nobody else counts land of these counties meanwhile.
    """
    works = [work for work in works if work.area]
    if not works:
        return []
    ground = survey(works)
    programmes = ledger.programmes()
    words = evidence.words_of(works)
    served = _served(works, ground, programmes)
    found: list[Finding] = []
    prospective: list[EntryFact] = []
    in_the_way: list[tuple[AcceptedWork, list[EntryFact]]] = []
    for work in works:
        found += served_findings(work, words[work.line_id], served[work.line_id])
        free, standing = ground.room(work)
        if not free:
            in_the_way.append((work, standing))
            continue
        room = Room(area=ground.area_of(work, free), tolerance=programmes[work.programme_id].tolerance)
        found += room_findings(work, words[work.line_id], room)
        prospective += [ground.take(work, share) for share in shared_out(work.area, Fen(0), free)]
    rivals = evidence.rivals(list(dict.fromkeys(one for _, standing in in_the_way for one in standing)))
    for work, standing in in_the_way:
        lines = dict.fromkeys(one.line_id for one in standing)
        known = [rivals[line_id] for line_id in lines if line_id in rivals]
        found += rival_findings(work, words[work.line_id], known)
    return found + _register_findings(prospective, ground, programmes)


def _served(
    works: Sequence[AcceptedWork], ground: Field, programmes: dict[int, ProgrammeFact]
) -> dict[int, Served]:
    divisions = evidence.served_divisions({work.provider_id for work in works})
    names = evidence.place_names({code for codes in divisions.values() for code in codes})
    found = {}
    for work in works:
        programme = programmes[work.programme_id]
        found[work.line_id] = Served(
            programme=programme.name,
            county_code=programme.division_code,
            year=programme.year,
            season_year=ground.seasons[work.season_id].year,
            divisions=divisions[work.provider_id],
            places="、".join(names[code] for code in divisions[work.provider_id]),
        )
    return found


def _register_findings(
    prospective: Sequence[EntryFact], field: Field, programmes: dict[int, ProgrammeFact]
) -> list[Finding]:
    """Compare the land of the year, with these entries, with the confirmed register of each village."""
    grown = {key: more for key, more in _growth(prospective, field).items() if more > 0}
    codes = {code for code, _ in grown}
    confirmed, names = evidence.confirmed_mu(codes), evidence.place_names(codes)
    generals = {(one.division_code, one.year): one.id for one in programmes.values() if one.is_general}
    counted = evidence.counted_mu(set(generals.values()), codes)
    found = []
    for (code, year), more in sorted(grown.items()):
        before = counted.get((generals.get((county_of(code), year), 0), code), 0)
        register = confirmed.get(code, Mu(0))
        if before + more > register:
            found.append(register_finding(names[code], Mu(before + more), register, year=year))
    return found


def _growth(prospective: Sequence[EntryFact], field: Field) -> dict[tuple[str, int], int]:
    """Return by how much the land counted in each village and year grows by entries."""
    added: dict[int, list[EntryFact]] = defaultdict(list)
    for entry in prospective:
        added[entry.parcel_id].append(entry)
    known = ledger.counts_on(added)
    grown: dict[tuple[str, int], int] = defaultdict(int)
    for parcel_id, entries in added.items():
        basis, code = field.land[parcel_id]
        kept = {season: one.basis_area for (_, season), (_, one) in known.get(parcel_id, {}).items()}
        standing = field.entries[parcel_id]
        for year in {field.seasons[entry.season_id].year for entry in entries}:
            land = _Land(parcel_id, year, basis, kept)
            grown[code, year] += _land_of_year([*standing, *entries], land, field)
            grown[code, year] -= _land_of_year(standing, land, field)
    return grown


class _Land(NamedTuple):
    parcel_id: int
    year: int
    basis: Mu
    kept: dict[int, Mu]


def _land_of_year(entries: Sequence[EntryFact], land: _Land, field: Field) -> int:
    """Return the land of a parcel that entries work in a year, each mu once."""
    by_season: dict[int, list[EntryFact]] = defaultdict(list)
    for entry in entries:
        if entry.season_id in field.seasons and field.seasons[entry.season_id].year == land.year:
            by_season[entry.season_id].append(entry)
    counts = []
    for season_id, rows in sorted(by_season.items()):
        basis = land.kept.get(season_id, land.basis)
        parts = field.lineage.land(land.parcel_id, land.year, basis)
        works = [work_of(row, field.kinds) for row in rows]
        counts.append(count(works, land=parts, scale=Scale(weights={}), required={}))
    return sum(physical for physical, _ in over_the_year(counts))
