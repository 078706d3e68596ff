"""Pages of what was done: entry for all lines of an order, one report with its photographs, taking back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.contracts.rules.findings import Finding
from coop.contracts.rules.terms import Severity
from coop.operations.forms.reporting import UndoForm, WorkForm, sent_key
from coop.operations.forms.rows import Row
from coop.operations.importing import WORK, rows_of
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries import reports as queries
from coop.operations.queries.loads import machine_label
from coop.operations.rules.reporting import NOBODY_NAMED, bar_of, quality_rows
from coop.operations.rules.terms import OperationAct, OperationPermission, WorkSource
from coop.operations.service import reporting as service
from coop.operations.service.judging import line_facts
from coop.operations.service.refusals import ReportRefused
from foundation.access.gate import current_viewer, requires, signed_in
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.drafts import service as drafts
from foundation.errors import DomainError
from foundation.journal.service import record
from foundation.values.area import Mu, mu
from foundation.web.downloads import spreadsheet
from foundation.web.wording import translated, worded
from foundation.workbooks.writing import Sheet, write_sheets

reporting = Blueprint("reporting", __name__)

HOME = "/coop/operations/"
REFUSED = 422


def ordered(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Return lines by household as the village counts them: group, then household, then place."""
    return sorted(lines, key=lambda l: (l.household.group_number, l.household_id, l.position))  # noqa: E741


def sentence_of(finding: Finding) -> str:
    """Return a finding in the reader's language."""
    return worded(finding.sentence, finding.values)


