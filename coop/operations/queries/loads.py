"""What villages, machines, drivers and clerks are already said to have done, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, case, func, select

from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries.facts import LIVING
from coop.operations.rules.facts import HasteFact, MachineFact, OperatorFact, VillageFact
from coop.operations.rules.work_checks import HASTE_DAYS
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.values.area import Mu

STANDING = WorkReport.undone_at.is_(None)


def village_facts(
    codes: Collection[str], season_id: int, totals: Mapping[int, Mu], villages: Mapping[int, str]
) -> tuple[VillageFact, ...]:
    """Return these villages with what they have and what was worked of it in the season.

    ``totals`` is what the reported parcels come to now, ``villages`` where each of them lies.
    """
    confirmed, worked = _confirmed(codes), _worked(codes, season_id)
    basis = _basis(totals)
    before = _worked_parcels(totals, season_id)
    for parcel_id, total in totals.items():
        now = min(total, basis[parcel_id])
        worked[villages[parcel_id]] += max(0, now - before.get(parcel_id, 0))
    names = paths(codes)
    return tuple(
        VillageFact(
            name=names[code].short, confirmed=Mu(confirmed.get(code, 0)), worked=Mu(worked.get(code, 0))
        )
        for code in sorted(codes)
    )


def _basis(parcel_ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(select(Parcel.id, Parcel.area).where(Parcel.id.in_(parcel_ids)))
    return {parcel_id: int(area) for parcel_id, area in rows}


def _confirmed(codes: Collection[str]) -> dict[str, int]:
    statement = (
        select(Parcel.division_code, func.sum(Parcel.area))
        .where(Parcel.division_code.in_(codes), Parcel.closed_on.is_(None), Parcel.is_confirmed)
        .group_by(Parcel.division_code)
    )
    return {code: int(area) for code, area in db.session.execute(statement)}


_PHYSICAL = func.max(
    case((OrderLine.done_area < OrderLine.basis_area, OrderLine.done_area), else_=OrderLine.basis_area)
)


def _worked(codes: Collection[str], season_id: int) -> defaultdict[str, int]:
    parcels = (
        select(OrderLine.division_code.label("code"), _PHYSICAL.label("area"))
        .where(OrderLine.season_id == season_id, OrderLine.division_code.in_(codes), LIVING)
        .group_by(OrderLine.division_code, OrderLine.parcel_id)
        .subquery()
    )
    sums = select(parcels.c.code, func.sum(parcels.c.area)).group_by(parcels.c.code)
    return defaultdict(int, {code: int(area) for code, area in db.session.execute(sums)})


def _worked_parcels(parcel_ids: Collection[int], season_id: int) -> dict[int, int]:
    statement = (
        select(OrderLine.parcel_id, _PHYSICAL)
        .where(OrderLine.parcel_id.in_(parcel_ids), OrderLine.season_id == season_id, LIVING)
        .group_by(OrderLine.parcel_id)
    )
    return {parcel_id: int(area) for parcel_id, area in db.session.execute(statement)}


def machine_facts(
    machine_ids: Collection[int], days: Collection[date], provider_id: int | None = None
) -> dict[int, MachineFact]:
    """Return machines with what standing reports say they did on these days; whose, if one provider asks."""
    if not machine_ids:
        return {}
    statement = (
        select(WorkReport.machine_id, WorkReport.worked_on, func.sum(WorkReport.area))
        .where(WorkReport.machine_id.in_(machine_ids), WorkReport.worked_on.in_(days), STANDING)
        .group_by(WorkReport.machine_id, WorkReport.worked_on)
    )
    done: dict[int, dict[date, Mu]] = defaultdict(dict)
    for machine_id, day, area in db.session.execute(statement):
        done[machine_id or 0][day] = Mu(int(area))
    return {
        row.id: MachineFact(
            label=machine_label(row),
            daily_capacity=row.daily_capacity,
            licensed_until=row.licensed_until,
            is_ours=provider_id in (None, row.provider_id),
            done=done.get(row.id, {}),
        )
        for row in db.session.scalars(select(Machine).where(Machine.id.in_(machine_ids)))
    }


def machine_label(machine: Machine) -> str:
    """Return what a machine is called: its kind, model and plate."""
    return f"{machine.kind.label} {machine.model}" + (f"（{machine.plate}）" if machine.plate else "")


def operator_facts(operator_ids: Collection[int], provider_id: int | None = None) -> dict[int, OperatorFact]:
    """Return drivers with their licences."""
    rows = db.session.scalars(select(Operator).where(Operator.id.in_(operator_ids)))
    return {
        row.id: OperatorFact(
            label=row.name,
            licensed_from=row.licensed_from,
            licensed_until=row.licensed_until,
            is_ours=provider_id in (None, row.provider_id),
        )
        for row in rows
    }


def haste_fact(viewer: Viewer, order: WorkOrder, deadline: date, today: date) -> HasteFact | None:
    """Return how much a person has entered since shortly before the deadline; nothing before that."""
    since = deadline - timedelta(days=HASTE_DAYS)
    if today < since:
        return None
    begin = datetime.combine(since, time.min, tzinfo=CHINA)
    statement = (
        select(func.count(WorkReport.line_id.distinct()), func.coalesce(func.sum(WorkReport.area), 0))
        .join(OrderLine, and_(OrderLine.id == WorkReport.line_id, OrderLine.season_id == order.season_id))
        .where(WorkReport.reporter_id == viewer.account_id, WorkReport.reported_at >= begin, STANDING)
    )
    lines, area = db.session.execute(statement).one()
    return HasteFact(person=viewer.name, since=since, lines=lines, area=Mu(int(area)))
