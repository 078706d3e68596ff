"""Readers of contracts; every one of them starts from ``visible_to``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from coop.catalogue.models import CropSeason
from coop.contracts.models import (
    AnnexHousehold,
    AnnexParcel,
    Contract,
    ContractRevision,
    MenuLine,
)
from coop.contracts.rules.life import ContractState, LifeFacts, state_of
from coop.contracts.rules.terms import ContractMode, ContractNature, ContractPermission
from coop.households.models import Household
from coop.households.queries import matches as means_household
from coop.organisations.models import Organisation
from coop.organisations.queries import matches as means_organisation
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
from foundation.errors import NotFound
from foundation.values.area import Mu
from foundation.values.money import Fen

SORTS = {
    "dated_on": (Contract.dated_on, Contract.id),
    "starts_on": (Contract.starts_on, Contract.id),
    "ends_on": (Contract.ends_on, Contract.id),
    "receiver_name": (Contract.receiver_name, Contract.id),
    "area": (Contract.area, Contract.id),
    "total": (Contract.total, Contract.id),
}

LISTED = (
    Contract.id,
    Contract.number,
    Contract.dated_on,
    Contract.mode,
    Contract.nature,
    Contract.receiver_name,
    Contract.provider_name,
    Contract.division_code,
    Contract.household_count,
    Contract.area,
    Contract.total,
    Contract.starts_on,
    Contract.ends_on,
    Contract.submitted_at,
    Contract.returned_at,
    Contract.approved_at,
    Contract.signed_on,
    Contract.effective_on,
    Contract.completed_on,
    Contract.terminated_on,
    Contract.voided_at,
)

LIFE = tuple(field.name for field in fields(LifeFacts))
SHARED = (
    "id",
    "dated_on",
    "mode",
    "nature",
    "receiver_name",
    "provider_name",
    "household_count",
    "starts_on",
    "ends_on",
)

TOTALS = {
    f"{nature.value}_{name}": case((Contract.nature == nature, column))
    for nature in ContractNature
    for name, column in (("area", Contract.area), ("total", Contract.total))
}
"""Service and entrustment are summed apart, for they are never one figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    mode: ContractMode | None = None
    nature: ContractNature | None = None
    state: ContractState | None = None
    division_code: str = ""
    season_id: int | None = None
    since: date | None = None
    until: date | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """One line of the list; area and money stand under the contract's nature only."""

    id: int
    number: str
    dated_on: date
    mode: ContractMode
    nature: ContractNature
    receiver_name: str
    provider_name: str
    village: str
    household_count: int
    starts_on: date
    ends_on: date
    state: ContractState
    service_area: Mu | None
    service_total: Fen | None
    entrustment_area: Mu | None
    entrustment_total: Fen | None


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a contract lies where ``viewer`` may see contracts of its day."""
    return within(viewer, ContractPermission.VIEW, Contract.division_code, Contract.dated_on)


def in_state(state: ContractState, on: date) -> ColumnElement[bool]:
    """Return the condition that a contract stands in ``state``: the same derivation as ``rules.life``."""
    c = Contract
    signed = and_(c.voided_at.is_(None), c.signed_on.is_not(None))
    unsigned = and_(c.voided_at.is_(None), c.signed_on.is_(None))
    alive = and_(signed, or_(c.terminated_on.is_(None), c.terminated_on > on))
    running = and_(alive, c.completed_on.is_(None), c.ends_on >= on)
    begun = and_(c.starts_on <= on, func.coalesce(c.effective_on, c.signed_on) <= on)
    idle = and_(unsigned, c.approved_at.is_(None), c.submitted_at.is_(None))
    conditions = {
        ContractState.DRAFT: and_(idle, c.returned_at.is_(None)),
        ContractState.RETURNED: and_(idle, c.returned_at.is_not(None)),
        ContractState.SUBMITTED: and_(unsigned, c.submitted_at.is_not(None), c.approved_at.is_(None)),
        ContractState.APPROVED: and_(unsigned, c.approved_at.is_not(None)),
        ContractState.SIGNED: and_(running, ~begun),
        ContractState.IN_FORCE: and_(running, begun),
        ContractState.COMPLETED: and_(alive, or_(c.completed_on.is_not(None), c.ends_on < on)),
        ContractState.TERMINATED: and_(signed, c.terminated_on <= on),
        ContractState.VOID: c.voided_at.is_not(None),
    }
    return conditions[state]


def means(text: str) -> ColumnElement[bool]:
    """Return the condition that ``text`` means a contract: its number, a party or a household."""
    households = select(Household.id).where(means_household(text))
    organisations = select(Organisation.id).where(means_organisation(text))
    annexed = select(AnnexHousehold.contract_id).where(AnnexHousehold.household_id.in_(households))
    found = [
        Contract.number == text,
        Contract.receiver_household_id.in_(households),
        Contract.receiver_organisation_id.in_(organisations),
        Contract.provider_id.in_(organisations),
        Contract.id.in_(annexed),
    ]
    if text.isascii() and text.isdigit() and len(text) <= 6:  # noqa: PLR2004 - a serial has six digits
        found.append(Contract.serial == int(text))
    return or_(*found)


def conditions(viewer: Viewer, asked: ContractFilter, on: date) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export, a print run or a picker of contracts must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        found.append(means(asked.text.strip()))
    if asked.mode:
        found.append(Contract.mode == asked.mode)
    if asked.nature:
        found.append(Contract.nature == asked.nature)
    if asked.state:
        found.append(in_state(asked.state, on))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Contract.division_code >= lower, Contract.division_code < upper))
    if asked.season_id:
        found.append(_in_season(asked.season_id))
    if asked.since:
        found.append(Contract.dated_on >= asked.since)
    if asked.until:
        found.append(Contract.dated_on <= asked.until)
    if asked.ids:
        found.append(Contract.id.in_(asked.ids))
    return found


def _in_season(season_id: int) -> ColumnElement[bool]:
    in_menu = select(MenuLine.contract_id).where(MenuLine.season_id == season_id)
    season = select(CropSeason.id).where(
        CropSeason.id == season_id,
        CropSeason.starts_on <= Contract.ends_on,
        CropSeason.ends_on >= Contract.starts_on,
    )
    whole = and_(Contract.mode != ContractMode.MENU, season.correlate(Contract).exists())
    return or_(Contract.id.in_(in_menu), whole)


def page(viewer: Viewer, asked: ContractFilter, order: tuple[str, bool], cut: Cut, on: date) -> Page:
    """Return one page of the list with the totals of everything asked for."""
    key, descending = order
    statement = select(*LISTED).where(*conditions(viewer, asked, on))
    sort = Sort(columns=SORTS[key], descending=descending)
    found = fetch_page(db.session(), statement, sort, cut, TOTALS)
    return replace(found, rows=_rows(found.rows, on))


def stream(
    viewer: Viewer, asked: ContractFilter, on: date, permission: ContractPermission
) -> Iterator[ContractRow]:
    """Yield every contract asked for where ``viewer`` also holds ``permission``, newest first."""
    here = _held(viewer, permission)
    statement = _newest_first(select(*LISTED).where(here, *conditions(viewer, asked, on)))
    for part in db.session.execute(statement, execution_options={"yield_per": 1000}).partitions():
        yield from _rows(part, on)


def _held(viewer: Viewer, permission: ContractPermission) -> ColumnElement[bool]:
    return within(viewer, permission, Contract.division_code, Contract.dated_on)


def ids(viewer: Viewer, asked: ContractFilter, on: date, permission: ContractPermission) -> list[int]:
    """Return the ids of every contract asked for where ``viewer`` also holds ``permission``, newest first."""
    here = _held(viewer, permission)
    statement = _newest_first(select(Contract.id).where(here, *conditions(viewer, asked, on)))
    return list(db.session.scalars(statement))


def _newest_first(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return statement.order_by(Contract.dated_on.desc(), Contract.id.desc())


def _rows(found: Sequence[Any], on: date) -> list[ContractRow]:
    rows = [row._mapping for row in found]
    villages = paths({row["division_code"] for row in rows})
    return [_row(row, villages[row["division_code"]].short, on) for row in rows]


def _row(row: Mapping[str, Any], village: str, on: date) -> ContractRow:
    is_service = row["nature"] is ContractNature.SERVICE
    facts = LifeFacts(**{name: row[name] for name in LIFE})
    shared = {name: row[name] for name in SHARED}
    return ContractRow(
        **shared,
        number=row["number"] or "",
        village=village,
        state=state_of(facts, on),
        service_area=row["area"] if is_service else None,
        service_total=row["total"] if is_service else None,
        entrustment_area=None if is_service else row["area"],
        entrustment_total=None if is_service else row["total"],
    )


WHOLE: tuple[ORMOption, ...] = (
    joinedload(Contract.receiver_household),
    joinedload(Contract.receiver_organisation),
    joinedload(Contract.provider),
    joinedload(Contract.upstream),
    joinedload(Contract.drafter),
    joinedload(Contract.package),
    joinedload(Contract.rent),
    joinedload(Contract.share),
    selectinload(Contract.dividend),
    selectinload(Contract.menu).options(joinedload(MenuLine.link), joinedload(MenuLine.season)),
    selectinload(Contract.payments),
    selectinload(Contract.standards),
    selectinload(Contract.annex).options(
        joinedload(AnnexHousehold.household),
        joinedload(AnnexHousehold.mandate),
        selectinload(AnnexHousehold.parcels).joinedload(AnnexParcel.parcel).joinedload(Parcel.land_contract),
    ),
    selectinload(Contract.acts),
    selectinload(Contract.revisions),
)
"""What a whole contract is loaded with, in a fixed number of queries."""


def get(viewer: Viewer, contract_id: int) -> Contract:
    """Return one whole contract, or raise ``NotFound``."""
    return _one(select(Contract).where(Contract.id == contract_id, visible_to(viewer)))


def get_head(viewer: Viewer, contract_id: int) -> Contract:
    """Return the row of a contract without its terms, or raise ``NotFound``, for its papers."""
    found = db.session.scalar(select(Contract).where(Contract.id == contract_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def frozen_texts(viewer: Viewer, contract_ids: Sequence[int]) -> list[tuple[Contract, str]]:
    """Return contracts with their frozen texts in the order of their ids; those without one are left out."""
    statement = (
        select(Contract, ContractRevision.snapshot)
        .join(
            ContractRevision,
            and_(ContractRevision.contract_id == Contract.id, ContractRevision.number == Contract.revision),
        )
        .where(Contract.id.in_(contract_ids), visible_to(viewer), Contract.approved_at.is_not(None))
        .order_by(Contract.id)
    )
    return [(contract, text) for contract, text in db.session.execute(statement)]


def get_many(viewer: Viewer, contract_ids: Sequence[int]) -> list[Contract]:
    """Return whole contracts in the order of their ids; those out of sight are left out."""
    statement = select(Contract).where(Contract.id.in_(contract_ids), visible_to(viewer))
    return list(db.session.scalars(statement.options(*WHOLE).order_by(Contract.id)))


def by_number(viewer: Viewer, number: str) -> Contract:
    """Return the whole contract of a number, or raise ``NotFound``."""
    return _one(select(Contract).where(Contract.number == number, visible_to(viewer)))


def reload(contract_id: int) -> Contract:
    """Return one whole contract as the database now has it, for services that already decided who may."""
    statement = select(Contract).where(Contract.id == contract_id)
    return _one(statement.execution_options(populate_existing=True))


def _one(statement: Select[Contract]) -> Contract:
    found = db.session.scalar(statement.options(*WHOLE))
    if found is None:
        raise NotFound
    return found


def can_see(viewer: Viewer, contract_id: int) -> bool:
    """Tell whether ``viewer`` may see a contract, for its files."""
    statement = select(Contract.id).where(Contract.id == contract_id, visible_to(viewer))
    return db.session.scalar(statement) is not None


def find(viewer: Viewer, text: str, on: date, limit: int = 20) -> list[ContractRow]:
    """Return the contracts that ``text`` may mean, newest first, for pickers."""
    statement = select(*LISTED).where(*conditions(viewer, ContractFilter(text=text), on))
    ordered = statement.order_by(Contract.dated_on.desc(), Contract.id.desc()).limit(limit)
    return _rows(db.session.execute(ordered).all(), on)


def downstream(viewer: Viewer, contract_id: int) -> Sequence[Contract]:
    """Return the contracts that hand on what this one handed over."""
    statement = select(Contract).where(Contract.upstream_contract_id == contract_id, visible_to(viewer))
    return db.session.scalars(statement.order_by(Contract.id)).all()


def living_downstream(contract_id: int, on: date) -> Sequence[Contract]:
    """Return the submitted or signed contracts that rest on this one, wherever they lie."""
    living = [ContractState.SUBMITTED, ContractState.APPROVED, ContractState.SIGNED, ContractState.IN_FORCE]
    statement = select(Contract).where(
        Contract.upstream_contract_id == contract_id, or_(*(in_state(state, on) for state in living))
    )
    return db.session.scalars(statement.order_by(Contract.id)).all()


def revision(contract_id: int, number: int) -> ContractRevision:
    """Return a frozen text of a contract that the caller was let into, or raise ``NotFound``."""
    statement = select(ContractRevision).where(
        ContractRevision.contract_id == contract_id, ContractRevision.number == number
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def count_in_state(viewer: Viewer, permission: ContractPermission, state: ContractState, on: date) -> int:
    """Return how many contracts wait in a state where ``viewer`` holds ``permission``, for the worktable."""
    statement = (
        select(func.count()).select_from(Contract).where(_held(viewer, permission), in_state(state, on))
    )
    return db.session.scalar(statement) or 0
