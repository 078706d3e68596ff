"""Pages of tracks: the list with its exports, one track with its picture, its file, taking it back."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.organisations import queries as organisations
from coop.tracks import queries, report, service
from coop.tracks.forms import TrackQuery, UndoForm
from coop.tracks.models import Track
from coop.tracks.queries import TrackFilter, comparisons, tasks
from coop.tracks.queries.pictures import picture_of
from coop.tracks.rules.matching import difference
from coop.tracks.rules.terms import TrackAct, TrackOutcome, TrackPermission
from foundation.access.gate import current_viewer, requires
from foundation.attachments.service import fetch
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.web.acts import ActsOn
from foundation.web.downloads import handed_over
from foundation.web.extent import spoken_of
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.wording import N_

blueprint = Blueprint("tracks", __name__, url_prefix="/tracks")

HOME = "/coop/tracks/"
OUTCOME_KINDS = {
    TrackOutcome.WITHIN: "good",
    TrackOutcome.PARTLY: "waiting",
    TrackOutcome.REMEASURE: "bad",
    TrackOutcome.OUTSIDE: "plain",
    TrackOutcome.NO_OUTLINE: "plain",
}
COLUMNS = (
    Column(key="file_name", label=N_("轨迹文件"), link=True),
    Column(key="order_number", label=N_("作业单")),
    Column(key="village", label=N_("村")),
    Column(key="machine", label=N_("机具")),
    Column(key="started_at", label=N_("作业开始"), kind=CellKind.INSTANT, sortable=True),
    Column(key="width_cm", label=N_("幅宽(厘米)"), kind=CellKind.NUMBER),
    Column(key="point_count", label=N_("点数"), kind=CellKind.NUMBER),
    Column(key="swept", label=N_("轨迹面积(㎡)"), kind=CellKind.OWN),
    Column(key="uploaded_at", label=N_("导入时间"), kind=CellKind.INSTANT, sortable=True),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
)


@blueprint.get("/")
@requires(TrackPermission.VIEW)
def index() -> ResponseReturnValue:
    """List tracks."""
    viewer, query = current_viewer(), TrackQuery()
    offered = (
        BulkAction(label=N_("导出比对表"), url=HOME + "export"),
        BulkAction(label=N_("打印比对表"), url=HOME + "print", extents=("selected", "filtered")),
    )
    actions = offered if viewer.can(TrackPermission.EXPORT) else ()
    listing = ListPage(COLUMNS, query=query, sort="-uploaded_at", prefix=HOME, actions=actions)
    page = queries.page(viewer, _asked(query), listing.order, listing.cut)
    return render_template("coop/tracks/index.html", listing=listing.show(page))


def _asked(query: TrackQuery) -> TrackFilter:
    values = query.values()
    return TrackFilter(
        text=values.get("text", ""),
        with_undone=values.get("undone", False),
        division_code=organisations.division_asked(
            current_viewer(), TrackPermission.VIEW, values.get("division"), today()
        ),
    )


@blueprint.post("/export")
@requires(TrackPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send swept beside declared as a workbook, and tell the journal how many rows."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/print")
@requires(TrackPermission.EXPORT)
def print_table() -> ResponseReturnValue:
    """Send swept beside declared on paper, and tell the journal how many rows."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    asked = spoken_of(TrackFilter, lambda: _asked(TrackQuery()))
    said = tables.conditions(TrackQuery()) if request.form.get("extent") == "filtered" else ""
    return send_comparison(asked, form, said)


def send_comparison(asked: TrackFilter, form: TableFormat, said: str) -> ResponseReturnValue:
    """Send the comparison of the tracks asked for in one of its forms."""
    viewer = current_viewer()
    rows = comparisons.comparisons(viewer, asked, TrackPermission.EXPORT)
    table = report.table(rows, said)
    answer = tables.answer(table, form, act=TrackAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer


@blueprint.get("/<int:track_id>")
@requires(TrackPermission.VIEW)
def show(track_id: int) -> ResponseReturnValue:
    """Show one track: its picture, and parcel by parcel what it says."""
    return _page(queries.get(current_viewer(), track_id))


@blueprint.post("/<int:track_id>/undo")
@requires(TrackPermission.IMPORT)
def undo(track_id: int) -> ResponseReturnValue:
    """Take a track back with what it reported."""
    form = UndoForm()
    return acts.act_with(
        "undo", form, track_id, _undo, _("已撤回轨迹和它登记的作业。"), reason=form.reason.data
    )


def _undo(track: Track, *, version: int | None, **said: Any) -> None:  # noqa: ARG001 - a track is never edited
    service.undo_track(track, **said)


@blueprint.get("/<int:track_id>/file")
@requires(TrackPermission.VIEW)
def file(track_id: int) -> ResponseReturnValue:
    """Hand over the terminal's file as it came."""
    track = queries.get(current_viewer(), track_id)
    return handed_over(fetch(track.file_digest, track.file_name), track.file_name)


def _page(track: Track, **sent: Any) -> str:
    viewer, order = current_viewer(), track.order
    hits = [match for match in track.matches if match.outcome is not TrackOutcome.OUTSIDE]
    return render_template(
        "coop/tracks/show.html",
        track=track,
        order=order,
        village=divisions.path(track.division_code),
        machine=queries.machine_name(track.machine),
        hits=hits,
        missed=[match for match in track.matches if match.outcome is TrackOutcome.OUTSIDE],
        is_one_of_several=any(match.added != match.swept for match in hits),
        difference=difference,
        kinds=OUTCOME_KINDS,
        tolerance=order.programme.track_tolerance,
        tasks=tasks.of_track(track),
        picture=picture_of(track),
        may_undo=track.undone_at is None
        and viewer.sees(TrackPermission.IMPORT, order.division_code, order.dated_on),
        history=organisations.history_of(track, TrackAct),
        why=viewer.why(TrackPermission.VIEW, order.division_code, order.dated_on),
        forms={"undo": UndoForm(formdata=None), **sent},
    )


acts = ActsOn(get=queries.get, page=_page, home=HOME)
