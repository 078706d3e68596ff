"""Where the land of a parcel went when it was split or merged, and where it came from."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from coop.parcels.models import Parcel, ParcelLineage
from coop.parcels.rules import LandShare, shares_after
from foundation.database.engine import db
from foundation.values.area import Mu

CHUNK = 500


def successors(ids: Collection[int]) -> dict[int, tuple[LandShare, ...]]:
    """Return where the land of each parcel lies today: living parcels with exact shares.

    A living parcel is its own successor with its settlement area. Of parcels asked together no successor
    receives more than it holds, unless it was measured anew. Land that went into a parcel that is no
    more and has no successor (a road was built over it) is left out.
    """
    lineage = _steps(ids, ParcelLineage.from_id, ParcelLineage.to_id)
    onward: dict[int, list[LandShare]] = {}
    for step in lineage:
        onward.setdefault(step.from_id, []).append(step)
    known = _facts({*ids, *(step.to_id for step in lineage)})
    areas = {one: known[one][0] for one in ids if one in known}
    return {
        one: tuple(share for share in shares if known[share.to_id][1])
        for one, shares in shares_after(areas, onward).items()
    }


def descendants(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return every parcel that land of each of these went into, directly or not, living or not."""
    return _reached(ids, _steps(ids, ParcelLineage.from_id, ParcelLineage.to_id), forward=True)


def ancestors(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return every parcel that land of each of these came from, directly or not."""
    return _reached(ids, _steps(ids, ParcelLineage.to_id, ParcelLineage.from_id), forward=False)


def kin(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return the parcels that share land with each of these at some time: itself, ancestors, descendants."""
    before, after = ancestors(ids), descendants(ids)
    return {one: frozenset({one}) | before[one] | after[one] for one in ids}


def heirs_of(parcel_id: int) -> Sequence[tuple[Parcel, LandShare]]:
    """Return the parcels that a parcel was split or merged into, with its share in each, by code."""
    return _relatives(ParcelLineage.to_id, ParcelLineage.from_id == parcel_id)


def sources_of(parcel_id: int) -> Sequence[tuple[Parcel, LandShare]]:
    """Return the parcels that a parcel was made from, with what each of them gave, by code."""
    return _relatives(ParcelLineage.from_id, ParcelLineage.to_id == parcel_id)


def _relatives(
    other: InstrumentedAttribute[int], where: ColumnElement[bool]
) -> Sequence[tuple[Parcel, LandShare]]:
    statement = select(Parcel, ParcelLineage).join(ParcelLineage, other == Parcel.id).where(where)
    rows = db.session.execute(statement.order_by(Parcel.code)).all()
    return [(parcel, LandShare(row.from_id, row.to_id, row.area)) for parcel, row in rows]


def _steps(
    ids: Collection[int], leaving: InstrumentedAttribute[int], reaching: InstrumentedAttribute[int]
) -> list[LandShare]:
    """Return every step of land on the way from these parcels, one query for each generation."""
    found: list[LandShare] = []
    seen, front = set(ids), set(ids)
    while front:
        rows: list[ParcelLineage] = []
        ordered = sorted(front)
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            rows += db.session.scalars(
                select(ParcelLineage).where(leaving.in_(chunk)).order_by(ParcelLineage.id)
            )
        found += [LandShare(row.from_id, row.to_id, row.area) for row in rows]
        front = {getattr(row, reaching.key) for row in rows} - seen
        seen |= front
    return found


def _reached(ids: Collection[int], steps: Sequence[LandShare], *, forward: bool) -> dict[int, frozenset[int]]:
    links: dict[int, set[int]] = {}
    for step in steps:
        here, there = (step.from_id, step.to_id) if forward else (step.to_id, step.from_id)
        links.setdefault(here, set()).add(there)
    found = {}
    for one in ids:
        reached, front = set[int](), links.get(one, set())
        while front:
            reached |= front
            front = {there for here in front for there in links.get(here, ())} - reached
        found[one] = frozenset(reached)
    return found


def _facts(ids: Collection[int]) -> dict[int, tuple[Mu, bool]]:
    """Return the settlement area of parcels and whether they are living."""
    found: dict[int, tuple[Mu, bool]] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        asked = select(Parcel.id, Parcel.area, Parcel.closed_on).where(Parcel.id.in_(chunk))
        found |= {key: (area, closed_on is None) for key, area, closed_on in db.session.execute(asked)}
    return found
