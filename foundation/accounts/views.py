"""Coming in and going out, one's own password and logins, and the system administrator's accounts."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from foundation.access.gate import current_viewer, public, requires, signed_in
from foundation.accounts import queries, service
from foundation.accounts.forms import AccountForm, AccountQuery, LoginForm, PasswordForm
from foundation.accounts.models import Account
from foundation.accounts.rules import AccountPermission
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, StaleVersion
from foundation.web.addresses import local_path
from foundation.web.conflict import conflict_page
from foundation.web.listing import CellKind, Column, ListPage
from foundation.web.menu import Door, MenuEntry
from foundation.web.pages import instant_text
from foundation.web.wording import translated
from foundation.wording import N_

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")

MENU = (
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("账号"),
        endpoint="foundation.accounts.index",
        permissions=(AccountPermission.MANAGE,),
    ),
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("在线用户"),
        endpoint="foundation.accounts.online",
        permissions=(AccountPermission.SESSIONS,),
    ),
)

COLUMNS = (
    Column(key="login_name", label=N_("登录名"), link=True, sortable=True),
    Column(key="name", label=N_("姓名")),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
    Column(key="last_login_at", label=N_("上次登录"), kind=CellKind.INSTANT),
)

OPEN_BEFORE_CHANGE = frozenset(
    {
        "foundation.accounts.password",
        "foundation.accounts.change_password",
        "foundation.accounts.log_out",
        "home.switch_language",
        "home.health",
        "static",
    }
)
"""Where somebody may go whose password must be changed first."""


@blueprint.before_app_request
def _ask_for_new_password() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN_BEFORE_CHANGE:
        return None
    if current_viewer().must_change_password:
        return redirect(url_for("foundation.accounts.password"))
    return None


@blueprint.get("/login")
@public
def login() -> ResponseReturnValue:
    """Show the login page; who is logged in already goes on to where the link led."""
    if current_viewer().is_authenticated:
        return redirect(local_path(request.args.get("next", "")))
    return render_template("foundation/accounts/login.html", form=LoginForm())


@blueprint.post("/login")
@public
def log_in() -> ResponseReturnValue:
    """Let a person in, or say why not; the failure is kept either way."""
    form = LoginForm()
    if not form.validate():
        return render_template("foundation/accounts/login.html", form=form), 422
    try:
        entered = service.sign_in(
            str(form.login_name.data),
            str(form.password.data),
            address=(request.remote_addr or "")[:64],
            agent=request.user_agent.string,
            now=now(),
        )
    except service.LoginRefused as refusal:
        db.session.commit()
        form.form_errors.append(translated(refusal))
        return render_template("foundation/accounts/login.html", form=form), 422
    db.session.commit()
    _keep(entered)
    return redirect(local_path(request.args.get("next", "")))


def _keep(entered: service.SignedIn) -> None:
    """Put the token into a fresh cookie and tell the person of the login before this one."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    login_user(service.viewer_named(entered.account, entered.token))
    if entered.previous_at is not None:
        place = entered.previous_address or _("未知地址")
        told = _("上次登录：%(at)s，来自 %(place)s。如非本人登录，请立即修改密码。")
        flash(told % {"at": instant_text(entered.previous_at), "place": place})


@blueprint.post("/logout")
@signed_in
def log_out() -> ResponseReturnValue:
    """End this login."""
    viewer = current_viewer()
    service.sign_out(viewer.session_token, viewer=viewer, now=now())
    db.session.commit()
    logout_user()
    session.clear()
    flash(_("已安全退出。"))
    return redirect(url_for("foundation.accounts.login"))


@blueprint.get("/password")
@signed_in
def password() -> ResponseReturnValue:
    """Show the form for one's own password."""
    return render_template("foundation/accounts/password.html", form=PasswordForm())


