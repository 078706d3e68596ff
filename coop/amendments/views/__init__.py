"""Pages of supplementary agreements: the list, the form beside a contract, one agreement."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.amendments import queries, report, service
from coop.amendments.forms import AmendmentForm, AmendmentQuery, empty_form, form_for
from coop.amendments.importing import read_wanted, read_withdrawn, written
from coop.amendments.models import Amendment
from coop.amendments.queries import AmendmentFilter
from coop.amendments.rules.proposing import proposed
from coop.amendments.views.acts import acts
from coop.amendments.views.pages import HOME, REFUSED, STATE_KINDS, amendment_page, by_viewer
from coop.amendments.views.todos import waiting
from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.models import Contract
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.terms import ContractPermission
from coop.organisations.queries import division_asked
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.errors import DomainError, StaleVersion
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.conflict import conflict_page
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.web.todos import offer_todos
from foundation.wording import N_

blueprint = Blueprint("amendments", __name__, url_prefix="/amendments")
blueprint.register_blueprint(acts)
offer_todos(blueprint, waiting)


TAKING = (
    BulkAction(label=N_("导出"), url=HOME + "export"),
    BulkAction(label=N_("打印台账"), url=HOME + "ledger", extents=("selected", "filtered")),
)
COLUMNS = (
    Column(key="number", label=N_("协议编号"), link=True),
    Column(key="receiver", label=N_("接受方"), kind=CellKind.OWN),
    Column(key="provider", label=N_("服务方"), kind=CellKind.OWN),
    Column(key="reason", label=N_("变更原因")),
    Column(key="area_before", label=N_("变更前(亩)"), kind=CellKind.MU),
    Column(key="area_after", label=N_("变更后(亩)"), kind=CellKind.MU),
    Column(key="difference", label=N_("金额变化(元)"), kind=CellKind.YUAN),
    Column(key="effective_on", label=N_("生效日期"), kind=CellKind.DATE, sortable=True),
    Column(key="dated_on", label=N_("登记日期"), kind=CellKind.DATE, sortable=True),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)


@blueprint.get("/")
@requires(ContractPermission.VIEW)
def index() -> ResponseReturnValue:
    """List supplementary agreements."""
    viewer, query = current_viewer(), AmendmentQuery()
    actions = TAKING if viewer.can(ContractPermission.EXPORT) else ()
    listing = ListPage(COLUMNS, query=query, sort="-dated_on", prefix=HOME, actions=actions)
    page = queries.page(viewer, _asked(query), listing.order, listing.cut)
    return render_template("coop/amendments/index.html", listing=listing.show(page), kinds=STATE_KINDS)


def _asked(query: AmendmentQuery) -> AmendmentFilter:
    values = query.values()
    division = division_asked(current_viewer(), ContractPermission.VIEW, values.get("division"), today())
    return AmendmentFilter(text=values.get("text", ""), state=values.get("state"), division_code=division)


@blueprint.post("/export")
@requires(ContractPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the agreements asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/ledger")
@requires(ContractPermission.EXPORT)
def ledger() -> ResponseReturnValue:
    """Send the agreements asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer, asked = current_viewer(), spoken_of(AmendmentFilter, lambda: _asked(AmendmentQuery()))
    said = tables.conditions(AmendmentQuery()) if request.form.get("extent") == "filtered" else ""
    table = report.table(queries.stream(viewer, asked, ContractPermission.EXPORT), said)
    answer = tables.answer(table, form, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.get("/of/<int:contract_id>")
@requires(ContractPermission.VIEW)
def of_contract(contract_id: int) -> ResponseReturnValue:
    """List the agreements of one contract, as a part of its page or as a page of its own."""
    found = queries.of_contract(current_viewer(), contracts.get(current_viewer(), contract_id).id)
    name = "coop/amendments/_of.html" if request.headers.get("HX-Request") else "coop/amendments/of.html"
    return render_template(name, amendments=found, contract_id=contract_id, kinds=STATE_KINDS)


@blueprint.get("/new")
@requires(ContractPermission.DRAFT)
def new() -> ResponseReturnValue:
    """Show the form for a contract, filled with what is in force."""
    contract = _contract()
    details = contract_service.details_of(contract)
    return _edit_page(empty_form(contract, details, today()), contract, details)


@blueprint.post("/new")
@requires(ContractPermission.DRAFT)
def create() -> ResponseReturnValue:
    """Write an agreement from the difference."""
    contract, form = _contract(), AmendmentForm()
    details = contract_service.details_of(contract)
    if form.validate():
        try:
            made = service.propose(contract, _proposed(form, details), **_said(form), **by_viewer())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
            contract = _contract()
        else:
            db.session.commit()
            flash(_("已生成补充协议 %(number)s。", number=made.number))
            return redirect(f"{HOME}{made.id}")
    return _edit_page(form, contract, details), REFUSED


def _contract() -> Contract:
    return contracts.get(current_viewer(), request.args.get("contract", 0, type=int))


def _said(form: AmendmentForm) -> dict[str, Any]:
    return {"reason": form.reason.data, "effective_on": form.effective_on.data}


def _proposed(form: AmendmentForm, before: ContractDetails) -> ContractDetails:
    withdrawn = read_withdrawn(form.withdrawn.data or "", before)
    wanted = read_wanted(form.wanted.data or "", before, form.ends_on.data)
    return proposed(before, form.wishes(before, withdrawn, wanted))


def _edit_page(
    form: AmendmentForm, contract: Contract, details: ContractDetails, amendment: Amendment | None = None
) -> str:
    return render_template(
        "coop/amendments/edit.html", form=form, contract=contract, details=details, amendment=amendment
    )


@blueprint.get("/<int:amendment_id>/edit")
@requires(ContractPermission.DRAFT)
def edit(amendment_id: int) -> ResponseReturnValue:
    """Show the form of an agreement that is still a draft."""
    amendment = queries.get(current_viewer(), amendment_id)
    contract = contracts.get(current_viewer(), amendment.contract_id)
    return _edit_page(
        _form_of(amendment, contract), contract, contract_service.details_of(contract), amendment
    )


def _form_of(amendment: Amendment, contract: Contract) -> AmendmentForm:
    base, proposal = contract_service.details_of(contract), service.proposal_of(amendment)
    return form_for(
        proposal,
        base=base,
        reason=amendment.reason,
        effective_on=amendment.effective_on,
        version=amendment.version,
        **written(base, proposal),
    )


@blueprint.post("/<int:amendment_id>/edit")
@requires(ContractPermission.DRAFT)
def change(amendment_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    amendment, form = queries.get(current_viewer(), amendment_id), AmendmentForm()
    contract = contracts.get(current_viewer(), amendment.contract_id)
    details = contract_service.details_of(contract)
    if form.validate():
        try:
            proposal = _proposed(form, details)
            version = form.version.data or 0
            service.revise(amendment, proposal, expected_version=version, **_said(form), **by_viewer())
        except StaleVersion:
            db.session.rollback()
            theirs = _form_of(
                queries.get(current_viewer(), amendment_id), contracts.get(current_viewer(), contract.id)
            )
            return conflict_page(form, theirs, subject=amendment.number)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
            amendment = queries.get(current_viewer(), amendment_id)
            contract = contracts.get(current_viewer(), amendment.contract_id)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(f"{HOME}{amendment_id}")
    return _edit_page(form, contract, details, amendment), REFUSED


@blueprint.get("/<int:amendment_id>")
@requires(ContractPermission.VIEW)
def show(amendment_id: int) -> ResponseReturnValue:
    """Show one agreement."""
    return amendment_page(queries.get(current_viewer(), amendment_id))
