"""What counting stands on, read in a fixed number of queries and never row by row."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select

from coop.catalogue.models import CropSeason, Link
from coop.catalogue.queries import required_of_seasons
from coop.catalogue.rules import LinkKind
from coop.households.models import Household
from coop.parcels.models import Parcel, ParcelLineage
from coop.programmes.models import Programme
from coop.programmes.queries import rows_of, version_in_force
from coop.programmes.rules import ProgrammeKind
from coop.trusteeship.models import AcreageEntry, ParcelCount
from coop.trusteeship.rules.carrying import Lineage, Step
from coop.trusteeship.rules.ledger import (
    EntryFact,
    Ground,
    Kept,
    ParcelFigures,
    ProgrammeFact,
    SeasonFact,
)
from coop.trusteeship.rules.summing import Counted
from foundation.database.engine import db
from foundation.divisions.rules import county_of
from foundation.values.area import Mu

CHUNK = 2000
"""So many keys in one question; both databases take more, and plan worse."""

STANDING = AcreageEntry.struck_at.is_(None)
ENTRY: tuple[Any, ...] = tuple(getattr(AcreageEntry, name) for name in EntryFact._fields)
FIGURES: tuple[Any, ...] = tuple(getattr(ParcelCount, name) for name in ParcelFigures._fields)
COUNTED: tuple[Any, ...] = tuple(getattr(ParcelCount, name) for name in Counted._fields)
T = TypeVar("T")


def chunks(keys: Iterable[T]) -> Iterator[list[T]]:
    """Yield keys in portions that fit into a question, each once and in order."""
    ordered = sorted(set(keys))  # type: ignore[type-var]
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def standing(condition: ColumnElement[bool]) -> list[EntryFact]:
    """Return standing entries in the order in which they were written."""
    found = select(*ENTRY).where(STANDING, condition).order_by(AcreageEntry.id)
    return [EntryFact._make(row) for row in db.session.execute(found)]


def standing_on(parcel_ids: Collection[int]) -> dict[int, list[EntryFact]]:
    """Return the standing entries of parcels by parcel; a parcel without any has none."""
    found: dict[int, list[EntryFact]] = {parcel_id: [] for parcel_id in parcel_ids}
    for chunk in chunks(parcel_ids):
        for entry in standing(AcreageEntry.parcel_id.in_(chunk)):
            found[entry.parcel_id].append(entry)
    return found


def standing_of(line_ids: Collection[int]) -> list[EntryFact]:
    """Return the standing entries of lines."""
    return [one for chunk in chunks(line_ids) for one in standing(AcreageEntry.line_id.in_(chunk))]


def counts_on(parcel_ids: Collection[int]) -> dict[int, dict[tuple[int, int], tuple[int, ParcelFigures]]]:
    """Return the counts of parcels as they are kept, with their keys, by programme and season."""
    found: dict[int, dict[tuple[int, int], tuple[int, ParcelFigures]]] = defaultdict(dict)
    for chunk in chunks(parcel_ids):
        asked = select(ParcelCount.id, *FIGURES).where(ParcelCount.parcel_id.in_(chunk))
        for count_id, *row in db.session.execute(asked):
            one = ParcelFigures._make(row)
            found[one.parcel_id][one.programme_id, one.season_id] = (count_id, one)
    return found


def kept_of(counts: dict[tuple[int, int], tuple[int, ParcelFigures]]) -> dict[tuple[int, int], Kept]:
    """Return what counts keep from when they were first made."""
    return {key: Kept(one.version_id, one.basis_area) for key, (_, one) in counts.items()}


def counts_of_holders(programme_ids: Collection[int], holders: Collection[str]) -> list[Counted]:
    """Return every count that these programmes have of these holders, wherever the land lies."""
    found: list[Counted] = []
    for chunk in chunks(holders):
        asked = select(*COUNTED).where(
            ParcelCount.programme_id.in_(programme_ids), ParcelCount.holder.in_(chunk)
        )
        found += map(Counted._make, db.session.execute(asked))
    return found


def otherwise_held(holders: Mapping[int, str]) -> set[int]:
    """Return the parcels that households hold under another identity than the one given."""
    found: set[int] = set()
    for chunk in chunks(holders):
        asked = select(ParcelCount.household_id, ParcelCount.holder, ParcelCount.parcel_id)
        rows = db.session.execute(asked.where(ParcelCount.household_id.in_(chunk)).distinct())
        found |= {parcel for household, holder, parcel in rows if holder != holders[household]}
    return found


def counts_by_holder(programme_id: int) -> Iterator[Counted]:
    """Yield all counts of a programme, holder by holder, a few thousand at a time."""
    asked = select(*COUNTED).where(ParcelCount.programme_id == programme_id)
    for row in _streamed(asked.order_by(ParcelCount.holder, ParcelCount.id)):
        yield Counted._make(row)


def _streamed(asked: Select[Any]) -> Iterator[Any]:
    yield from db.session.execute(asked, execution_options={"yield_per": 5000})


def lineage_around(parcel_ids: Collection[int], new: Collection[Step] = ()) -> Lineage:
    """Return every step of land into or out of parcels and their relatives, generation by generation."""
    steps = set(new)
    seen: set[int] = set()
    front = set(parcel_ids)
    while front:
        seen |= front
        for chunk in chunks(front):
            asked = select(ParcelLineage).where(
                or_(ParcelLineage.from_id.in_(chunk), ParcelLineage.to_id.in_(chunk))
            )
            steps |= {
                Step(row.from_id, row.to_id, row.area, row.changed_on.year)
                for row in db.session.scalars(asked)
            }
        front = {one for step in steps for one in (step.from_id, step.to_id)} - seen
    return Lineage(steps)


def programmes() -> dict[int, ProgrammeFact]:
    """Return all programmes as far as counting asks."""
    asked = select(
        Programme.id,
        Programme.division_code,
        Programme.year,
        Programme.kind,
        Programme.weighs_every_pass,
        Programme.large_from,
        Programme.tolerance,
        Programme.name,
    )
    return {
        row[0]: ProgrammeFact._make([*row[:3], row[3] is ProgrammeKind.GENERAL, *row[4:]])
        for row in db.session.execute(asked)
    }


def kinds() -> dict[int, LinkKind]:
    """Return what each link is to production."""
    return dict(db.session.execute(select(Link.id, Link.kind)).all())


def seasons(ids: Collection[int] | None = None) -> dict[int, SeasonFact]:
    """Return crop seasons, all or some."""
    asked = select(CropSeason)
    rows = db.session.scalars(asked if ids is None else asked.where(CropSeason.id.in_(ids)))
    return {row.id: SeasonFact(row.id, row.year, row.crop_id, row.ends_on, row.label) for row in rows}


def holders(household_ids: Collection[int]) -> dict[int, str]:
    """Return by whom land is held: the digest of an identity number, or the household's own key."""
    found: dict[int, str] = {}
    for chunk in chunks(household_ids):
        asked = select(Household.id, Household.id_index).where(Household.id.in_(chunk))
        found |= {one: digest.hex() if digest else f"h{one}" for one, digest in db.session.execute(asked)}
    return found


