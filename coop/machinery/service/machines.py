"""Keeping machines."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from coop.machinery import queries
from coop.machinery.models import Machine
from coop.machinery.rules import MachineKind, MachineryAct
from coop.machinery.service.refusals import (
    NoCapacity,
    OwnerIsProvider,
    TerminalTaken,
    TwoOwners,
    demand_provider,
)
from coop.organisations.models import Organisation
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.journal.service import record
from foundation.values.area import Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineDetails:
    """What a form or a spreadsheet row says of a machine."""

    provider_id: int
    kind: MachineKind
    model: str
    daily_capacity: Mu
    plate: str = ""
    terminal_number: str | None = None
    width_cm: int | None = None
    licensed_until: date | None = None
    owner_id: int | None = None
    owner_name: str = ""


def keep_machine(
    machine: Machine, details: MachineDetails, *, viewer: Viewer, now: datetime, version: int | None = None
) -> Machine:
    """Register a machine, or change the one opened at ``version``; it is kept where its provider lies."""
    provider = demand_provider(machine, details.provider_id, version=version, viewer=viewer)
    _check(machine, details, provider)
    for field in fields(details):
        setattr(machine, field.name, getattr(details, field.name))
    machine.division_code = provider.division_code
    db.session.add(machine)
    db.session.flush()
    record(MachineryAct.MACHINE_SAVED, machine, viewer=viewer, now=now)
    return machine


def _check(machine: Machine, details: MachineDetails, provider: Organisation) -> None:
    if details.daily_capacity <= 0:
        raise NoCapacity
    if details.owner_id is not None and details.owner_name:
        raise TwoOwners
    if details.owner_id == provider.id:
        raise OwnerIsProvider(name=provider.name)
    if details.terminal_number:
        other = queries.machine_with_terminal(details.terminal_number)
        if other is not None and other.id != machine.id:
            raise TerminalTaken(
                number=details.terminal_number, provider=other.provider.name, machine=other.name
            )
