"""The shapes that the map draws, as GeoJSON."""

import json

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from coop.parcels.queries import outlines_of
from coop.seasons import queries
from coop.seasons.rules.terms import SeasonPermission
from foundation.access.gate import current_viewer, requires
from foundation.clock import today
from foundation.web.wording import term

blueprint = Blueprint("api", __name__)


@blueprint.get("/map.geojson")
@requires(SeasonPermission.VIEW)
def shapes() -> ResponseReturnValue:
    """Answer with the outlines of a village's parcels and where the work of a link stands on each."""
    season_id = request.args.get("season", 0, type=int)
    link_id = request.args.get("link", 0, type=int)
    found = queries.plots(current_viewer(), season_id, link_id, request.args.get("village", ""), today())
    outlines = outlines_of([plot.parcel_id for plot in found if plot.has_outline])
    features = [
        {
            "type": "Feature",
            "properties": {
                "number": plot.number,
                "state": plot.state.value,
                "label": f"{plot.number} {plot.name} {plot.holder} {term(plot.state)}",
            },
            "geometry": json.loads(outlines[plot.parcel_id].geometry),
        }
        for plot in found
        if plot.parcel_id in outlines
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return Response(body, mimetype="application/geo+json")
