"""Counting a programme anew by a version of its coefficients: explicit, with a reason, journalled."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.programmes.models import Programme
from coop.trusteeship import jobs
from coop.trusteeship.forms import RecountForm
from coop.trusteeship.queries import recount as queries
from coop.trusteeship.rules.terms import AcreagePermission
from foundation.access.gate import current_viewer, requires
from foundation.clock import now
from foundation.database.engine import db

recounting = Blueprint("recounting", __name__, url_prefix="/recount")

REFUSED = 422


@recounting.get("/<int:programme_id>")
@requires(AcreagePermission.RECOUNT)
def show(programme_id: int) -> ResponseReturnValue:
    """Ask by which version of the coefficients, and why."""
    programme = queries.programme_to_recount(current_viewer(), programme_id)
    return _page(programme, _offered(programme, RecountForm(formdata=None)))


@recounting.post("/<int:programme_id>")
@requires(AcreagePermission.RECOUNT)
def start(programme_id: int) -> ResponseReturnValue:
    """Count the whole programme anew in the background; the job's page says when it is done."""
    viewer = current_viewer()
    programme = queries.programme_to_recount(viewer, programme_id)
    form = _offered(programme, RecountForm())
    if not form.validate():
        return _page(programme, form), REFUSED
    version = next(one for one in queries.versions_of(programme.id) if one.id == form.version.data)
    title = _("重算%(year)s年%(name)s的托管面积", year=programme.year, name=programme.name)
    job = jobs.enqueue_recount(version, form.reason.data or "", viewer=viewer, now=now(), title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    return redirect(address)


def _offered(programme: Programme, form: RecountForm) -> RecountForm:
    """Let the form offer the published versions, the latest first."""
    form.version.choices = [
        (one.id, _("第 %(n)s 版（%(source)s）", n=one.number, source=one.source))
        for one in queries.versions_of(programme.id)
    ]
    return form


def _page(programme: Programme, form: RecountForm) -> str:
    return render_template("coop/trusteeship/recounting/show.html", programme=programme, form=form)