def by_line(findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    """Return findings by the line that they speak of; 0 for the order as a whole."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        kind, _dash, number = finding.place.partition("-")
        found[int(number) if kind == "line" else 0].append(finding)
    return found


@reporting.get("/<int:order_id>/report")
@requires(OperationPermission.REPORT)
def edit(order_id: int) -> ResponseReturnValue:
    """Show every line of an order, filled in as if all went by the plan."""
    order = queries.order_to_report(current_viewer(), order_id)
    return _page(_form(order))


@reporting.post("/<int:order_id>/report")
@requires(OperationPermission.REPORT)
def save(order_id: int) -> ResponseReturnValue:
    """Check or save what was done on the lines that say something."""
    viewer = current_viewer()
    form = _form(queries.order_to_report(viewer, order_id))
    is_sound = form.validate()
    facts = form.facts()
    if not is_sound or form.errors:
        return _page(form, status=REFUSED)
    if request.form.get("act") == "check":
        findings = service.findings_of(facts, viewer=viewer, now=now()) if facts else ()
        return _page(form, findings, is_checked=True)
    notes: list[Finding] = []
    try:
        made = service.report(
            facts,
            source=WorkSource.BULK,
            viewer=viewer,
            now=now(),
            exception_reason=form.head.exception_reason.data or "",
            form_key=sent_key(viewer.account_id),
            tell=notes.append,
        )
    except DomainError as refusal:
        return _refused(order_id, refusal)
    drafts.discard(draft_key(order_id), viewer=viewer)
    count, area = len(made), mu(Mu(sum(one.area for one in made)))
    db.session.commit()
    flash(_("已登记 %(n)s 块地，作业 %(area)s 亩。", n=count, area=area))
    for note in notes:
        flash(sentence_of(note), "warning")
    return redirect(f"{HOME}{order_id}")


@reporting.post("/<int:order_id>/report/sheet")
@requires(OperationPermission.REPORT)
def sheet(order_id: int) -> ResponseReturnValue:
    """Send the order's lines as the workbook that the import reads back, and tell the journal."""
    order = queries.order_to_report(current_viewer(), order_id)
    cells = [WORK.cells(row) for row in rows_of(order)]
    write_sheets(target := BytesIO(), [Sheet(WORK.layout, cells)])
    note = f"{WORK.title}，{len(cells)} 行"
    record(OperationAct.EXPORTED, order, viewer=current_viewer(), now=now(), note=note)
    name = f"{WORK.title}-{order.number}.xlsx"
    db.session.commit()
    return spreadsheet(target.getvalue(), name)


def _refused(order_id: int, refusal: DomainError) -> ResponseReturnValue:
    """Show the page again over the rows as they are now, everything typed still in its box."""
    db.session.rollback()
    form = _form(queries.order_to_report(current_viewer(), order_id))
    form.validate()
    if isinstance(refusal, ReportRefused):
        return _page(form, refusal.findings, status=REFUSED)
    form.head.form_errors.append(translated(refusal))
    return _page(form, status=REFUSED)


def _form(order: WorkOrder) -> WorkForm:
    return WorkForm(
        order,
        ordered(order.lines),
        queries.hands_of(order.provider_id),
        queries.quality_items(order),
        today=today(),
    )


def draft_key(order_id: int) -> str:
    """Return the name under which unsent entry of an order is kept."""
    return f"coop.operations.report:{order_id}"


def _page(
    form: WorkForm, findings: Sequence[Finding] = (), *, is_checked: bool = False, status: int = 200
) -> ResponseReturnValue:
    findings = _said_once(form, findings)
    notes = by_line(findings)
    village = divisions.path(form.order.division_code)
    page = render_template(
        "coop/operations/report.html",
        order=form.order,
        form=form,
        village=village,
        notes=notes,
        wrong_rows=[row for row in form.rows if _is_wrong(row, notes)],
        findings=findings,
        is_checked=is_checked,
        needs_reason=any(finding.severity is Severity.REASON for finding in findings),
        sentence_of=sentence_of,
        draft_key=draft_key(form.order.id),
        machine_label=machine_label,
    )
    return page, status


def _said_once(form: WorkForm, findings: Sequence[Finding]) -> list[Finding]:
    """Say once, at the head's box, what every row would repeat: that nobody is named; return the rest."""
    rest = [finding for finding in findings if finding.sentence != NOBODY_NAMED]
    if len(rest) < len(findings):
        box = form.head.machine
        box.errors = [*box.errors, _("请选择实际机具或实际机手，整单选一次；谁干的必须可查。")]
    return rest


def _is_wrong(row: Row, notes: Mapping[int, Sequence[Finding]]) -> bool:
    """Tell whether anything of a row is to be mended or explained."""
    return bool(notes.get(row.line.id) or (row.entry is not None and row.entry.errors))


@reporting.get("/reports/<int:report_id>")
@signed_in
def show(report_id: int) -> ResponseReturnValue:
    """Show one report: what, by whom, by which machine, how well, with its photographs."""
    return _report_page(queries.report_of(current_viewer(), report_id))


def _report_page(report: WorkReport, form: UndoForm | None = None, status: int = 200) -> ResponseReturnValue:
    viewer, line = current_viewer(), report.line
    is_open = report.undone_at is None and bar_of(line_facts(line), today()) is None
    page = render_template(
        "coop/operations/work_report.html",
        report=report,
        line=line,
        order=line.order,
        household=str(line.household.label(divisions.path(line.household.division_code).name)),
        quality=quality_rows(report.quality),
        machine_label=machine_label,
        reporter=queries.reporter_name(report),
        attachments=attachments_of(service.OWNER, report.id),
        may_change=queries.can_change_report(viewer, report.id),
        may_undo=is_open and queries.can_change_report(viewer, report.id),
        sees_order=viewer.sees(OperationPermission.VIEW, line.order.division_code, line.order.dated_on),
        form=form or UndoForm(formdata=None),
    )
    return page, status


@reporting.post("/reports/<int:report_id>/undo")
@signed_in
def undo(report_id: int) -> ResponseReturnValue:
    """Take a report back with a reason."""
    viewer, form = current_viewer(), UndoForm()
    report = queries.report_of(viewer, report_id)
    if form.validate():
        try:
            service.undo_report(report, reason=form.reason.data, viewer=viewer, now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
            report = queries.report_of(viewer, report_id)
        else:
            db.session.commit()
            flash(_("已撤回这次登记，地块的作业面积已重新合计。"))
            return redirect(f"{HOME}reports/{report_id}")
    return _report_page(report, form, REFUSED)
