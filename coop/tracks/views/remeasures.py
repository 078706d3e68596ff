"""Pages of re-measure tasks: the list, and one task with its new measure."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.organisations import queries as organisations
from coop.tracks import service
from coop.tracks.forms import MeasureForm, TaskQuery
from coop.tracks.models import RemeasureTask
from coop.tracks.queries import tasks
from coop.tracks.queries.tasks import TaskFilter
from coop.tracks.rules.matching import difference
from coop.tracks.rules.terms import TrackAct, TrackPermission
from coop.tracks.service import Measured
from foundation.access.gate import current_viewer, requires
from foundation.clock import today
from foundation.divisions import queries as divisions
from foundation.web.acts import ActsOn
from foundation.web.listing import CellKind, Column, ListPage
from foundation.wording import N_

remeasures = Blueprint("remeasures", __name__, url_prefix="/remeasures")

HOME = "/coop/tracks/remeasures/"
COLUMNS = (
    Column(key="parcel", label=N_("地块"), kind=CellKind.OWN),
    Column(key="village", label=N_("村"), kind=CellKind.OWN),
    Column(key="holder", label=N_("承包方"), kind=CellKind.OWN),
    Column(key="declared", label=N_("申报面积(亩)"), kind=CellKind.MU),
    Column(key="swept", label=N_("轨迹面积(亩)"), kind=CellKind.MU),
    Column(key="share", label=N_("差额占申报"), kind=CellKind.OWN),
    Column(key="measured", label=N_("复测面积(亩)"), kind=CellKind.MU),
    Column(key="opened_at", label=N_("发起时间"), kind=CellKind.INSTANT, sortable=True),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)


@remeasures.get("/")
@requires(TrackPermission.VIEW)
def index() -> ResponseReturnValue:
    """List the parcels to be measured again."""
    viewer, query = current_viewer(), TaskQuery()
    listing = ListPage(COLUMNS, query=query, sort="opened_at", prefix=HOME)
    values = query.values()
    asked = TaskFilter(
        with_resolved=values.get("resolved", False),
        division_code=organisations.division_asked(
            viewer, TrackPermission.VIEW, values.get("division"), today()
        ),
    )
    page = tasks.page(viewer, asked, listing.order, listing.cut)
    return render_template(
        "coop/tracks/remeasures/index.html",
        listing=listing.show(page),
        paths=divisions.paths(row.division_code for row in page.rows),
        difference=difference,
    )


@remeasures.get("/<int:task_id>")
@requires(TrackPermission.VIEW)
def show(task_id: int) -> ResponseReturnValue:
    """Show one task: what differs, the three acreages, and where the new measure goes."""
    return _page(tasks.get(current_viewer(), task_id))


@remeasures.post("/<int:task_id>/resolve")
@requires(TrackPermission.MEASURE)
def resolve(task_id: int) -> ResponseReturnValue:
    """Take the new measure in."""
    form = MeasureForm()
    return acts.act_with("measure", form, task_id, _resolve, _("复测已办结。"), measured=form.measured())


def _resolve(task: RemeasureTask, *, measured: Measured, **said: Any) -> None:
    service.resolve_remeasure(task, measured, **said)


def _page(task: RemeasureTask, **sent: Any) -> str:
    viewer = current_viewer()
    more, share = difference(task.swept, task.declared)
    return render_template(
        "coop/tracks/remeasures/show.html",
        task=task,
        parcel=task.parcel,
        order=task.match.line.order,
        village=divisions.path(task.division_code),
        more=more,
        share=share,
        may_measure=task.resolved_at is None and viewer.sees(TrackPermission.MEASURE, task.division_code),
        history=organisations.history_of(task, TrackAct),
        why=viewer.why(TrackPermission.VIEW, task.division_code),
        forms={
            "measure": MeasureForm(formdata=None, data={"on": today(), "version": task.version}),
            **sent,
        },
    )


acts = ActsOn(get=tasks.get, page=_page, home=HOME)
