"""Pages of organisations: the list, one organisation, its form, and the acts on it."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.organisations import queries, service
from coop.organisations.forms import CloseForm, OrganisationForm, OrganisationQuery, form_of
from coop.organisations.importing import ORGANISATIONS, values_of
from coop.organisations.models import Organisation
from coop.organisations.queries import OrganisationFilter
from coop.organisations.rules import OrganisationAct, OrganisationPermission, SensitiveField
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.imports.importing import Value
from foundation.journal.service import record
from foundation.web.conflict import conflict_page
from foundation.web.downloads import spreadsheet
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_
from foundation.workbooks.writing import Sheet, write_sheets

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")

HOME = "/coop/organisations/"
COLUMNS = (
    Column(key="name", label=N_("组织名称"), link=True, sortable=True),
    Column(key="kind", label=N_("类型"), kind=CellKind.TERM),
    Column(key="credit_code", label=N_("信用代码")),
    Column(key="division_code", label=N_("所在区划"), kind=CellKind.OWN, sortable=True),
    Column(key="legal_representative", label=N_("法定代表人")),
    Column(key="provider", label=N_("服务主体"), kind=CellKind.OWN),
    Column(key="founded_on", label=N_("成立日期"), kind=CellKind.DATE, shown=False),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)
FIELD_OF = {
    service.DuplicateCreditCode: "credit_code",
    service.DuplicateOrganisation: "name",
    service.OutsideScope: "division_code",
    service.FoundedInFuture: "founded_on",
    service.ListedAfterRemoval: "removed_on",
}


@blueprint.get("/")
@requires(OrganisationPermission.VIEW)
def index() -> ResponseReturnValue:
    """List organisations."""
    viewer, query = current_viewer(), OrganisationQuery()
    export = BulkAction(label=N_("导出"), url=HOME + "export")
    actions = (export,) if viewer.can(OrganisationPermission.EXPORT) else ()
    listing = ListPage(COLUMNS, query=query, sort="division_code", prefix=HOME, actions=actions)
    page = queries.page(viewer, _asked(query), today(), listing.order, listing.cut)
    paths = divisions.paths(row.division_code for row in page.rows)
    return render_template(
        "coop/organisations/index.html", listing=listing.show(page), paths=paths, on=today()
    )


def _asked(query: OrganisationQuery) -> OrganisationFilter:
    values = query.values()
    return OrganisationFilter(
        text=values.get("text", ""),
        kind=values.get("kind"),
        division_code=queries.division_asked(
            current_viewer(), OrganisationPermission.VIEW, values.get("division"), today()
        ),
        is_provider=values.get("provider", False),
        with_closed=values.get("closed", False),
    )


@blueprint.post("/export")
@requires(OrganisationPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the organisations asked for as the workbook that the import reads back."""
    match request.form.get("extent"):
        case "selected":
            asked = OrganisationFilter(ids=tuple(request.form.getlist("selected", type=int)) or (0,))
        case "filtered":
            asked = _asked(OrganisationQuery())
        case _:
            asked = OrganisationFilter(with_closed=True)
    viewer = current_viewer()
    found = [
        one
        for one in queries.all_of(viewer, asked, today())
        if viewer.sees(OrganisationPermission.EXPORT, one.division_code)
    ]
    write_sheets(target := BytesIO(), [Sheet(ORGANISATIONS.layout, _rows(found))])
    note = f"{len(found)} 条；{request.query_string.decode() or '全部'}"[:500]
    record(OrganisationAct.EXPORTED, None, viewer=viewer, now=now(), note=note)
    db.session.commit()
    return spreadsheet(target.getvalue(), f"组织名录-{today()}.xlsx")


def _rows(found: Iterable[Organisation]) -> Iterator[list[Value]]:
    """Yield the rows of an export, sealed columns masked: they are revealed one by one, for a reason."""
    for one in found:
        yield ORGANISATIONS.cells(ORGANISATIONS.masked(values_of(one)))


@blueprint.get("/search")
@requires(OrganisationPermission.VIEW)
def search() -> ResponseReturnValue:
    """Answer a picker: open organisations by part of a name, initials or credit code."""
    found = queries.find(
        current_viewer(),
        request.args.get("q", ""),
        today(),
        providers_only=request.args.get("providers") == "1",
    )
    paths = divisions.paths(one.division_code for one in found)
    labels = (
        (one.id, f"{one.name} · {paths[one.division_code].short} · {one.credit_code or one.kind.label}")
        for one in found
    )
    return jsonify(found=[{"key": str(key), "label": label} for key, label in labels])


