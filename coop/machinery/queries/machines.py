"""Readers of machines."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from coop.machinery.models import Machine
from coop.machinery.queries.scope import in_division, of_provider, visible_to, with_licence
from coop.machinery.rules import Capacity, LicenceAsked, MachineKind, MachineryPermission, capacities
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound

SORTS = {
    "model": (Machine.model, Machine.id),
    "daily_capacity": (Machine.daily_capacity, Machine.id),
    "division_code": (Machine.division_code, Machine.id),
}
_PARTIES = (joinedload(Machine.provider), joinedload(Machine.owner))


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    provider: str = ""
    kind: MachineKind | None = None
    division_code: str = ""
    licence: LicenceAsked | None = None
    subcontracted: bool = False
    with_closed: bool = False
    ids: tuple[int, ...] = ()


def _conditions(viewer: Viewer, asked: MachineFilter, on: date) -> list[ColumnElement[bool]]:
    found = [visible_to(viewer, Machine)]
    if asked.text:
        found.append(_means(asked.text))
    if asked.provider:
        found.append(of_provider(Machine, asked.provider))
    if asked.kind:
        found.append(Machine.kind == asked.kind)
    if asked.division_code:
        found.append(in_division(Machine, asked.division_code))
    if asked.licence:
        found.append(with_licence(Machine, asked.licence, on))
    if asked.subcontracted:
        found.append(or_(Machine.owner_id.is_not(None), Machine.owner_name != ""))
    if not asked.with_closed and not asked.ids:
        found.append(Machine.closed_on.is_(None))
    if asked.ids:
        found.append(Machine.id.in_(asked.ids))
    return found


def _means(text: str) -> ColumnElement[bool]:
    """Return the condition that a text is a part of the model, or a plate or terminal number.

    A county has some hundred machines: they are gone through, not looked up in an index.
    """
    return or_(
        Machine.model.contains(text, autoescape=True),
        Machine.plate.contains(text, autoescape=True),
        Machine.terminal_number == text,
    )


def machines_page(viewer: Viewer, asked: MachineFilter, on: date, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list."""
    key, descending = order
    statement = select(Machine).where(*_conditions(viewer, asked, on)).options(*_PARTIES)
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)


def machines_stream(viewer: Viewer, asked: MachineFilter, on: date) -> Iterator[Machine]:
    """Yield every machine asked for that the viewer may take out of the house."""
    takes = visible_to(viewer, Machine, MachineryPermission.EXPORT)
    statement = select(Machine).where(takes, *_conditions(viewer, asked, on)).options(*_PARTIES)
    yield from db.session.scalars(statement.order_by(Machine.division_code, Machine.id))


def _picked(viewer: Viewer, provider_id: int) -> Select[Machine]:
    return select(Machine).where(
        visible_to(viewer, Machine), Machine.provider_id == provider_id, Machine.closed_on.is_(None)
    )


def machines_for(viewer: Viewer, provider_id: int) -> Sequence[Machine]:
    """Return a provider's machines in use, for pickers."""
    ordered = _picked(viewer, provider_id).order_by(Machine.kind, Machine.model, Machine.id)
    return db.session.scalars(ordered.options(*_PARTIES)).all()


def capacity_of(viewer: Viewer, provider_id: int) -> list[Capacity]:
    """Return what a provider's machines in use can do in a day, by kind."""
    return capacities(db.session.scalars(_picked(viewer, provider_id)))


def get_machine(viewer: Viewer, machine_id: int) -> Machine:
    """Return a machine in sight with its provider and owner, or raise ``NotFound``."""
    statement = select(Machine).where(Machine.id == machine_id, visible_to(viewer, Machine))
    found = db.session.scalar(statement.options(*_PARTIES))
    if found is None:
        raise NotFound
    return found


def machine_for_change(machine_id: int) -> Machine:
    """Return a machine that an import matched, or raise ``NotFound``."""
    found = db.session.scalar(select(Machine).where(Machine.id == machine_id).options(*_PARTIES))
    if found is None:
        raise NotFound
    return found


def machine_with_terminal(number: str) -> Machine | None:
    """Return the machine that bears a terminal, wherever it is kept."""
    statement = select(Machine).where(Machine.terminal_number == number)
    return db.session.scalar(statement.options(*_PARTIES))


def machines_by_terminal(numbers: Collection[str]) -> dict[str, Machine]:
    """Return the machines that bear these terminals, by terminal."""
    statement = select(Machine).where(Machine.terminal_number.in_(numbers)).options(*_PARTIES)
    return {str(machine.terminal_number): machine for machine in db.session.scalars(statement)}


def machines_named(provider_ids: Collection[int]) -> Sequence[Machine]:
    """Return all machines of these providers, for matching the rows of a spreadsheet."""
    statement = select(Machine).where(Machine.provider_id.in_(provider_ids)).options(*_PARTIES)
    return db.session.scalars(statement).all()