@blueprint.post("/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password; logins on other devices end."""
    viewer, form = current_viewer(), PasswordForm()
    if form.validate():
        try:
            account = queries.get_account(viewer.account_id)
            service.change_password(account, str(form.old.data), str(form.new.data), viewer=viewer, now=now())
        except DomainError as refusal:
            form.refuse("old" if isinstance(refusal, service.WrongPassword) else "new", refusal)
        else:
            db.session.commit()
            flash(_("密码已修改，您在其他设备上的登录已全部退出。"))
            return redirect("/")
    return render_template("foundation/accounts/password.html", form=form), 422


@blueprint.get("/sessions")
@signed_in
def sessions() -> ResponseReturnValue:
    """List where one is logged in oneself."""
    viewer = current_viewer()
    mine = queries.live_sessions(viewer.account_id, now())
    this_login = queries.token_digest(viewer.session_token)
    return render_template("foundation/accounts/sessions.html", sessions=mine, this_login=this_login)


@blueprint.get("/online")
@requires(AccountPermission.SESSIONS)
def online() -> ResponseReturnValue:
    """List everybody's live logins."""
    return render_template("foundation/accounts/online.html", logins=queries.everyone_online(now()))


@blueprint.post("/sessions/<int:session_id>/revoke")
@signed_in
def revoke(session_id: int) -> ResponseReturnValue:
    """End a login: one's own, or anybody's for the security administrator."""
    viewer, one = current_viewer(), queries.get_session(session_id)
    is_own = one.account_id == viewer.account_id
    if not is_own and not viewer.can(AccountPermission.SESSIONS):
        raise Forbidden
    service.revoke(one, viewer=viewer, now=now())
    db.session.commit()
    flash(_("该登录已退出。"))
    return redirect(url_for("foundation.accounts.sessions" if is_own else "foundation.accounts.online"))


@blueprint.get("/")
@requires(AccountPermission.MANAGE)
def index() -> ResponseReturnValue:
    """List the accounts."""
    query = AccountQuery()
    listing = ListPage(COLUMNS, query=query, sort="login_name", prefix="/foundation/accounts/")
    page = queries.page(query.values().get("text", ""), listing.cut, descending=listing.order[1])
    return render_template("foundation/accounts/index.html", listing=listing.show(page), moment=now())


@blueprint.get("/new")
@requires(AccountPermission.MANAGE)
def new() -> ResponseReturnValue:
    """Show the form for a new account."""
    return render_template("foundation/accounts/edit.html", form=AccountForm(), account=None)


@blueprint.post("/new")
@requires(AccountPermission.MANAGE)
def create() -> ResponseReturnValue:
    """Create an account and show its first password, this once."""
    form = AccountForm()
    if form.validate():
        try:
            account, first = service.create_account(form.details(), viewer=current_viewer(), now=now())
        except DomainError as refusal:
            form.refuse("name" if isinstance(refusal, service.PersonNameMissing) else "login_name", refusal)
        else:
            db.session.commit()
            return _handover(account, first)
    return render_template("foundation/accounts/edit.html", form=form, account=None), 422


def _handover(account: Account, first: str) -> ResponseReturnValue:
    return render_template("foundation/accounts/handover.html", account=account, password=first)


@blueprint.get("/<int:account_id>")
@requires(AccountPermission.MANAGE)
def show(account_id: int) -> ResponseReturnValue:
    """Show an account; its telephone stays masked."""
    account = queries.get_account(account_id)
    return render_template("foundation/accounts/show.html", account=account, moment=now(), phone=None)


@blueprint.post("/<int:account_id>/reveal")
@requires(AccountPermission.MANAGE)
def reveal(account_id: int) -> ResponseReturnValue:
    """Show an account with its telephone readable; why is kept."""
    account = queries.get_account(account_id)
    phone = service.reveal_phone(account, request.form.get("reason", ""), viewer=current_viewer(), now=now())
    db.session.commit()
    return render_template("foundation/accounts/show.html", account=account, moment=now(), phone=phone)


@blueprint.get("/<int:account_id>/edit")
@requires(AccountPermission.MANAGE)
def edit(account_id: int) -> ResponseReturnValue:
    """Show the form of an account."""
    account = queries.get_account(account_id)
    return render_template("foundation/accounts/edit.html", form=_form_of(account), account=account)


def _form_of(account: Account) -> AccountForm:
    """Return the form with what may be shown: the telephone is left out, and empty means unchanged."""
    values = {"login_name": account.login_name, "name": account.name, "version": account.version}
    return AccountForm(formdata=None, data=values)


@blueprint.post("/<int:account_id>/edit")
@requires(AccountPermission.MANAGE)
def change(account_id: int) -> ResponseReturnValue:
    """Save the form of an account."""
    account, form = queries.get_account(account_id), AccountForm()
    if form.validate():
        try:
            service.change_account(
                account, form.details(), form.version.data or 0, viewer=current_viewer(), now=now()
            )
        except StaleVersion:
            return conflict_page(form, _form_of(account), subject=account.name)
        except DomainError as refusal:
            form.refuse("name" if isinstance(refusal, service.PersonNameMissing) else "login_name", refusal)
        else:
            db.session.commit()
            flash(_("账号已保存。"))
            return redirect(f"/foundation/accounts/{account_id}")
    return render_template("foundation/accounts/edit.html", form=form, account=account), 422


@blueprint.post("/<int:account_id>/reset")
@requires(AccountPermission.MANAGE)
def reset(account_id: int) -> ResponseReturnValue:
    """Give an account a new first password and show it, this once."""
    account = queries.get_account(account_id)
    reason = request.form.get("reason", "")
    first = service.reset_password(account, viewer=current_viewer(), now=now(), reason=reason)
    db.session.commit()
    return _handover(account, first)


@blueprint.post("/<int:account_id>/deactivate")
@requires(AccountPermission.MANAGE)
def deactivate(account_id: int) -> ResponseReturnValue:
    """Close an account."""
    account = queries.get_account(account_id)
    service.deactivate(account, viewer=current_viewer(), now=now(), reason=request.form.get("reason", ""))
    db.session.commit()
    flash(_("账号已停用，其登录已全部退出。"))
    return redirect(f"/foundation/accounts/{account_id}")


@blueprint.post("/<int:account_id>/activate")
@requires(AccountPermission.MANAGE)
def activate(account_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    service.activate(queries.get_account(account_id), viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("账号已启用。"))
    return redirect(f"/foundation/accounts/{account_id}")


@blueprint.post("/<int:account_id>/unlock")
@requires(AccountPermission.MANAGE)
def unlock(account_id: int) -> ResponseReturnValue:
    """Lift a lock before its time."""
    service.unlock(queries.get_account(account_id), viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已解除锁定。"))
    return redirect(f"/foundation/accounts/{account_id}")