@blueprint.get("/new")
@requires(OrganisationPermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _edit_page(_with_search(OrganisationForm()), None)


@blueprint.post("/new")
@requires(OrganisationPermission.EDIT)
def create() -> ResponseReturnValue:
    """Register an organisation."""
    form = _with_search(OrganisationForm())
    if form.validate():
        try:
            made = service.register(form.details(), viewer=current_viewer(), now=now(), on=today())
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已登记“%(name)s”。", name=made.name))
            return redirect(f"{HOME}{made.id}")
    return _edit_page(form, None), 422


def _with_search(form: OrganisationForm) -> OrganisationForm:
    field = form.division_code
    field.find = queries.divisions_for(current_viewer(), OrganisationPermission.EDIT, today())
    field.label_of = lambda code: divisions.path(code).short
    return form


def _edit_page(form: OrganisationForm, organisation: Any) -> str:
    return render_template("coop/organisations/edit.html", form=form, organisation=organisation)


@blueprint.get("/<int:organisation_id>")
@requires(OrganisationPermission.VIEW)
def show(organisation_id: int) -> ResponseReturnValue:
    """Show one organisation, its sealed fields masked."""
    return _show_page(organisation_id)


def _show_page(organisation_id: int, revealed: dict[str, str] | None = None) -> str:
    viewer = current_viewer()
    organisation = queries.get(viewer, organisation_id)
    codes = [organisation.division_code, *(row.division_code for row in organisation.service_divisions)]
    return render_template(
        "coop/organisations/show.html",
        organisation=organisation,
        paths=divisions.paths(codes),
        revealed=revealed or {},
        history=queries.history_of(organisation, OrganisationAct),
        why=viewer.why(OrganisationPermission.VIEW, organisation.division_code),
        may_edit=viewer.sees(OrganisationPermission.EDIT, organisation.division_code),
        may_reveal=viewer.sees(OrganisationPermission.REVEAL, organisation.division_code),
        form=CloseForm(formdata=None, data={"on": today()}),
        on=today(),
    )


@blueprint.post("/<int:organisation_id>/reveal/<field>")
@requires(OrganisationPermission.REVEAL)
def reveal(organisation_id: int, field: str) -> ResponseReturnValue:
    """Show one sealed field in clear, this once; the journal keeps who asked and why."""
    asked = next((one for one in SensitiveField if one.value == field), None)
    if asked is None:
        raise NotFound
    organisation = queries.get(current_viewer(), organisation_id)
    reason = request.form.get("reason", "")
    clear = service.reveal(organisation, asked, reason=reason, viewer=current_viewer(), now=now())
    db.session.commit()
    return _show_page(organisation_id, {field: clear})


@blueprint.get("/<int:organisation_id>/edit")
@requires(OrganisationPermission.EDIT)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Show the form of one organisation."""
    organisation = queries.get(current_viewer(), organisation_id)
    return _edit_page(_with_search(form_of(organisation)), organisation)


@blueprint.post("/<int:organisation_id>/edit")
@requires(OrganisationPermission.EDIT)
def change(organisation_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    organisation = queries.get(current_viewer(), organisation_id)
    form = _with_search(OrganisationForm())
    if form.validate():
        try:
            service.revise(
                organisation,
                form.details(organisation),
                version=form.version.data or 0,
                viewer=current_viewer(),
                now=now(),
                on=today(),
            )
        except (StaleVersion, StaleDataError):
            return _conflict(form, organisation_id)
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已保存“%(name)s”。", name=organisation.name))
            return redirect(f"{HOME}{organisation_id}")
    return _edit_page(form, organisation), 422


def _conflict(form: OrganisationForm, organisation_id: int) -> ResponseReturnValue:
    db.session.rollback()
    organisation = queries.get(current_viewer(), organisation_id)
    theirs = _with_search(form_of(organisation))
    return conflict_page(form, theirs, subject=organisation.name, who=queries.last_hand(organisation))


@blueprint.post("/<int:organisation_id>/close")
@requires(OrganisationPermission.EDIT)
def close(organisation_id: int) -> ResponseReturnValue:
    """Take an organisation out of use."""
    organisation, form = queries.get(current_viewer(), organisation_id), CloseForm()
    if not form.validate():
        raise service.ReasonMissing
    service.close(organisation, on=form.on.data, reason=form.reason.data, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已停用；历史合同和记录保持不变。"))
    return redirect(f"{HOME}{organisation_id}")


@blueprint.post("/<int:organisation_id>/reopen")
@requires(OrganisationPermission.EDIT)
def reopen(organisation_id: int) -> ResponseReturnValue:
    """Take a closed organisation back into use."""
    organisation = queries.get(current_viewer(), organisation_id)
    service.reopen(organisation, reason=request.form.get("reason", ""), viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已恢复使用。"))
    return redirect(f"{HOME}{organisation_id}")
