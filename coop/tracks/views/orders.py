"""An order's tracks: what they say together, and taking in another file."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.contracts.rules.findings import Finding
from coop.operations.models import WorkOrder
from coop.operations.queries.reports import hands_of
from coop.tracks import jobs, queries, report, service
from coop.tracks.forms import UploadForm
from coop.tracks.queries import TrackFilter, comparisons
from coop.tracks.rules.driving import drive
from coop.tracks.rules.fixes import FaultyTrack
from coop.tracks.rules.picture import Picture
from coop.tracks.rules.terms import TrackPermission
from coop.tracks.service import Imported, TrackElsewhere, TrackQuestioned, TrackTerms
from coop.tracks.views.pages import OUTCOME_KINDS, send_comparison
from foundation.access.gate import current_viewer, requires
from foundation.clock import now
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.tables.rules import TableFormat
from foundation.web.wording import term, translated
from foundation.wording import Term

orders = Blueprint("orders", __name__, url_prefix="/of")

HOME = "/coop/tracks/"
REFUSED = 422


@orders.get("/<int:order_id>")
@requires(TrackPermission.VIEW)
def index(order_id: int) -> ResponseReturnValue:
    """Show the tracks of an order and what they say of each parcel."""
    viewer = current_viewer()
    order = queries.order_for(viewer, order_id, TrackPermission.VIEW)
    asked = TrackFilter(order_id=order.id)
    lines = [report.line_of(row) for row in comparisons.comparisons(viewer, asked, TrackPermission.VIEW)]
    return render_template(
        "coop/tracks/of.html",
        order=order,
        tracks=queries.rows_of(queries.of_order(viewer, order.id)),
        lines=lines,
        sums=report.sums_of(lines),
        kinds=OUTCOME_KINDS,
        may_import=viewer.sees(TrackPermission.IMPORT, order.division_code, order.dated_on),
        may_export=viewer.sees(TrackPermission.EXPORT, order.division_code, order.dated_on),
    )


@orders.post("/<int:order_id>/export")
@requires(TrackPermission.EXPORT)
def export(order_id: int) -> ResponseReturnValue:
    """Send the order's comparison as a workbook."""
    order = queries.order_for(current_viewer(), order_id, TrackPermission.EXPORT)
    return send_comparison(TrackFilter(order_id=order.id), TableFormat.XLSX, order.number)


@orders.post("/<int:order_id>/print")
@requires(TrackPermission.EXPORT)
def print_table(order_id: int) -> ResponseReturnValue:
    """Send the order's comparison on paper."""
    order = queries.order_for(current_viewer(), order_id, TrackPermission.EXPORT)
    return send_comparison(TrackFilter(order_id=order.id), TableFormat.PDF, order.number)


@orders.get("/<int:order_id>/new")
@requires(TrackPermission.IMPORT)
def new(order_id: int) -> ResponseReturnValue:
    """Show where to choose a file, with its limits."""
    order = queries.order_for(current_viewer(), order_id, TrackPermission.IMPORT)
    return _page(order, _form(order))


@orders.post("/<int:order_id>/new")
@requires(TrackPermission.IMPORT)
def create(order_id: int) -> ResponseReturnValue:
    """Take a file in, or show why not: in words, and in a picture where it lies elsewhere."""
    order = queries.order_for(current_viewer(), order_id, TrackPermission.IMPORT)
    form, picture = _form(order), None
    if form.validate():
        name, content = str(form.file.data.filename), form.file.data.read()
        try:
            if len(content) > jobs.FROM_BYTES:
                return _queued(order, name, content, form.terms())
            address = _imported(order, name, content, form.terms())
        except DomainError as refusal:
            db.session.rollback()
            picture = refusal.picture if isinstance(refusal, TrackElsewhere) else None
            _refuse(form, refusal)
            order = queries.order_for(current_viewer(), order_id, TrackPermission.IMPORT)
        else:
            return redirect(address)
    return _page(order, form, picture), REFUSED


def _form(order: WorkOrder) -> UploadForm:
    form = UploadForm(data={"machine": order.machine_id, "operator": order.operator_id})
    machines, operators = hands_of(order.provider_id)
    form.machine.choices = [(one.id, queries.machine_name(one)) for one in machines]
    form.operator.choices = [(one.id, one.name) for one in operators]
    return form


def _page(order: WorkOrder, form: UploadForm, picture: Picture | None = None) -> str:
    return render_template(
        "coop/tracks/new.html",
        order=order,
        village=divisions.path(order.division_code),
        form=form,
        picture=picture,
        kinds=OUTCOME_KINDS,
    )


def _queued(order: WorkOrder, name: str, content: bytes, terms: TrackTerms) -> ResponseReturnValue:
    title = _("导入轨迹 %(name)s", name=name)
    job = jobs.enqueue_import(order, name, content, terms, viewer=current_viewer(), now=now(), title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    flash(_("文件较大，已转入后台导入，完成后会通知您。"))
    return redirect(address)


def _imported(order: WorkOrder, name: str, content: bytes, terms: TrackTerms) -> str:
    """Work the geometry out before the transaction that writes, so that nobody waits for it."""
    viewer, order_id = current_viewer(), order.id
    usual = service.usual_width(order, terms)
    db.session.rollback()
    driven = drive(name, content, stated_cm=terms.width_cm, usual_cm=usual)
    order = queries.order_for(viewer, order_id, TrackPermission.IMPORT)
    done = service.import_track(order, name, content, terms, viewer=viewer, now=now(), driven=driven)
    address = f"{HOME}{done.track.id}"
    _tell(done, driven.reading.unfixed)
    db.session.commit()
    return address


def _tell(done: Imported, unfixed: int) -> None:
    flash(
        _(
            "已导入轨迹：登记作业 %(reported)s 块，发起复测 %(doubted)s 块。",
            reported=len(done.reports),
            doubted=len(done.remeasures),
        )
    )
    if unfixed:
        flash(_("有 %(n)s 个点没有卫星定位，已略去。", n=unfixed), "warning")
    for finding in done.findings:
        flash(_said(finding), "warning")


def _said(finding: Finding) -> str:
    values = {key: term(value) if isinstance(value, Term) else value for key, value in finding.values.items()}
    return str(_(finding.sentence) % values)


def _refuse(form: UploadForm, refusal: DomainError) -> None:
    """Put every sentence of a refusal at the file: of many faults the first few, of findings all."""
    form.refuse("file", refusal)
    if isinstance(refusal, FaultyTrack):
        form.file.errors = [*form.file.errors, *(translated(fault) for fault in refusal.faults)]
    if isinstance(refusal, TrackQuestioned) and len(refusal.findings) > 1:
        form.file.errors = [*form.file.errors, *(_said(finding) for finding in refusal.findings[1:])]
