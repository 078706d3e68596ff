"""The spreadsheet of organisations: its columns, how a row is matched, and how it reaches the register."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from coop.organisations import queries, service
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind, OrganisationPermission
from coop.organisations.service import FIELDS, OrganisationDetails, OutsideScope
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, InvalidValue
from foundation.identity.bank_card import mask_bank_card, parse_bank_account
from foundation.identity.credit_code import parse_credit_code
from foundation.identity.id_number import mask_id_number, parse_id_number
from foundation.identity.phone import mask_phone, parse_phone
from foundation.imports.importing import Field, Plan, Reading, choice, day, number, text
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext, ImportKind, Outcome, fault
from foundation.names.organisation_name import parse_organisation_name
from foundation.wording import N_, Term
from foundation.workbooks.layouts import Content
from foundation.workbooks.reading import Row


class RepeatedRow(DomainError):
    """“%(what)s”与本表第 %(row)s 行重复；请保留一行，删去另一行。"""


class SeveralMatches(DomainError):
    """登记簿中有 %(count)s 条与“%(what)s”相符，无法判断是哪一条；请补充编码或证件号码后再导入。"""


class WrongDivisionCode(InvalidValue):
    """“%(text)s”不是 12 位行政区划代码；请从区划表中复制代码。"""


_DIVISION = re.compile(r"[1-9]\d{11}", re.ASCII)
_BETWEEN = re.compile(r"[、，,;；\s]+")


def parse_division(written: str) -> str:
    """Read a 12-digit division code."""
    if not _DIVISION.fullmatch(written):
        raise WrongDivisionCode(text=written)
    return written


def parse_divisions(written: str) -> tuple[str, ...]:
    """Read several division codes."""
    return tuple(sorted({parse_division(part) for part in _BETWEEN.split(written) if part}))


ORGANISATIONS = Plan(
    N_("组织"),
    (
        Field(key="name", title=N_("组织名称"), parse=parse_organisation_name, required=True),
        choice("kind", N_("组织类型"), OrganisationKind, required=True),
        number(
            "credit_code", N_("统一社会信用代码"), Content.CREDIT_CODE, lambda t: parse_credit_code(t).value
        ),
        number(
            "division_code",
            N_("所在区划代码"),
            Content.TEXT,
            parse_division,
            required=True,
            note=N_("12 位行政区划代码"),
        ),
        text("legal_representative", N_("法定代表人"), limit=60),
        number("representative_id", N_("法定代表人身份证号"), Content.ID_NUMBER, mask=mask_id_number),
        number("phone", N_("联系电话"), Content.PHONE, parse_phone, mask=mask_phone),
        text("address", N_("地址"), limit=200),
        text("bank_name", N_("开户银行")),
        number("bank_account", N_("银行账号"), Content.BANK_CARD, parse_bank_account, mask=mask_bank_card),
        day("founded_on", N_("成立日期")),
        day("listed_on", N_("列入服务主体名录日期")),
        day("removed_on", N_("移出名录日期")),
        Field(
            key="service_divisions",
            title=N_("服务区域代码"),
            parse=parse_divisions,
            restore=tuple,
            note=N_("可填多个 12 位区划代码，以顿号分隔"),
        ),
    ),
)


def check_place(
    context: ImportContext, reading: Reading, column: str, code: str | None, permission: Term
) -> None:
    """Refuse a row whose division is unknown, or lies outside where the person importing may import."""
    if code is None:
        return
    refusals = context.memory.setdefault("places", {})
    if code not in refusals:
        refusals[code] = _refusal_of_place(context, code, permission)
    if refusals[code] is not None:
        reading.refuse(column, refusals[code])


def _refusal_of_place(context: ImportContext, code: str, permission: Term) -> DomainError | None:
    if not context.viewer.sees(permission, code):
        return OutsideScope(code=code)
    try:
        divisions.get_in_force(code, context.on)
    except DomainError as error:
        return error
    return None


def repeated(
    context: ImportContext, ledger: str, reading: Reading, key: object, what: str
) -> CheckedRow | None:
    """Return the verdict on a row whose ``key`` an earlier row already bore; nothing for the first."""
    seen = context.memory.setdefault(ledger, {})
    first = seen.setdefault(key, reading.row_number)
    if first == reading.row_number:
        return None
    doubled = [*reading.faults, fault("", RepeatedRow(what=what, row=first))]
    return CheckedRow(reading.row_number, Outcome.DUPLICATE, what, doubled, reading.warnings)


def several(reading: Reading, label: str, count: int) -> CheckedRow:
    """Return the verdict on a row that more than one row of the register answers to."""
    ambiguous = [*reading.faults, fault("", SeveralMatches(what=label, count=count))]
    return CheckedRow(reading.row_number, Outcome.SEVERAL, label, ambiguous, reading.warnings)


def values_of(organisation: Organisation) -> dict[str, Any]:
    """Return what the register holds of an organisation, by column key."""
    held = {name: getattr(organisation, name) for name in FIELDS}
    served = tuple(sorted(row.division_code for row in organisation.service_divisions))
    return held | {"service_divisions": served, "version": organisation.version}


def check(context: ImportContext, _sheet: str, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of rows against the register."""
    readings = [_read(context, row) for row in rows]
    codes = {code for reading in readings if (code := reading.get("credit_code"))}
    names = {name for reading in readings if (name := reading.get("name"))}
    known = queries.namesakes(codes, names)
    for reading in readings:
        yield _judge(context, reading, known)


