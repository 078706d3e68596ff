"""The security administrator's pages: who holds which role where, and what each role may do."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, requires
from foundation.accounts import queries as accounts
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError, Forbidden
from foundation.postings import queries, rules, service
from foundation.postings.forms import PersonQuery, PostingForm, RoleForm
from foundation.postings.models import Role
from foundation.postings.rules import PostingPermission, RoleKind
from foundation.units import queries as units
from foundation.values.dates import parse_date
from foundation.web.conflict import conflict_page
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.web.wording import term
from foundation.wording import N_

blueprint = Blueprint("postings", __name__, url_prefix="/postings")

MENU = (
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("任职授权"),
        endpoint="foundation.postings.index",
        permissions=(PostingPermission.POSTINGS,),
    ),
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("角色权限"),
        endpoint="foundation.postings.roles",
        permissions=(PostingPermission.ROLES,),
    ),
)

COLUMNS = (
    Column(key="name", label=N_("姓名"), link=True),
    Column(key="login_name", label=N_("登录名"), sortable=True),
    Column(key="postings", label=N_("现任"), kind=CellKind.OWN),
)


@blueprint.get("/")
@requires(PostingPermission.POSTINGS)
def index() -> ResponseReturnValue:
    """List the people with the postings they hold today."""
    query = PersonQuery()
    listing = ListPage(COLUMNS, query=query, sort="login_name", prefix="/foundation/postings/people/")
    page = accounts.page(query.values().get("text", ""), listing.cut, descending=listing.order[1])
    held = queries.in_force([row.id for row in page.rows], today())
    return render_template("foundation/postings/index.html", listing=listing.show(page), held=held)


@blueprint.get("/people/<int:account_id>")
@requires(PostingPermission.POSTINGS)
def person(account_id: int) -> ResponseReturnValue:
    """Show every posting of a person and the form for a new one."""
    form = PostingForm(formdata=None, data={"since": today()})
    return _person_page(account_id, form), 200


def _offer(form: PostingForm) -> None:
    offered = units.in_force(current_viewer(), PostingPermission.POSTINGS, today())
    paths = divisions.paths(unit.division_code for unit in offered)
    form.offer(
        [(role.id, f"{role.name}（{term(role.kind)}）") for role in queries.roles()],
        [(unit.id, f"{unit.name} · {paths[unit.division_code].short}") for unit in offered],
    )


def _person_page(account_id: int, form: PostingForm) -> str:
    _offer(form)
    return render_template(
        "foundation/postings/person.html",
        account=accounts.get_account(account_id),
        postings=queries.postings_of(account_id),
        form=form,
        on=today(),
    )


@blueprint.post("/people/<int:account_id>")
@requires(PostingPermission.POSTINGS)
def post(account_id: int) -> ResponseReturnValue:
    """Give a person a posting."""
    form = PostingForm()
    _offer(form)
    if form.validate():
        try:
            service.post(
                accounts.get_account(account_id),
                queries.get_role(form.role_id.data),
                units.get(form.unit_id.data),
                form.since.data,
                form.until.data,
                viewer=current_viewer(),
                now=now(),
                reason=form.reason.data or "",
            )
        except DomainError as refusal:
            form.refuse("until" if isinstance(refusal, service.PostingDatesReversed) else "role_id", refusal)
        else:
            db.session.commit()
            flash(_("已授予任职。"))
            return redirect(f"/foundation/postings/people/{account_id}")
    return _person_page(account_id, form), 422


@blueprint.post("/<int:posting_id>/end")
@requires(PostingPermission.POSTINGS)
def end(posting_id: int) -> ResponseReturnValue:
    """Let a posting end, today unless another day is given."""
    posting, viewer = queries.get_posting(posting_id), current_viewer()
    if not viewer.sees(PostingPermission.POSTINGS, posting.unit.division_code):
        raise Forbidden
    day = request.form.get("until", "").strip()
    reason = request.form.get("reason", "")
    until = parse_date(day) if day else today()
    service.end_posting(posting, until, viewer=viewer, now=now(), reason=reason)
    db.session.commit()
    flash(_("任职已结束。"))
    return redirect(f"/foundation/postings/people/{posting.account_id}")


@blueprint.get("/roles")
@requires(PostingPermission.ROLES)
def roles() -> ResponseReturnValue:
    """List the roles with their permissions."""
    labels = {member.value: member for member in rules.known_permissions()}
    return render_template("foundation/postings/roles.html", roles=queries.roles(), labels=labels)


@blueprint.get("/roles/new")
@requires(PostingPermission.ROLES)
def new_role() -> ResponseReturnValue:
    """Show the form for a new role."""
    form = RoleForm(formdata=None, data={"kind": RoleKind.BUSINESS})
    return _role_page(form, None), 200


@blueprint.post("/roles/new")
@requires(PostingPermission.ROLES)
def create_role() -> ResponseReturnValue:
    """Create a role."""
    form = RoleForm()
    _offer_permissions(form, None)
    if not form.validate():
        return _role_page(form, None), 422
    if queries.find_role(form.code.data or "") is not None:
        form.refuse("code", service.RoleCodeTaken(code=form.code.data, name=form.name.data))
        return _role_page(form, None), 422
    return _save_role(form, None)


@blueprint.get("/roles/<int:role_id>/edit")
@requires(PostingPermission.ROLES)
def edit_role(role_id: int) -> ResponseReturnValue:
    """Show the form of a role."""
    role = queries.get_role(role_id)
    return _role_page(RoleForm(formdata=None, obj=role), role), 200


@blueprint.post("/roles/<int:role_id>/edit")
@requires(PostingPermission.ROLES)
def change_role(role_id: int) -> ResponseReturnValue:
    """Save the form of a role; code and kind stay what they are."""
    role, form = queries.get_role(role_id), RoleForm()
    form.code.data, form.kind.data = role.code, role.kind
    _offer_permissions(form, role)
    if not form.validate():
        return _role_page(form, role), 422
    if form.version.data != role.version:
        theirs = RoleForm(formdata=None, obj=role)
        _offer_permissions(theirs, role)
        return conflict_page(form, theirs, subject=role.name)
    return _save_role(form, role)


def _save_role(form: RoleForm, role: Role | None) -> ResponseReturnValue:
    try:
        service.set_role(
            form.code.data or "",
            form.name.data or "",
            form.kind.data,
            form.permissions.data or [],
            viewer=current_viewer(),
            now=now(),
        )
        db.session.commit()
    except DomainError as refusal:
        form.refuse("name" if isinstance(refusal, service.RoleCodeTaken) else "permissions", refusal)
        return _role_page(form, role), 422
    flash(_("角色已保存，持有人下一次操作起生效。"))
    return redirect("/foundation/postings/roles")


def _offer_permissions(form: RoleForm, role: Role | None) -> None:
    """Offer what the role's kind may carry; all, while the kind is not chosen."""
    known = rules.known_permissions()
    form.offer([one for one in known if role is None or rules.may_carry(role.kind, one)])


def _role_page(form: RoleForm, role: Role | None) -> str:
    _offer_permissions(form, role)
    holders = queries.postings_with(role.id, today()) if role else []
    return render_template("foundation/postings/role.html", form=form, role=role, holders=holders)
