"""Pages of the season: the board by place and link, and the map of its parcels."""

from coop.seasons.views.board import blueprint
from coop.seasons.views.charts import drawn
from coop.seasons.views.map import maps
from foundation.web.charts import offer_charts

blueprint.register_blueprint(maps)
offer_charts(blueprint, drawn)

__all__ = ["blueprint"]
