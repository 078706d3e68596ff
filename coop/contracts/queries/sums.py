"""Sums over contracts for the worktable, each in one statement; service and entrustment stay apart."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, extract, func, or_, select

from coop.contracts.models import Contract
from coop.contracts.queries.listing import visible_to
from coop.contracts.rules.life import ContractState
from coop.contracts.rules.terms import ContractNature
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu

NONE = Mu(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSum:
    """How many contracts there are and what they cover; the two areas are never one figure."""

    count: int = 0
    service: Mu = NONE
    entrustment: Mu = NONE


AREAS = tuple(func.sum(case((Contract.nature == nature, Contract.area))) for nature in ContractNature)
STATES = {state.value: state for state in ContractState}


def signed_by_month(viewer: Viewer, year: int) -> dict[int, AreaSum]:
    """Return what was signed in the months of a year and not declared void since, by month."""
    month = extract("month", Contract.signed_on)
    statement = (
        select(month, func.count(), *AREAS)
        .where(
            visible_to(viewer),
            Contract.signed_on.between(date(year, 1, 1), date(year, 12, 31)),
            Contract.voided_at.is_(None),
        )
        .group_by(month)
    )
    return {int(row[0]): _sum(*row[1:]) for row in db.session.execute(statement)}


def by_state(viewer: Viewer, on: date) -> dict[ContractState, AreaSum]:
    """Return what stands in each state on a day; states without a contract are left out."""
    rows = (
        select(_standing(on).label("state"), Contract.nature, Contract.area)
        .where(visible_to(viewer))
        .subquery()
    )
    areas = (func.sum(case((rows.c.nature == nature, rows.c.area))) for nature in ContractNature)
    statement = select(rows.c.state, func.count(), *areas).group_by(rows.c.state)
    return {STATES[row[0]]: _sum(*row[1:]) for row in db.session.execute(statement)}


def _sum(count: int, service: Mu | None, entrustment: Mu | None) -> AreaSum:
    return AreaSum(count=count, service=service or NONE, entrustment=entrustment or NONE)


def _standing(on: date) -> ColumnElement[str]:
    """Return the state itself, the question that ``in_state`` answers, in the order of ``rules.life``."""
    c, s = Contract, ContractState
    unsigned = case(
        (c.approved_at.is_not(None), s.APPROVED.value),
        (c.submitted_at.is_not(None), s.SUBMITTED.value),
        (c.returned_at.is_not(None), s.RETURNED.value),
        else_=s.DRAFT.value,
    )
    begun = and_(c.starts_on <= on, func.coalesce(c.effective_on, c.signed_on) <= on)
    return case(
        (c.voided_at.is_not(None), s.VOID.value),
        (c.signed_on.is_(None), unsigned),
        (c.terminated_on <= on, s.TERMINATED.value),
        (or_(c.completed_on.is_not(None), c.ends_on < on), s.COMPLETED.value),
        (begun, s.IN_FORCE.value),
        else_=s.SIGNED.value,
    )
