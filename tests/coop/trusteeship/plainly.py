"""The ledger counted again in the plainest way from its entries, sharing nothing with the code under test
but where the parts of a merged parcel lie.
"""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from coop.catalogue.models import CropSeason, Link, RequiredLink
from coop.households.models import Household
from coop.operations.models import OrderLine
from coop.programmes.models import Coefficient, CoefficientVersion, Programme
from coop.programmes.rules import ProgrammeKind
from coop.trusteeship.models import AcreageEntry, AcreageSummary, ParcelCount
from coop.trusteeship.queries.ledger import lineage_around
from foundation.database.engine import db

FIGURES = [
    column.key
    for column in AcreageSummary.__table__.columns
    if column.key not in ("programme_id", "season_key", "code", "digits")
]
Row = tuple[int, int, str]


def kept_summary() -> dict[Row, dict[str, int]]:
    """The summary as the database has it."""
    rows = db.session.execute(select(AcreageSummary.__table__)).mappings()
    return {
        (row["programme_id"], row["season_key"], row["code"]): {name: row[name] for name in FIGURES}
        for row in rows
    }


def counted_summary() -> dict[Row, dict[str, int]]:
    """The summary as it must be by the standing entries."""
    db.session.flush()
    found: dict[Row, dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
    for programme in db.session.scalars(select(Programme)):
        _add(found, programme)
    return dict(found)


def _add(found: dict[Row, dict[str, int]], programme: Programme) -> None:
    parcels = _parcels(programme)
    holdings: dict[str, int] = defaultdict(int)
    for one in parcels.values():
        holdings[one["holder"]] += one["year"]["physical"]
    households: dict[Row, set[str]] = defaultdict(set)
    for one in parcels.values():
        is_small = holdings[one["holder"]] < programme.large_from
        for season_key, figures in [*one["seasons"].items(), (0, one["year"])]:
            for digits in (2, 4, 6, 9, 12):
                key = programme.id, season_key, one["code"][:digits].ljust(12, "0")
                row = found[key]
                row["parcels"] += 1
                for name, figure in figures.items():
                    row[name] += figure
                if is_small:
                    row["physical_small"] += figures["physical"]
                    row["weighted_small"] += figures["weighted"]
                if one["holder"] not in households[key]:
                    households[key].add(one["holder"])
                    row["small_households" if is_small else "large_households"] += 1


def _parcels(programme: Programme) -> dict[int, dict[str, Any]]:
    """Every parcel that a programme counts: whose, where, its figures by season and for the year."""
    by_parcel: dict[int, list[AcreageEntry]] = defaultdict(list)
    entries = select(AcreageEntry).where(AcreageEntry.struck_at.is_(None)).order_by(AcreageEntry.id)
    seasons = {season.id: season for season in db.session.scalars(select(CropSeason))}
    for entry in db.session.scalars(entries.execution_options(populate_existing=True)):
        if programme.kind is ProgrammeKind.GENERAL:
            is_here = entry.division_code[:6] == programme.division_code[:6]
            is_counted = is_here and seasons[entry.season_id].year == programme.year
        else:
            is_counted = entry.programme_id == programme.id
        if is_counted:
            by_parcel[entry.parcel_id].append(entry)
    return {parcel: _parcel(programme, parcel, rows, seasons) for parcel, rows in by_parcel.items()}


def _parcel(
    programme: Programme, parcel_id: int, entries: list[AcreageEntry], seasons: dict[int, CropSeason]
) -> dict[str, Any]:
    first = min(entries, key=lambda entry: (entry.worked_on, entry.line_id, entry.id))
    household = db.session.get_one(Household, first.household_id)
    holder = household.id_index.hex() if household.id_index else f"h{household.id}"
    figures: dict[int, dict[str, int]] = {}
    land: dict[str, dict[int, int]] = {"physical": {}, "whole": {}, "physical_entrusted": {}}
    for season_id in {entry.season_id for entry in entries}:
        mine = [entry for entry in entries if entry.season_id == season_id]
        figures[season_id], parts = _season(programme, parcel_id, seasons[season_id], mine)
        is_entrusted = any(entry.is_entrusted for entry in mine)
        for part, (physical, whole) in parts.items():
            for name, mu in (
                ("physical", physical),
                ("whole", whole),
                ("physical_entrusted", physical if is_entrusted else 0),
            ):
                land[name][part] = max(land[name].get(part, 0), mu)
    names = next(iter(figures.values()))
    year = {name: sum(one[name] for one in figures.values()) for name in names}
    year |= {name: sum(parts.values()) for name, parts in land.items()}
    return {"holder": holder, "code": first.division_code, "seasons": figures, "year": year}


def _season(
    programme: Programme, parcel_id: int, season: CropSeason, entries: list[AcreageEntry]
) -> tuple[dict[str, int], dict[int, tuple[int, int]]]:
    count = db.session.execute(
        select(ParcelCount.basis_area, ParcelCount.version_id).where(
            ParcelCount.programme_id == programme.id,
            ParcelCount.season_id == season.id,
            ParcelCount.parcel_id == parcel_id,
        )
    ).one()
    kinds = dict(db.session.execute(select(Link.id, Link.kind)).all())
    parts = lineage_around([parcel_id]).land(parcel_id, season.year, count.basis_area)
    weights = _weights(count.version_id, season.crop_id)
    required = _required(season)
    figures = dict.fromkeys(
        [name for name in FIGURES if not name.endswith(("_small", "households", "parcels"))], 0
    )
    land: dict[int, tuple[int, int]] = {}
    exact = Fraction(0)
    money: dict[int, int] = defaultdict(int)
    for part, size in parts.items():
        passes: dict[int, list[int]] = defaultdict(list)
        for entry in entries:
            if entry.part == part:
                passes[entry.link_id].append(min(entry.area, size))
        for areas in passes.values():
            areas.sort(reverse=True)
        if not passes:
            continue
        for kind, name in (
            ("till", "tilled"),
            ("sow", "sown"),
            ("protect", "protected"),
            ("harvest", "harvested"),
        ):
            figures[name] += max(
                (areas[0] for link, areas in passes.items() if kinds[link] == kind), default=0
            )
        physical = max(areas[0] for areas in passes.values())
        done = [
            passes[link][times - 1] if len(passes[link]) >= times else 0 for link, times in required.items()
        ]
        whole = min(done) if done else 0
        land[part] = physical, whole
        figures["physical"] += physical
        figures["whole"] += whole
        for link, (weight, rate) in weights.items():
            weighed = sum(passes[link]) if programme.weighs_every_pass else max(passes[link], default=0)
            exact += Fraction(weight * weighed, 10_000)
            money[link] += (rate or 0) * weighed
    figures["weighted"] = min(figures["physical"], _half_up(exact))
    figures["subsidy"] = sum(_half_up(Fraction(fen, 100)) for fen in money.values())
    figures["mu_times"] = sum(entry.area for entry in entries)
    figures["deemed_times"] = sum(entry.area for entry in entries if entry.is_deemed)
    figures["protected_times"] = sum(entry.area for entry in entries if kinds[entry.link_id] == "protect")
    figures["income"] = sum(entry.income for entry in entries)
    if any(entry.is_entrusted for entry in entries):
        figures["physical_entrusted"] = figures["physical"]
    return figures, land


def _weights(version_id: int, crop_id: int) -> dict[int, tuple[int, int | None]]:
    version = db.session.get_one(CoefficientVersion, version_id)
    found: dict[int, tuple[int, int | None]] = {}
    rows = list(db.session.scalars(select(Coefficient).where(Coefficient.version_id == version.id)))
    for row in [one for one in rows if one.crop_id is None] + [one for one in rows if one.crop_id == crop_id]:
        found[row.link_id] = row.weight, row.rate
    return found


def _required(season: CropSeason) -> dict[int, int]:
    rows = list(db.session.scalars(select(RequiredLink).where(RequiredLink.crop_id == season.crop_id)))
    own = [row for row in rows if row.season_id == season.id]
    return {row.link_id: row.passes for row in own or [row for row in rows if row.season_id is None]}


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def lines_out_of_step() -> list[tuple[int, int, int]]:
    """Lines whose standing entries are not what was accepted."""
    standing: dict[int, int] = defaultdict(int)
    for line_id, area in db.session.execute(
        select(AcreageEntry.line_id, AcreageEntry.area).where(AcreageEntry.struck_at.is_(None))
    ):
        standing[line_id] += area
    return [
        (line_id, accepted or 0, standing[line_id])
        for line_id, accepted in db.session.execute(select(OrderLine.id, OrderLine.accepted_area))
        if (accepted or 0) != standing[line_id]
    ]


def check() -> None:
    """Demand that the ledger is what its entries come to, and that no mu counts twice."""
    assert lines_out_of_step() == []
    kept, counted = kept_summary(), counted_summary()
    assert kept == counted
    for count in db.session.execute(select(ParcelCount.__table__)).mappings():
        assert count["weighted"] <= count["physical"] <= count["basis_area"]
        assert count["whole"] <= count["physical"]
    standing = select(
        AcreageEntry.parcel_id,
        AcreageEntry.season_id,
        AcreageEntry.link_id,
        AcreageEntry.pass_number,
        AcreageEntry.part,
    ).where(AcreageEntry.struck_at.is_(None))
    keys = [tuple(row) for row in db.session.execute(standing)]
    assert len(keys) == len(set(keys))
