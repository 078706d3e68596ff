"""Pages for the telephone in the field: my orders, one order's households, one household's parcels."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.contracts.rules.findings import Finding
from coop.contracts.rules.terms import Severity
from coop.operations.forms.phone import LineForm, fresh_form, left_of, sent_form
from coop.operations.forms.reporting import sent_key
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries import mine
from coop.operations.queries import reports as queries
from coop.operations.rules.reporting import WorkFact, bar_of
from coop.operations.rules.terms import WorkResult, WorkSource
from coop.operations.service import reporting as service
from coop.operations.service.judging import line_facts
from coop.operations.service.refusals import ReportRefused
from coop.operations.views.reporting import sentence_of
from foundation.access.gate import current_viewer, signed_in
from foundation.access.grants import Viewer
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, NotFound
from foundation.values.area import mu
from foundation.web.todos import Todo, offer_todos
from foundation.web.uploads import sent_files
from foundation.web.wording import term, translated
from foundation.wording import N_

phone = Blueprint("phone", __name__)

MINE = "/coop/operations/mine"


def waiting(viewer: Viewer, _on: date) -> Iterator[Todo]:
    """Yield how many orders wait for the viewer as their driver."""
    count, first = mine.own_waiting(viewer)
    yield Todo(label=N_("派给我的作业"), count=count, url=MINE, due_on=first)


offer_todos(phone, waiting)
ALL = "all"
REFUSED = 422


@phone.get("/mine")
@signed_in
def index() -> ResponseReturnValue:
    """List the orders that I may report on about this week."""
    rows = mine.orders(current_viewer(), today())
    return render_template("coop/operations/mine.html", rows=rows, today=today())


@phone.get("/mine/<int:order_id>")
@signed_in
def order(order_id: int) -> ResponseReturnValue:
    """List the households of an order with what is left of each."""
    found = _order(order_id)
    return render_template(
        "coop/operations/mine_order.html",
        order=found,
        village=divisions.path(found.division_code),
        rows=mine.households(found),
    )


def _order(order_id: int) -> WorkOrder:
    found = queries.order_to_report(current_viewer(), order_id)
    if found.issued_at is None:
        raise NotFound
    return found


@phone.get("/mine/<int:order_id>/households/<int:household_id>")
@signed_in
def household(order_id: int, household_id: int) -> ResponseReturnValue:
    """Show the parcels of a household, each with three big buttons."""
    return _page(_order(order_id), household_id)


@phone.post("/mine/<int:order_id>/households/<int:household_id>")
@signed_in
def report(order_id: int, household_id: int) -> ResponseReturnValue:
    """Save what was done on one parcel, or on all of a household, and say what was saved."""
    viewer, found = current_viewer(), _order(order_id)
    form = sent_form(queries.hands_of(found.provider_id))
    chosen = _chosen(found, household_id)
    if not form.validate():
        return _page(found, household_id, sent={request.form.get("line", ""): form}, status=REFUSED)
    try:
        made = service.report(
            _facts(form, chosen),
            source=WorkSource.PHONE,
            viewer=viewer,
            now=now(),
            exception_reason=form.exception_reason.data or "",
            form_key=sent_key(viewer.account_id),
            photos=sent_files("photos"),
        )
    except DomainError as refusal:
        return _refused(order_id, household_id, form, refusal)
    parcels = {line.id: line.parcel.name for line in chosen}
    said = "；".join(_said(one, parcels[one.line_id]) for one in made)
    db.session.commit()
    flash(_("已保存：%(what)s。", what=said))
    return redirect(f"{MINE}/{order_id}/households/{household_id}")


def _said(made: WorkReport, parcel: str) -> str:
    return f"{parcel} {term(made.result)} {mu(made.area)} 亩（{made.worked_on}）"


def _chosen(found: WorkOrder, household_id: int) -> list[OrderLine]:
    """Return the line that the form speaks of, or every line of the household that nobody reported yet."""
    own = _lines(found, household_id)
    wanted = request.form.get("line", "")
    if wanted == ALL:
        return [line for line in own if _is_fresh(line) or _is_known(line)]
    return [line for line in own if str(line.id) == wanted]


def _lines(found: WorkOrder, household_id: int) -> list[OrderLine]:
    own = [line for line in found.lines if line.household_id == household_id and line.cancelled_at is None]
    if not own:
        raise NotFound
    return own


def _is_fresh(line: OrderLine) -> bool:
    return line.result is None and bar_of(line_facts(line), today()) is None


def _is_known(line: OrderLine) -> bool:
    """Tell whether this very form has brought a report on the line already."""
    key = sent_key(current_viewer().account_id)
    return bool(key) and any(report.form_key == key for report in line.reports)


def _facts(form: LineForm, chosen: Sequence[OrderLine]) -> list[WorkFact]:
    if request.form.get("line") != ALL:
        return [form.fact(line) for line in chosen]
    form.result.data, form.version.data = WorkResult.DONE, None
    facts = []
    for line in chosen:
        form.area.data = left_of(line) or line.done_area
        facts.append(form.fact(line))
    return facts


def _refused(order_id: int, household_id: int, form: LineForm, refusal: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    findings: Sequence[Finding] = ()
    if isinstance(refusal, ReportRefused):
        findings = refusal.findings
    else:
        form.form_errors.append(translated(refusal))
    sent = {request.form.get("line", ""): form}
    return _page(_order(order_id), household_id, sent=sent, findings=findings, status=REFUSED)


def _page(
    found: WorkOrder,
    household_id: int,
    *,
    sent: Mapping[str, LineForm] | None = None,
    findings: Sequence[Finding] = (),
    status: int = 200,
) -> ResponseReturnValue:
    lines, hands, on = _lines(found, household_id), queries.hands_of(found.provider_id), today()
    forms = {str(line.id): fresh_form(found, line, hands, on) for line in lines}
    forms[ALL] = fresh_form(found, None, hands, on)
    village = divisions.path(found.division_code)
    page = render_template(
        "coop/operations/mine_household.html",
        order=found,
        village=village,
        household=str(lines[0].household.label(village.name)),
        lines=lines,
        bars={line.id: bar_of(line_facts(line), on) for line in lines},
        fresh=[line for line in lines if _is_fresh(line)],
        forms={**forms, **(sent or {})},
        sent=set(sent or {}),
        findings=findings,
        needs_reason=any(finding.severity is Severity.REASON for finding in findings),
        sentence_of=sentence_of,
        WorkResult=WorkResult,
    )
    return page, status
