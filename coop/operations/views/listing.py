"""The list of work orders and what is taken from it: exports, papers, and issuing many at once."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.catalogue import queries as catalogue
from coop.operations import queries, report
from coop.operations.forms.planning import OrderQuery
from coop.operations.queries import OrderFilter
from coop.operations.rules.life import OrderState
from coop.operations.rules.terms import OperationAct, OperationPermission
from coop.operations.service import life
from coop.organisations.queries import division_asked
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.papers.jobs import enqueue_print_run
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_

blueprint = Blueprint("operations", __name__, url_prefix="/operations")

HOME = "/coop/operations/"
COLUMNS = (
    Column(key="number", label=N_("作业单编号"), link=True, sortable=True),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
    Column(key="season", label=N_("作物季")),
    Column(key="link", label=N_("环节"), kind=CellKind.OWN),
    Column(key="village", label=N_("所在地")),
    Column(key="provider", label=N_("服务方")),
    Column(key="operator", label=N_("机手"), shown=False),
    Column(key="machine", label=N_("机具"), shown=False),
    Column(key="starts_on", label=N_("作业期从"), kind=CellKind.DATE, sortable=True, shown=False),
    Column(key="ends_on", label=N_("截止"), kind=CellKind.DATE, sortable=True),
    Column(key="household_count", label=N_("户数"), kind=CellKind.NUMBER),
    Column(key="parcel_count", label=N_("地块"), kind=CellKind.NUMBER, shown=False),
    Column(key="area", label=N_("计划亩数"), kind=CellKind.MU, sortable=True),
    Column(key="done_area", label=N_("完成亩数"), kind=CellKind.MU),
    Column(key="accepted_area", label=N_("验收亩数"), kind=CellKind.MU),
    Column(key="deemed_area", label=N_("视同验收"), kind=CellKind.MU),
    Column(key="disputed_area", label=N_("争议亩数"), kind=CellKind.MU, shown=False),
    Column(key="dated_on", label=N_("编制日期"), kind=CellKind.DATE, sortable=True, shown=False),
)
STATE_KINDS = {
    OrderState.PLANNED: "plain",
    OrderState.ISSUED: "waiting",
    OrderState.LATE: "bad",
    OrderState.DONE: "waiting",
    OrderState.ACCEPTED: "good",
    OrderState.CANCELLED: "plain",
}
"""How a state is underlined; the word says it already."""


@blueprint.get("/")
@requires(OperationPermission.VIEW)
def index() -> ResponseReturnValue:
    """List work orders."""
    viewer, query = current_viewer(), _query()
    shown = ListPage(COLUMNS, query=query, sort="-dated_on", prefix=HOME, actions=_actions())
    page = queries.page(viewer, _asked(query), shown.order, shown.cut, today())
    return render_template("coop/operations/index.html", listing=shown.show(page), kinds=STATE_KINDS)


def _actions() -> list[BulkAction]:
    viewer, some = current_viewer(), ("selected", "filtered")
    offered = (
        (OperationPermission.PLAN, BulkAction(label=N_("派发"), url=HOME + "issue", extents=some)),
        (OperationPermission.EXPORT, BulkAction(label=N_("导出"), url=HOME + "export")),
        (OperationPermission.EXPORT, BulkAction(label=N_("打印台账"), url=HOME + "ledger", extents=some)),
        (OperationPermission.PRINT, BulkAction(label=N_("打印作业单"), url=HOME + "print", extents=some)),
    )
    return [action for permission, action in offered if viewer.can(permission)]


def _query() -> OrderQuery:
    viewer, query = current_viewer(), OrderQuery(formdata=None)
    query.season.choices = [(season.id, season.label) for season in catalogue.seasons()]
    query.link.choices = [(link.id, link.name) for link in catalogue.links()]
    query.provider.choices = queries.providers(viewer)
    query.operator.choices = queries.operators(viewer)
    query.process(request.args)
    query.validate()
    return query


def _asked(query: OrderQuery) -> OrderFilter:
    values = query.values()
    return OrderFilter(
        text=values.get("text", ""),
        state=values.get("state"),
        season_id=values.get("season"),
        link_id=values.get("link"),
        division_code=division_asked(
            current_viewer(), OperationPermission.VIEW, values.get("division"), today()
        ),
        provider_id=values.get("provider"),
        operator_id=values.get("operator"),
        since=values.get("since"),
        until=values.get("until"),
        disputed=bool(values.get("disputed")),
    )


def _bulk() -> OrderFilter:
    """Return the rows that a button over the list speaks of."""
    return spoken_of(OrderFilter, lambda: _asked(_query()))


@blueprint.post("/export")
@requires(OperationPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the orders asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/ledger")
@requires(OperationPermission.EXPORT)
def ledger() -> ResponseReturnValue:
    """Send the orders asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    rows = queries.stream(viewer, _bulk(), today(), OperationPermission.EXPORT)
    said = tables.conditions(_query()) if request.form.get("extent") == "filtered" else ""
    table = report.table(rows, said)
    answer = tables.answer(table, form, act=OperationAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.post("/print")
@requires(OperationPermission.PRINT)
def print_run() -> ResponseReturnValue:
    """Print the orders asked for as one file, in the background."""
    viewer = current_viewer()
    ids = queries.ids(viewer, _bulk(), today(), OperationPermission.PRINT)
    title = _("打印作业单 %(n)s 份", n=len(ids))
    job = enqueue_print_run(life.OWNER, ids, viewer=viewer, now=now(), title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    flash(_("已加入打印队列，完成后会通知您。"))
    return redirect(address)


@blueprint.post("/issue")
@requires(OperationPermission.PLAN)
def issue_many() -> ResponseReturnValue:
    """Hand out the orders asked for that are not out yet."""
    viewer = current_viewer()
    chosen = queries.ids(viewer, _bulk(), today(), OperationPermission.PLAN)
    count = life.issue_all(queries.heads(viewer, chosen), viewer=viewer, now=now())
    db.session.commit()
    flash(_("已派发 %(n)s 张作业单。", n=count))
    return redirect(HOME)


@blueprint.get("/search")
@requires(OperationPermission.VIEW)
def search() -> ResponseReturnValue:
    """Answer a picker: orders by number, household, contract or parcel."""
    found = queries.find(current_viewer(), request.args.get("q", ""), today())
    labels = ((row.id, f"{row.number} · {row.link} · {row.village}") for row in found)
    return jsonify(found=[{"key": str(key), "label": label} for key, label in labels])