def _read(context: ImportContext, row: Row) -> Reading:
    reading = ORGANISATIONS.read(row)
    check_place(context, reading, "division_code", reading.get("division_code"), OrganisationPermission.EDIT)
    if number_ := reading.get("representative_id"):
        reading.try_parse("representative_id", lambda: parse_id_number(number_, context.on).value)
    return reading


def _judge(context: ImportContext, reading: Reading, known: Sequence[Organisation]) -> CheckedRow:
    label = reading.get("name") or ""
    key = reading.get("credit_code") or (label, reading.get("kind"), reading.get("division_code"))
    doubled = repeated(context, "organisations", reading, key, label)
    if doubled is not None:
        return doubled
    found = _matches(reading, known)
    if len(found) > 1:
        return several(reading, label, len(found))
    if not found:
        return ORGANISATIONS.verdict(reading, label, None)
    held = found[0]
    check_place(context, reading, "credit_code", held.division_code, OrganisationPermission.EDIT)
    return ORGANISATIONS.verdict(reading, label, values_of(held), held.id)


def _matches(reading: Reading, known: Sequence[Organisation]) -> list[Organisation]:
    """Match by credit code; else by name, kind and place among those whose code does not contradict."""
    code = reading.get("credit_code")
    if code and (same := [one for one in known if one.credit_code == code]):
        return same
    return [
        one
        for one in known
        if (one.name, one.kind) == (reading.get("name"), reading.get("kind"))
        and one.division_code == reading.get("division_code")
        and (code is None or one.credit_code is None)
    ]


def apply(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Register or revise each confirmed row by the verbs a clerk's form uses."""
    for row in rows:
        given = ORGANISATIONS.unpack(row.payload)
        if row.subject_id is None:
            service.register(
                OrganisationDetails(**given), viewer=context.viewer, now=context.now, on=context.on
            )
            continue
        organisation = queries.get_for_change(row.subject_id)
        held = {key: value for key, value in values_of(organisation).items() if key != "version"}
        service.revise(
            organisation,
            OrganisationDetails(**held | given),
            version=row.payload["version"],
            viewer=context.viewer,
            now=context.now,
            on=context.on,
        )


KIND = ImportKind(
    name="organisations",
    label=N_("组织名录"),
    permission=OrganisationPermission.EDIT,
    sheets=(ORGANISATIONS.layout,),
    check=check,
    apply=apply,
    nouns={"organisation": N_("组织")},
    hint=N_("按统一社会信用代码匹配；没有代码的按名称、类型和区划匹配。空白单元格表示不改。"),
)
