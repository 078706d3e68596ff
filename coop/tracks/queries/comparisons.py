"""What the standing tracks of orders say of each parcel, beside what was declared."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from coop.operations.models import OrderLine, WorkOrder
from coop.tracks.models import Track, TrackMatch
from coop.tracks.queries import TrackFilter, conditions, visible_to
from coop.tracks.rules.terms import TrackOutcome, TrackPermission
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.divisions.queries import path
from foundation.divisions.rules import DivisionPath
from foundation.values.area import Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the standing tracks of an order say of one parcel, beside what was declared."""

    order_number: str
    village: str
    household: str
    parcel: str
    parcel_code: str
    position: int
    declared: Mu
    swept: Mu
    done: Mu
    outcome: TrackOutcome


def comparisons(viewer: Viewer, asked: TrackFilter, permission: TrackPermission) -> Iterator[Comparison]:
    """Yield, parcel by parcel, the last word of the standing tracks that the filter leaves."""
    chosen = select(Track.id).join(Track.order).where(visible_to(viewer), visible_to(viewer, permission))
    chosen = chosen.where(*conditions(replace(asked, with_undone=False)))
    statement = (
        select(TrackMatch)
        .join(TrackMatch.line)
        .join(OrderLine.order)
        .where(TrackMatch.track_id.in_(chosen))
        .options(
            contains_eager(TrackMatch.line).options(
                joinedload(OrderLine.parcel),
                joinedload(OrderLine.household),
                contains_eager(OrderLine.order),
            )
        )
        .order_by(WorkOrder.id, OrderLine.position, TrackMatch.id)
    )
    found = db.session.scalars(statement, execution_options={"yield_per": 500})
    villages: dict[str, DivisionPath] = {}
    for _line, matches in groupby(found, key=lambda match: match.line_id):
        said = list(matches)
        hits = [match for match in said if match.outcome is not TrackOutcome.OUTSIDE]
        yield _comparison((hits or said)[-1], villages)


def _comparison(match: TrackMatch, villages: dict[str, DivisionPath]) -> Comparison:
    line = match.line
    if line.division_code not in villages:
        villages[line.division_code] = path(line.division_code)
    village = villages[line.division_code]
    return Comparison(
        order_number=line.order.number,
        village=village.short,
        household=str(line.household.label(village.name)),
        parcel=line.parcel.name,
        parcel_code=line.parcel.code,
        position=line.position,
        declared=match.declared,
        swept=match.swept,
        done=line.done_area,
        outcome=match.outcome,
    )
