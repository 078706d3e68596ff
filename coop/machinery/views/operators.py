"""Pages of operators: the list, one operator, the form, and the acts on it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.machinery import queries, service
from coop.machinery.forms import CloseForm, OperatorForm, OperatorQuery, ReopenForm, values_of
from coop.machinery.importing import OPERATORS, operator_values
from coop.machinery.models import Operator
from coop.machinery.queries import OperatorFilter
from coop.machinery.rules import MachineryAct, MachineryPermission, licence_state
from coop.machinery.views.pages import (
    LICENCE_KINDS,
    REFUSED,
    act_forms,
    asked_of,
    find_organisations,
    workbook,
)
from coop.organisations.queries import history_of, last_hand
from coop.organisations.service import OutsideScope
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, StaleVersion
from foundation.web.acts import ActsOn
from foundation.web.conflict import conflict_page
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_

operators = Blueprint("operators", __name__, url_prefix="/operators")

HOME = "/coop/machinery/operators/"
COLUMNS = (
    Column(key="name", label=N_("姓名"), link=True, sortable=True),
    Column(key="provider", label=N_("服务组织"), kind=CellKind.OWN),
    Column(key="employer", label=N_("来源"), kind=CellKind.OWN),
    Column(key="phone", label=N_("联系电话"), kind=CellKind.OWN),
    Column(key="licence_number", label=N_("驾驶证号"), shown=False),
    Column(key="licence_class", label=N_("准驾机型")),
    Column(key="licence", label=N_("驾驶证"), kind=CellKind.OWN),
    Column(key="account", label=N_("手机账号"), kind=CellKind.OWN),
    Column(key="division_code", label=N_("所在区划"), kind=CellKind.OWN, sortable=True, shown=False),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)
FIELD_OF: dict[type[DomainError], str] = {
    service.LicenceReversed: "licensed_until",
    service.LicenceTaken: "licence_number",
    service.SenderIsProvider: "employer_id",
    service.AccountTaken: "account_id",
    service.AccountElsewhere: "account_id",
    service.ProviderClosed: "provider_id",
    OutsideScope: "provider_id",
}


@operators.get("/")
@requires(MachineryPermission.VIEW)
def index() -> ResponseReturnValue:
    """List operators."""
    viewer, query = current_viewer(), OperatorQuery()
    export = BulkAction(label=N_("导出"), url=HOME + "export")
    actions = (export,) if viewer.can(MachineryPermission.EXPORT) else ()
    listing = ListPage(COLUMNS, query=query, sort="division_code", prefix=HOME, actions=actions)
    page = queries.operators_page(viewer, _asked(query), today(), listing.order, listing.cut)
    return render_template(
        "coop/machinery/operators/index.html",
        listing=listing.show(page),
        paths=divisions.paths(row.division_code for row in page.rows),
        licence=lambda row: licence_state(row.licensed_until, today()),
        kinds=LICENCE_KINDS,
    )


def _asked(query: OperatorQuery) -> OperatorFilter:
    return OperatorFilter(**asked_of(query))


@operators.post("/export")
@requires(MachineryPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the operators asked for as a workbook."""
    asked = spoken_of(OperatorFilter, lambda: _asked(OperatorQuery()))
    found = queries.operators_stream(current_viewer(), asked, today())
    return workbook(OPERATORS, map(operator_values, found))


