"""Pages of the season: the board by place and link, and the map of its parcels."""

from flask import Blueprint

from coop.seasons.views.board import boards
from coop.seasons.views.charts import drawn
from coop.seasons.views.map import maps
from foundation.web.charts import offer_charts

blueprint = Blueprint("seasons", __name__, url_prefix="/seasons")
blueprint.register_blueprint(boards)
blueprint.register_blueprint(maps)
offer_charts(blueprint, drawn)
