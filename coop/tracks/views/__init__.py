"""Pages of tracks: the list, an order's tracks and their upload, one track, the re-measure tasks."""

from flask import Blueprint

from coop.tracks.views.orders import orders
from coop.tracks.views.pages import pages
from coop.tracks.views.remeasures import remeasures
from coop.tracks.views.todos import waiting
from foundation.web.todos import offer_todos

blueprint = Blueprint("tracks", __name__, url_prefix="/tracks")

for part in (pages, orders, remeasures):
    blueprint.register_blueprint(part)

offer_todos(blueprint, waiting)
