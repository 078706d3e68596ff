"""Pages of machinery: machines, operators, and the licences that are ending."""

from flask import Blueprint

from coop.machinery.views.machines import machines
from coop.machinery.views.operators import operators
from coop.machinery.views.todos import ending
from foundation.web.todos import offer_todos

blueprint = Blueprint("machinery", __name__, url_prefix="/machinery")
blueprint.register_blueprint(machines)
blueprint.register_blueprint(operators)
offer_todos(blueprint, ending)
