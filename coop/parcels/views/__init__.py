"""Pages of parcels: the list with its mu, one parcel with its ledger, and the register's export."""

from io import BytesIO

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.households import queries as households
from coop.households.rules import HouseholdPermission
from coop.organisations.queries import division_asked, history_of, last_hand
from coop.organisations.service import SHORTEST_REASON, OutsideScope, ReasonMissing
from coop.parcels import queries, report, service
from coop.parcels.forms import (
    AreaForm,
    BasisForm,
    CloseForm,
    NewParcelForm,
    ParcelForm,
    ParcelQuery,
    RegisterForm,
    form_of,
    offer,
)
from coop.parcels.models import Parcel
from coop.parcels.queries import ParcelFilter
from coop.parcels.rules import ParcelAct, ParcelPermission
from coop.parcels.views import outlines, reshaping
from coop.parcels.views.frame import HOME, blueprint
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, StaleVersion
from foundation.journal.service import record
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.values.area import mu
from foundation.web.conflict import conflict_page
from foundation.web.downloads import spreadsheet
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_
from foundation.workbooks.writing import write_sheets

__all__ = ["blueprint", "outlines", "reshaping"]

COLUMNS = (
    Column(key="code", label=N_("地块编码"), link=True, sortable=True),
    Column(key="name", label=N_("地块名称"), sortable=True),
    Column(key="holder", label=N_("承包方"), kind=CellKind.OWN),
    Column(key="division_code", label=N_("镇村"), kind=CellKind.OWN),
    Column(key="land_class", label=N_("地块类别"), kind=CellKind.TERM),
    Column(key="title_area", label=N_("确权面积(亩)"), kind=CellKind.MU),
    Column(key="contract_area", label=N_("合同面积(亩)"), kind=CellKind.MU),
    Column(key="measured_area", label=N_("实测面积(亩)"), kind=CellKind.MU),
    Column(key="basis", label=N_("结算依据"), kind=CellKind.TERM, shown=False),
    Column(key="area", label=N_("结算面积(亩)"), kind=CellKind.MU, sortable=True),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN, shown=False),
)
FIELD_OF: dict[type[DomainError], str] = {
    service.DuplicateParcel: "code",
    service.ParcelOfAnotherIssuer: "code",
    service.ParcelOfAnotherVillage: "code",
    service.ContractOfAnotherHousehold: "land_contract_id",
    service.NoArea: "area",
    service.AreasDisagree: "area",
    service.AreaInFuture: "dated_on",
    service.NoSuchBasis: "basis",
    ReasonMissing: "reason",
    OutsideScope: "code",
}


@blueprint.get("/")
@requires(ParcelPermission.VIEW)
def index() -> ResponseReturnValue:
    """List parcels with the mu of everything asked for."""
    query = ParcelQuery()
    listing = ListPage(COLUMNS, query=query, sort="code", prefix=HOME, actions=_actions())
    page = queries.page(current_viewer(), _asked(query), listing.order, listing.cut)
    paths = divisions.paths(row.division_code for row in page.rows)
    return render_template("coop/parcels/index.html", listing=listing.show(page), paths=paths)


def _asked(query: ParcelQuery) -> ParcelFilter:
    values = query.values()
    place = division_asked(current_viewer(), ParcelPermission.VIEW, values.get("division"), today())
    return ParcelFilter(
        text=values.get("text", ""),
        division_code=place,
        group_number=values.get("group"),
        land_class=values.get("land_class"),
        with_closed=values.get("closed", False),
    )


def _bulk() -> ParcelFilter:
    """Return the rows that a button over the list speaks of."""
    return spoken_of(ParcelFilter, lambda: _asked(ParcelQuery()))


