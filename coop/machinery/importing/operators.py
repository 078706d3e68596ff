"""The sheet of operators."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from coop.machinery import queries, service
from coop.machinery.importing.parties import (
    PROVIDER,
    find_party,
    find_provider,
    known_parties,
    parties_of,
    with_parties,
)
from coop.machinery.models import Operator
from coop.machinery.service import OperatorDetails
from coop.organisations.importing import repeated, several
from coop.organisations.models import Organisation
from foundation.identity.phone import mask_phone, parse_phone
from foundation.imports.importing import Field, Plan, Reading, day, number, text
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.names.person_name import parse_name
from foundation.wording import N_
from foundation.workbooks.layouts import Content
from foundation.workbooks.reading import Row

OPERATORS = Plan(
    N_("机手"),
    (
        PROVIDER,
        Field(key="name", title=N_("姓名"), parse=parse_name, required=True),
        number("phone", N_("联系电话"), Content.PHONE, parse_phone, mask=mask_phone),
        text("licence_number", N_("驾驶证号"), limit=40),
        text("licence_class", N_("准驾机型"), limit=30),
        day("licensed_from", N_("驾驶证起始日期")),
        day("licensed_until", N_("驾驶证有效期至")),
        Field(key="employer", title=N_("派出组织"), parse=str, note=N_("外单位派来的填写；本组织的留空")),
    ),
)
_DETAILS = tuple(field.name for field in fields(OperatorDetails))


def operator_values(operator: Operator) -> dict[str, Any]:
    """Return what the register holds of an operator whose parties are loaded, by column key."""
    held = {name: getattr(operator, name) for name in _DETAILS}
    employer = operator.employer.name if operator.employer is not None else ""
    return held | {"provider": operator.provider.name, "employer": employer, "version": operator.version}


def check_operators(context: ImportContext, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of operators against the register."""
    readings = [OPERATORS.read(row) for row in rows]
    parties = known_parties(readings, "provider", "employer")
    held = queries.operators_named({one.id for found in parties.values() for one in found})
    for reading in readings:
        provider = find_provider(context, reading, parties)
        employer = find_party(context, reading, "employer", parties)
        verdict = _judge(context, reading, _matches(reading, provider, held))
        yield with_parties(verdict, provider_id=provider, employer_id=employer)


def _matches(reading: Reading, provider: Organisation | None, held: Sequence[Operator]) -> list[Operator]:
    """Match by licence; else by name among those whose licence does not contradict."""
    own = [one for one in held if provider is not None and one.provider_id == provider.id]
    licence = reading.get("licence_number")
    if licence and (same := [one for one in own if one.licence_number == licence]):
        return same
    return [one for one in own if one.name == reading.get("name") and not (licence and one.licence_number)]


def _judge(context: ImportContext, reading: Reading, matching: Sequence[Operator]) -> CheckedRow:
    label = reading.get("name") or ""
    key = reading.get("provider"), reading.get("licence_number") or label
    doubled = repeated(context, "operators", reading, key, label)
    if doubled is not None:
        return doubled
    if len(matching) > 1:
        return several(reading, label, len(matching))
    if not matching:
        return OPERATORS.verdict(reading, label, None)
    return OPERATORS.verdict(reading, label, operator_values(matching[0]), matching[0].id)


def apply_operators(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Register or revise each confirmed operator by the verb a clerk's form uses."""
    for row in rows:
        operator = Operator() if row.subject_id is None else queries.operator_for_change(row.subject_id)
        held = {} if row.subject_id is None else {name: getattr(operator, name) for name in _DETAILS}
        given = parties_of(row.payload, OPERATORS, "provider", "employer")
        service.keep_operator(
            operator,
            OperatorDetails(**held | given),
            viewer=context.viewer,
            now=context.now,
            version=row.payload.get("version"),
        )
