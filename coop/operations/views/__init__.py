"""Pages of work orders: the list, planning, one order and its acts, and reporting what was done."""

from coop.operations.views.listing import blueprint
from coop.operations.views.pages import pages
from coop.operations.views.phone import phone
from coop.operations.views.planning import plans
from coop.operations.views.reporting import reporting
from coop.operations.views.todos import waiting
from foundation.web.todos import offer_todos

for part in (plans, pages, reporting, phone):
    blueprint.register_blueprint(part)

offer_todos(blueprint, waiting)

__all__ = ["blueprint"]
