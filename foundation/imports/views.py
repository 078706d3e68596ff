"""The import pages: choose, upload, watch, look through every row, confirm, and undo."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeGuard

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, requires
from foundation.access.grants import Viewer
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.database.paging import Sort, fetch_page
from foundation.imports import jobs as _handlers  # noqa: F401 - the worker has no other way to meet them
from foundation.imports import queries, report, service
from foundation.imports.forms import UploadForm, row_query
from foundation.imports.models import ImportBatch
from foundation.imports.rules import ImportAct, ImportKind, ImportPermission, Outcome
from foundation.imports.service.undoing import can_be_undone
from foundation.imports.snapshot import unpacked
from foundation.jobs import queries as jobs
from foundation.jobs.models import Job
from foundation.jobs.rules import JobState
from foundation.journal.service import record
from foundation.web.downloads import spreadsheet
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.web.todos import Todo, offer_todos
from foundation.wording import N_
from foundation.workbooks.layouts import Content, Layout

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

MENU = (
    MenuEntry(
        door=Door.WORKTABLE,
        label=N_("数据导入"),
        endpoint="foundation.imports.index",
        permissions=(ImportPermission.RUN,),
    ),
)


def todos(viewer: Viewer, _on: date) -> Iterable[Todo]:
    """Tell whoever uploaded a file that its rows wait to be looked through and confirmed."""
    yield Todo(
        label=N_("待确认的导入批次"), count=queries.count_previewed(viewer), url="/foundation/imports/"
    )


offer_todos(blueprint, todos)

BATCH_COLUMNS = (
    Column(key="id", label=N_("批次"), link=True),
    Column(key="kind", label=N_("类型"), kind=CellKind.OWN),
    Column(key="file_name", label=N_("文件"), link=True),
    Column(key="state", label=N_("状态"), kind=CellKind.TERM),
    Column(key="total", label=N_("行数"), kind=CellKind.NUMBER),
    Column(key="stopped", label=N_("错误行"), kind=CellKind.NUMBER),
    Column(key="uploaded_at", label=N_("上传时间"), kind=CellKind.INSTANT),
)

SENSITIVE = frozenset({Content.ID_NUMBER, Content.BANK_CARD, Content.PHONE})
"""Cells of these contents are masked in the preview unless something is wrong with them."""


@blueprint.get("/")
@requires(ImportPermission.RUN)
def index() -> ResponseReturnValue:
    """Offer the kinds with their templates, and list the viewer's batches."""
    kinds = service.kinds_open_to(current_viewer())
    return _index(UploadForm(kinds), kinds)


def _index(form: UploadForm, kinds: list[ImportKind], status: int = 200) -> ResponseReturnValue:
    listing = ListPage(BATCH_COLUMNS, sort="-id", prefix="/foundation/imports/")
    sort = Sort(columns=(ImportBatch.id,), descending=True)
    listing.show(fetch_page(db.session(), queries.batches_of(current_viewer()), sort, listing.cut))
    labels = {kind.name: kind.label for kind in kinds}
    limit = current_app.config["MAX_CONTENT_LENGTH"] >> 20
    page = "foundation/imports/index.html"
    return render_template(page, form=form, kinds=kinds, labels=labels, listing=listing, limit=limit), status


@blueprint.get("/template/<name>")
@requires(ImportPermission.RUN)
def template(name: str) -> ResponseReturnValue:
    """Hand out the empty workbook of a kind."""
    kind = service.kind_open_to(current_viewer(), name)
    return spreadsheet(report.template(kind), f"{kind.label}模板.xlsx")


@blueprint.post("/")
@requires(ImportPermission.RUN)
def upload() -> ResponseReturnValue:
    """Take a file in and let it be read."""
    kinds = service.kinds_open_to(current_viewer())
    form = UploadForm(kinds)
    if not form.validate_on_submit():
        return _index(form, kinds, 422)
    name, content = form.upload.filename or "", form.upload.read()
    batch = service.start(form.kind.data, name, content, viewer=current_viewer(), now=now())
    batch_id = batch.id
    db.session.commit()
    return redirect(f"/foundation/imports/{batch_id}")


