"""Pages of programmes: the list, one programme with its versions, its form, and the next weights."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.catalogue import queries as catalogue
from coop.organisations import queries as organisations
from coop.programmes import queries, service
from coop.programmes.forms import (
    BeginForm,
    ProgrammeForm,
    ProgrammeQuery,
    VersionForm,
    lines_of,
    values_of,
    version_form,
)
from coop.programmes.models import Programme
from coop.programmes.queries import ProgrammeFilter
from coop.programmes.rules import ProgrammeAct, ProgrammePermission, WeightFormula, plain_weight
from foundation.access.gate import current_viewer, requires
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, StaleVersion
from foundation.web.acts import ActsOn
from foundation.web.conflict import conflict_page
from foundation.web.listing import CellKind, Column, ListPage
from foundation.wording import N_

blueprint = Blueprint("programmes", __name__, url_prefix="/programmes")

HOME = "/coop/programmes/"
REFUSED = 422
COLUMNS = (
    Column(key="name", label=N_("项目名称"), link=True),
    Column(key="year", label=N_("年度"), kind=CellKind.OWN, sortable=True),
    Column(key="division_code", label=N_("县（市、区）"), kind=CellKind.OWN),
    Column(key="kind", label=N_("类型"), kind=CellKind.TERM),
    Column(key="formula", label=N_("折算办法"), kind=CellKind.TERM),
    Column(key="large_from", label=N_("规模起点(亩)"), kind=CellKind.MU),
    Column(key="tolerance", label=N_("允许超出"), kind=CellKind.OWN),
    Column(key="reply_days", label=N_("答复期限(天)"), kind=CellKind.NUMBER),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)
FIELD_OF: dict[type[DomainError], str] = {
    service.DuplicateProgramme: "name",
    service.GeneralBegun: "kind",
    service.NotACounty: "division_code",
    service.OutsideScope: "division_code",
    service.PresetOfOtherFormula: "preset",
    service.EarlierThanBefore: "valid_from",
}


@blueprint.get("/")
@requires(ProgrammePermission.VIEW)
def index() -> ResponseReturnValue:
    """List programmes, the latest year first."""
    viewer, query = current_viewer(), ProgrammeQuery()
    listing = ListPage(COLUMNS, query=query, sort="-year", prefix=HOME)
    values = query.values()
    place = organisations.division_asked(viewer, ProgrammePermission.VIEW, values.get("division"), today())
    asked = ProgrammeFilter(
        year=values.get("year"),
        kind=values.get("kind"),
        division_code=place,
        with_closed=values.get("closed", False),
    )
    page = queries.page(viewer, asked, listing.cut, descending=listing.order[1])
    paths = divisions.paths(row.division_code for row in page.rows)
    return render_template("coop/programmes/index.html", listing=listing.show(page), paths=paths)


@blueprint.get("/new")
@requires(ProgrammePermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _begin_page(_with_search(BeginForm(formdata=None, data={"year": today().year})))


@blueprint.post("/new")
@requires(ProgrammePermission.EDIT)
def create() -> ResponseReturnValue:
    """Begin a programme."""
    form = _with_search(BeginForm())
    if form.validate():
        try:
            made = service.begin(form.details(), **form.terms(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            address = f"{HOME}{made.id}"
            db.session.commit()
            flash(_("项目已建立，第 1 版系数已发布。"))
            return redirect(address)
    return _begin_page(form), REFUSED


def _with_search(form: BeginForm) -> BeginForm:
    field = form.division_code
    field.find = organisations.divisions_for(current_viewer(), ProgrammePermission.EDIT, today())
    field.label_of = lambda code: divisions.path(code).name
    return form


def _begin_page(form: BeginForm) -> str:
    return render_template("coop/programmes/new.html", form=form)


@blueprint.get("/<int:programme_id>")
@requires(ProgrammePermission.VIEW)
def show(programme_id: int) -> ResponseReturnValue:
    """Show one programme with every version of its weights."""
    return _page(queries.get(current_viewer(), programme_id))


def _page(programme: Programme, **_sent: Any) -> str:
    viewer = current_viewer()
    return render_template(
        "coop/programmes/show.html",
        programme=programme,
        path=divisions.path(programme.division_code),
        in_force=queries.version_in_force(programme.id, today()),
        is_money=programme.formula is WeightFormula.MONEY,
        weight=plain_weight,
        on=today(),
        may_edit=viewer.sees(ProgrammePermission.EDIT, programme.division_code),
        history=organisations.history_of(programme, ProgrammeAct),
        attachments=attachments_of(service.OWNER, programme.id),
        why=viewer.why(ProgrammePermission.VIEW, programme.division_code),
    )


@blueprint.get("/<int:programme_id>/edit")
@requires(ProgrammePermission.EDIT)
def edit(programme_id: int) -> ResponseReturnValue:
    """Show the form of one programme."""
    programme = queries.get(current_viewer(), programme_id)
    return _edit_page(_form_of(programme), programme)


def _form_of(programme: Programme) -> ProgrammeForm:
    return ProgrammeForm(formdata=None, data=values_of(programme))


def _edit_page(form: ProgrammeForm, programme: Programme) -> str:
    return render_template("coop/programmes/edit.html", form=form, programme=programme)


@blueprint.post("/<int:programme_id>/edit")
@requires(ProgrammePermission.EDIT)
def change(programme_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    programme, form, viewer = queries.get(current_viewer(), programme_id), ProgrammeForm(), current_viewer()
    if form.validate():
        try:
            service.change(
                programme, form.details(), viewer=viewer, now=now(), version=form.version.data or 0
            )
        except (StaleVersion, StaleDataError):
            return _conflict(form, programme_id)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(f"{HOME}{programme_id}")
    return _edit_page(form, queries.get(viewer, programme_id)), REFUSED


def _conflict(form: ProgrammeForm, programme_id: int) -> ResponseReturnValue:
    db.session.rollback()
    programme = queries.get(current_viewer(), programme_id)
    who = organisations.last_hand(programme)
    return conflict_page(form, _form_of(programme), subject=programme.name, who=who)


@blueprint.get("/<int:programme_id>/publish")
@requires(ProgrammePermission.EDIT)
def next_version(programme_id: int) -> ResponseReturnValue:
    """Show the form of the next version, filled with the rows of the one before."""
    programme = queries.get(current_viewer(), programme_id)
    former = queries.latest_version(programme.id)
    lines = lines_of(queries.rows_of(former.id)) if former is not None else []
    data = {"valid_from": today(), "lines": lines, "version": programme.version}
    return _version_page(_with_choices(version_form(programme)(formdata=None, data=data)), programme)


@blueprint.post("/<int:programme_id>/publish")
@requires(ProgrammePermission.EDIT)
def publish(programme_id: int) -> ResponseReturnValue:
    """Publish the next version."""
    programme = queries.get(current_viewer(), programme_id)
    form = _with_choices(version_form(programme)())
    if form.validate():
        try:
            made = service.publish(programme, form.details(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            number = made.number
            db.session.commit()
            flash(_("第 %(number)s 版系数已发布。", number=number))
            return redirect(f"{HOME}{programme_id}")
    return _version_page(form, queries.get(current_viewer(), programme_id)), REFUSED


def _with_choices(form: VersionForm) -> VersionForm:
    """Give every line its choices."""
    lines: Any = form["lines"]
    links = [(link.id, link.name) for link in catalogue.links()]
    crops = [(crop.id, crop.name) for crop in catalogue.crops()]
    for line in lines.lines:
        line.link.choices, line.crop.choices = links, crops
    return form


def _version_page(form: VersionForm, programme: Programme) -> str:
    return render_template(
        "coop/programmes/publish.html",
        form=form,
        programme=programme,
        number=queries.count_versions(programme.id) + 1,
    )


ACTS = ActsOn(queries.get, _page, HOME)


@blueprint.post("/<int:programme_id>/close")
@requires(ProgrammePermission.EDIT)
def close(programme_id: int) -> ResponseReturnValue:
    """Take a project out of use."""
    return ACTS.act(programme_id, service.close, _("已停用；已入账的作业保持不变。"))


@blueprint.post("/<int:programme_id>/reopen")
@requires(ProgrammePermission.EDIT)
def reopen(programme_id: int) -> ResponseReturnValue:
    """Take a project back into use."""
    return ACTS.act(programme_id, service.reopen, _("已恢复使用。"))
