"""The spreadsheet of work: how a row finds its line, what the checks say of it, and how it is reported.

A row with an empty result says nothing, so a sheet that comes back as it went out changes nothing. A line
that is reported already keeps what it has: the same again is no change, anything else is refused.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from coop.contracts.rules.findings import Finding
from coop.contracts.rules.terms import Severity
from coop.machinery.models import Machine, Operator
from coop.operations.importing.columns import (
    WORK,
    LineTwice,
    NoDate,
    NoSuchHands,
    NoSuchLine,
    OtherParcel,
    ReportedAlready,
    rows_of,
)
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries import reports as queries
from coop.operations.queries.loads import machine_label
from coop.operations.rules.reporting import WorkFact, with_exceptions
from coop.operations.rules.terms import OperationPermission, WorkResult, WorkSource
from coop.operations.service import reporting as service
from coop.operations.service.judging import place_of
from foundation.errors import DomainError
from foundation.imports.importing import Reading
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext, ImportKind, Outcome, RowFault
from foundation.values.area import Mu, mu
from foundation.wording import N_
from foundation.workbooks.reading import Row

__all__ = ["KIND", "WORK", "apply", "check", "rows_of"]

Key = tuple[str, int]


def check(context: ImportContext, _sheet: str, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of rows: each by itself and against its line, then together as one act of reporting."""
    readings = [WORK.read(row) for row in rows]
    lines = queries.lines_at(context.viewer, {str(r.get("order_number") or "") for r in readings})
    facts = {}
    for reading in readings:
        fact = _fact(context, reading, lines)
        if fact is not None and not reading.faults:
            facts[reading.row_number] = fact
    _compare(context, readings, facts)
    for reading in readings:
        yield _verdict(reading, lines, facts.get(reading.row_number))


def _fact(context: ImportContext, reading: Reading, lines: Mapping[Key, OrderLine]) -> WorkFact | None:
    """Return what a row reports; nothing when it says nothing, repeats what stands, or is at fault."""
    key = (reading.get("order_number") or "", reading.get("position") or 0)
    line = lines.get(key)
    if line is None:
        reading.refuse("position", NoSuchLine(number=key[0], position=key[1]))
        return None
    if reading.get("parcel_code") not in (None, line.parcel.code):
        other = OtherParcel(number=key[0], position=key[1], code=line.parcel.code)
        reading.refuse("parcel_code", other)
        return None
    if reading.get("result") is None or _is_standing(reading, line):
        return None
    first = context.memory.setdefault("lines", {}).setdefault(line.id, reading.row_number)
    if first != reading.row_number:
        reading.refuse("position", LineTwice(row=first))
        return None
    if line.result is not None:
        reading.refuse("result", ReportedAlready(result=line.result, area=mu(Mu(line.done_area))))
        return None
    return _said(context, reading, line)


def _is_standing(reading: Reading, line: OrderLine) -> bool:
    """Tell whether a row says what the line's reports come to already."""
    return (reading.get("result"), reading.get("area"), reading.get("worked_on")) in (
        (line.result, line.done_area, line.done_on),
        (line.result, line.done_area or None, line.done_on),
    )


def _said(context: ImportContext, reading: Reading, line: OrderLine) -> WorkFact | None:
    result = reading.get("result")
    is_worked = result is not WorkResult.NOT_DONE
    if reading.get("worked_on") is None:
        reading.refuse("worked_on", NoDate())
        return None
    machines, operators, items = _known(context, line.order)
    fact = WorkFact(
        line_id=line.id,
        version=line.version,
        result=result,
        area=(reading.get("area") or Mu(0)) if is_worked else Mu(0),
        worked_on=reading.get("worked_on"),
        reason=reading.get("reason") or "",
    )
    if not is_worked:
        return fact
    try:
        usual = with_exceptions(items, reading.get("quality") or "")
    except DomainError as error:
        reading.refuse("quality", error)
        return None
    return replace(
        fact,
        machine_id=_hands(reading, "machine", machines),
        operator_id=_hands(reading, "operator", operators),
        quality=tuple(row for row in usual if row.found),
    )


def _known(context: ImportContext, order: WorkOrder) -> Any:
    """Return the names of the provider's machines and drivers and the standard's items, once an order."""
    known = context.memory.setdefault("orders", {})
    if order.id not in known:
        machines, operators = queries.hands_of(order.provider_id)
        known[order.id] = (_named(machines), _named(operators), queries.quality_items(order))
    return known[order.id]


