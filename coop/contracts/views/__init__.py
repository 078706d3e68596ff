"""Pages of contracts: the list, one contract and its history, exports and print runs, and every act."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.catalogue import queries as catalogue
from coop.contracts import queries, report
from coop.contracts.forms import ContractQuery
from coop.contracts.queries import ContractFilter
from coop.contracts.rules.life import ContractActKind
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.views.acts import acts
from coop.contracts.views.charts import drawn
from coop.contracts.views.pages import PAPER, STATE_KINDS, contract_page
from coop.contracts.views.todos import waiting
from coop.organisations.queries import division_asked
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.papers.jobs import enqueue_print_run
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.charts import offer_charts
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.web.todos import offer_todos
from foundation.wording import N_

blueprint = Blueprint("contracts", __name__, url_prefix="/contracts")
blueprint.register_blueprint(acts)
offer_todos(blueprint, waiting)
offer_charts(blueprint, drawn)

HOME = "/coop/contracts/"
TAKING = (
    BulkAction(label=N_("导出"), url=HOME + "export"),
    BulkAction(label=N_("打印台账"), url=HOME + "ledger", extents=("selected", "filtered")),
)
COLUMNS = (
    Column(key="number", label=N_("合同编号"), kind=CellKind.OWN),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
    Column(key="mode", label=N_("模式"), kind=CellKind.TERM),
    Column(key="receiver_name", label=N_("接受方"), sortable=True),
    Column(key="provider_name", label=N_("服务方")),
    Column(key="village", label=N_("所在地"), shown=False),
    Column(key="household_count", label=N_("户数"), kind=CellKind.NUMBER),
    Column(key="service_area", label=N_("服务亩数"), kind=CellKind.MU),
    Column(key="service_total", label=N_("服务费(元)"), kind=CellKind.YUAN),
    Column(key="entrustment_area", label=N_("流转亩数"), kind=CellKind.MU),
    Column(key="entrustment_total", label=N_("流转费(元)"), kind=CellKind.YUAN),
    Column(key="starts_on", label=N_("起始日"), kind=CellKind.DATE, sortable=True, shown=False),
    Column(key="ends_on", label=N_("终止日"), kind=CellKind.DATE, sortable=True, shown=False),
    Column(key="dated_on", label=N_("登记日期"), kind=CellKind.DATE, sortable=True, shown=False),
)


@blueprint.get("/")
@requires(ContractPermission.VIEW)
def index() -> ResponseReturnValue:
    """List contracts."""
    viewer, query = current_viewer(), _query()
    actions = list(TAKING) if viewer.can(ContractPermission.EXPORT) else []
    if viewer.can(ContractPermission.PRINT):
        extents = ("selected", "filtered")
        actions.append(BulkAction(label=N_("打印"), url=HOME + "print", extents=extents))
    listing = ListPage(COLUMNS, query=query, sort="-dated_on", prefix=HOME, actions=actions)
    page = queries.page(viewer, _asked(query), listing.order, listing.cut, today())
    return render_template("coop/contracts/index.html", listing=listing.show(page), kinds=STATE_KINDS)


def _query() -> ContractQuery:
    query = ContractQuery(formdata=None)
    query.season.choices = [(season.id, season.label) for season in catalogue.seasons()]
    query.process(request.args)
    query.validate()
    return query


def _asked(query: ContractQuery) -> ContractFilter:
    values = query.values()
    return ContractFilter(
        text=values.get("text", ""),
        mode=values.get("mode"),
        nature=values.get("nature"),
        state=values.get("state"),
        division_code=division_asked(
            current_viewer(), ContractPermission.VIEW, values.get("division"), today()
        ),
        season_id=values.get("season"),
        since=values.get("since"),
        until=values.get("until"),
    )


def _bulk() -> ContractFilter:
    """Return the rows that a button over the list speaks of."""
    return spoken_of(ContractFilter, lambda: _asked(_query()))


@blueprint.post("/export")
@requires(ContractPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the contracts asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/ledger")
@requires(ContractPermission.EXPORT)
def ledger() -> ResponseReturnValue:
    """Send the contracts asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    rows = queries.stream(viewer, _bulk(), today(), ContractPermission.EXPORT)
    said = tables.conditions(_query()) if request.form.get("extent") == "filtered" else ""
    table = report.table(rows, said)
    answer = tables.answer(table, form, act=ContractActKind.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.post("/print")
@requires(ContractPermission.PRINT)
def print_run() -> ResponseReturnValue:
    """Print the contracts asked for as one file, in the background."""
    viewer = current_viewer()
    ids = queries.ids(viewer, _bulk(), today(), ContractPermission.PRINT)
    title = _("打印托管合同 %(n)s 份", n=len(ids))
    job = enqueue_print_run(PAPER, ids, viewer=viewer, now=now(), title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    flash(_("已加入打印队列，完成后会通知您。"))
    return redirect(address)


@blueprint.get("/search")
@requires(ContractPermission.VIEW)
def search() -> ResponseReturnValue:
    """Answer a picker: contracts by number, party or household."""
    found = queries.find(current_viewer(), request.args.get("q", ""), today())
    labels = ((row.id, f"{row.number or _('草稿')} · {row.receiver_name} · {row.village}") for row in found)
    return jsonify(found=[{"key": str(key), "label": label} for key, label in labels])


@blueprint.get("/<int:contract_id>")
@requires(ContractPermission.VIEW)
def show(contract_id: int) -> ResponseReturnValue:
    """Show one contract."""
    return contract_page(queries.get(current_viewer(), contract_id))
