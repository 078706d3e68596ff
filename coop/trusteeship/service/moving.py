"""Following the land: what is counted goes along when parcels are split, merged or measured anew."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from coop.parcels.rules import LandShare
from coop.trusteeship.models import AcreageEntry
from coop.trusteeship.queries import ledger
from coop.trusteeship.rules.carrying import Lineage, Step, shared_out
from coop.trusteeship.rules.ledger import Kept
from coop.trusteeship.service.entering import strike_entries
from coop.trusteeship.service.keeping import KeptCounts, keep, lock_counties
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.money import allocate

CARRIED = "地块分割或合并，转入现有地块"
COPIED = tuple(
    column.key
    for column in AcreageEntry.__table__.columns
    if column.key not in {"id", "struck_at", "struck_reason", "carried_from_id"}
)


def relocated(shares: Sequence[LandShare], *, on: date, now: datetime) -> None:
    """Carry the entries of a split or merger to where the land lies; those of earlier years stay."""
    sources = {share.from_id for share in shares}
    touched = sources | {share.to_id for share in shares}
    land = ledger.land_of(touched)
    lock_counties({code for _, code in land.values()})
    seasons = ledger.seasons()
    new = [Step(share.from_id, share.to_id, share.area, on.year) for share in shares]
    lineage = ledger.lineage_around(touched, new)
    moved: list[dict[str, Any]] = []
    for entry in _entries_on(sources):
        year = seasons[entry["season_id"]].year
        moved += _carried(entry, lineage, year, land, now)
    if not moved:
        return
    inherited = _inherited(sources, lineage, {one: each.year for one, each in seasons.items()})
    strike_entries({row["carried_from_id"] for row in moved}, reason=CARRIED, now=now)
    db.session.execute(insert(AcreageEntry), moved)

    def kept(parcel_id: int, counts: KeptCounts) -> KeptCounts:
        return inherited.get(parcel_id, {}) | counts

    keep(touched, now=now, kept=kept)


def resized(parcel_ids: Sequence[int], *, on: date, now: datetime) -> None:
    """Let counts of seasons that had not ended by ``on`` follow the parcel; older ones keep their basis."""
    land = ledger.land_of(parcel_ids)
    lock_counties({code for _, code in land.values()})
    seasons = ledger.seasons()

    def kept(_parcel_id: int, counts: KeptCounts) -> KeptCounts:
        return {
            key: one if seasons[key[1]].ends_on < on else one._replace(basis_area=None)
            for key, one in counts.items()
        }

    keep(parcel_ids, now=now, kept=kept)


def _entries_on(parcel_ids: set[int]) -> list[dict[str, Any]]:
    columns = [getattr(AcreageEntry, name) for name in ("id", *COPIED)]
    found: list[dict[str, Any]] = []
    for chunk in ledger.chunks(parcel_ids):
        asked = select(*columns).where(AcreageEntry.parcel_id.in_(chunk), ledger.STANDING)
        found += map(dict, db.session.execute(asked.order_by(AcreageEntry.id)).mappings())
    return found


def _carried(
    entry: dict[str, Any], lineage: Lineage, year: int, land: dict[int, Any], now: datetime
) -> list[dict[str, Any]]:
    """Return what an entry becomes in the successors of its parcel; nothing when its year does not follow."""
    places = lineage.next_places(entry["parcel_id"], entry["part"], year)
    return [
        {
            **{name: entry[name] for name in COPIED},
            "parcel_id": share.place.parcel_id,
            "part": share.place.part,
            "area": share.area,
            "income": share.income,
            "division_code": land[share.place.parcel_id][1],
            "entered_at": now,
            "carried_from_id": entry["id"],
        }
        for share in (shared_out(entry["area"], entry["income"], places) if places else ())
    ]


def _inherited(sources: set[int], lineage: Lineage, years: dict[int, int]) -> dict[int, KeptCounts]:
    """Return what successors go on with: the weights and the basis by which the land counted before."""
    counts = ledger.counts_on(sources)
    shares: dict[tuple[int, int, int], int] = {}
    versions: dict[int, dict[tuple[int, int], int]] = {}
    for source, kept in counts.items():
        for (programme_id, season_id), (_, count) in kept.items():
            steps = lineage.out_of(source, years[season_id])
            areas = allocate(count.basis_area, [step.area for step in steps]) if steps else []
            for step, area in zip(steps, areas, strict=True):
                shares[season_id, source, step.to_id] = area
                known = versions.setdefault(step.to_id, {})
                version = known.get((programme_id, season_id), 0)
                known[programme_id, season_id] = max(version, count.version_id)
    return {
        target: {
            (programme_id, season_id): Kept(version, _basis(target, season_id, lineage, years, shares))
            for (programme_id, season_id), version in known.items()
        }
        for target, known in versions.items()
    }


def _basis(
    target: int,
    season_id: int,
    lineage: Lineage,
    years: dict[int, int],
    shares: dict[tuple[int, int, int], int],
) -> Mu:
    """Return a successor's basis in a season: what its sources had there, else the land they gave."""
    steps = lineage.into(target, years[season_id])
    return Mu(sum(shares.get((season_id, step.from_id, target), step.area) for step in steps))
