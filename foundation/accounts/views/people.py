"""The system administrator's accounts."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from foundation.access.gate import current_viewer, requires
from foundation.accounts import queries, service
from foundation.accounts.forms import AccountForm, AccountQuery
from foundation.accounts.models import Account
from foundation.accounts.rules import AccountPermission
from foundation.accounts.views.frame import blueprint
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError, StaleVersion
from foundation.web.conflict import conflict_page
from foundation.web.listing import CellKind, Column, ListPage
from foundation.wording import N_

COLUMNS = (
    Column(key="login_name", label=N_("登录名"), link=True, sortable=True),
    Column(key="name", label=N_("姓名")),
    Column(key="state", label=N_("状态"), kind=CellKind.OWN),
    Column(key="last_login_at", label=N_("上次登录"), kind=CellKind.INSTANT),
)


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
