"""The system administrator's pages of units."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, StaleVersion
from foundation.units import queries, service
from foundation.units.forms import UnitForm, UnitQuery
from foundation.units.models import Unit
from foundation.units.rules import UnitPermission
from foundation.values.dates import parse_date
from foundation.web.conflict import conflict_page
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

blueprint = Blueprint("units", __name__, url_prefix="/units")

MENU = (
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("单位"),
        endpoint="foundation.units.index",
        permissions=(UnitPermission.EDIT,),
    ),
)

COLUMNS = (
    Column(key="name", label=N_("单位名称"), link=True),
    Column(key="kind", label=N_("类别"), kind=CellKind.TERM),
    Column(key="division_code", label=N_("区划"), kind=CellKind.OWN, sortable=True),
    Column(key="credit_code", label=N_("统一社会信用代码")),
    Column(key="valid_until", label=N_("注销日期"), kind=CellKind.DATE),
)

FIELD_OF: dict[type[DomainError], str] = {
    service.CreditCodeTaken: "credit_code",
    service.UnitAboveItself: "parent_id",
    divisions.UnknownDivision: "division_code",
    divisions.DivisionNotInForce: "division_code",
}


@blueprint.get("/")
@requires(UnitPermission.EDIT)
def index() -> ResponseReturnValue:
    """List the units."""
    query = UnitQuery()
    listing = ListPage(COLUMNS, query=query, sort="division_code", prefix="/foundation/units/")
    page = queries.page(current_viewer(), query.asked(), listing.cut, on=today(), descending=listing.order[1])
    paths = divisions.paths(unit.division_code for unit in page.rows)
    return render_template("foundation/units/index.html", listing=listing.show(page), paths=paths)


@blueprint.get("/<int:unit_id>")
@requires(UnitPermission.EDIT)
def show(unit_id: int) -> ResponseReturnValue:
    """Show a unit with the units below it."""
    unit = queries.get_visible(current_viewer(), unit_id)
    return render_template(
        "foundation/units/show.html",
        unit=unit,
        path=divisions.path(unit.division_code),
        parent=queries.get(unit.parent_id) if unit.parent_id else None,
        below=queries.below(unit.id, today()),
    )


@blueprint.get("/new")
@requires(UnitPermission.EDIT)
def new() -> ResponseReturnValue:
    """Show the form for a new unit."""
    return _form_page(UnitForm(), None), 200


@blueprint.post("/new")
@requires(UnitPermission.EDIT)
def create() -> ResponseReturnValue:
    """Create a unit."""
    form = _prepared(UnitForm(), None)
    if form.validate():
        try:
            unit = service.create(form.details(), viewer=current_viewer(), now=now(), on=today())
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), "name"), refusal)
        else:
            db.session.commit()
            flash(_("单位已登记。"))
            return redirect(f"/foundation/units/{unit.id}")
    return _form_page(form, None), 422


@blueprint.get("/<int:unit_id>/edit")
@requires(UnitPermission.EDIT)
def edit(unit_id: int) -> ResponseReturnValue:
    """Show the form of a unit."""
    unit = queries.get_visible(current_viewer(), unit_id)
    return _form_page(UnitForm(formdata=None, obj=unit), unit), 200


@blueprint.post("/<int:unit_id>/edit")
@requires(UnitPermission.EDIT)
def change(unit_id: int) -> ResponseReturnValue:
    """Save the form of a unit."""
    unit = queries.get_visible(current_viewer(), unit_id)
    form = _prepared(UnitForm(), unit)
    if form.validate():
        version = form.version.data or 0
        try:
            service.change(unit, form.details(), version, viewer=current_viewer(), now=now(), on=today())
        except StaleVersion:
            theirs = _prepared(UnitForm(formdata=None, obj=unit), unit)
            return conflict_page(form, theirs, subject=unit.name)
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), "name"), refusal)
        else:
            db.session.commit()
            flash(_("单位已保存。"))
            return redirect(f"/foundation/units/{unit_id}")
    return _form_page(form, unit), 422


@blueprint.post("/<int:unit_id>/close")
@requires(UnitPermission.EDIT)
def close(unit_id: int) -> ResponseReturnValue:
    """Let a unit end, today unless another day is given."""
    unit = queries.get_visible(current_viewer(), unit_id)
    day = request.form.get("on", "").strip()
    reason = request.form.get("reason", "")
    service.close(
        unit, parse_date(day) if day else today(), viewer=current_viewer(), now=now(), reason=reason
    )
    db.session.commit()
    flash(_("单位已注销。"))
    return redirect(f"/foundation/units/{unit_id}")


def _prepared(form: UnitForm, unit: Unit | None) -> UnitForm:
    viewer = current_viewer()
    above = [one for one in queries.in_force(viewer, UnitPermission.EDIT, today()) if one is not unit]
    if unit is not None and unit.parent_id and unit.parent_id not in [one.id for one in above]:
        above.append(queries.get(unit.parent_id))
    form.offer([(one.id, one.name) for one in above])
    reach = divisions.reach(viewer, UnitPermission.EDIT)
    form.division_code.find = lambda text: [
        (one.code, one.spoken_name) for one in divisions.search(text, on=today(), ranges=reach)
    ]
    form.division_code.label_of = lambda code: divisions.path(code).full
    return form


def _form_page(form: UnitForm, unit: Unit | None) -> str:
    return render_template("foundation/units/edit.html", form=_prepared(form, unit), unit=unit)
