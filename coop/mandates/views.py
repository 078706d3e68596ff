"""Pages of mandates: the list, registering for a village, one mandate, its signature and revocation."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.mandates import queries, report, service
from coop.mandates.forms import MandateForm, MandateQuery, RevokeForm, SignForm
from coop.mandates.importing import read_households
from coop.mandates.models import Mandate
from coop.mandates.queries import MandateFilter
from coop.mandates.rules import MandateAct, MandatePermission, MandateState
from coop.organisations import queries as organisations
from coop.organisations.rules import OrganisationKind
from foundation.access.gate import current_viewer, requires
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.papers.jobs import enqueue_print_run
from foundation.papers.queries import papers_of
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.web.uploads import sent_files
from foundation.wording import N_

blueprint = Blueprint("mandates", __name__, url_prefix="/mandates")

HOME = "/coop/mandates/"
REFUSED = 422
COLUMNS = (
    Column(key="number", label=N_("委托书编号"), link=True),
    Column(key="household", label=N_("委托农户")),
    Column(key="agent", label=N_("受托人")),
    Column(key="authority", label=N_("委托权限"), kind=CellKind.TERM, shown=False),
    Column(key="area", label=N_("委托亩数"), kind=CellKind.MU, sortable=True),
    Column(key="starts_on", label=N_("起始日"), kind=CellKind.DATE),
    Column(key="ends_on", label=N_("终止日"), kind=CellKind.DATE, sortable=True),
    Column(key="signed_on", label=N_("签字日期"), kind=CellKind.DATE),
    Column(key="dated_on", label=N_("登记日期"), kind=CellKind.DATE, sortable=True, shown=False),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)
STATE_KINDS = {
    MandateState.UNSIGNED: "waiting",
    MandateState.FUTURE: "plain",
    MandateState.IN_FORCE: "good",
    MandateState.EXPIRED: "plain",
    MandateState.REVOKED: "bad",
}


@blueprint.get("/")
@requires(MandatePermission.VIEW)
def index() -> ResponseReturnValue:
    """List mandates."""
    viewer, query = current_viewer(), MandateQuery()
    listing = ListPage(COLUMNS, query=query, sort="-dated_on", prefix=HOME, actions=_actions())
    page = queries.page(viewer, _asked(query), listing.order, listing.cut, today())
    return render_template("coop/mandates/index.html", listing=listing.show(page), kinds=STATE_KINDS)


def _actions() -> list[BulkAction]:
    viewer = current_viewer()
    offered = (
        (MandatePermission.EXPORT, BulkAction(label=N_("导出"), url=HOME + "export")),
        (
            MandatePermission.EXPORT,
            BulkAction(label=N_("打印台账"), url=HOME + "ledger", extents=("selected", "filtered")),
        ),
        (
            MandatePermission.PRINT,
            BulkAction(label=N_("打印"), url=HOME + "print", extents=("selected", "filtered")),
        ),
        (
            MandatePermission.EDIT,
            BulkAction(label=N_("登记今天签字"), url=HOME + "sign", extents=("selected",)),
        ),
    )
    return [action for permission, action in offered if viewer.can(permission)]


def _asked(query: MandateQuery) -> MandateFilter:
    values = query.values()
    return MandateFilter(
        text=values.get("text", ""),
        state=values.get("state"),
        authority=values.get("authority"),
        division_code=organisations.division_asked(
            current_viewer(), MandatePermission.VIEW, values.get("division"), today()
        ),
    )


def _bulk() -> MandateFilter:
    """Return the rows that a button over the list speaks of."""
    return spoken_of(MandateFilter, lambda: _asked(MandateQuery()))


@blueprint.post("/export")
@requires(MandatePermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the mandates asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/ledger")
@requires(MandatePermission.EXPORT)
def ledger() -> ResponseReturnValue:
    """Send the mandates asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    rows = queries.stream(viewer, _bulk(), today(), MandatePermission.EXPORT)
    said = tables.conditions(MandateQuery()) if request.form.get("extent") == "filtered" else ""
    table = report.table(rows, said)
    answer = tables.answer(table, form, act=MandateAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.post("/print")
@requires(MandatePermission.PRINT)
def print_run() -> ResponseReturnValue:
    """Print the mandates asked for as one file, in the background."""
    viewer = current_viewer()
    ids = queries.ids(viewer, _bulk(), today(), MandatePermission.PRINT)
    title = _("打印委托书 %(n)s 份", n=len(ids))
    job = enqueue_print_run(service.OWNER, ids, viewer=viewer, now=now(), title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    flash(_("已加入打印队列，完成后会通知您。"))
    return redirect(address)


@blueprint.post("/sign")
@requires(MandatePermission.EDIT)
def sign_selected() -> ResponseReturnValue:
    """Record today's signature for the selected mandates."""
    viewer = current_viewer()
    chosen = queries.get_many(viewer, request.form.getlist("selected", type=int))
    count = service.sign_all(chosen, signed_on=today(), viewer=viewer, now=now())
    db.session.commit()
    flash(_("已登记 %(n)s 份委托书的签字日期。", n=count))
    return redirect(HOME)


@blueprint.get("/new")
@requires(MandatePermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return render_template("coop/mandates/edit.html", form=_with_search(MandateForm()))


@blueprint.post("/new")
@requires(MandatePermission.EDIT)
def create() -> ResponseReturnValue:
    """Register mandates for one household, some, or a whole village: all or none."""
    form, viewer = _with_search(MandateForm()), current_viewer()
    if form.validate():
        try:
            terms = form.terms()
            chosen = read_households(
                viewer, form.households.data, form.division.data, terms.starts_on, terms.ends_on
            )
            made = service.register_for_all(chosen, terms, viewer=viewer, now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("households", refusal)
        else:
            address = HOME if len(made) > 1 else f"{HOME}{made[0].id}"
            db.session.commit()
            flash(_("已登记 %(n)s 份委托书。", n=len(made)))
            return redirect(address)
    return render_template("coop/mandates/edit.html", form=form), REFUSED


def _with_search(form: MandateForm) -> MandateForm:
    viewer = current_viewer()
    form.division.find = organisations.divisions_for(viewer, MandatePermission.EDIT, today())
    form.division.label_of = lambda code: divisions.path(code).short
    kinds = (OrganisationKind.VILLAGE_COLLECTIVE,)
    form.agent.find = lambda text: [
        (str(one.id), one.name)
        for one in (
            [organisations.get(viewer, int(text))]
            if text.isdigit()
            else organisations.find(viewer, text, today(), kinds=kinds)
        )
    ]
    return form


@blueprint.get("/<int:mandate_id>")
@requires(MandatePermission.VIEW)
def show(mandate_id: int) -> ResponseReturnValue:
    """Show one mandate."""
    return _page(queries.get(current_viewer(), mandate_id))


def _page(mandate: Mandate, **sent: Any) -> str:
    viewer = current_viewer()
    return render_template(
        "coop/mandates/show.html",
        mandate=mandate,
        state=mandate.state(today()),
        state_kind=STATE_KINDS[mandate.state(today())],
        village=divisions.path(mandate.household.division_code),
        may_edit=mandate.revoked_on is None
        and viewer.sees(MandatePermission.EDIT, mandate.division_code, mandate.dated_on),
        may_print=viewer.sees(MandatePermission.PRINT, mandate.division_code, mandate.dated_on),
        history=organisations.history_of(mandate, MandateAct),
        papers=papers_of(viewer, service.OWNER, mandate.id),
        attachments=attachments_of(service.OWNER, mandate.id),
        why=viewer.why(MandatePermission.VIEW, mandate.division_code, mandate.dated_on),
        forms={
            "sign": SignForm(formdata=None, data={"signed_on": today()}),
            "revoke": RevokeForm(formdata=None, data={"on": today()}),
            **sent,
        },
    )


@blueprint.post("/<int:mandate_id>/sign")
@requires(MandatePermission.EDIT)
def sign(mandate_id: int) -> ResponseReturnValue:
    """Record the signature and file the scans."""
    form = SignForm()
    scans = sent_files("scans")
    mandate = queries.get(current_viewer(), mandate_id)
    if form.validate():
        try:
            service.sign(
                mandate, signed_on=form.signed_on.data, scans=scans, viewer=current_viewer(), now=now()
            )
        except DomainError as refusal:
            return _refused("sign", form, refusal, mandate_id)
        db.session.commit()
        flash(_("已登记签字。"))
        return redirect(f"{HOME}{mandate_id}")
    return _page(mandate, sign=form), REFUSED


@blueprint.post("/<int:mandate_id>/revoke")
@requires(MandatePermission.EDIT)
def revoke(mandate_id: int) -> ResponseReturnValue:
    """Take a mandate back."""
    form = RevokeForm()
    mandate = queries.get(current_viewer(), mandate_id)
    if form.validate():
        try:
            service.revoke(
                mandate, on=form.on.data, reason=form.reason.data, viewer=current_viewer(), now=now()
            )
        except DomainError as refusal:
            return _refused("revoke", form, refusal, mandate_id)
        db.session.commit()
        flash(_("已撤回；此前签订的合同不受影响。"))
        return redirect(f"{HOME}{mandate_id}")
    return _page(mandate, revoke=form), REFUSED


def _refused(
    name: str, form: SignForm | RevokeForm, refusal: DomainError, mandate_id: int
) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse("", refusal)
    return _page(queries.get(current_viewer(), mandate_id), **{name: form}), REFUSED
