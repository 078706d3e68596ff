"""Silence: the list of those whose days are over, and the act that accepts for them."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.acceptance import queries, service
from coop.acceptance.queries import SlipFilter
from coop.acceptance.rules.terms import AcceptancePermission, SlipState
from coop.organisations.queries import division_asked
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions

silence = Blueprint("silence", __name__)

HOME = "/coop/acceptance/"


@silence.get("/overdue")
@requires(AcceptancePermission.DEEM)
def overdue() -> ResponseReturnValue:
    """Show whom silence would settle, with what, and who must be told anew instead."""
    viewer = current_viewer()
    asked = SlipFilter(
        state=SlipState.OVERDUE,
        division_code=division_asked(
            viewer, AcceptancePermission.DEEM, request.args.get("division"), today()
        ),
    )
    slips = queries.get_many(viewer, asked, today(), AcceptancePermission.DEEM)
    found = service.silent_ones(slips, today())
    return render_template(
        "coop/acceptance/overdue.html",
        due=[one for one in found if one.lines],
        again=[one for one in found if not one.lines],
        villages=divisions.paths({one.slip.division_code for one in found}),
        work_of=queries.work_of,
    )


@silence.post("/overdue")
@requires(AcceptancePermission.DEEM)
def deem() -> ResponseReturnValue:
    """Accept by silence for the chosen households."""
    viewer = current_viewer()
    chosen = SlipFilter(ids=tuple(request.form.getlist("selected", type=int)) or (0,))
    slips = queries.get_many(viewer, chosen, today(), AcceptancePermission.DEEM)
    count = service.deem_overdue(slips, viewer=viewer, now=now())
    db.session.commit()
    flash(_("已将 %(n)s 块地视同验收，各处均有标注。", n=count))
    return redirect(f"{HOME}overdue")
