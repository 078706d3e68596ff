"""Pages of tracks: the list, an order's tracks and their upload, one track, the re-measure tasks."""

from coop.tracks.views.orders import orders
from coop.tracks.views.pages import blueprint
from coop.tracks.views.remeasures import remeasures
from coop.tracks.views.todos import waiting
from foundation.web.todos import offer_todos

__all__ = ["blueprint"]

for part in (orders, remeasures):
    blueprint.register_blueprint(part)

offer_todos(blueprint, waiting)
