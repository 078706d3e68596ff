"""The page that takes in outlines of parcels and hands them out, and the drawing on a parcel's page."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from coop.organisations.queries import division_asked
from coop.organisations.service import OutsideScope
from coop.parcels import queries, report, service
from coop.parcels.forms import OutlinesExportForm, OutlinesForm
from coop.parcels.importing.outlines import outlines as read
from coop.parcels.models import Parcel, ParcelOutline
from coop.parcels.rules import OutlineOutcome, ParcelAct, ParcelPermission, differs_much
from coop.parcels.service import OutlineVerdict
from coop.parcels.views.frame import blueprint
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.geography import geojson
from foundation.geography.drawing import Drawing, draw
from foundation.journal.service import record
from foundation.values.area import Mu, mu_from_square_metres
from foundation.web.downloads import handed_over
from foundation.web.uploads import sent_files
from foundation.web.wording import translated


@dataclass(frozen=True, slots=True)
class Shown:
    """An outline on its parcel's page."""

    row: ParcelOutline
    drawing: Drawing
    area: Mu
    differs: bool


def shown(parcel: Parcel) -> Shown | None:
    """Return the outline of a parcel as its page draws it."""
    row = queries.outlines_of([parcel.id]).get(parcel.id)
    if row is None:
        return None
    area = mu_from_square_metres(row.square_metres)
    differs = differs_much(area, parcel.title_area or parcel.area)
    return Shown(row, draw(geojson.read(row.geometry)), area, differs)


@blueprint.get("/outlines")
@requires(ParcelPermission.IMPORT, ParcelPermission.EXPORT)
def outlines() -> ResponseReturnValue:
    """Ask for a file of outlines, or which ones shall be handed out."""
    return _page(OutlinesForm(formdata=None, data={"dated_on": today()}))


@blueprint.post("/outlines")
@requires(ParcelPermission.IMPORT)
def keep_outlines() -> ResponseReturnValue:
    """Keep the sound outlines of a file, and say what is wrong with the others."""
    form = OutlinesForm()
    if not form.validate():
        return _page(form), 422
    ((_name, content),) = sent_files("file")[:1]
    try:
        verdicts = service.keep_outlines(
            [*read(content)],
            source=form.source.data,
            dated_on=form.dated_on.data,
            viewer=current_viewer(),
            now=now(),
        )
    except DomainError as refusal:
        form.refuse("dated_on" if isinstance(refusal, service.AreaInFuture) else "file", refusal)
        return _page(form), 422
    db.session.commit()
    return _page(OutlinesForm(formdata=None, data={"dated_on": today()}), verdicts)


@blueprint.post("/outlines/export")
@requires(ParcelPermission.EXPORT)
def export_outlines() -> ResponseReturnValue:
    """Send the outlines of a division as GeoJSON, and tell the journal."""
    viewer, form = current_viewer(), OutlinesExportForm()
    asked = form.division.data or ""
    code = division_asked(viewer, ParcelPermission.EXPORT, asked, today())
    if not code or not viewer.sees(ParcelPermission.EXPORT, code):
        raise OutsideScope(code=asked or "—")
    path = divisions.path(code)
    text = report.outlines(viewer, code)
    record(ParcelAct.OUTLINES_EXPORTED, None, viewer=viewer, now=now(), note=f"{path.short} {code}")
    db.session.commit()
    return handed_over(text, f"地块界线-{path.name}-{today()}.geojson", "application/geo+json")


def _page(form: OutlinesForm, verdicts: Sequence[OutlineVerdict] | None = None) -> str:
    found = verdicts or ()
    return render_template(
        "coop/parcels/outlines.html",
        form=form,
        taking=OutlinesExportForm(formdata=None),
        verdicts=verdicts,
        kept=sum(one.outcome is not OutlineOutcome.REFUSED for one in found),
        refused=sum(one.outcome is OutlineOutcome.REFUSED for one in found),
        spoken=[one for one in found if one.said is not None],
        translated=translated,
    )
