"""Readers of mandates; every one of them starts from ``visible_to``."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from coop.households.models import Household
from coop.households.queries import matches as means_household
from coop.households.rules import HouseholdStatus
from coop.mandates.models import Mandate, MandateParcel
from coop.mandates.rules import Authority, MandatePermission, MandateState
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
from foundation.errors import NotFound
from foundation.values.area import Mu
from foundation.values.dates import Period

SORTS = {
    "dated_on": (Mandate.dated_on, Mandate.id),
    "ends_on": (Mandate.ends_on, Mandate.id),
    "area": (Mandate.area, Mandate.id),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    state: MandateState | None = None
    authority: Authority | None = None
    division_code: str = ""
    agent_id: int | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRow:
    """One line of the list."""

    id: int
    number: str
    dated_on: date
    household: str
    agent: str
    authority: Authority
    area: Mu
    starts_on: date
    ends_on: date
    signed_on: date | None
    state: MandateState


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a mandate lies where ``viewer`` may see mandates of its day."""
    return within(viewer, MandatePermission.VIEW, Mandate.division_code, Mandate.dated_on)


def in_state(state: MandateState, on: date) -> ColumnElement[bool]:
    """Return the condition that a mandate stands in ``state``: the same derivation as ``rules``."""
    m = Mandate
    held = or_(m.revoked_on.is_(None), m.revoked_on > on)
    signed = and_(held, m.signed_on.is_not(None))
    conditions = {
        MandateState.REVOKED: m.revoked_on <= on,
        MandateState.UNSIGNED: and_(held, m.signed_on.is_(None)),
        MandateState.FUTURE: and_(signed, m.starts_on > on),
        MandateState.IN_FORCE: and_(signed, m.starts_on <= on, m.ends_on >= on),
        MandateState.EXPIRED: and_(signed, m.ends_on < on),
    }
    return conditions[state]


def conditions(viewer: Viewer, asked: MandateFilter, on: date) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export, a print run or a picker of mandates must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        people = select(Household.id).where(means_household(asked.text))
        found.append(or_(Mandate.number == asked.text.strip(), Mandate.household_id.in_(people)))
    if asked.state:
        found.append(in_state(asked.state, on))
    if asked.authority:
        found.append(Mandate.authority == asked.authority)
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Mandate.division_code >= lower, Mandate.division_code < upper))
    if asked.agent_id:
        found.append(Mandate.agent_id == asked.agent_id)
    if asked.ids:
        found.append(Mandate.id.in_(asked.ids))
    return found


def _asked(viewer: Viewer, asked: MandateFilter, on: date) -> Select[Mandate]:
    parties = joinedload(Mandate.household), joinedload(Mandate.agent)
    return select(Mandate).where(*conditions(viewer, asked, on)).options(*parties)


def page(viewer: Viewer, asked: MandateFilter, order: tuple[str, bool], cut: Cut, on: date) -> Page:
    """Return one page of the list with the mu of everything asked for."""
    key, descending = order
    sort = Sort(columns=SORTS[key], descending=descending)
    found = fetch_page(db.session(), _asked(viewer, asked, on), sort, cut, {"area": Mandate.area})
    return replace(found, rows=rows_of(found.rows, on))


def _held(viewer: Viewer, permission: MandatePermission) -> ColumnElement[bool]:
    return within(viewer, permission, Mandate.division_code, Mandate.dated_on)


def stream(
    viewer: Viewer, asked: MandateFilter, on: date, permission: MandatePermission
) -> Iterator[MandateRow]:
    """Yield every mandate asked for where ``viewer`` also holds ``permission``, newest first."""
    held = _asked(viewer, asked, on).where(_held(viewer, permission))
    ordered = held.order_by(Mandate.dated_on.desc(), Mandate.id.desc())
    for part in db.session.scalars(ordered, execution_options={"yield_per": 500}).partitions():
        yield from rows_of(part, on)


def ids(viewer: Viewer, asked: MandateFilter, on: date, permission: MandatePermission) -> list[int]:
    """Return the ids of every mandate asked for where ``viewer`` also holds ``permission``, by village."""
    statement = select(Mandate.id).where(_held(viewer, permission), *conditions(viewer, asked, on))
    return list(db.session.scalars(statement.order_by(Mandate.division_code, Mandate.id)))


