"""Disputes: the list, one dispute with both sides' evidence, and its end."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.acceptance import service
from coop.acceptance.forms import DisputeQuery, ResolveForm
from coop.acceptance.models import Dispute
from coop.acceptance.queries import disputes as queries
from coop.acceptance.queries import work_of
from coop.acceptance.queries.disputes import DisputeFilter
from coop.acceptance.queries.facts import last_hands
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission
from coop.acceptance.service import Settlement
from coop.operations.rules.land_checks import most_area
from coop.operations.service.reporting import OWNER as REPORTS
from coop.organisations.queries import division_asked, history_of
from foundation.access.gate import current_viewer, requires
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.uploads import sent_files
from foundation.wording import N_

disputes = Blueprint("disputes", __name__, url_prefix="/disputes")

HOME = "/coop/acceptance/disputes/"
REFUSED = 422
COLUMNS = (
    Column(key="number", label=N_("作业单号"), link=True),
    Column(key="household", label=N_("农户")),
    Column(key="parcel", label=N_("地块")),
    Column(key="work", label=N_("作业")),
    Column(key="verdict", label=N_("农户答复"), kind=CellKind.TERM),
    Column(key="reported_area", label=N_("登记亩数"), kind=CellKind.MU),
    Column(key="claimed_area", label=N_("农户认可"), kind=CellKind.MU),
    Column(key="settled_area", label=N_("核定亩数"), kind=CellKind.MU),
    Column(key="opened_at", label=N_("提出时间"), kind=CellKind.INSTANT),
    Column(key="end", label=N_("处理结果"), kind=CellKind.OWN),
)


@disputes.get("/")
@requires(AcceptancePermission.VIEW)
def index() -> ResponseReturnValue:
    """List disputes, the newest first."""
    viewer, query = current_viewer(), DisputeQuery()
    listing = ListPage(COLUMNS, query=query, sort="-id", prefix=HOME)
    values = query.values()
    standing = values.get("standing")
    asked = DisputeFilter(
        text=values.get("text", ""),
        is_open=None if standing is None else standing == "open",
        end=values.get("end"),
        division_code=division_asked(viewer, AcceptancePermission.VIEW, values.get("division"), today()),
    )
    page = queries.page(viewer, asked, listing.order, listing.cut)
    return render_template("coop/acceptance/disputes/index.html", listing=listing.show(page))


@disputes.get("/<int:dispute_id>")
@requires(AcceptancePermission.VIEW)
def show(dispute_id: int) -> ResponseReturnValue:
    """Show one dispute: what was reported, what the farmer says, and what supports each."""
    return _page(queries.get(current_viewer(), dispute_id))


def _page(dispute: Dispute, form: ResolveForm | None = None) -> str:
    viewer, line = current_viewer(), dispute.line
    order = line.order
    return render_template(
        "coop/acceptance/disputes/show.html",
        dispute=dispute,
        line=line,
        order=order,
        word=dispute.reply,
        slip=dispute.reply.slip,
        work=work_of(order),
        village=divisions.path(dispute.division_code),
        hands=last_hands([line.id]).get(line.id, (None, None)),
        most=most_area(line.basis_area, order.programme.tolerance),
        attachments=[
            file
            for file in attachments_of(service.OWNER, dispute.reply.slip_id)
            if line.parcel.code in file.note or not file.note.startswith("地块")
        ],
        reported=[
            file
            for report in line.reports
            if report.undone_at is None
            for file in attachments_of(REPORTS, report.id)
        ],
        history=history_of(dispute, AcceptanceAct),
        may_resolve=dispute.is_open
        and viewer.sees(AcceptancePermission.RESOLVE, dispute.division_code, order.dated_on),
        why=viewer.why(AcceptancePermission.VIEW, dispute.division_code, order.dated_on),
        form=form or ResolveForm(formdata=None, data={"version": dispute.version}),
    )


@disputes.post("/<int:dispute_id>")
@requires(AcceptancePermission.RESOLVE)
def resolve(dispute_id: int) -> ResponseReturnValue:
    """End a dispute."""
    form, viewer = ResolveForm(), current_viewer()
    dispute = queries.get(viewer, dispute_id)
    if not form.validate():
        return _page(dispute, form), REFUSED
    pictures = sent_files("consent")
    given = Settlement(
        end=form.end.data,
        reason=form.reason.data,
        area=form.area.data,
        consent=pictures[0] if pictures else None,
    )
    try:
        service.resolve(dispute, given, version=form.version.data, viewer=viewer, now=now())
    except DomainError as refusal:
        db.session.rollback()
        form.refuse("", refusal)
        return _page(queries.get(viewer, dispute_id), form), REFUSED
    db.session.commit()
    flash(_("已登记处理结果。"))
    return redirect(f"{HOME}{dispute_id}")
