"""Counting a programme anew by another version of its coefficients: explicit, with a reason, journalled."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.programmes.models import CoefficientVersion
from coop.trusteeship.forms import LedgerQuery, RecountForm
from coop.trusteeship.queries import sheets
from coop.trusteeship.rules.terms import AcreagePermission
from coop.trusteeship.service import recount_programme
from coop.trusteeship.views.asking import Asked, asked, filled
from foundation.access.gate import current_viewer, requires
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError, NotFound

recounting = Blueprint("recounting", __name__)

HOME = "/coop/trusteeship/"
REFUSED = 422


@recounting.get("/recount")
@requires(AcreagePermission.RECOUNT)
def ask() -> ResponseReturnValue:
    """Ask by which version of the coefficients, and why."""
    found = _county()
    return _page(found, _offered(found, RecountForm(formdata=None)))


@recounting.post("/recount")
@requires(AcreagePermission.RECOUNT)
def recount() -> ResponseReturnValue:
    """Count the whole programme anew; every count keeps the version from then on."""
    found = _county()
    form = _offered(found, RecountForm())
    if not form.validate():
        return _page(found, form), REFUSED
    version = db.session.get_one(CoefficientVersion, form.coefficients.data)
    try:
        recount_programme(
            found.programme,
            version=version,
            viewer=current_viewer(),
            now=now(),
            reason=form.reason.data or "",
        )
    except DomainError as refusal:
        db.session.rollback()
        form.refuse("", refusal)
        return _page(found, form), REFUSED
    address = found.address(HOME)
    db.session.commit()
    flash(_("已按所选系数重算；台账和统计表已更新，操作已记入日志。"))
    return redirect(address)


def _county() -> Asked:
    """Return the question; whoever does not see the whole county counts nothing anew."""
    found = asked(AcreagePermission.RECOUNT)
    if found is None or not found.is_below_a_root(found.programme.division_code):
        raise NotFound
    return found


def _offered(found: Asked, form: RecountForm) -> RecountForm:
    versions = sheets.versions_of(found.programme.id)
    form.coefficients.choices = [
        (one.id, _("第 %(n)s 版（%(day)s起）%(source)s", n=one.number, day=one.valid_from, source=one.source))
        for one in versions
    ]
    return form


def _page(found: Asked, form: RecountForm) -> str:
    used = [one.number for one in sheets.versions_used(found.programme.id)]
    query = filled(LedgerQuery(), found)
    return render_template(
        "coop/trusteeship/recount.html", asked=found, form=form, used=used, query=query, carried=list
    )