@operators.get("/new")
@requires(MachineryPermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _edit_page(_with_pickers(OperatorForm(formdata=None)), None)


@operators.post("/new")
@requires(MachineryPermission.EDIT)
def create() -> ResponseReturnValue:
    """Register an operator."""
    form = _with_pickers(OperatorForm())
    if form.validate():
        try:
            made = service.keep_operator(Operator(), form.details(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            address = f"{HOME}{made.id}"
            db.session.commit()
            flash(_("机手已登记。"))
            return redirect(address)
    return _edit_page(form, None), REFUSED


def _with_pickers(form: OperatorForm, operator: Operator | None = None) -> OperatorForm:
    find_organisations(form.provider_id, providers_only=True)
    find_organisations(form.employer_id, providers_only=False)
    bound = queries.account_of(operator) if operator is not None else None
    offered = {one.id: one for one in (bound, *queries.accounts_at(current_viewer(), today())) if one}
    form.account_id.choices = [(one.id, f"{one.name}（{one.login_name}）") for one in offered.values()]
    return form


def _edit_page(form: OperatorForm, operator: Operator | None) -> str:
    return render_template("coop/machinery/operators/edit.html", form=form, operator=operator)


@operators.get("/<int:operator_id>")
@requires(MachineryPermission.VIEW)
def show(operator_id: int) -> ResponseReturnValue:
    """Show one operator."""
    return _page(queries.get_operator(current_viewer(), operator_id))


def _page(operator: Operator, revealed: str = "", **sent: Any) -> str:
    viewer = current_viewer()
    return render_template(
        "coop/machinery/operators/show.html",
        operator=operator,
        path=divisions.path(operator.division_code),
        licence=licence_state(operator.licensed_until, today()),
        kinds=LICENCE_KINDS,
        account=queries.account_of(operator),
        revealed=revealed,
        may_reveal=viewer.sees(MachineryPermission.REVEAL, operator.division_code),
        may_edit=viewer.sees(MachineryPermission.EDIT, operator.division_code),
        history=history_of(operator, MachineryAct),
        why=viewer.why(MachineryPermission.VIEW, operator.division_code),
        forms=act_forms(**sent),
    )


@operators.post("/<int:operator_id>/phone")
@requires(MachineryPermission.REVEAL)
def reveal(operator_id: int) -> ResponseReturnValue:
    """Show the telephone in clear, this once; the journal keeps who asked and why."""
    operator = queries.get_operator(current_viewer(), operator_id)
    reason = request.form.get("reason", "")
    clear = service.reveal_phone(operator, reason=reason, viewer=current_viewer(), now=now())
    db.session.commit()
    return _page(queries.get_operator(current_viewer(), operator_id), revealed=clear)


@operators.get("/<int:operator_id>/edit")
@requires(MachineryPermission.EDIT)
def edit(operator_id: int) -> ResponseReturnValue:
    """Show the form of one operator."""
    operator = queries.get_operator(current_viewer(), operator_id)
    return _edit_page(_form_of(operator), operator)


def _form_of(operator: Operator) -> OperatorForm:
    return _with_pickers(OperatorForm(formdata=None, data=values_of(OperatorForm, operator)), operator)


@operators.post("/<int:operator_id>/edit")
@requires(MachineryPermission.EDIT)
def change(operator_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    operator = queries.get_operator(current_viewer(), operator_id)
    form = _with_pickers(OperatorForm(), operator)
    if form.validate():
        try:
            service.keep_operator(
                operator,
                form.details(operator),
                viewer=current_viewer(),
                now=now(),
                version=form.version.data or 0,
            )
        except (StaleVersion, StaleDataError):
            return _conflict(form, operator_id)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(f"{HOME}{operator_id}")
    return _edit_page(form, queries.get_operator(current_viewer(), operator_id)), REFUSED


def _conflict(form: OperatorForm, operator_id: int) -> ResponseReturnValue:
    db.session.rollback()
    operator = queries.get_operator(current_viewer(), operator_id)
    return conflict_page(form, _form_of(operator), subject=operator.name, who=last_hand(operator))


ACTS = ActsOn(queries.get_operator, _page, HOME)


@operators.post("/<int:operator_id>/close")
@requires(MachineryPermission.EDIT)
def close(operator_id: int) -> ResponseReturnValue:
    """Take an operator out of use."""
    form = CloseForm()
    said = _("已停用；以前的作业单保持不变。")
    values = {"on": form.on.data, "reason": form.reason.data}
    return ACTS.act_with("close", form, operator_id, service.close, said, **values)


@operators.post("/<int:operator_id>/reopen")
@requires(MachineryPermission.EDIT)
def reopen(operator_id: int) -> ResponseReturnValue:
    """Take an operator back into use."""
    form, said = ReopenForm(), _("已恢复使用。")
    return ACTS.act_with("reopen", form, operator_id, service.reopen, said, reason=form.reason.data)
