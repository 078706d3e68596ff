"""Readers of supplementary agreements; who sees the contract's place and day sees them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from coop.amendments.models import Amendment
from coop.amendments.rules.changes import Names
from coop.amendments.rules.life import AmendmentState
from coop.catalogue.models import CropSeason, Link
from coop.contracts.models import Contract
from coop.contracts.queries import means
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.terms import ContractPermission
from coop.households.models import Household
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound

Row = TypeVar("Row", Household, Parcel, Link, CropSeason)

SORTS = {
    "dated_on": (Amendment.dated_on, Amendment.id),
    "effective_on": (Amendment.effective_on, Amendment.id),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    state: AmendmentState | None = None
    division_code: str = ""
    ids: tuple[int, ...] = ()


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that an agreement lies where ``viewer`` may see contracts of its day."""
    return within(viewer, ContractPermission.VIEW, Amendment.division_code, Amendment.dated_on)


def in_state(state: AmendmentState) -> ColumnElement[bool]:
    """Return the condition that an agreement stands in ``state``: the same derivation as ``rules``."""
    a = Amendment
    living = a.voided_at.is_(None)
    idle = and_(living, a.signed_on.is_(None), a.approved_at.is_(None), a.submitted_at.is_(None))
    conditions = {
        AmendmentState.VOID: a.voided_at.is_not(None),
        AmendmentState.SIGNED: and_(living, a.signed_on.is_not(None)),
        AmendmentState.APPROVED: and_(living, a.signed_on.is_(None), a.approved_at.is_not(None)),
        AmendmentState.SUBMITTED: and_(
            living, a.signed_on.is_(None), a.approved_at.is_(None), a.submitted_at.is_not(None)
        ),
        AmendmentState.RETURNED: and_(idle, a.returned_at.is_not(None)),
        AmendmentState.DRAFT: and_(idle, a.returned_at.is_(None)),
    }
    return conditions[state]


def conditions(viewer: Viewer, asked: AmendmentFilter) -> list[ColumnElement[bool]]:
    """Return everything that a list or a print run of agreements must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        contracts = select(Contract.id).where(means(asked.text.strip()))
        found.append(Amendment.contract_id.in_(contracts) | (Amendment.number == asked.text.strip()))
    if asked.state:
        found.append(in_state(asked.state))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Amendment.division_code >= lower, Amendment.division_code < upper))
    if asked.ids:
        found.append(Amendment.id.in_(asked.ids))
    return found


def page(viewer: Viewer, asked: AmendmentFilter, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list with its contracts."""
    key, descending = order
    statement = select(Amendment).where(*conditions(viewer, asked)).options(joinedload(Amendment.contract))
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)


def stream(viewer: Viewer, asked: AmendmentFilter, permission: ContractPermission) -> Iterator[Amendment]:
    """Yield every agreement asked for where ``viewer`` also holds ``permission``, newest first."""
    held = within(viewer, permission, Amendment.division_code, Amendment.dated_on)
    statement = select(Amendment).where(held, *conditions(viewer, asked))
    ordered = statement.options(joinedload(Amendment.contract)).order_by(
        Amendment.dated_on.desc(), Amendment.id.desc()
    )
    for part in db.session.scalars(ordered, execution_options={"yield_per": 500}).partitions():
        yield from part


def _whole() -> Select[Amendment]:
    return select(Amendment).options(joinedload(Amendment.contract), selectinload(Amendment.acts))


def get(viewer: Viewer, amendment_id: int) -> Amendment:
    """Return one agreement with its contract and acts, or raise ``NotFound``."""
    found = db.session.scalar(_whole().where(Amendment.id == amendment_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def reload(amendment_id: int) -> Amendment:
    """Return one agreement as the database now has it, for services that already decided who may."""
    statement = _whole().where(Amendment.id == amendment_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def can_see(viewer: Viewer, amendment_id: int) -> bool:
    """Tell whether ``viewer`` may see an agreement, for its files."""
    statement = select(Amendment.id).where(Amendment.id == amendment_id, visible_to(viewer))
    return db.session.scalar(statement) is not None


def of_contract(viewer: Viewer, contract_id: int) -> Sequence[Amendment]:
    """Return the agreements of one contract in their order."""
    statement = select(Amendment).where(Amendment.contract_id == contract_id, visible_to(viewer))
    return db.session.scalars(statement.order_by(Amendment.sequence)).all()


def open_of(contract_id: int) -> Amendment | None:
    """Return the agreement of a contract that is neither signed nor void: there is at most one."""
    return db.session.scalar(
        select(Amendment)
        .where(
            Amendment.contract_id == contract_id,
            Amendment.voided_at.is_(None),
            Amendment.signed_on.is_(None),
        )
        .limit(1)
    )


def count_of(contract_id: int) -> int:
    """Return how many agreements a contract has had, void ones included."""
    statement = select(func.count()).select_from(Amendment).where(Amendment.contract_id == contract_id)
    return db.session.scalar(statement) or 0


def waiting_in_state(
    viewer: Viewer, permission: ContractPermission, state: AmendmentState
) -> tuple[int, date | None]:
    """Return how many agreements wait where ``viewer`` holds ``permission``, and when the first is due."""
    here = within(viewer, permission, Amendment.division_code, Amendment.dated_on)
    statement = select(func.count(), func.min(Amendment.effective_on)).where(here, in_state(state))
    count, first = db.session.execute(statement).one()
    return count, first


def names_for(*versions: ContractDetails) -> Names:
    """Return what the sentences call the rows that these terms number, in four queries."""
    rows = [row for details in versions for row in details.parcels()]
    menu = [line for details in versions for line in details.menu]
    households = _named(Household, {household.household_id for _, _, household, _ in rows})
    parcels = _named(Parcel, {parcel.parcel_id for _, _, _, parcel in rows})
    links = _named(Link, {line.link_id for line in menu})
    seasons = _named(CropSeason, {line.season_id for line in menu})
    return Names(
        households={row.id: row.head_name for row in households},
        parcels={row.id: f"{row.name}（{row.code}）" for row in parcels},
        links={row.id: row.name for row in links},
        seasons={row.id: row.label for row in seasons},
    )


def _named(kind: type[Row], ids: Collection[int]) -> Sequence[Row]:
    if not ids:
        return ()
    return db.session.scalars(select(kind).where(kind.id.in_(ids))).all()


def parcels_by_codes(codes: Collection[str]) -> dict[str, Parcel]:
    """Return the open parcels of these codes, by code."""
    statement = select(Parcel).where(Parcel.code.in_(codes), Parcel.closed_on.is_(None))
    return {row.code: row for row in db.session.scalars(statement)}


def codes_of(parcel_ids: Collection[int]) -> dict[int, str]:
    """Return the codes of parcels, by id."""
    statement = select(Parcel.id, Parcel.code).where(Parcel.id.in_(parcel_ids))
    return {row.id: row.code for row in db.session.execute(statement)}
