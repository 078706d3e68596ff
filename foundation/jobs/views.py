"""My jobs: the list, one job with its progress, and the notices of those that finished."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, signed_in
from foundation.access.grants import Viewer
from foundation.clock import now
from foundation.database.engine import db
from foundation.database.paging import Sort, fetch_page
from foundation.jobs import queries, service
from foundation.jobs.models import Job
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.web.todos import Notice, offer_notices
from foundation.wording import N_

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")

MENU = (MenuEntry(door=Door.WORKTABLE, label=N_("我的任务"), endpoint="foundation.jobs.index"),)

COLUMNS = (
    Column(key="title", label=N_("任务"), link=True),
    Column(key="state", label=N_("状态"), kind=CellKind.TERM),
    Column(key="percent", label=N_("进度"), kind=CellKind.OWN),
    Column(key="created_at", label=N_("提交时间"), kind=CellKind.INSTANT),
    Column(key="finished_at", label=N_("结束时间"), kind=CellKind.INSTANT),
)


def notices(viewer: Viewer) -> Iterable[Notice]:
    """Tell the owner of each finished job that it is done, until it was looked at."""
    for job in queries.unseen(viewer):
        text = _("“%(title)s”%(state)s", title=job.title, state=_(job.state.label))
        yield Notice(text=text, url=f"/foundation/jobs/{job.id}", at=job.finished_at or job.created_at)


offer_notices(blueprint, notices)


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List the viewer's jobs, the newest first."""
    listing = ListPage(COLUMNS, sort="-id", prefix="/foundation/jobs/")
    sort = Sort(columns=(Job.id,), descending=True)
    page = fetch_page(db.session(), queries.jobs_of(current_viewer()), sort, listing.cut)
    return render_template("foundation/jobs/index.html", listing=listing.show(page))


@blueprint.get("/<int:job_id>")
@signed_in
def show(job_id: int) -> ResponseReturnValue:
    """Show how far a job is; asked for by htmx, only the part that changes."""
    job = queries.get_job(current_viewer(), job_id)
    if request.headers.get("HX-Request"):
        return render_template("foundation/jobs/progress.html", job=job)
    return render_template("foundation/jobs/show.html", job=job)


@blueprint.post("/<int:job_id>/seen")
@signed_in
def seen(job_id: int) -> ResponseReturnValue:
    """Take the notice away; without script the button comes back to the list."""
    job = queries.get_job(current_viewer(), job_id)
    if job.account_id == current_viewer().account_id:
        service.mark_seen(job, now())
        db.session.commit()
    if request.headers.get("HX-Request"):
        return "", 204
    return redirect(url_for("foundation.jobs.index"))


@blueprint.post("/<int:job_id>/retry")
@signed_in
def retry(job_id: int) -> ResponseReturnValue:
    """Queue a failed job once more."""
    job = queries.get_job(current_viewer(), job_id)
    service.retry(job, now())
    db.session.commit()
    flash(_("已重新排队。"))
    return redirect(url_for("foundation.jobs.show", job_id=job_id))