def _named(rows: Collection[Machine | Operator]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        names = {machine_label(row), row.plate, row.model} if isinstance(row, Machine) else {row.name}
        for name in names - {""}:
            found.setdefault(name, []).append(row.id)
    return found


def _hands(reading: Reading, column: str, known: Mapping[str, list[int]]) -> int | None:
    written = reading.get(column)
    if not written:
        return None
    found = known.get(written, [])
    if len(found) != 1:
        reading.refuse(column, NoSuchHands(text=written, known="、".join(list(known)[:8]) or "—"))
        return None
    return found[0]


def _compare(context: ImportContext, readings: Sequence[Reading], facts: Mapping[int, WorkFact]) -> None:
    """Put what the checks say of all facts together at the rows that they speak of."""
    if not facts:
        return
    findings = service.findings_of(list(facts.values()), viewer=context.viewer, now=context.now)
    places = {place_of(fact.line_id): number for number, fact in facts.items()}
    by_number = {reading.row_number: reading for reading in readings}
    for finding in findings:
        own = places.get(finding.place)
        for row_number in [own] if own is not None else facts:
            _tell(by_number[row_number], finding)


def _tell(reading: Reading, finding: Finding) -> None:
    said = RowFault("", finding.sentence, {key: _spoken(value) for key, value in finding.values.items()})
    is_answered = finding.severity is Severity.REASON and reading.get("exception_reason")
    if finding.severity is Severity.NOTE or is_answered:
        reading.warnings.append(said)
    else:
        column = "exception_reason" if finding.severity is Severity.REASON else ""
        reading.faults.append(said._replace(column=column))


def _spoken(value: object) -> str:
    return str(getattr(value, "label", value))


def _verdict(reading: Reading, lines: Mapping[Key, OrderLine], fact: WorkFact | None) -> CheckedRow:
    key = (reading.get("order_number") or "", reading.get("position") or 0)
    line = lines.get(key)
    label = f"{key[0]} 第 {key[1]} 行"
    if reading.faults:
        return CheckedRow(reading.row_number, Outcome.REFUSED, label, reading.faults, reading.warnings)
    if fact is None or line is None:
        return CheckedRow(reading.row_number, Outcome.SAME, label, (), reading.warnings, None)
    payload = WORK.pack(reading.given) | {
        "line_id": fact.line_id,
        "version": fact.version,
        "machine_id": fact.machine_id,
        "operator_id": fact.operator_id,
    }
    return CheckedRow(reading.row_number, Outcome.NEW, label, (), reading.warnings, payload)


def apply(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Report the confirmed rows, those with the same reason for an exception in one act."""
    by_reason: dict[str, list[WorkFact]] = {}
    items: dict[str, Any] = context.memory.setdefault("items", {})
    numbers = {str(row.payload["order_number"]) for row in rows}
    lines = {line.id: line for line in queries.lines_at(context.viewer, numbers).values()}
    for row in rows:
        given = WORK.unpack(row.payload)
        line = lines.get(row.payload["line_id"])
        if line is None:
            raise NoSuchLine(number=given["order_number"], position=given["position"])
        if given["order_number"] not in items:
            items[given["order_number"]] = queries.quality_items(line.order)
        fact = _applied(row, given, items[given["order_number"]])
        by_reason.setdefault(given.get("exception_reason") or "", []).append(fact)
    for reason, facts in by_reason.items():
        service.report(
            facts,
            source=WorkSource.SPREADSHEET,
            viewer=context.viewer,
            now=context.now,
            exception_reason=reason,
        )


def _applied(row: AppliedRow, given: Mapping[str, Any], items: Any) -> WorkFact:
    is_worked = given["result"] is not WorkResult.NOT_DONE
    usual = with_exceptions(items, given.get("quality") or "") if is_worked else ()
    return WorkFact(
        line_id=row.payload["line_id"],
        version=row.payload["version"],
        result=given["result"],
        area=Mu(given.get("area") or 0) if is_worked else Mu(0),
        worked_on=given["worked_on"],
        machine_id=row.payload["machine_id"],
        operator_id=row.payload["operator_id"],
        quality=tuple(one for one in usual if one.found),
        reason=given.get("reason") or "",
    )


KIND = ImportKind(
    name="work-reports",
    label=N_("作业登记表"),
    permission=OperationPermission.REPORT,
    sheets=(WORK.layout,),
    check=check,
    apply=apply,
    nouns={
        "work_report": N_("作业登记"),
        "order_line": N_("作业单中的地块"),
        "attachment": N_("照片"),
    },
    hint=N_("从作业单的登记页下载登记表，填好结果再导入；结果空着的行不登记，单号和行号不要改。"),
)
