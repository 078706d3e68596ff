"""Pages of acceptance: the register of slips, one slip, silence, disputes, the household's own page."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.acceptance import queries, report, service
from coop.acceptance.forms import NoticeForm, SlipQuery
from coop.acceptance.queries import SlipFilter
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, SlipState
from coop.acceptance.views.disputes import disputes
from coop.acceptance.views.papers import prints
from coop.acceptance.views.public import reply_desk
from coop.acceptance.views.silence import silence
from coop.acceptance.views.slips import STATE_KINDS, acts
from coop.acceptance.views.todos import waiting
from coop.catalogue import queries as catalogue
from coop.operations import queries as operations
from coop.organisations.queries import division_asked
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.web.todos import offer_todos
from foundation.wording import N_

blueprint = Blueprint("acceptance", __name__, url_prefix="/acceptance")
for part in (acts, silence, disputes, prints, reply_desk):
    blueprint.register_blueprint(part)
offer_todos(blueprint, waiting)

HOME = "/coop/acceptance/"
REFUSED = 422
COLUMNS = (
    Column(key="number", label=N_("作业单号"), link=True),
    Column(key="household", label=N_("农户")),
    Column(key="work", label=N_("作业")),
    Column(key="parcels", label=N_("块数"), kind=CellKind.NUMBER),
    Column(key="done_area", label=N_("作业亩数"), kind=CellKind.MU),
    Column(key="accepted_area", label=N_("验收亩数"), kind=CellKind.MU),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
    Column(key="noticed_on", label=N_("送达日期"), kind=CellKind.DATE),
    Column(key="due_on", label=N_("答复期限"), kind=CellKind.DATE),
    Column(key="way", label=N_("验收方式"), kind=CellKind.TERM),
    Column(key="satisfaction", label=N_("满意度"), kind=CellKind.NUMBER, shown=False),
    Column(key="answered_at", label=N_("答复时间"), kind=CellKind.INSTANT, shown=False),
    Column(key="village", label=N_("所在村"), sortable=True, shown=False),
)


@blueprint.get("/")
@requires(AcceptancePermission.VIEW)
def index() -> ResponseReturnValue:
    """List slips: who has answered, who is waited for, who is late, who disputes."""
    viewer, query = current_viewer(), _query()
    listing = ListPage(COLUMNS, query=query, sort="-id", prefix=HOME, actions=_actions())
    page = queries.page(viewer, _asked(query), listing.order, listing.cut, today())
    return render_template("coop/acceptance/index.html", listing=listing.show(page), kinds=STATE_KINDS)


def _actions() -> list[BulkAction]:
    viewer = current_viewer()
    offered = (
        (
            AcceptancePermission.NOTIFY,
            BulkAction(label=N_("登记送达"), url=HOME + "notice", extents=("selected", "filtered")),
        ),
        (AcceptancePermission.EXPORT, BulkAction(label=N_("导出"), url=HOME + "export")),
        (
            AcceptancePermission.EXPORT,
            BulkAction(label=N_("打印台账"), url=HOME + "ledger", extents=("selected", "filtered")),
        ),
    )
    return [action for permission, action in offered if viewer.can(permission)]


def _query() -> SlipQuery:
    query = SlipQuery(formdata=None)
    query.season.choices = [(season.id, season.label) for season in catalogue.seasons()]
    query.process(request.args)
    query.validate()
    return query


def _asked(query: SlipQuery) -> SlipFilter:
    values = query.values()
    return SlipFilter(
        text=values.get("text", ""),
        state=values.get("state"),
        way=values.get("way"),
        season_id=values.get("season"),
        division_code=division_asked(
            current_viewer(), AcceptancePermission.VIEW, values.get("division"), today()
        ),
    )


def _bulk() -> SlipFilter:
    """Return the rows that a button over the list speaks of."""
    return spoken_of(SlipFilter, lambda: _asked(_query()))


@blueprint.post("/export")
@requires(AcceptancePermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the slips asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/ledger")
@requires(AcceptancePermission.EXPORT)
def ledger() -> ResponseReturnValue:
    """Send the slips asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    rows = queries.stream(viewer, _bulk(), today(), AcceptancePermission.EXPORT)
    said = tables.conditions(_query()) if request.form.get("extent") == "filtered" else ""
    table = report.table(rows, said)
    answer = tables.answer(table, form, act=AcceptanceAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.post("/notice")
@requires(AcceptancePermission.NOTIFY)
def notice() -> ResponseReturnValue:
    """Ask when and how the chosen households were told."""
    slips = queries.get_many(current_viewer(), _bulk(), today(), AcceptancePermission.NOTIFY)
    form = NoticeForm(formdata=None, data={"on": today()})
    return _notice_page([slip.id for slip in slips], form)


@blueprint.post("/notice/save")
@requires(AcceptancePermission.NOTIFY)
def save_notice() -> ResponseReturnValue:
    """Note that the chosen households were told; their days to answer run from then."""
    form, viewer = NoticeForm(), current_viewer()
    ids = request.form.getlist("selected", type=int)
    if form.validate():
        chosen = SlipFilter(ids=tuple(ids) or (0,))
        slips = queries.get_many(viewer, chosen, today(), AcceptancePermission.NOTIFY)
        try:
            told = service.notify(slips, on=form.on.data, way=form.way.data, viewer=viewer, now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
        else:
            db.session.commit()
            flash(_("已登记 %(n)s 户的送达日期。", n=told))
            return redirect(HOME)
    return _notice_page(ids, form), REFUSED


def _notice_page(ids: list[int], form: NoticeForm) -> str:
    chosen = SlipFilter(ids=tuple(ids) or (0,))
    slips = queries.get_many(current_viewer(), chosen, today(), AcceptancePermission.NOTIFY)
    rows = queries.rows_of(slips, today())
    waiting_states = (SlipState.UNTOLD, SlipState.WAITING, SlipState.OVERDUE, SlipState.DISPUTED)
    return render_template(
        "coop/acceptance/notice.html",
        rows=[row for row in rows if row.state in waiting_states],
        left_out=[row for row in rows if row.state not in waiting_states],
        form=form,
    )


@blueprint.get("/orders/<int:order_id>")
@requires(AcceptancePermission.VIEW)
def order(order_id: int) -> ResponseReturnValue:
    """Show the acceptance of one order, household by household."""
    viewer = current_viewer()
    found = operations.get(viewer, order_id)
    slips = queries.get_many(viewer, SlipFilter(order_id=order_id), today(), AcceptancePermission.VIEW)
    return render_template(
        "coop/acceptance/order.html",
        order=found,
        rows=list(zip(queries.rows_of(slips, today()), slips, strict=True)),
        kinds=STATE_KINDS,
        moment=now(),
        may_code=any(
            viewer.sees(one, found.division_code, found.dated_on)
            for one in (AcceptancePermission.PRINT, AcceptancePermission.NOTIFY)
        ),
    )


@blueprint.post("/orders/<int:order_id>/codes")
@requires(AcceptancePermission.PRINT, AcceptancePermission.NOTIFY)
def codes(order_id: int) -> ResponseReturnValue:
    """Make the codes of an order's households; they are read on the printed order only."""
    viewer = current_viewer()
    made = service.make_codes(operations.get_head(viewer, order_id), viewer=viewer, now=now())
    db.session.commit()
    flash(_("有 %(n)s 户的验收码可用；验收码只印在验收确认单上，请打印验收确认单并送交农户。", n=len(made)))
    return redirect(f"{HOME}orders/{order_id}")
