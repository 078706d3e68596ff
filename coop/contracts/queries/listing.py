"""The list of contracts: what is asked, which rows answer, page by page or as a stream."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from coop.catalogue.models import CropSeason
from coop.contracts.models import (
    AnnexHousehold,
    Contract,
    MenuLine,
)
from coop.contracts.rules.life import ContractState, LifeFacts, state_of
from coop.contracts.rules.terms import ContractMode, ContractNature, ContractPermission
from coop.households.models import Household
from coop.households.queries import matches as means_household
from coop.organisations.models import Organisation
from coop.organisations.queries import matches as means_organisation
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.queries import paths
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


def find(viewer: Viewer, text: str, on: date, limit: int = 20) -> list[ContractRow]:
    """Return the contracts that ``text`` may mean, newest first, for pickers."""
    statement = select(*LISTED).where(*conditions(viewer, ContractFilter(text=text), on))
    ordered = statement.order_by(Contract.dated_on.desc(), Contract.id.desc()).limit(limit)
    return _rows(db.session.execute(ordered).all(), on)


def waiting_in_state(
    viewer: Viewer, permission: ContractPermission, state: ContractState, on: date
) -> tuple[int, date | None]:
    """Return how many contracts wait where ``viewer`` holds ``permission``, and when the first is due."""
    statement = select(func.count(), func.min(Contract.starts_on))
    count, first = db.session.execute(statement.where(_held(viewer, permission), in_state(state, on))).one()
    return count, first
