"""The map of a village beside its table: where the work of one link stands on every parcel."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from coop.catalogue.models import CropSeason, Link
from coop.parcels.rules import ParcelPermission
from coop.seasons import queries
from coop.seasons.forms import MapQuery
from coop.seasons.rules.map import MOST_NUMBERED, PlotState, counted
from coop.seasons.rules.terms import SeasonPermission
from foundation.access.gate import current_viewer, requires
from foundation.clock import today
from foundation.divisions import queries as divisions

maps = Blueprint("maps", __name__)

HOME = "/coop/seasons/map"


@maps.get("/map")
@requires(SeasonPermission.VIEW)
def index() -> ResponseReturnValue:
    """Show a village's parcels by state; the table says all that the map shows."""
    viewer = current_viewer()
    query, season, village, link = _asked()
    plots = []
    if season is not None and village and link is not None:
        plots = queries.plots(viewer, season.id, link.id, village, today())
    asked = {"season": season and season.id, "village": village, "link": link and link.id}
    return render_template(
        "coop/seasons/map.html",
        query=query,
        season=season,
        village=divisions.path(village) if village else None,
        link=link,
        plots=plots,
        counts=counted(plots),
        states=list(PlotState),
        drawn=sum(plot.has_outline for plot in plots),
        is_numbered=len(plots) <= MOST_NUMBERED,
        source=f"{HOME}.geojson?{urlencode({key: value for key, value in asked.items() if value})}",
        may_outline=viewer.can(ParcelPermission.IMPORT),
    )


def _asked() -> tuple[MapQuery, CropSeason | None, str, Link | None]:
    """Return the query bar and what it asks for, the nearest where it asks for nothing known."""
    viewer, query = current_viewer(), MapQuery(formdata=None)
    seasons = queries.seasons_with_orders(viewer)
    query.season.choices = [(one.id, one.label) for one in seasons]
    asked = request.args.get("season", 0, type=int)
    season = next((one for one in seasons if one.id == asked), None)
    season = season or queries.current_season(seasons, today())
    codes = queries.villages(viewer, season.id) if season is not None else ()
    names = divisions.paths(codes)
    query.village.choices = [(code, names[code].short) for code in codes]
    wanted = request.args.get("village", "")
    village = wanted if wanted in codes else next(iter(codes), "")
    links = queries.links_of(viewer, season.id, village) if season is not None and village else ()
    query.link.choices = [(one.id, one.name) for one in links]
    chosen = request.args.get("link", 0, type=int)
    link = next((one for one in links if one.id == chosen), None) or next(iter(links), None)
    query.process(data={"season": season and season.id, "village": village, "link": link and link.id})
    return query, season, village, link