def land_of(parcel_ids: Collection[int]) -> dict[int, tuple[Mu, str]]:
    """Return the settlement basis and the division of parcels."""
    found: dict[int, tuple[Mu, str]] = {}
    for chunk in chunks(parcel_ids):
        asked = select(Parcel.id, Parcel.area, Parcel.division_code).where(Parcel.id.in_(chunk))
        found |= {one: (area, code) for one, area, code in db.session.execute(asked)}
    return found


def ground_for(
    entries: Sequence[EntryFact],
    kept: Iterable[Kept],
    lineage: Lineage,
    *,
    on: date,
    versions: Mapping[int, int] | None = None,
) -> Ground:
    """Return what the counts of entries stand on; new ones go by ``versions``, else by those of ``on``."""
    known = programmes()
    every = seasons()
    used = {every[entry.season_id] for entry in entries}
    places = {(county_of(entry.division_code), every[entry.season_id].year) for entry in entries}
    counting = {entry.programme_id for entry in entries} | {
        one.id for one in known.values() if one.is_general and (one.division_code, one.year) in places
    }
    given = versions or {}
    fresh = {one: given.get(one) or version_in_force(one, on).id for one in counting}
    parcels = {entry.parcel_id for entry in entries}
    return Ground(
        seasons=every,
        kinds=kinds(),
        programmes=known,
        required=_required({season.id for season in used}),
        versions=fresh,
        weights={one: rows_of(one) for one in {*fresh.values(), *(each.version_id for each in kept)}},
        holders=holders({entry.household_id for entry in entries}),
        basis={parcel_id: area for parcel_id, (area, _) in land_of(parcels).items()},
        lineage=lineage,
    )


def _required(season_ids: Collection[int]) -> dict[int, dict[int, int]]:
    asked = select(CropSeason).where(CropSeason.id.in_(season_ids))
    return required_of_seasons(db.session.scalars(asked).all())
