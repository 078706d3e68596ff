"""Pages of the catalogue: crops, seasons, links, standards, prices and bands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.catalogue import queries, report, service
from coop.catalogue.forms import (
    BandForm,
    CropForm,
    LinkForm,
    PriceForm,
    PriceQuery,
    SeasonForm,
    StandardForm,
    passes_of,
    required_form,
    usual_year,
    values_of,
)
from coop.catalogue.models import Crop, CropSeason, Link, PriceBand, StandardItem
from coop.catalogue.queries import PriceFilter
from coop.catalogue.rules import CataloguePermission
from coop.organisations import queries as organisations
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.conflict import conflict_page
from foundation.web.forms import EditForm
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_

blueprint = Blueprint("catalogue", __name__, url_prefix="/catalogue")

HOME = "/coop/catalogue/"
REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of entry: its label, form, and how rows are found and saved."""

    label: str
    form: type[EditForm]
    make: Callable[[], Any]
    get: Callable[[int], Any]
    save: Callable[..., Any]


KINDS = {
    "crops": Kind(label=N_("作物"), form=CropForm, make=Crop, get=queries.get_crop, save=service.save_crop),
    "seasons": Kind(
        label=N_("作物季"),
        form=SeasonForm,
        make=CropSeason,
        get=queries.get_season,
        save=service.save_season,
    ),
    "links": Kind(label=N_("环节"), form=LinkForm, make=Link, get=queries.get_link, save=service.save_link),
    "standards": Kind(
        label=N_("服务标准"),
        form=StandardForm,
        make=StandardItem,
        get=queries.get_standard,
        save=service.save_standard,
    ),
    "bands": Kind(
        label=N_("指导价区间"),
        form=BandForm,
        make=PriceBand,
        get=lambda band_id: queries.get_band(current_viewer(), band_id),
        save=service.save_band,
    ),
}

TAKING = (
    BulkAction(label=N_("导出"), url=HOME + "prices/export", extents=("filtered",)),
    BulkAction(label=N_("打印"), url=HOME + "prices/list", extents=("filtered",)),
)
PRICES = (
    Column(key="year", label=N_("年度"), kind=CellKind.NUMBER),
    Column(key="link", label=N_("环节"), kind=CellKind.OWN),
    Column(key="crop", label=N_("作物"), kind=CellKind.OWN),
    Column(key="provider", label=N_("服务组织"), kind=CellKind.OWN),
    Column(key="price", label=N_("单价(元/亩)"), kind=CellKind.YUAN),
    Column(key="valid_from", label=N_("执行起始日"), kind=CellKind.DATE, sortable=True),
    Column(key="valid_until", label=N_("停止日"), kind=CellKind.DATE),
)


@blueprint.get("/")
@requires(CataloguePermission.VIEW)
def index() -> ResponseReturnValue:
    """Show the whole catalogue but for the prices."""
    viewer = current_viewer()
    return render_template(
        "coop/catalogue/index.html",
        crops=queries.crops(),
        seasons=queries.seasons(),
        required=queries.required_rows(),
        links=queries.links(),
        standards=queries.standards(),
        bands=queries.bands(viewer),
        may_edit=viewer.can(CataloguePermission.EDIT),
    )


@blueprint.get("/<kind>/<int:row_id>/required")
@requires(CataloguePermission.EDIT)
def required(kind: str, row_id: int) -> ResponseReturnValue:
    """Show which links a crop or a season cannot do without."""
    row, links = _grown(kind, row_id), queries.links()
    return _required_page(_required_form(row, links), row)


@blueprint.post("/<kind>/<int:row_id>/required")
@requires(CataloguePermission.EDIT)
def require(kind: str, row_id: int) -> ResponseReturnValue:
    """Save the required links of a crop or a season."""
    row, links = _grown(kind, row_id), queries.links()
    form = required_form(links)
    if not form.validate():
        return _required_page(form, row), REFUSED
    version, passes = form.version.data or 0, passes_of(form, links)
    try:
        service.require_links(row, passes, version=version, viewer=current_viewer(), now=now())
    except StaleVersion:
        db.session.rollback()
        theirs = _required_form(_grown(kind, row_id), links)
        return conflict_page(form, theirs, subject=_("必需环节"))
    db.session.commit()
    flash(_("已保存。"))
    return redirect(HOME + "#required")


def _grown(kind: str, row_id: int) -> Crop | CropSeason:
    if kind == "crops":
        return queries.get_crop(row_id)
    if kind != "seasons":
        raise NotFound
    return queries.get_season(row_id)


def _required_form(row: Crop | CropSeason, links: Sequence[Link]) -> EditForm:
    of_season = isinstance(row, CropSeason)
    rows = queries.required_rows([row.crop_id if isinstance(row, CropSeason) else row.id])
    own = [one for one in rows if one.season_id == (row.id if of_season else None)]
    data = {f"passes_{one.link_id}": one.passes for one in own}
    return required_form(links, data | {"version": row.version})


def _required_page(form: EditForm, row: Crop | CropSeason) -> str:
    of_season = isinstance(row, CropSeason)
    label = row.label if isinstance(row, CropSeason) else row.name
    return render_template("coop/catalogue/required.html", form=form, label=label, of_season=of_season)


