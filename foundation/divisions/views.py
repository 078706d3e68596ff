"""The pages of divisions: the tree with its search, the picker, and the system administrator's changes."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, requires, signed_in
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries, service
from foundation.divisions.forms import AddForm, DivisionQuery, GroupForm, RenameForm, TransferForm
from foundation.divisions.models import Division
from foundation.divisions.rules import DivisionLevel, DivisionPermission
from foundation.errors import DomainError, Forbidden, StaleVersion
from foundation.values.dates import parse_date
from foundation.web.conflict import conflict_page
from foundation.web.forms import Form
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

blueprint = Blueprint("divisions", __name__, url_prefix="/divisions")

MENU = (
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("行政区划"),
        endpoint="foundation.divisions.index",
        permissions=(DivisionPermission.EDIT,),
    ),
)

FIELD_OF: dict[type[DomainError], str] = {
    service.DivisionNameMissing: "name",
    service.ClosedBeforeOpened: "on",
    queries.UnknownDivision: "parent_code",
}


@blueprint.get("/")
@requires(DivisionPermission.EDIT)
def index() -> ResponseReturnValue:
    """Search the divisions, or show the highest ones."""
    query = DivisionQuery()
    text = query.values().get("q", "")
    found = queries.search(text, limit=100) if text else queries.children(None)
    paths = queries.paths(division.code for division in found)
    return render_template(
        "foundation/divisions/index.html", query=query, text=text, found=found, paths=paths
    )


@blueprint.get("/<code>")
@requires(DivisionPermission.EDIT)
def show(code: str) -> ResponseReturnValue:
    """Show a division: the way to it, what lies below, its former codes, and what may be done."""
    return _page(queries.get(code)), 200


def _mine(code: str) -> Division:
    """Return a division that the viewer may change; any other may only be looked at."""
    division = queries.get(code)
    if not current_viewer().sees(DivisionPermission.EDIT, division.code):
        raise Forbidden
    return division


def _page(division: Division, **forms: Form) -> str:
    bound = {
        "add": AddForm(formdata=None),
        "rename": RenameForm(formdata=None, obj=division),
        "transfer": TransferForm(formdata=None),
        "group": GroupForm(formdata=None),
        **forms,
    }
    return render_template(
        "foundation/divisions/show.html",
        division=division,
        above=[queries.get(step) for step in queries.known_above(division.code)],
        below=queries.children(division.code),
        groups=queries.groups(division.code),
        changes=queries.former_codes(division.code),
        may_change=current_viewer().sees(DivisionPermission.EDIT, division.code),
        is_village=division.level is DivisionLevel.VILLAGE,
        forms=bound,
    )


@blueprint.post("/<code>/add")
@requires(DivisionPermission.EDIT)
def add(code: str) -> ResponseReturnValue:
    """Add a division below this one."""
    parent, form = _mine(code), AddForm()
    if form.validate():
        try:
            added = service.add(form.details(parent.code), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), "code"), refusal)
        else:
            db.session.commit()
            flash(_("区划已登记。"))
            return redirect(f"/foundation/divisions/{added.code}")
    return _page(parent, add=form), 422


@blueprint.post("/<code>/rename")
@requires(DivisionPermission.EDIT)
def rename(code: str) -> ResponseReturnValue:
    """Give a division another name."""
    division, form = _mine(code), RenameForm()
    if not form.validate():
        return _page(division, rename=form), 422
    name, version, reason = form.name.data or "", form.version.data or 0, form.reason.data or ""
    try:
        service.rename(division, name, version, viewer=current_viewer(), now=now(), reason=reason)
    except StaleVersion:
        return conflict_page(form, RenameForm(formdata=None, obj=division), subject=division.spoken_name)
    db.session.commit()
    flash(_("区划已更名。"))
    return redirect(f"/foundation/divisions/{code}")


@blueprint.post("/<code>/close")
@requires(DivisionPermission.EDIT)
def close(code: str) -> ResponseReturnValue:
    """Let a division end, today unless another day is given."""
    day, reason = request.form.get("on", "").strip(), request.form.get("reason", "")
    on = parse_date(day) if day else today()
    service.close(_mine(code), on, viewer=current_viewer(), now=now(), reason=reason)
    db.session.commit()
    flash(_("区划已撤销，其历史业务仍可按当时的区划查到。"))
    return redirect(f"/foundation/divisions/{code}")


@blueprint.post("/<code>/transfer")
@requires(DivisionPermission.EDIT)
def transfer(code: str) -> ResponseReturnValue:
    """Hand a division over to another parent."""
    division, form = _mine(code), TransferForm()
    reach = queries.reach(current_viewer(), DivisionPermission.EDIT)
    form.parent_code.find = lambda text: _labelled(queries.search(text, on=today(), ranges=reach))
    if form.validate():
        to, parent = form.new_code.data or "", form.parent_code.data or ""
        reason = form.reason.data or ""
        try:
            service.transfer(
                division, to, parent, form.on.data, viewer=current_viewer(), now=now(), reason=reason
            )
        except DomainError as refusal:
            form.refuse(FIELD_OF.get(type(refusal), "new_code"), refusal)
        else:
            db.session.commit()
            flash(_("区划已划转。"))
            return redirect(f"/foundation/divisions/{to}")
    return _page(division, transfer=form), 422


@blueprint.post("/<code>/groups")
@requires(DivisionPermission.EDIT)
def set_group(code: str) -> ResponseReturnValue:
    """Add a villager group or give it another name."""
    village, form = _mine(code), GroupForm()
    if form.validate():
        number, name = form.number.data or "", form.name.data or ""
        try:
            service.set_group(village, number, name, viewer=current_viewer(), now=now())
        except DomainError as refusal:
            form.refuse("number", refusal)
        else:
            db.session.commit()
            flash(_("村民小组已保存。"))
            return redirect(f"/foundation/divisions/{code}")
    return _page(village, group=form), 422


@blueprint.get("/picker")
@signed_in
def picker() -> ResponseReturnValue:
    """Answer a picker within the viewer's reach.

    ``?q=`` searches; ``?parent=`` lists what lies below for a cascade; ``?village=`` lists its groups.
    ``?level=`` and ``?permission=`` narrow the search.
    """
    reach = queries.reach(current_viewer(), request.args.get("permission", ""))
    if "village" in request.args:
        code = request.args["village"]
        found = queries.groups(code) if queries.is_reached(code, reach) else []
        return {"found": [{"key": group.number, "label": group.name} for group in found]}
    if "parent" in request.args:
        below = queries.children_within(request.args["parent"] or None, reach, today())
        return {"found": [{"key": one.code, "label": one.spoken_name} for one in below]}
    wanted = request.args.get("level", "")
    level = next((one for one in DivisionLevel if one.value == wanted), None)
    matches = queries.search(request.args.get("q", ""), on=today(), ranges=reach, level=level)
    return {"found": [{"key": key, "label": label} for key, label in _labelled(matches)]}


def _labelled(divisions: Sequence[Division]) -> list[tuple[str, str]]:
    paths = queries.paths(division.code for division in divisions)
    return [(division.code, paths[division.code].full) for division in divisions]
