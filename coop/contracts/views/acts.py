"""Every act on a contract: one POST each, with the version that its button was shown for."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.contracts import queries, service
from coop.contracts.forms import ActForm, CompleteForm, ReasonForm, SignForm, TerminateForm
from coop.contracts.models import Contract
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.views.pages import contract_page
from foundation.access.gate import current_viewer, requires
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError

acts = Blueprint("acts", __name__)

HOME = "/coop/contracts/"
ENTRY = "/coop/entry/"
REFUSED = 422
Verb = Callable[..., object]


def _act(contract_id: int, verb: Verb, said: str, **values: Any) -> ResponseReturnValue:
    """Do an act that needs nothing but the version."""
    contract = queries.get(current_viewer(), contract_id)
    verb(contract, version=ActForm().version.data, viewer=current_viewer(), now=now(), **values)
    db.session.commit()
    flash(said)
    return redirect(f"{HOME}{contract_id}")


def _act_with(
    name: str, form: ActForm, contract_id: int, verb: Verb, said: str, **values: Any
) -> ResponseReturnValue:
    """Do an act whose form has fields; a refusal stands on the page with everything that was typed."""
    contract = queries.get(current_viewer(), contract_id)
    if form.validate():
        try:
            verb(contract, version=form.version.data, viewer=current_viewer(), now=now(), **values)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse("", refusal)
            contract = queries.get(current_viewer(), contract_id)
        else:
            db.session.commit()
            flash(said)
            return redirect(f"{HOME}{contract_id}")
    return contract_page(contract, **{name: form}), REFUSED


@acts.post("/<int:contract_id>/submit")
@requires(ContractPermission.DRAFT)
def submit(contract_id: int) -> ResponseReturnValue:
    """Hand a draft in."""
    return _act(contract_id, service.submit, _("已提交，等待另一人审核。"))


@acts.post("/<int:contract_id>/withdraw")
@requires(ContractPermission.DRAFT, ContractPermission.APPROVE)
def withdraw(contract_id: int) -> ResponseReturnValue:
    """Take back one's own last act."""
    return _act(contract_id, service.withdraw, _("已撤回。"))


@acts.post("/<int:contract_id>/approve")
@requires(ContractPermission.APPROVE)
def approve(contract_id: int) -> ResponseReturnValue:
    """Approve as the second person."""
    return _act(contract_id, service.approve, _("审核通过，可以打印签订。"))


@acts.post("/<int:contract_id>/return")
@requires(ContractPermission.APPROVE)
def send_back(contract_id: int) -> ResponseReturnValue:
    """Return to the drafter with a reason."""
    form = ReasonForm()
    said = _("已退回起草人。")
    return _act_with("return_", form, contract_id, service.send_back, said, reason=form.reason.data)


@acts.post("/<int:contract_id>/sign")
@requires(ContractPermission.SIGN)
def sign(contract_id: int) -> ResponseReturnValue:
    """Record the signature and file the scans."""
    form = SignForm()
    files = [file for file in request.files.getlist("scans") if file.filename]
    return _act_with(
        "sign",
        form,
        contract_id,
        service.sign,
        _("已登记签订。"),
        signed_on=form.signed_on.data,
        effective_on=form.effective_on.data,
        scans=[(file.filename or "", file.read()) for file in files],
    )


@acts.post("/<int:contract_id>/complete")
@requires(ContractPermission.CLOSE)
def complete(contract_id: int) -> ResponseReturnValue:
    """Note that everything was done."""
    form = CompleteForm()
    return _act_with("complete", form, contract_id, service.complete, _("已登记完成。"), on=form.on.data)


@acts.post("/<int:contract_id>/terminate")
@requires(ContractPermission.CLOSE)
def terminate(contract_id: int) -> ResponseReturnValue:
    """End before the time."""
    form = TerminateForm()
    return _act_with(
        "terminate",
        form,
        contract_id,
        service.terminate,
        _("已登记终止。"),
        on=form.on.data,
        reason=form.reason.data,
    )


@acts.post("/<int:contract_id>/void")
@requires(ContractPermission.CLOSE, ContractPermission.DRAFT)
def void(contract_id: int) -> ResponseReturnValue:
    """Void with a reason; a draft by whoever may draft."""
    form = ReasonForm()
    said = _("已作废；合同和打印件保留备查。")
    return _act_with("void", form, contract_id, service.void, said, reason=form.reason.data)


@acts.post("/<int:contract_id>/renew")
@requires(ContractPermission.DRAFT)
def renew(contract_id: int) -> ResponseReturnValue:
    """Draft the follower and open it for entry."""
    contract: Contract = queries.get(current_viewer(), contract_id)
    follower = service.renew(contract, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已按原合同生成续签草稿；请补充付款计划后提交。"))
    return redirect(f"{ENTRY}{follower.id}")