@blueprint.get("/<int:batch_id>")
@requires(ImportPermission.RUN)
def show(batch_id: int) -> ResponseReturnValue:
    """Show how far a batch is, and every row of it with its verdict."""
    batch = queries.get_batch(current_viewer(), batch_id)
    kind, job = service.get_kind(batch.kind), _job_of(batch)
    return render_template(
        "foundation/imports/show.html",
        batch=batch,
        kind=kind,
        job=job if _is_open(job) else None,
        finished=job if job is not None and job.is_finished else None,
        outcomes=list(Outcome),
        may_undo=can_be_undone(batch),
        **_preview(batch, kind),
    )


def _job_of(batch: ImportBatch) -> Job | None:
    return jobs.get_job(current_viewer(), batch.job_id) if batch.job_id else None


def _is_open(job: Job | None) -> TypeGuard[Job]:
    """Tell whether a job still has something to say: it waits, runs, or failed."""
    return job is not None and job.state is not JobState.DONE


def _preview(batch: ImportBatch, kind: ImportKind) -> dict[str, Any]:
    query = row_query(kind)
    asked = query.values()
    outcome, warned = asked.get("outcome"), asked.get("warned", False)
    sheet: int = asked.get("sheet", queries.first_sheet(batch, outcome, warned=warned))
    query["sheet"].data = sheet
    layout = kind.sheets[sheet]
    listing = ListPage(_row_columns(layout), query=query, sort="number")
    page = queries.page_of_rows(batch, sheet, outcome, warned=warned, cut=listing.cut)
    bodies = {row.id: unpacked(row.body) for row in page.rows}
    sensitive = {column.key for column in layout.columns if column.content in SENSITIVE}
    return {"listing": listing.show(page), "bodies": bodies, "sensitive": sensitive}


def _row_columns(layout: Layout) -> list[Column]:
    own = [Column(key=column.key, label=column.title, kind=CellKind.OWN) for column in layout.columns]
    verdict = [
        Column(key=" number", label=N_("行号"), kind=CellKind.OWN),
        Column(key=" outcome", label=N_("结果"), kind=CellKind.OWN),
        Column(key=" label", label=N_("对象"), kind=CellKind.OWN),
    ]
    return [*verdict, *own]


@blueprint.get("/<int:batch_id>/progress")
@requires(ImportPermission.RUN)
def progress(batch_id: int) -> ResponseReturnValue:
    """Answer htmx how far the batch's job is; once it is over, let the whole page come anew."""
    batch = queries.get_batch(current_viewer(), batch_id)
    job = _job_of(batch)
    if not _is_open(job) or job.is_finished:
        return Response(status=204, headers={"HX-Refresh": "true"})
    return render_template("foundation/imports/progress.html", batch=batch, job=job)


@blueprint.post("/<int:batch_id>/confirm")
@requires(ImportPermission.RUN)
def confirm(batch_id: int) -> ResponseReturnValue:
    """Let the batch into the register."""
    batch = queries.get_batch(current_viewer(), batch_id)
    service.confirm(batch, viewer=current_viewer(), now=now())
    db.session.commit()
    return redirect(f"/foundation/imports/{batch_id}")


@blueprint.post("/<int:batch_id>/undo")
@requires(ImportPermission.RUN)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take the batch back out."""
    batch = queries.get_batch(current_viewer(), batch_id)
    service.undo(batch, viewer=current_viewer(), now=now(), reason=_reason())
    db.session.commit()
    return redirect(f"/foundation/imports/{batch_id}")


@blueprint.post("/<int:batch_id>/discard")
@requires(ImportPermission.RUN)
def discard(batch_id: int) -> ResponseReturnValue:
    """Put the batch aside."""
    batch = queries.get_batch(current_viewer(), batch_id)
    service.discard(batch, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已放弃这一批，登记数据没有变化。"))
    return redirect("/foundation/imports/")


@blueprint.post("/<int:batch_id>/faults")
@requires(ImportPermission.RUN)
def faults(batch_id: int) -> ResponseReturnValue:
    """Hand out the rows that stayed behind, each with its faults, and tell the journal."""
    batch = queries.get_batch(current_viewer(), batch_id)
    kind = service.get_kind(batch.kind)
    content = report.faults_workbook(batch, kind)
    note = _("%(n)s 行", n=batch.stopped)
    record(ImportAct.FAULTS_TAKEN, batch, viewer=current_viewer(), now=now(), note=note)
    db.session.commit()
    return spreadsheet(content, f"{kind.label}错误清单{today():%Y%m%d}.xlsx")


def _reason() -> str:
    return request.form.get("reason", "").strip()[:200]
