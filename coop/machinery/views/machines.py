"""Pages of machines: the list, one machine, its form, and the acts on it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.machinery import queries, service
from coop.machinery.forms import CloseForm, MachineForm, MachineQuery, ReopenForm, values_of
from coop.machinery.importing import MACHINES, machine_values
from coop.machinery.models import Machine
from coop.machinery.queries import MachineFilter
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

machines = Blueprint("machines", __name__, url_prefix="/machines")

HOME = "/coop/machinery/machines/"
COLUMNS = (
    Column(key="model", label=N_("型号"), link=True, sortable=True),
    Column(key="kind", label=N_("机具类型"), kind=CellKind.TERM),
    Column(key="plate", label=N_("号牌")),
    Column(key="provider", label=N_("服务组织"), kind=CellKind.OWN),
    Column(key="owner", label=N_("来源"), kind=CellKind.OWN),
    Column(key="daily_capacity", label=N_("日作业能力(亩)"), kind=CellKind.MU, sortable=True),
    Column(key="width_cm", label=N_("幅宽(厘米)"), kind=CellKind.NUMBER, shown=False),
    Column(key="terminal_number", label=N_("终端编号")),
    Column(key="licence", label=N_("行驶证"), kind=CellKind.OWN),
    Column(key="division_code", label=N_("所在区划"), kind=CellKind.OWN, sortable=True, shown=False),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)
FIELD_OF: dict[type[DomainError], str] = {
    service.TerminalTaken: "terminal_number",
    service.NoCapacity: "daily_capacity",
    service.TwoOwners: "owner_name",
    service.OwnerIsProvider: "owner_id",
    service.ProviderClosed: "provider_id",
    OutsideScope: "provider_id",
}


@machines.get("/")
@requires(MachineryPermission.VIEW)
def index() -> ResponseReturnValue:
    """List machines."""
    viewer, query = current_viewer(), MachineQuery()
    export = BulkAction(label=N_("导出"), url=HOME + "export")
    actions = (export,) if viewer.can(MachineryPermission.EXPORT) else ()
    listing = ListPage(COLUMNS, query=query, sort="division_code", prefix=HOME, actions=actions)
    page = queries.machines_page(viewer, _asked(query), today(), listing.order, listing.cut)
    return render_template(
        "coop/machinery/machines/index.html",
        listing=listing.show(page),
        paths=divisions.paths(row.division_code for row in page.rows),
        licence=lambda row: licence_state(row.licensed_until, today()),
        kinds=LICENCE_KINDS,
    )


def _asked(query: MachineQuery) -> MachineFilter:
    return MachineFilter(kind=query.values().get("kind"), **asked_of(query))


@machines.post("/export")
@requires(MachineryPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the machines asked for as a workbook."""
    asked = spoken_of(MachineFilter, lambda: _asked(MachineQuery()))
    found = queries.machines_stream(current_viewer(), asked, today())
    return workbook(MACHINES, map(machine_values, found))


@machines.get("/new")
@requires(MachineryPermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _edit_page(_with_pickers(MachineForm(formdata=None)), None)


@machines.post("/new")
@requires(MachineryPermission.EDIT)
def create() -> ResponseReturnValue:
    """Register a machine."""
    form = _with_pickers(MachineForm())
    if form.validate():
        try:
            made = service.keep_machine(Machine(), form.details(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            address = f"{HOME}{made.id}"
            db.session.commit()
            flash(_("机具已登记。"))
            return redirect(address)
    return _edit_page(form, None), REFUSED


def _with_pickers(form: MachineForm) -> MachineForm:
    find_organisations(form.provider_id, providers_only=True)
    find_organisations(form.owner_id, providers_only=False)
    return form


def _edit_page(form: MachineForm, machine: Machine | None) -> str:
    return render_template("coop/machinery/machines/edit.html", form=form, machine=machine)


@machines.get("/<int:machine_id>")
@requires(MachineryPermission.VIEW)
def show(machine_id: int) -> ResponseReturnValue:
    """Show one machine."""
    return _page(queries.get_machine(current_viewer(), machine_id))


def _page(machine: Machine, **sent: Any) -> str:
    viewer = current_viewer()
    return render_template(
        "coop/machinery/machines/show.html",
        machine=machine,
        path=divisions.path(machine.division_code),
        licence=licence_state(machine.licensed_until, today()),
        kinds=LICENCE_KINDS,
        capacity=queries.capacity_of(viewer, machine.provider_id),
        may_edit=viewer.sees(MachineryPermission.EDIT, machine.division_code),
        history=history_of(machine, MachineryAct),
        why=viewer.why(MachineryPermission.VIEW, machine.division_code),
        forms=act_forms(**sent),
    )


@machines.get("/<int:machine_id>/edit")
@requires(MachineryPermission.EDIT)
def edit(machine_id: int) -> ResponseReturnValue:
    """Show the form of one machine."""
    machine = queries.get_machine(current_viewer(), machine_id)
    return _edit_page(_form_of(machine), machine)


def _form_of(machine: Machine) -> MachineForm:
    return _with_pickers(MachineForm(formdata=None, data=values_of(MachineForm, machine)))


@machines.post("/<int:machine_id>/edit")
@requires(MachineryPermission.EDIT)
def change(machine_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    machine, form = queries.get_machine(current_viewer(), machine_id), _with_pickers(MachineForm())
    if form.validate():
        try:
            service.keep_machine(
                machine, form.details(), viewer=current_viewer(), now=now(), version=form.version.data or 0
            )
        except (StaleVersion, StaleDataError):
            return _conflict(form, machine_id)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(f"{HOME}{machine_id}")
    return _edit_page(form, queries.get_machine(current_viewer(), machine_id)), REFUSED


def _conflict(form: MachineForm, machine_id: int) -> ResponseReturnValue:
    db.session.rollback()
    machine = queries.get_machine(current_viewer(), machine_id)
    return conflict_page(form, _form_of(machine), subject=machine.name, who=last_hand(machine))


ACTS = ActsOn(queries.get_machine, _page, HOME)


@machines.post("/<int:machine_id>/close")
@requires(MachineryPermission.EDIT)
def close(machine_id: int) -> ResponseReturnValue:
    """Take a machine out of use."""
    form = CloseForm()
    said = _("已停用；以前的作业单保持不变。")
    values = {"on": form.on.data, "reason": form.reason.data}
    return ACTS.act_with("close", form, machine_id, service.close, said, **values)


@machines.post("/<int:machine_id>/reopen")
@requires(MachineryPermission.EDIT)
def reopen(machine_id: int) -> ResponseReturnValue:
    """Take a machine back into use."""
    form, said = ReopenForm(), _("已恢复使用。")
    return ACTS.act_with("reopen", form, machine_id, service.reopen, said, reason=form.reason.data)