@blueprint.get("/prices")
@requires(CataloguePermission.VIEW)
def prices() -> ResponseReturnValue:
    """List the published prices."""
    query = _price_query()
    listing = ListPage(PRICES, query=query, sort="-valid_from", prefix=HOME + "prices", actions=TAKING)
    page = queries.prices(current_viewer(), _asked(query), listing.cut, descending=listing.order[1])
    return render_template(
        "coop/catalogue/prices.html",
        listing=listing.show(page),
        may_edit=current_viewer().can(CataloguePermission.EDIT),
    )


def _price_query() -> PriceQuery:
    query = PriceQuery(formdata=None)
    query.link.choices = [(link.id, link.name) for link in queries.links()]
    query.process(request.args)
    query.validate()
    return query


def _asked(query: PriceQuery) -> PriceFilter:
    values = query.values()
    return PriceFilter(year=values.get("year"), link_id=values.get("link"))


@blueprint.post("/prices/export")
@requires(CataloguePermission.VIEW)
def export_prices() -> ResponseReturnValue:
    """Send the price list as a workbook, and tell the journal."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/prices/list")
@requires(CataloguePermission.VIEW)
def print_prices() -> ResponseReturnValue:
    """Send the price list on paper, and tell the journal."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    query, viewer = _price_query(), current_viewer()
    table = report.table(queries.price_stream(viewer, _asked(query)), tables.conditions(query))
    answer = tables.answer(table, form, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.get("/prices/new")
@requires(CataloguePermission.EDIT)
def new_price() -> ResponseReturnValue:
    """Show an empty form for a price."""
    return _edit_page(_filled(PriceForm(formdata=None, data=usual_year(today()))), _("发布价格"))


@blueprint.post("/prices/new")
@requires(CataloguePermission.EDIT)
def publish_price() -> ResponseReturnValue:
    """Publish a price."""
    form = PriceForm()
    _filled(form)
    if form.validate():
        try:
            service.publish_price(form.details(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("valid_from", refusal)
        else:
            db.session.commit()
            flash(_("价格已发布。"))
            return redirect(HOME + "prices")
    return _edit_page(form, _("发布价格")), REFUSED


@blueprint.get("/<kind>/new")
@requires(CataloguePermission.EDIT)
def new(kind: str) -> ResponseReturnValue:
    """Show an empty form."""
    found = _kind(kind)
    return _edit_page(_filled(found.form(formdata=None, data=usual_year(today()))), _(found.label))


@blueprint.post("/<kind>/new")
@requires(CataloguePermission.EDIT)
def create(kind: str) -> ResponseReturnValue:
    """Save a new entry."""
    return _save(_kind(kind), None)


@blueprint.get("/<kind>/<int:row_id>")
@requires(CataloguePermission.EDIT)
def edit(kind: str, row_id: int) -> ResponseReturnValue:
    """Show the form of an entry."""
    found = _kind(kind)
    return _edit_page(_form_of(found, row_id), _(found.label))


@blueprint.post("/<kind>/<int:row_id>")
@requires(CataloguePermission.EDIT)
def change(kind: str, row_id: int) -> ResponseReturnValue:
    """Save an entry; who comes second meets the three-way page."""
    return _save(_kind(kind), row_id)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound
    return KINDS[name]


def _form_of(kind: Kind, row_id: int) -> EditForm:
    form: EditForm = _filled(kind.form(formdata=None, data=values_of(kind.form, kind.get(row_id))))
    return form


def _save(kind: Kind, row_id: int | None) -> ResponseReturnValue:
    form: Any = _filled(kind.form())
    if form.validate():
        row = kind.make() if row_id is None else kind.get(row_id)
        version = None if row_id is None else form.version.data or 0
        try:
            kind.save(row, form.details(), viewer=current_viewer(), now=now(), version=version)
        except StaleVersion:
            db.session.rollback()
            return conflict_page(form, _form_of(kind, row_id or 0), subject=_(kind.label))
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(HOME)
    return _edit_page(form, _(kind.label)), REFUSED


def _filled(form: Any) -> Any:
    """Give the form the choices that it needs."""
    if "crop_id" in form:
        form.crop_id.choices = [(crop.id, crop.name) for crop in queries.crops()]
    if "link_id" in form:
        form.link_id.choices = [(link.id, link.name) for link in queries.links()]
    if "division_code" in form:
        viewer = current_viewer()
        form.division_code.find = organisations.divisions_for(viewer, CataloguePermission.EDIT, today())
        form.division_code.label_of = lambda code: divisions.path(code).name
    if "provider_id" in form:
        form.provider_id.find = _providers
    return form


def _providers(text: str) -> list[tuple[str, str]]:
    viewer = current_viewer()
    if text.isdigit():
        found = [organisations.get(viewer, int(text))]
    else:
        found = list(organisations.find(viewer, text, today(), providers_only=True))
    return [(str(one.id), one.name) for one in found]


def _edit_page(form: EditForm, label: str) -> str:
    return render_template("coop/catalogue/edit.html", form=form, label=label)