def rows_of(mandates: Sequence[Any], on: date) -> list[MandateRow]:
    """Return mandates whose parties are loaded as lines of the list."""
    villages = paths({mandate.household.division_code for mandate in mandates})
    return [
        MandateRow(
            id=mandate.id,
            number=mandate.number,
            dated_on=mandate.dated_on,
            household=str(mandate.household.label(villages[mandate.household.division_code].name)),
            agent=mandate.agent.name,
            authority=mandate.authority,
            area=mandate.area,
            starts_on=mandate.starts_on,
            ends_on=mandate.ends_on,
            signed_on=mandate.signed_on,
            state=mandate.state(on),
        )
        for mandate in mandates
    ]


def _whole() -> Select[Mandate]:
    return select(Mandate).options(
        joinedload(Mandate.household),
        joinedload(Mandate.agent),
        selectinload(Mandate.parcels).joinedload(MandateParcel.parcel),
    )


def get(viewer: Viewer, mandate_id: int) -> Mandate:
    """Return one whole mandate, or raise ``NotFound``."""
    found = db.session.scalar(_whole().where(Mandate.id == mandate_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def get_many(viewer: Viewer, mandate_ids: Sequence[int]) -> list[Mandate]:
    """Return whole mandates in the order of their ids; those out of sight are left out."""
    statement = _whole().where(Mandate.id.in_(mandate_ids), visible_to(viewer)).order_by(Mandate.id)
    return list(db.session.scalars(statement))


def reload(mandate_ids: Collection[int]) -> Sequence[Mandate]:
    """Return whole mandates as the database now has them, for services that already decided who may."""
    statement = _whole().where(Mandate.id.in_(mandate_ids))
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()


def can_see(viewer: Viewer, mandate_id: int) -> bool:
    """Tell whether ``viewer`` may see a mandate, for its files."""
    statement = select(Mandate.id).where(Mandate.id == mandate_id, visible_to(viewer))
    return db.session.scalar(statement) is not None


def valid_for(household_ids: Collection[int], agent_id: int, days: Period) -> dict[int, Mandate]:
    """Return the mandate under which ``agent_id`` may sign for each household on all of ``days``.

    Of several the latest counts; households without one are absent. One query.
    """
    statement = (
        select(Mandate)
        .where(
            Mandate.household_id.in_(household_ids),
            Mandate.agent_id == agent_id,
            Mandate.authority == Authority.SIGN,
            Mandate.signed_on.is_not(None),
            Mandate.starts_on <= days.start,
            Mandate.ends_on >= days.end,
        )
        .order_by(Mandate.id)
    )
    return {
        mandate.household_id: mandate
        for mandate in db.session.scalars(statement)
        if mandate.term.is_valid_for(days)
    }


def of_household(viewer: Viewer, household_id: int) -> Sequence[Mandate]:
    """Return the mandates that a household gave, newest first."""
    statement = select(Mandate).where(Mandate.household_id == household_id, visible_to(viewer))
    return db.session.scalars(statement.options(joinedload(Mandate.agent)).order_by(Mandate.id.desc())).all()


def agents(viewer: Viewer) -> Sequence[Organisation]:
    """Return the organisations that are agents of mandates in sight, for the query bar."""
    used = select(Mandate.agent_id).where(visible_to(viewer))
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(used)).order_by(Organisation.name)
    ).all()


def without_mandate(viewer: Viewer, division_code: str, starts_on: date, ends_on: date) -> list[int]:
    """Return the active households of a division that hold land and gave no mandate for any of these days."""
    lower, upper = code_bounds(division_code)
    given = select(Mandate.household_id).where(
        Mandate.revoked_on.is_(None), Mandate.starts_on <= ends_on, Mandate.ends_on >= starts_on
    )
    landed = select(Parcel.household_id).where(Parcel.closed_on.is_(None), Parcel.household_id.is_not(None))
    statement = select(Household.id).where(
        within(viewer, MandatePermission.EDIT, Household.division_code),
        Household.division_code >= lower,
        Household.division_code < upper,
        Household.status == HouseholdStatus.ACTIVE,
        Household.id.not_in(given),
        Household.id.in_(landed),
    )
    ordered = statement.order_by(Household.division_code, Household.group_number, Household.id)
    return list(db.session.scalars(ordered))
