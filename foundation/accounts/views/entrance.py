"""Coming in and going out, one's own password, and where people are logged in."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from foundation.access.gate import current_viewer, public, requires, signed_in
from foundation.accounts import queries, service
from foundation.accounts.forms import LoginForm, PasswordForm
from foundation.accounts.rules import AccountPermission
from foundation.accounts.views.frame import blueprint
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden
from foundation.web.addresses import local_path
from foundation.web.pages import instant_text
from foundation.web.wording import translated

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
