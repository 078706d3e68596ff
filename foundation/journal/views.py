"""The audit administrator's pages: the journal, one entry, and the check of the chain."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import requires
from foundation.database.engine import db
from foundation.journal import queries
from foundation.journal.forms import JournalQuery
from foundation.journal.rules import JournalPermission
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_, Term

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


def act_labels() -> dict[str, str]:
    """Return the label of every act that any feature declares, in the reader's language."""
    dotted = (member for family in Term.__subclasses__() for member in family if "." in member.value)
    return {act.value: _(act.label) for act in dotted}


@blueprint.get("/")
@requires(JournalPermission.VIEW)
def index() -> ResponseReturnValue:
    """List the entries, the newest first."""
    query, labels = JournalQuery(formdata=None), act_labels()
    query.act.choices = [(act, labels.get(act, act)) for act in queries.acts()]
    query.process(request.args)
    query.validate()
    listing = ListPage(COLUMNS, query=query, sort="-id", prefix="/foundation/journal/")
    page = queries.page(query.asked(), listing.cut)
    return render_template("foundation/journal/index.html", listing=listing.show(page), labels=labels)


@blueprint.get("/<int:entry_id>")
@requires(JournalPermission.VIEW)
def show(entry_id: int) -> ResponseReturnValue:
    """Show one entry with the values before and after."""
    entry = queries.get_entry(entry_id)
    return render_template("foundation/journal/show.html", entry=entry, labels=act_labels())


@blueprint.post("/verify")
@requires(JournalPermission.VIEW)
def verify() -> ResponseReturnValue:
    """Walk the whole chain and say whether it holds."""
    broken = queries.verify(db.session())
    return render_template("foundation/journal/verify.html", broken=broken, count=queries.count())
