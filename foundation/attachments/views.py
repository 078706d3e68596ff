"""The files of a row: listed, uploaded, opened and removed by whoever the row lets."""

from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, signed_in
from foundation.attachments import queries, rules, service
from foundation.clock import now
from foundation.database.engine import db
from foundation.web.downloads import handed_over, shown

blueprint = Blueprint("attachments", __name__, url_prefix="/attachments")


@blueprint.record
def _use_folder(state: BlueprintSetupState) -> None:
    service.use(Path(state.app.config["FILES"]))


@blueprint.get("/<owner_type>/<int:owner_id>")
@signed_in
def index(owner_type: str, owner_id: int) -> ResponseReturnValue:
    """List a row's files, with the limits shown before anyone chooses a file."""
    owner = service.owner_open_to(current_viewer(), owner_type, owner_id)
    return render_template(
        "foundation/attachments/index.html",
        owner=owner,
        owner_id=owner_id,
        attachments=queries.attachments_of(owner_type, owner_id),
        may_change=owner.may_change(current_viewer(), owner_id),
        kinds=list(rules.FileKind),
        limit=rules.LARGEST // rules.MEGABYTE,
    )


@blueprint.post("/<owner_type>/<int:owner_id>")
@signed_in
def add(owner_type: str, owner_id: int) -> ResponseReturnValue:
    """Add the chosen files; one that is refused leaves none behind."""
    service.owner_open_to(current_viewer(), owner_type, owner_id)
    files = [file for file in request.files.getlist("files") if file.filename]
    for file in files:
        service.attach(
            file.filename or "",
            file.read(),
            owner_type=owner_type,
            owner_id=owner_id,
            viewer=current_viewer(),
            now=now(),
        )
    db.session.commit()
    flash(_("已上传 %(n)s 个文件。", n=len(files)) if files else _("没有选择文件。"))
    return redirect(f"/foundation/attachments/{owner_type}/{owner_id}")


@blueprint.get("/file/<int:attachment_id>/<name>")
@signed_in
def show(attachment_id: int, name: str) -> ResponseReturnValue:  # noqa: ARG001 - the name is for the reader
    """Open a picture or a PDF, save anything else."""
    attachment = service.open_to(current_viewer(), attachment_id)
    content = service.fetch(attachment.digest, attachment.name)
    send = shown if attachment.media_type in rules.SHOWN_INLINE else handed_over
    response = send(content, attachment.name, attachment.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


@blueprint.post("/file/<int:attachment_id>/remove")
@signed_in
def remove(attachment_id: int) -> ResponseReturnValue:
    """Take a file off its row."""
    attachment = service.remove(attachment_id, viewer=current_viewer(), now=now())
    back = f"/foundation/attachments/{attachment.owner_type}/{attachment.owner_id}"
    flash(_("已移除“%(name)s”。", name=attachment.name))
    db.session.commit()
    return redirect(back)