@blueprint.post("/export")
@requires(ParcelPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the rows asked for as a workbook, and tell the journal how many."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/list")
@requires(ParcelPermission.EXPORT)
def print_list() -> ResponseReturnValue:
    """Send the rows asked for as a list on paper, and tell the journal how many."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    said = tables.conditions(ParcelQuery()) if request.form.get("extent") == "filtered" else ""
    table = report.table(queries.all_of(viewer, _bulk(), ParcelPermission.EXPORT), said)
    answer = tables.answer(table, form, act=ParcelAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


def _actions() -> list[BulkAction]:
    if not current_viewer().can(ParcelPermission.EXPORT):
        return []
    printing = BulkAction(label=N_("打印"), url=HOME + "list", extents=("selected", "filtered"))
    return [BulkAction(label=N_("导出"), url=HOME + "export"), printing]


@blueprint.get("/of/<int:household_id>")
@requires(ParcelPermission.VIEW)
def of(household_id: int) -> ResponseReturnValue:
    """Show the parcels and land contracts of one household; as part of its page when its page asks."""
    viewer, household = current_viewer(), households.get(current_viewer(), household_id)
    is_part = request.headers.get("HX-Request") == "true"
    return render_template(
        "coop/parcels/_of.html" if is_part else "coop/parcels/of.html",
        household=household,
        parcels=queries.of_households(viewer, [household_id])[household_id],
        contracts=queries.land_contracts_of(viewer, household_id),
    )


@blueprint.get("/search")
@requires(ParcelPermission.VIEW)
def search() -> ResponseReturnValue:
    """Answer the contract entry: active households with their open parcels and mu."""
    text, place = request.args.get("q", "").strip(), request.args.get("division", "")
    found = households.find(current_viewer(), text, division_code=place) if text else ()
    labels = households.labels(found)
    parcels = queries.of_households(current_viewer(), [one.id for one in found])
    return jsonify(
        found=[
            {
                "key": str(one.id),
                "label": str(labels[one.id]),
                "parcels": [
                    {"key": str(p.id), "code": p.code, "name": p.name, "mu": mu(p.area)}
                    for p in parcels[one.id]
                ],
            }
            for one in found
        ]
    )


@blueprint.get("/register")
@requires(ParcelPermission.EXPORT)
def choose_register() -> ResponseReturnValue:
    """Ask which division's register shall be exported."""
    return render_template("coop/parcels/register.html", form=RegisterForm(formdata=None))


@blueprint.post("/register")
@requires(ParcelPermission.EXPORT)
def export_register() -> ResponseReturnValue:
    """Send a division's register as the workbook that the import reads back; whole only for a reason."""
    viewer, form = current_viewer(), RegisterForm()
    asked, reason = form.division.data or "", (form.reason.data or "").strip()
    code = division_asked(viewer, ParcelPermission.EXPORT, asked, today())
    if not code or not viewer.sees(ParcelPermission.EXPORT, code):
        raise OutsideScope(code=asked or "—")
    if form.whole.data and len(reason) < SHORTEST_REASON:
        form.refuse("reason", ReasonMissing())
        return render_template("coop/parcels/register.html", form=form), 422
    write_sheets(target := BytesIO(), report.sheets(viewer, code, whole=form.whole.data))
    path = divisions.path(code)
    note = f"{path.short} {code}{'，含完整号码' if form.whole.data else ''}"
    record(ParcelAct.REGISTER_EXPORTED, None, viewer=viewer, now=now(), reason=reason, note=note)
    db.session.commit()
    name = f"村土地台账-{path.name}-{today()}.xlsx"
    return spreadsheet(target.getvalue(), name)


@blueprint.get("/new")
@requires(ParcelPermission.EDIT)
def new() -> ResponseReturnValue:
    """Show an empty form, for a household when its page asked."""
    form = NewParcelForm(household_id=request.args.get("household"), dated_on=today())
    return render_template("coop/parcels/edit.html", form=_offered(form), parcel=None)


@blueprint.post("/new")
@requires(ParcelPermission.EDIT)
def create() -> ResponseReturnValue:
    """Register a parcel with its first acreage."""
    viewer, form = current_viewer(), NewParcelForm()
    if _offered(form).validate():
        try:
            made = service.register(form.details(), (form.fact(),), viewer=viewer, now=now(), on=today())
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已登记地块 %(code)s。", code=made.code))
            return redirect(f"{HOME}{made.id}")
    return render_template("coop/parcels/edit.html", form=form, parcel=None), 422


def _offered(form: ParcelForm) -> ParcelForm:
    """Give a form the households and land contracts that its viewer may choose."""
    viewer = current_viewer()
    chosen = str(form.household_id.data or "").split(" ")[0]
    contracts = queries.land_contracts_of(viewer, int(chosen)) if chosen.isdigit() else ()
    return offer(form, _find_household, _household_label, [(one.id, one.code) for one in contracts])


def _find_household(text: str) -> list[tuple[str, str]]:
    viewer = current_viewer()
    if text.isdigit() and (known := households.get_many(viewer, [int(text)])):
        found = known
    else:
        found = households.find(viewer, text)
    labels = households.labels(found)
    return [(str(one.id), str(labels[one.id])) for one in found]


def _household_label(key: str) -> str:
    found = households.get_many(current_viewer(), [int(key)]) if key.isdigit() else ()
    return str(households.labels(found)[found[0].id]) if found else key


@blueprint.get("/<int:parcel_id>")
@requires(ParcelPermission.VIEW)
def show(parcel_id: int) -> ResponseReturnValue:
    """Show one parcel with its three acreages."""
    return _show_page(queries.get(current_viewer(), parcel_id))


