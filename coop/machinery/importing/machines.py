"""The sheet of machines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from coop.machinery import queries, service
from coop.machinery.importing.parties import (
    PROVIDER,
    PrivateOwner,
    find_party,
    find_provider,
    known_parties,
    parties_of,
    with_parties,
)
from coop.machinery.models import Machine
from coop.machinery.rules import MachineKind
from coop.machinery.service import MachineDetails, NoCapacity, TerminalTaken
from coop.organisations.importing import repeated, several
from coop.organisations.models import Organisation
from foundation.imports.importing import Field, Plan, Reading, area, choice, count, day, text
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.wording import N_
from foundation.workbooks.reading import Row

MACHINES = Plan(
    N_("机具"),
    (
        PROVIDER,
        choice("kind", N_("机具类型"), MachineKind, required=True),
        text("model", N_("型号"), limit=60, required=True),
        text("plate", N_("号牌"), limit=30),
        text("terminal_number", N_("终端编号"), limit=40),
        count("width_cm", N_("作业幅宽（厘米）")),
        area("daily_capacity", N_("日作业能力（亩）")),
        day("licensed_until", N_("行驶证有效期至")),
        Field(key="owner", title=N_("机主（组织）"), parse=str, note=N_("外租的填写；自有的留空")),
        text("owner_name", N_("机主（个人）"), limit=60),
    ),
)
_DETAILS = tuple(field.name for field in fields(MachineDetails))


def machine_values(machine: Machine) -> dict[str, Any]:
    """Return what the register holds of a machine whose parties are loaded, by column key."""
    held = {name: getattr(machine, name) for name in _DETAILS}
    owner = machine.owner.name if machine.owner is not None else ""
    return held | {"provider": machine.provider.name, "owner": owner, "version": machine.version}


def check_machines(context: ImportContext, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of machines against the register."""
    readings = [MACHINES.read(row) for row in rows]
    parties = known_parties(readings, "provider", "owner")
    terminals = queries.machines_by_terminal(
        {number for reading in readings if (number := reading.get("terminal_number"))}
    )
    held = queries.machines_named({one.id for found in parties.values() for one in found})
    for reading in readings:
        provider = find_provider(context, reading, parties)
        owner = find_party(context, reading, "owner", parties)
        if owner is not None and reading.get("owner_name"):
            reading.refuse("owner_name", PrivateOwner())
        matching = _matches(reading, provider, terminals, held)
        yield with_parties(_judge(context, reading, matching), provider_id=provider, owner_id=owner)


def _matches(
    reading: Reading,
    provider: Organisation | None,
    terminals: Mapping[str, Machine],
    held: Sequence[Machine],
) -> list[Machine]:
    """Match by terminal number; else by plate, or by the model of a machine without one."""
    bearer = terminals.get(reading.get("terminal_number") or "")
    if provider is None:
        return []
    if bearer is not None:
        if bearer.provider_id == provider.id:
            return [bearer]
        refusal = TerminalTaken(
            number=bearer.terminal_number, provider=bearer.provider.name, machine=bearer.name
        )
        reading.refuse("terminal_number", refusal)
        return []
    key = (provider.id, reading.get("model"), reading.get("plate") or "")
    return [
        one
        for one in held
        if (one.provider_id, one.model, one.plate) == key
        and (one.terminal_number is None or not reading.get("terminal_number"))
    ]


def _judge(context: ImportContext, reading: Reading, matching: Sequence[Machine]) -> CheckedRow:
    label = f"{reading.get('model') or ''} {reading.get('plate') or ''}".strip()
    key = reading.get("terminal_number") or (reading.get("provider"), label)
    doubled = repeated(context, "machines", reading, key, label)
    if doubled is not None:
        return doubled
    if len(matching) > 1:
        return several(reading, label, len(matching))
    if not matching:
        if reading.get("daily_capacity") is None:
            reading.refuse("daily_capacity", NoCapacity())
        return MACHINES.verdict(reading, label, None)
    return MACHINES.verdict(reading, label, machine_values(matching[0]), matching[0].id)


def apply_machines(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Register or revise each confirmed machine by the verb a clerk's form uses."""
    for row in rows:
        machine = Machine() if row.subject_id is None else queries.machine_for_change(row.subject_id)
        held = {} if row.subject_id is None else {name: getattr(machine, name) for name in _DETAILS}
        given = parties_of(row.payload, MACHINES, "provider", "owner")
        if given.get("owner_id"):
            given["owner_name"] = ""
        service.keep_machine(
            machine,
            MachineDetails(**held | given),
            viewer=context.viewer,
            now=context.now,
            version=row.payload.get("version"),
        )
