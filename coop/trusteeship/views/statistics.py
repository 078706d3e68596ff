"""The statistics sheet and the work by provider: shown, exported, and printed through the register."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from coop.trusteeship import document
from coop.trusteeship.forms import PlaceQuery, SheetQuery
from coop.trusteeship.queries import entries, scope, sheets
from coop.trusteeship.report.sheets import VILLAGE_DIGITS, SheetAsked, gather
from coop.trusteeship.report.tables import provider_table, sheet_table
from coop.trusteeship.rules.terms import AcreageAct, AcreagePermission
from coop.trusteeship.service.sheets import sheet_for
from coop.trusteeship.views.asking import TOWNSHIP_DIGITS, Asked, asked, filled, places
from foundation.access.gate import current_viewer, requires
from foundation.clock import now
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import NotFound
from foundation.papers import service as papers
from foundation.tables import document as tables
from foundation.tables.rules import Table, TableFormat
from foundation.web.downloads import shown
from foundation.wording import N_, Term

statistics = Blueprint("statistics", __name__)

FORMATS = {one.value: one for one in TableFormat}
PAGE = "/coop/trusteeship/statistics"
LEVELS = ((TOWNSHIP_DIGITS, N_("乡镇")), (VILLAGE_DIGITS, N_("村")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A question about one division, and the sheet that it asks for."""

    found: Asked
    asked: SheetAsked


def _sheet(permission: Term) -> _Sheet | None:
    """Read the address; the first division in sight is meant where none was named."""
    found = asked(permission, by_season=True)
    if found is None:
        return None
    if not found.roots:
        raise NotFound
    digits = request.args.get("level", VILLAGE_DIGITS, type=int)
    code = found.division or found.roots[0]
    if digits not in dict(LEVELS):
        digits = VILLAGE_DIGITS
    return _Sheet(
        found=found,
        asked=SheetAsked(
            programme=found.programme,
            code=code,
            season_key=found.season_key,
            digits=max(digits, scope.digits_of(code)),
        ),
    )


def _wanted(permission: Term) -> _Sheet:
    sheet = _sheet(permission)
    if sheet is None:
        raise NotFound
    return sheet


@statistics.get("/statistics")
@requires(AcreagePermission.VIEW)
def show() -> ResponseReturnValue:
    """Show the statistics sheet of a division."""
    sheet = _sheet(AcreagePermission.VIEW)
    if sheet is None:
        return render_template("coop/trusteeship/empty.html")
    viewer = current_viewer()
    query = filled(SheetQuery(), sheet.found)
    query.division.choices = _offered(sheet.found, sheet.asked.code)
    query.division.data = sheet.asked.code
    query.level.choices = list(LEVELS)
    query.level.data = sheet.asked.digits
    gathered = gather(viewer, sheet.asked)
    return render_template(
        "coop/trusteeship/statistics.html",
        asked=sheet.found,
        table=sheet_table(gathered),
        carried=list,
        query=query,
        may_export=viewer.sees(AcreagePermission.EXPORT, sheet.asked.code),
        may_print=viewer.sees(AcreagePermission.PRINT, sheet.asked.code),
        formats=(TableFormat.XLSX,),
    )


def _offered(found: Asked, code: str) -> list[tuple[str, str]]:
    """Return the divisions to choose from, the one asked for among them even where it is a village."""
    offered = places(found)
    return offered if code in dict(offered) else [*offered, (code, divisions.path(code).short)]


@statistics.post("/statistics/export")
@requires(AcreagePermission.EXPORT)
def export() -> ResponseReturnValue:
    """Send the statistics sheet as a workbook, and tell the journal."""
    permission = AcreagePermission.EXPORT
    gathered = gather(current_viewer(), _wanted(permission).asked, permission=permission)
    return _taken(sheet_table(gathered), TableFormat.XLSX)


@statistics.post("/statistics/print")
@requires(AcreagePermission.PRINT)
def issue() -> ResponseReturnValue:
    """Print the statistics sheet as an official document through the print register."""
    viewer, moment = current_viewer(), now()
    wanted = _wanted(AcreagePermission.PRINT).asked
    sheet = sheet_for(
        wanted.programme,
        division_code=wanted.code,
        season_key=wanted.season_key,
        digits=wanted.digits,
        viewer=viewer,
        now=moment,
    )
    (kind,) = document.KINDS
    printed = papers.issue(kind, kind.freeze(viewer, sheet.id), viewer=viewer, now=moment)
    content, name = printed.content(), printed.paper.file_name
    db.session.commit()
    return shown(content, name)


@statistics.get("/sheets/<int:sheet_id>")
@requires(AcreagePermission.VIEW)
def sheet(sheet_id: int) -> ResponseReturnValue:
    """Lead from a printed sheet to its page."""
    row = sheets.get_sheet(current_viewer(), sheet_id)
    asked_for = f"programme={row.programme_id}&season={row.season_key}"
    return redirect(f"{PAGE}?{asked_for}&division={row.division_code}&level={row.digits}")


@statistics.get("/providers")
@requires(AcreagePermission.VIEW)
def providers() -> ResponseReturnValue:
    """Show the accepted work of each provider."""
    found = asked()
    if found is None:
        return render_template("coop/trusteeship/empty.html")
    query = filled(PlaceQuery(), found)
    code = _place(found)
    query.division.choices = _offered(found, code)
    query.division.data = code
    return render_template(
        "coop/trusteeship/providers.html",
        asked=found,
        table=_providers(found, AcreagePermission.VIEW),
        query=query,
        carried=list,
        may_export=current_viewer().sees(AcreagePermission.EXPORT, code),
        formats=tuple(TableFormat),
    )


@statistics.post("/providers/export")
@requires(AcreagePermission.EXPORT)
def export_providers() -> ResponseReturnValue:
    """Send the work of the providers as a workbook or on paper, and tell the journal."""
    found = asked(AcreagePermission.EXPORT)
    if found is None:
        raise NotFound
    return _taken(
        _providers(found, AcreagePermission.EXPORT),
        FORMATS.get(request.form.get("format", ""), TableFormat.XLSX),
    )


def _place(found: Asked) -> str:
    if not found.roots:
        raise NotFound
    return found.division or found.roots[0]


def _providers(found: Asked, permission: Term) -> Table:
    code = _place(found)
    rows = entries.by_provider(current_viewer(), found.programme, found.season_key, code, permission)
    place, programme = divisions.path(code).short, found.programme
    said = f"范围：{place}；年度：{programme.year}；统计口径：{programme.name}；作物季：{found.season}"
    return provider_table(rows, said)


def _taken(table: Table, form: TableFormat) -> Response:
    answer = tables.answer(table, form, act=AcreageAct.EXPORTED, viewer=current_viewer(), now=now())
    db.session.commit()
    return answer
