"""The parcels of a village for the map, as far as a person may see the work of the season."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coop.catalogue.models import Link
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.filters import LIVING
from coop.parcels.models import Parcel, ParcelOutline
from coop.seasons.queries.board import visible_to
from coop.seasons.rules.map import Plot, PlotState
from coop.seasons.rules.terms import SeasonPermission
from foundation.access.grants import Viewer
from foundation.access.scope import within
from foundation.database.engine import db


def villages(viewer: Viewer, season_id: int) -> Sequence[str]:
    """Return the villages that have orders of a season in sight, by code."""
    statement = (
        select(WorkOrder.division_code)
        .where(WorkOrder.season_id == season_id, WorkOrder.cancelled_at.is_(None), visible_to(viewer))
        .distinct()
    )
    return db.session.scalars(statement.order_by(WorkOrder.division_code)).all()


def links_of(viewer: Viewer, season_id: int, village: str) -> Sequence[Link]:
    """Return the links that are ordered in a village in a season, in their order."""
    ordered = select(WorkOrder.link_id).where(
        WorkOrder.season_id == season_id,
        WorkOrder.division_code == village,
        WorkOrder.cancelled_at.is_(None),
        visible_to(viewer),
    )
    return db.session.scalars(select(Link).where(Link.id.in_(ordered)).order_by(Link.code)).all()


def plots(viewer: Viewer, season_id: int, link_id: int, village: str, on: date) -> list[Plot]:
    """Return the parcels of a village with the latest pass of a link, then those with an outline alone."""
    lines = _latest(viewer, season_id, link_id, village)
    bare = _bare(viewer, village, {line.parcel_id for line in lines})
    outlined = _outlined({line.parcel_id for line in lines})
    found = [
        Plot(
            number=number,
            parcel_id=line.parcel_id,
            code=line.parcel.code,
            name=line.parcel.name,
            holder=line.household.head_name,
            area=line.parcel.area,
            state=PlotState[line.state(line.order.ends_on, on).name],
            has_outline=line.parcel_id in outlined,
            pass_number=line.pass_number,
            planned=line.planned_area,
            done=line.done_area,
            accepted=line.accepted_area,
            order_id=line.order_id,
            order_number=line.order.number,
        )
        for number, line in enumerate(lines, 1)
    ]
    return found + [_plot(parcel, number) for number, parcel in enumerate(bare, len(found) + 1)]


def _latest(viewer: Viewer, season_id: int, link_id: int, village: str) -> Sequence[OrderLine]:
    """Return one living line for each parcel: that of its last pass."""
    statement = (
        select(OrderLine)
        .join(OrderLine.order)
        .join(OrderLine.parcel)
        .where(
            OrderLine.season_id == season_id,
            OrderLine.link_id == link_id,
            OrderLine.division_code == village,
            LIVING,
            visible_to(viewer),
        )
        .options(joinedload(OrderLine.order), joinedload(OrderLine.parcel), joinedload(OrderLine.household))
        .order_by(OrderLine.pass_number)
    )
    latest = {line.parcel_id: line for line in db.session.scalars(statement)}
    return sorted(latest.values(), key=lambda line: line.parcel.code)


def _bare(viewer: Viewer, village: str, known: set[int]) -> list[Parcel]:
    statement = (
        select(Parcel)
        .join(ParcelOutline, ParcelOutline.parcel_id == Parcel.id)
        .where(
            within(viewer, SeasonPermission.VIEW, Parcel.division_code),
            Parcel.division_code == village,
            Parcel.closed_on.is_(None),
        )
        .options(joinedload(Parcel.household))
        .order_by(Parcel.code)
    )
    return [parcel for parcel in db.session.scalars(statement) if parcel.id not in known]


def _plot(parcel: Parcel, number: int) -> Plot:
    return Plot(
        number=number,
        parcel_id=parcel.id,
        code=parcel.code,
        name=parcel.name,
        holder=parcel.household.head_name if parcel.household is not None else "",
        area=parcel.area,
        state=PlotState.NONE,
        has_outline=True,
    )


def _outlined(ids: set[int]) -> set[int]:
    statement = select(ParcelOutline.parcel_id).where(ParcelOutline.parcel_id.in_(ids))
    return set(db.session.scalars(statement)) if ids else set()
