"""The print register on the screen, printing and reprinting, and the public desk of verification."""

from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, public, requires, signed_in
from foundation.attachments import service as files
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import NotFound
from foundation.jobs import queries as jobs
from foundation.papers import jobs as print_runs
from foundation.papers import queries, service
from foundation.papers.rules import PaperPermission, Throttle, kind_of
from foundation.typesetting import faces_in_use, use_font_folder
from foundation.web.downloads import shown
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

blueprint = Blueprint("papers", __name__, url_prefix="/papers")
desk = Blueprint("verify", __name__, url_prefix="/verify")

MENU = (
    MenuEntry(
        door=Door.REPORTS,
        label=N_("打印登记"),
        endpoint="foundation.papers.index",
        permissions=(PaperPermission.VIEW,),
    ),
)

COLUMNS = (
    Column(key="number", label=N_("文书编号"), link=True),
    Column(key="kind", label=N_("文书"), kind=CellKind.OWN),
    Column(key="version", label=N_("版本"), kind=CellKind.NUMBER),
    Column(key="state", label=N_("状态"), kind=CellKind.TERM),
    Column(key="office", label=N_("签发单位")),
    Column(key="issued_at", label=N_("签发时间"), kind=CellKind.INSTANT),
)

_throttle = Throttle()


@blueprint.record
def _use_settings(state: BlueprintSetupState) -> None:
    """Take the address of the verify codes and the customer's fonts from the settings."""
    service.use(state.app.config["PUBLIC_URL"])
    if state.app.config.get("FONTS"):
        use_font_folder(Path(state.app.config["FONTS"]))


@blueprint.get("/")
@requires(PaperPermission.VIEW)
def index() -> ResponseReturnValue:
    """List the papers of the viewer's area, the newest first."""
    listing = ListPage(COLUMNS, sort="-id", prefix="/foundation/papers/")
    number = request.args.get("number", "").strip()
    page = queries.page(current_viewer(), number, listing.cut)
    return render_template(
        "foundation/papers/index.html", listing=listing.show(page), number=number, kind_of=kind_of
    )


@blueprint.get("/faces")
@requires(PaperPermission.VIEW)
def faces() -> ResponseReturnValue:
    """Show which face each role of the official look is really set in, and why a better one is not used."""
    return render_template("foundation/papers/faces.html", faces=faces_in_use())


@blueprint.get("/<int:paper_id>")
@signed_in
def show(paper_id: int) -> ResponseReturnValue:
    """Show a paper of the register: what it says, what it is worth, and who printed it when."""
    viewer = current_viewer()
    paper = queries.get_paper(viewer, paper_id)
    kind = kind_of(paper.kind)
    return render_template(
        "foundation/papers/show.html",
        paper=paper,
        kind=kind,
        copies=queries.copies_of(paper),
        successor=queries.successor_of(paper),
        may_print=viewer.sees(kind.prints, paper.division_code, paper.dated_on),
        why=viewer.why(kind.sees, paper.division_code, paper.dated_on),
    )


@blueprint.get("/<int:paper_id>/file/<name>")
@signed_in
def file(paper_id: int, name: str) -> ResponseReturnValue:
    """Open the bytes that were kept when the paper was issued."""
    paper = queries.get_paper(current_viewer(), paper_id)
    return shown(service.stored_content(paper), name)


@blueprint.post("/<int:paper_id>/reprint")
@signed_in
def reprint(paper_id: int) -> ResponseReturnValue:
    """Print a paper once more; it bears which print it is and who asked."""
    paper = queries.get_paper(current_viewer(), paper_id)
    reason = request.form.get("reason", "").strip()
    printed = service.reprint(paper, viewer=current_viewer(), now=now(), reason=reason)
    content, name = printed.content(), paper.file_name
    db.session.commit()
    return shown(content, name)


@blueprint.get("/<kind>/<int:subject_id>/preview")
@signed_in
def preview(kind: str, subject_id: int) -> ResponseReturnValue:
    """Look at a row's paper before it is approved: a draft that bears no number of the register."""
    found = kind_of(kind)
    frozen = found.freeze(current_viewer(), subject_id)
    return shown(service.preview(found, frozen), f"{frozen.number}.pdf")


@blueprint.post("/<kind>/<int:subject_id>/print")
@signed_in
def issue(kind: str, subject_id: int) -> ResponseReturnValue:
    """Print a row's paper: a new version where its contents are new, one print more where they are not."""
    found = kind_of(kind)
    frozen = found.freeze(current_viewer(), subject_id)
    printed = service.issue(found, frozen, viewer=current_viewer(), now=now())
    content, name = printed.content(), printed.paper.file_name
    db.session.commit()
    return shown(content, name)


@blueprint.post("/<kind>/run")
@signed_in
def start_run(kind: str) -> ResponseReturnValue:
    """Print the papers of the selected rows as one PDF, in the background."""
    ids = [int(text) for text in request.form.getlist("selected") if text.isdigit()]
    label = kind_of(kind).label
    title = _("打印%(kind)s %(n)s 份", kind=label, n=len(ids))
    job = print_runs.enqueue_print_run(kind, ids, viewer=current_viewer(), now=now(), title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    flash(_("已加入打印队列，完成后会通知您。"))
    return redirect(address)


@blueprint.get("/run/<int:job_id>")
@signed_in
def run(job_id: int) -> ResponseReturnValue:
    """Open the PDF of a finished print run; it belongs to whoever asked for it."""
    job = jobs.get_job(current_viewer(), job_id)
    if job.account_id != current_viewer().account_id or "digest" not in job.result:
        raise NotFound
    return shown(files.fetch(job.result["digest"], job.title), f"{job.title}.pdf")


@desk.get("/<token>")
@public
def show_public(token: str) -> ResponseReturnValue:
    """Tell anyone who scanned a paper whether it holds; it shows only what the paper shows, masked."""
    if not _throttle.admits(request.remote_addr or "", now()):
        return render_template("foundation/papers/wait.html"), 429
    paper = queries.find_by_token(token)
    if paper is None:
        return render_template("foundation/papers/unknown.html"), 404
    return render_template(
        "foundation/papers/verify.html",
        paper=paper,
        kind=kind_of(paper.kind),
        successor=queries.successor_of(paper),
    )
