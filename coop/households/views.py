"""Pages of households: the list, one household, its form, its family, and the acts on it."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.households import queries, report, service
from coop.households.forms import (
    EndForm,
    FamilyForm,
    HouseholdForm,
    HouseholdQuery,
    family_form_of,
    form_of,
)
from coop.households.models import Household
from coop.households.queries import HouseholdFilter
from coop.households.rules import HouseholdAct, HouseholdPermission, HouseholdStatus, SensitiveField
from coop.organisations.queries import division_asked, divisions_for, history_of, last_hand
from coop.organisations.service import OutsideScope, ReasonMissing
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.typesetting import unprintable
from foundation.web.conflict import conflict_page
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_

blueprint = Blueprint("households", __name__, url_prefix="/households")

HOME = "/coop/households/"
COLUMNS = (
    Column(key="head_name", label=N_("户主（承包方）"), link=True, sortable=True),
    Column(key="division_code", label=N_("镇村"), kind=CellKind.OWN, sortable=True),
    Column(key="group_number", label=N_("组"), kind=CellKind.OWN),
    Column(key="id_number", label=N_("证件号码"), kind=CellKind.OWN),
    Column(key="phone", label=N_("联系电话"), kind=CellKind.OWN),
    Column(key="code", label=N_("承包方编码")),
    Column(key="party_kind", label=N_("类型"), kind=CellKind.TERM),
    Column(key="is_large_operator", label=N_("规模经营户"), kind=CellKind.OWN, shown=False),
    Column(key="status", label=N_("状态"), kind=CellKind.OWN),
)
FIELD_OF: dict[type[DomainError], str] = {
    service.DuplicateHouseholdCode: "code",
    service.CodeOfAnotherVillage: "code",
    service.DuplicateHead: "id_number",
    service.GroupOutOfRange: "group_number",
    OutsideScope: "division_code",
}


@blueprint.get("/")
@requires(HouseholdPermission.VIEW)
def index() -> ResponseReturnValue:
    """List households."""
    query = HouseholdQuery()
    listing = ListPage(COLUMNS, query=query, sort="division_code", prefix=HOME, actions=_actions())
    page = queries.page(current_viewer(), _asked(query), listing.order, listing.cut)
    paths = divisions.paths(row.division_code for row in page.rows)
    return render_template("coop/households/index.html", listing=listing.show(page), paths=paths)


def _asked(query: HouseholdQuery) -> HouseholdFilter:
    values = query.values()
    place = division_asked(current_viewer(), HouseholdPermission.VIEW, values.get("division"), today())
    return HouseholdFilter(
        text=values.get("text", ""),
        division_code=place,
        group_number=values.get("group"),
        party_kind=values.get("party_kind"),
        status=values.get("status", HouseholdStatus.ACTIVE),
        large_only=values.get("large", False),
    )


def _bulk() -> HouseholdFilter:
    """Return the rows that a button over the list speaks of."""
    return spoken_of(HouseholdFilter, lambda: _asked(HouseholdQuery()))


@blueprint.post("/export")
@requires(HouseholdPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the rows asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/list")
@requires(HouseholdPermission.EXPORT)
def print_list() -> ResponseReturnValue:
    """Send the rows asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    said = tables.conditions(HouseholdQuery()) if request.form.get("extent") == "filtered" else ""
    table = report.table(queries.all_of(viewer, _bulk(), HouseholdPermission.EXPORT), said)
    answer = tables.answer(table, form, act=HouseholdAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


def _actions() -> list[BulkAction]:
    if not current_viewer().can(HouseholdPermission.EXPORT):
        return []
    printing = BulkAction(label=N_("打印"), url=HOME + "list", extents=("selected", "filtered"))
    return [BulkAction(label=N_("导出"), url=HOME + "export"), printing]


@blueprint.get("/search")
@requires(HouseholdPermission.VIEW)
def search() -> ResponseReturnValue:
    """Answer a picker: active households with what tells namesakes apart."""
    text = request.args.get("q", "").strip()
    place = request.args.get("division", "")
    found = queries.find(current_viewer(), text, division_code=place) if text else ()
    labels = queries.labels(found)
    return jsonify(found=[{"key": str(one.id), "label": str(labels[one.id])} for one in found])


def _warn_of_rare_characters(name: str) -> None:
    if missing := unprintable(name):
        said = _(
            "“%(characters)s”暂时打印不出来；打印前请管理员补充字库。", characters="".join(sorted(missing))
        )
        flash(said, "warning")


@blueprint.get("/new")
@requires(HouseholdPermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _edit_page(_with_search(HouseholdForm()), None)


@blueprint.post("/new")
@requires(HouseholdPermission.EDIT)
def create() -> ResponseReturnValue:
    """Register a household."""
    form = _with_search(HouseholdForm())
    if form.validate():
        try:
            made = service.register(form.details(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已登记“%(name)s”。", name=made.head_name))
            _warn_of_rare_characters(made.head_name)
            return redirect(f"{HOME}{made.id}")
    return _edit_page(form, None), 422


def _with_search(form: HouseholdForm) -> HouseholdForm:
    field = form.division_code
    field.find = divisions_for(current_viewer(), HouseholdPermission.EDIT, today())
    field.label_of = lambda code: divisions.path(code).short
    return form


def _edit_page(form: HouseholdForm, household: Household | None) -> str:
    return render_template("coop/households/edit.html", form=form, household=household)


@blueprint.get("/<int:household_id>")
@requires(HouseholdPermission.VIEW)
def show(household_id: int) -> ResponseReturnValue:
    """Show one household, its sealed fields masked."""
    return _show_page(household_id)


def _show_page(household_id: int, revealed: dict[str, str] | None = None) -> str:
    viewer = current_viewer()
    household = queries.get(viewer, household_id)
    return render_template(
        "coop/households/show.html",
        household=household,
        label=queries.labels([household])[household.id],
        path=divisions.path(household.division_code),
        revealed=revealed or {},
        history=history_of(household, HouseholdAct),
        why=viewer.why(HouseholdPermission.VIEW, household.division_code),
        may_edit=viewer.sees(HouseholdPermission.EDIT, household.division_code),
        may_reveal=viewer.sees(HouseholdPermission.REVEAL, household.division_code),
        form=EndForm(formdata=None, data={"on": today()}),
    )


@blueprint.post("/<int:household_id>/reveal/<field>")
@requires(HouseholdPermission.REVEAL)
def reveal(household_id: int, field: str) -> ResponseReturnValue:
    """Show one sealed field in clear, this once; the journal keeps who asked and why."""
    asked = next((one for one in SensitiveField if one.value == field), None)
    if asked is None:
        raise NotFound
    household, reason = queries.get(current_viewer(), household_id), request.form.get("reason", "")
    clear = service.reveal(household, asked, reason=reason, viewer=current_viewer(), now=now())
    db.session.commit()
    return _show_page(household_id, {field: clear})


@blueprint.get("/<int:household_id>/edit")
@requires(HouseholdPermission.EDIT)
def edit(household_id: int) -> ResponseReturnValue:
    """Show the form of one household."""
    household = queries.get(current_viewer(), household_id)
    return _edit_page(_with_search(form_of(household)), household)


@blueprint.post("/<int:household_id>/edit")
@requires(HouseholdPermission.EDIT)
def change(household_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    viewer, household = current_viewer(), queries.get(current_viewer(), household_id)
    form = _with_search(HouseholdForm())
    if form.validate():
        try:
            version = form.version.data or 0
            service.revise(household, form.details(household), version=version, viewer=viewer, now=now())
        except (StaleVersion, StaleDataError):
            return _conflict(form, household_id)
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已保存“%(name)s”。", name=household.head_name))
            _warn_of_rare_characters(household.head_name)
            return redirect(f"{HOME}{household_id}")
    return _edit_page(form, household), 422


def _conflict(form: HouseholdForm | FamilyForm, household_id: int) -> ResponseReturnValue:
    db.session.rollback()
    household = queries.get(current_viewer(), household_id)
    theirs: Any = _with_search(form_of(household))
    if isinstance(form, FamilyForm):
        theirs = family_form_of(household)
    subject = str(queries.labels([household])[household.id])
    return conflict_page(form, theirs, subject=subject, who=last_hand(household))


@blueprint.get("/<int:household_id>/family")
@requires(HouseholdPermission.EDIT)
def family(household_id: int) -> ResponseReturnValue:
    """Show the family list as a form."""
    household = queries.get(current_viewer(), household_id)
    return render_template("coop/households/family.html", form=family_form_of(household), household=household)


@blueprint.post("/<int:household_id>/family")
@requires(HouseholdPermission.EDIT)
def change_family(household_id: int) -> ResponseReturnValue:
    """Save the family list."""
    viewer, household, form = current_viewer(), queries.get(current_viewer(), household_id), FamilyForm()
    if form.validate():
        try:
            members, version = form.details(household), form.version.data or 0
            service.keep_family(household, members, version=version, viewer=viewer, now=now())
        except (StaleVersion, StaleDataError):
            return _conflict(form, household_id)
        except DomainError as refusal:
            form.refuse("", refusal)
        else:
            db.session.commit()
            flash(_("家庭成员已保存。"))
            return redirect(f"{HOME}{household_id}")
    return render_template("coop/households/family.html", form=form, household=household), 422


@blueprint.post("/<int:household_id>/deactivate")
@requires(HouseholdPermission.EDIT)
def deactivate(household_id: int) -> ResponseReturnValue:
    """Note that a household has ceased."""
    household, form = queries.get(current_viewer(), household_id), EndForm()
    if not form.validate():
        raise service.NotAnEnd if form.status.data is None else ReasonMissing
    service.deactivate(
        household,
        form.status.data,
        on=form.on.data,
        reason=form.reason.data,
        viewer=current_viewer(),
        now=now(),
    )
    db.session.commit()
    flash(_("已停用；历史合同和地块登记保持不变。"))
    return redirect(f"{HOME}{household_id}")


@blueprint.post("/<int:household_id>/reactivate")
@requires(HouseholdPermission.EDIT)
def reactivate(household_id: int) -> ResponseReturnValue:
    """Take a ceased household back."""
    household, reason = queries.get(current_viewer(), household_id), request.form.get("reason", "")
    service.reactivate(household, reason=reason, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已恢复。"))
    return redirect(f"{HOME}{household_id}")
