"""The page of one work order, as it is opened and as an act that was refused leaves it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from coop.machinery import queries as machinery
from coop.operations import queries
from coop.operations.forms.planning import CancelForm, CancelLinesForm, OrderForm, form_of
from coop.operations.models import WorkOrder
from coop.operations.rules.life import OrderOperation
from coop.operations.rules.progress import progress_of
from coop.operations.rules.terms import LineState, OperationAct, OperationPermission
from coop.operations.service import life, permitting
from coop.operations.views.listing import HOME, STATE_KINDS
from coop.organisations import queries as organisations
from foundation.access.gate import current_viewer, requires
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, StaleVersion
from foundation.papers.queries import papers_of
from foundation.papers.rules import all_kinds
from foundation.web.acts import ActsOn
from foundation.web.conflict import conflict_page
from foundation.wording import N_

pages = Blueprint("pages", __name__)

REFUSED = 422
LINE_KINDS = {
    LineState.PLANNED: "plain",
    LineState.LATE: "bad",
    LineState.NOT_DONE: "bad",
    LineState.PARTLY: "waiting",
    LineState.DONE: "waiting",
    LineState.DISPUTED: "bad",
    LineState.ACCEPTED: "good",
    LineState.DEEMED: "good",
    LineState.CANCELLED: "plain",
}
"""How the state of a line is underlined; the word says it already."""


@pages.get("/<int:order_id>")
@requires(OperationPermission.VIEW)
def show(order_id: int) -> ResponseReturnValue:
    """Show one work order."""
    return order_page(queries.get(current_viewer(), order_id))


def order_page(order: WorkOrder, **sent: Any) -> str:
    """Return the page; ``sent`` are the forms that were sent and refused, by act."""
    viewer, moment, on = current_viewer(), now(), today()
    state = queries.state_of(order, on)
    codes = {order.division_code, *(line.household.division_code for line in order.lines)}
    version = {"version": order.version}
    return render_template(
        "coop/operations/show.html",
        order=order,
        state=state,
        state_kind=STATE_KINDS[state],
        states={line.id: line.state(order.ends_on, on) for line in order.lines},
        line_kinds=LINE_KINDS,
        progress=progress_of(order.lines, order.ends_on, on),
        paths=divisions.paths(codes),
        O=OrderOperation,
        allowed={one for one in OrderOperation if permitting.may(one, order, viewer=viewer, now=moment)},
        links=[one for permission, one in _links(order.id) if viewer.can(permission)],
        prints=[kind for kind in all_kinds() if kind.page == HOME],
        history=organisations.history_of(order, OperationAct),
        papers=papers_of(viewer, life.OWNER, order.id),
        attachments=attachments_of(life.OWNER, order.id),
        why=viewer.why(OperationPermission.VIEW, order.division_code, order.dated_on),
        forms={
            "cancel": CancelForm(formdata=None, data=version),
            "cancel_lines": CancelLinesForm(formdata=None, data=version),
            **sent,
        },
    )


def _links(order_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return what the features above offer for an order, by the permission that each asks for."""
    return [
        (
            "coop.acceptance.view",
            {"label": N_("农户验收"), "url": f"/coop/acceptance/orders/{order_id}"},
        ),
        (
            "coop.tracks.view",
            {"label": N_("作业轨迹"), "url": f"/coop/tracks/of/{order_id}"},
        ),
    ]


on_order = ActsOn(queries.get, order_page, HOME)


@pages.post("/<int:order_id>/issue")
@requires(OperationPermission.PLAN)
def issue(order_id: int) -> ResponseReturnValue:
    """Hand the order out."""
    return on_order.act(order_id, life.issue, _("已派发。"))


@pages.post("/<int:order_id>/cancel")
@requires(OperationPermission.PLAN)
def cancel(order_id: int) -> ResponseReturnValue:
    """Take the whole order back."""
    form = CancelForm()
    said = _("已撤销；这些地块可以重新编入作业单。")
    return on_order.act_with("cancel", form, order_id, life.cancel, said, reason=form.reason.data)


@pages.post("/<int:order_id>/lines/cancel")
@requires(OperationPermission.PLAN)
def cancel_lines(order_id: int) -> ResponseReturnValue:
    """Take single parcels out of the order."""
    form = CancelLinesForm()
    said = _("已撤销所选地块。")
    return on_order.act_with(
        "cancel_lines",
        form,
        order_id,
        lambda order, **given: life.cancel_lines(order, form.lines.data or (), **given),
        said,
        reason=form.reason.data,
    )


@pages.get("/<int:order_id>/edit")
@requires(OperationPermission.PLAN)
def edit(order_id: int) -> ResponseReturnValue:
    """Show the form of one order."""
    order = queries.get(current_viewer(), order_id)
    permitting.demand(OrderOperation.EDIT, order, viewer=current_viewer(), now=now())
    return render_template("coop/operations/edit.html", form=_offered(form_of(order), order), order=order)


@pages.post("/<int:order_id>/edit")
@requires(OperationPermission.PLAN)
def change(order_id: int) -> ResponseReturnValue:
    """Save the form; who comes second meets the three-way page."""
    viewer, order, form = current_viewer(), queries.get(current_viewer(), order_id), OrderForm()
    if _offered(form, order).validate():
        try:
            life.change(order, form.terms(), version=form.version.data or 0, viewer=viewer, now=now())
        except (StaleVersion, StaleDataError):
            return _conflict(form, order_id)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
            order = queries.get(viewer, order_id)
        else:
            db.session.commit()
            flash(_("已保存。"))
            return redirect(f"{HOME}{order_id}")
    return render_template("coop/operations/edit.html", form=form, order=order), REFUSED


def _conflict(form: OrderForm, order_id: int) -> ResponseReturnValue:
    db.session.rollback()
    order = queries.get(current_viewer(), order_id)
    theirs = _offered(form_of(order), order)
    return conflict_page(form, theirs, subject=order.number, who=organisations.last_hand(order))


def _offered(form: OrderForm, order: WorkOrder) -> OrderForm:
    viewer = current_viewer()
    machines = machinery.machines_for(viewer, order.provider_id)
    operators = machinery.operators_for(viewer, order.provider_id)
    form.machine.choices = [(row.id, f"{row.model} {row.plate}".strip()) for row in machines]
    form.operator.choices = [(row.id, row.name) for row in operators]
    return form
