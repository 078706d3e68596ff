"""Printing the households' slips: of one order, or of all orders of its village and season in one run."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.acceptance import service
from coop.acceptance.document import SLIPS_KIND
from coop.acceptance.rules.terms import AcceptancePermission
from coop.operations import queries as operations
from coop.operations.models import WorkOrder
from coop.operations.queries import OrderFilter
from coop.operations.rules.terms import OperationPermission
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.papers import service as papers
from foundation.papers.jobs import enqueue_print_run
from foundation.web.downloads import shown

prints = Blueprint("papers", __name__, url_prefix="/orders")


@prints.post("/<int:order_id>/slips")
@requires(AcceptancePermission.PRINT)
def slips(order_id: int) -> ResponseReturnValue:
    """Make the codes that are missing and print the slips of all households that have not answered."""
    viewer, moment = current_viewer(), now()
    order = operations.get(viewer, order_id)
    service.make_codes(order, viewer=viewer, now=moment)
    printed = papers.issue(SLIPS_KIND, SLIPS_KIND.freeze(viewer, order.id), viewer=viewer, now=moment)
    content, name = printed.content(), printed.paper.file_name
    db.session.commit()
    return shown(content, name)


@prints.post("/<int:order_id>/village")
@requires(AcceptancePermission.PRINT)
def village(order_id: int) -> ResponseReturnValue:
    """Print the slips of every order of the same village and season, in the background."""
    viewer = current_viewer()
    order = operations.get_head(viewer, order_id)
    asked = OrderFilter(division_code=order.division_code, season_id=order.season_id)
    ids = operations.ids(viewer, asked, today(), OperationPermission.VIEW)
    return _run(operations.heads(viewer, ids))


@prints.post("/slips")
@requires(AcceptancePermission.PRINT)
def selected() -> ResponseReturnValue:
    """Print the slips of the orders that were ticked, in the background."""
    ids = request.form.getlist("selected", type=int)
    return _run(operations.heads(current_viewer(), ids))


def _run(orders: list[WorkOrder]) -> ResponseReturnValue:
    """Make the codes of orders at once and bind their slips in one file."""
    viewer, moment = current_viewer(), now()
    coded = [
        order.id
        for order in orders
        if order.cancelled_at is None and service.make_codes(order, viewer=viewer, now=moment)
    ]
    title = _("打印验收确认单 %(n)s 张作业单", n=len(coded))
    job = enqueue_print_run(SLIPS_KIND.name, coded, viewer=viewer, now=moment, title=title)
    address = f"/foundation/jobs/{job.id}"
    db.session.commit()
    flash(_("已加入打印队列，完成后会通知您。"))
    return redirect(address)
