"""The audit administrator's pages: the journal, one entry, and the check of the chain."""

from io import BytesIO
from urllib.parse import unquote_plus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.journal import queries, report, rules
from foundation.journal.forms import JournalQuery
from foundation.journal.rules import JournalPermission
from foundation.journal.rules.words import noun_of
from foundation.journal.service import record
from foundation.web.downloads import spreadsheet
from foundation.web.listing import BulkAction, CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.web.wording import term, worded
from foundation.wording import N_
from foundation.workbooks.writing import write_sheets

blueprint = Blueprint("journal", __name__, url_prefix="/journal")

MENU = (
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("操作日志"),
        endpoint="foundation.journal.index",
        permissions=(JournalPermission.VIEW,),
    ),
)

COLUMNS = (
    Column(key="id", label=N_("序号"), link=True),
    Column(key="at", label=N_("时间"), kind=CellKind.INSTANT),
    Column(key="actor_name", label=N_("操作人")),
    Column(key="act", label=N_("操作"), kind=CellKind.OWN),
    Column(key="subject_label", label=N_("对象")),
    Column(key="address", label=N_("来自")),
    Column(key="reason", label=N_("原因")),
    Column(key="note", label=N_("说明")),
)


def _labels() -> dict[str, str]:
    """Return the name of every act in the reader's language."""
    return {code: term(act) for code, act in rules.known_acts().items()}


def _query(labels: dict[str, str]) -> JournalQuery:
    query = JournalQuery(formdata=None)
    query.act.choices = [(act, labels.get(act, act)) for act in queries.acts()]
    query.process(request.args)
    query.validate()
    return query


@blueprint.get("/")
@requires(JournalPermission.VIEW)
def index() -> ResponseReturnValue:
    """List the entries, the newest first."""
    labels = _labels()
    query = _query(labels)
    actions = [BulkAction(label=N_("导出"), url="/foundation/journal/export", extents=("filtered",))]
    listing = ListPage(COLUMNS, query=query, sort="-id", prefix="/foundation/journal/", actions=actions)
    page = queries.page(query.asked(), listing.cut)
    return render_template("foundation/journal/index.html", listing=listing.show(page), labels=labels)


@blueprint.get("/<int:entry_id>")
@requires(JournalPermission.VIEW)
def show(entry_id: int) -> ResponseReturnValue:
    """Show one entry with the values before and after."""
    entry = queries.get_entry(entry_id)
    return render_template(
        "foundation/journal/show.html",
        entry=entry,
        labels=_labels(),
        subject_noun=worded(noun_of(entry.subject_type), {}) if entry.subject_type else "",
        changes=report.changed_fields(entry),
    )


@blueprint.post("/export")
@requires(JournalPermission.VIEW)
def export() -> ResponseReturnValue:
    """Send the entries asked for as a workbook; that too is in the journal."""
    entries = queries.stream(_query(_labels()).asked())
    write_sheets(target := BytesIO(), [report.sheet(entries)])
    asked = unquote_plus(request.query_string.decode())
    record(rules.JournalAct.EXPORTED, None, viewer=current_viewer(), now=now(), note=asked[:500])
    db.session.commit()
    return spreadsheet(target.getvalue(), f"操作日志{today():%Y%m%d}.xlsx")


@blueprint.post("/verify")
@requires(JournalPermission.VIEW)
def verify() -> ResponseReturnValue:
    """Walk the whole chain and say whether it holds."""
    broken, count = queries.verify(db.session()), queries.count()
    note = "" if broken is None else str(broken.entry_id)
    record(rules.JournalAct.VERIFIED, None, viewer=current_viewer(), now=now(), note=note)
    db.session.commit()
    return render_template("foundation/journal/verify.html", broken=broken, count=count)