def _show_page(parcel: Parcel, area: AreaForm | None = None, basis: BasisForm | None = None) -> str:
    viewer, version = current_viewer(), {"version": parcel.version}
    holder = parcel.household
    may_see_holder = holder is not None and viewer.sees(HouseholdPermission.VIEW, holder.division_code)
    return render_template(
        "coop/parcels/show.html",
        parcel=parcel,
        path=divisions.path(parcel.division_code),
        holder=households.labels([holder])[holder.id] if holder is not None else None,
        may_see_holder=may_see_holder,
        history=history_of(parcel, ParcelAct),
        outline=outlines.shown(parcel),
        heirs=queries.heirs_of(parcel.id),
        sources=queries.sources_of(parcel.id),
        why=viewer.why(ParcelPermission.VIEW, parcel.division_code),
        may_edit=viewer.sees(ParcelPermission.EDIT, parcel.division_code),
        area=area or AreaForm(formdata=None, data=version | {"dated_on": today()}),
        basis=basis or BasisForm(formdata=None, data=version | {"basis": parcel.basis}),
        closing=CloseForm(formdata=None, data={"on": today()}),
    )


@blueprint.get("/<int:parcel_id>/edit")
@requires(ParcelPermission.EDIT)
def edit(parcel_id: int) -> ResponseReturnValue:
    """Show the form of one parcel."""
    parcel = queries.get(current_viewer(), parcel_id)
    return render_template("coop/parcels/edit.html", form=_offered(form_of(parcel)), parcel=parcel)


@blueprint.post("/<int:parcel_id>/edit")
@requires(ParcelPermission.EDIT)
def change(parcel_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    viewer, parcel, form = current_viewer(), queries.get(current_viewer(), parcel_id), ParcelForm()
    if _offered(form).validate():
        try:
            service.revise(parcel, form.details(), version=form.version.data or 0, viewer=viewer, now=now())
        except (StaleVersion, StaleDataError):
            return _conflict(form, parcel_id)
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(f"{HOME}{parcel_id}")
    return render_template("coop/parcels/edit.html", form=form, parcel=parcel), 422


def _conflict(form: ParcelForm, parcel_id: int) -> ResponseReturnValue:
    db.session.rollback()
    parcel = queries.get(current_viewer(), parcel_id)
    theirs = _offered(form_of(parcel))
    return conflict_page(form, theirs, subject=parcel.code, who=last_hand(parcel))


@blueprint.post("/<int:parcel_id>/areas")
@requires(ParcelPermission.EDIT)
def record_area(parcel_id: int) -> ResponseReturnValue:
    """Add an acreage to the ledger."""
    viewer, parcel, form = current_viewer(), queries.get(current_viewer(), parcel_id), AreaForm()
    if form.validate():
        try:
            version = form.version.data or 0
            service.record_area(parcel, form.fact(), version=version, viewer=viewer, now=now(), on=today())
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("面积已登记。"))
            return redirect(f"{HOME}{parcel_id}")
    return _show_page(parcel, area=form), 422


@blueprint.post("/<int:parcel_id>/basis")
@requires(ParcelPermission.EDIT)
def choose_basis(parcel_id: int) -> ResponseReturnValue:
    """Point settlements at another of the three acreages."""
    viewer, parcel, form = current_viewer(), queries.get(current_viewer(), parcel_id), BasisForm()
    if form.validate():
        try:
            version, reason = form.version.data or 0, form.reason.data
            service.choose_basis(
                parcel,
                form.basis.data,
                version=version,
                reason=reason,
                viewer=viewer,
                now=now(),
                on=today(),
            )
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), ""), refusal)
        else:
            db.session.commit()
            flash(_("结算面积依据已变更。"))
            return redirect(f"{HOME}{parcel_id}")
    return _show_page(parcel, basis=form), 422


@blueprint.post("/<int:parcel_id>/close")
@requires(ParcelPermission.EDIT)
def close(parcel_id: int) -> ResponseReturnValue:
    """Note that a parcel is no more."""
    parcel, form = queries.get(current_viewer(), parcel_id), CloseForm()
    if not form.validate():
        raise ReasonMissing
    service.close(parcel, on=form.on.data, reason=form.reason.data, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已停用；历史合同保持不变。"))
    return redirect(f"{HOME}{parcel_id}")


@blueprint.post("/<int:parcel_id>/reopen")
@requires(ParcelPermission.EDIT)
def reopen(parcel_id: int) -> ResponseReturnValue:
    """Take a closed parcel back."""
    parcel, reason = queries.get(current_viewer(), parcel_id), request.form.get("reason", "")
    service.reopen(parcel, reason=reason, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已恢复。"))
    return redirect(f"{HOME}{parcel_id}")
