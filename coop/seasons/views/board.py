"""The board of a season: planned, done, accepted, disputed and late mu by place and link."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.catalogue.models import CropSeason
from coop.operations.rules.terms import OperationPermission
from coop.organisations.queries import division_asked, divisions_for
from coop.seasons import queries, report
from coop.seasons.forms import SeasonQuery
from coop.seasons.rules.board import Board, due_until
from coop.seasons.rules.terms import SeasonAct, SeasonPermission
from foundation.access.gate import current_viewer, requires
from foundation.access.grants import code_prefix
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.divisions import rules as division_rules
from foundation.tables import document as tables
from foundation.tables.rules import TableFormat
from foundation.wording import Term

blueprint = Blueprint("seasons", __name__, url_prefix="/seasons")

HOME = "/coop/seasons/"
ORDERS = "/coop/operations/"


@blueprint.get("/")
@requires(SeasonPermission.VIEW)
def index() -> ResponseReturnValue:
    """Show the board of a season."""
    query, season = asked_season()
    code = asked_division(query)
    board = _board(season, code, SeasonPermission.VIEW)
    above = [*division_rules.ancestors(code), code] if code else []
    return render_template(
        "coop/seasons/index.html",
        query=query,
        season=season,
        board=board,
        code=code,
        above=[one for one in above if len(code_prefix(one)) >= division_rules.COUNTY_DIGITS],
        paths=divisions.paths(above),
        orders=lambda **asked: _orders(season, asked),
        drill=lambda place: _address(season, place),
        due_until=due_until(today()),
        on=today(),
        may_export=current_viewer().can(OperationPermission.EXPORT),
    )


def asked_season(permission: Term = SeasonPermission.VIEW) -> tuple[SeasonQuery, CropSeason | None]:
    """Return the query bar and the season asked for, or the one that is on."""
    viewer, query = current_viewer(), SeasonQuery(formdata=None)
    known = queries.seasons_with_orders(viewer, permission)
    query.season.choices = [(one.id, one.label) for one in known]
    query.division.find = divisions_for(viewer, permission, today())
    query.division.label_of = lambda code: divisions.path(code).short
    query.process(request.args)
    query.validate()
    chosen = next((one for one in known if one.id == query.season.data), None)
    return query, chosen or queries.current_season(known, today())


def asked_division(query: SeasonQuery, permission: Term = SeasonPermission.VIEW) -> str:
    """Return the code of the division asked for; nothing for all that the viewer works in."""
    text = query.values().get("division")
    return division_asked(current_viewer(), permission, text, today())


def _board(season: CropSeason | None, code: str, permission: Term) -> Board:
    if season is None:
        return Board(sums={})
    return queries.board(current_viewer(), season.id, code, today(), permission)


def _orders(season: CropSeason | None, asked: dict[str, object]) -> str:
    """Return the address of the orders behind a figure."""
    pairs = {"season": season.id if season else None, **asked}
    return f"{ORDERS}?{urlencode({key: value for key, value in pairs.items() if value})}"


def _address(season: CropSeason | None, place: str) -> str:
    pairs = {"season": season.id if season else None, "division": place}
    return f"{HOME}?{urlencode({key: value for key, value in pairs.items() if value})}"


@blueprint.post("/export")
@requires(OperationPermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the board as a workbook, and tell the journal."""
    return _taken(TableFormat.XLSX)


@blueprint.post("/print")
@requires(OperationPermission.EXPORT)
def print_board() -> ResponseReturnValue:
    """Send the board on paper, and tell the journal."""
    return _taken(TableFormat.PDF)


def _taken(form: TableFormat) -> ResponseReturnValue:
    viewer = current_viewer()
    query, season = asked_season(OperationPermission.EXPORT)
    code = asked_division(query, OperationPermission.EXPORT)
    board = _board(season, code, OperationPermission.EXPORT)
    said = _("作物季：%(season)s", season=season.label) if season else ""
    if code:
        said = f"{said}  {divisions.path(code).short}"
    table = report.table(board, said)
    answer = tables.answer(table, form, act=SeasonAct.EXPORTED, viewer=viewer, now=now())
    db.session.commit()
    return answer
