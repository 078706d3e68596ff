"""Every act on a contract: one POST each, with the version that its button was shown for."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.contracts import queries, service
from coop.contracts.forms import CompleteForm, ReasonForm, SignForm, TerminateForm
from coop.contracts.models import Contract
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.views.pages import contract_page
from foundation.access.gate import current_viewer, requires
from foundation.clock import now
from foundation.database.engine import db
from foundation.web.acts import ActsOn
from foundation.web.uploads import sent_files

acts = Blueprint("acts", __name__)

HOME = "/coop/contracts/"
ENTRY = "/coop/entry/"
on_contract = ActsOn(queries.get, contract_page, HOME)


@acts.post("/<int:contract_id>/submit")
@requires(ContractPermission.DRAFT)
def submit(contract_id: int) -> ResponseReturnValue:
    """Hand a draft in."""
    return on_contract.act(contract_id, service.submit, _("已提交，等待另一人审核。"))


@acts.post("/<int:contract_id>/withdraw")
@requires(ContractPermission.DRAFT, ContractPermission.APPROVE)
def withdraw(contract_id: int) -> ResponseReturnValue:
    """Take back one's own last act."""
    return on_contract.act(contract_id, service.withdraw, _("已撤回。"))


@acts.post("/<int:contract_id>/approve")
@requires(ContractPermission.APPROVE)
def approve(contract_id: int) -> ResponseReturnValue:
    """Approve as the second person."""
    return on_contract.act(contract_id, service.approve, _("审核通过，可以打印签订。"))


@acts.post("/<int:contract_id>/return")
@requires(ContractPermission.APPROVE)
def send_back(contract_id: int) -> ResponseReturnValue:
    """Return to the drafter with a reason."""
    form = ReasonForm()
    said = _("已退回起草人。")
    return on_contract.act_with(
        "return_", form, contract_id, service.send_back, said, reason=form.reason.data
    )


@acts.post("/<int:contract_id>/sign")
@requires(ContractPermission.SIGN)
def sign(contract_id: int) -> ResponseReturnValue:
    """Record the signature and file the scans."""
    form = SignForm()
    return on_contract.act_with(
        "sign",
        form,
        contract_id,
        service.sign,
        _("已登记签订。"),
        signed_on=form.signed_on.data,
        effective_on=form.effective_on.data,
        scans=sent_files("scans"),
    )


@acts.post("/<int:contract_id>/complete")
@requires(ContractPermission.CLOSE)
def complete(contract_id: int) -> ResponseReturnValue:
    """Note that everything was done."""
    form = CompleteForm()
    return on_contract.act_with(
        "complete", form, contract_id, service.complete, _("已登记完成。"), on=form.on.data
    )


@acts.post("/<int:contract_id>/terminate")
@requires(ContractPermission.CLOSE)
def terminate(contract_id: int) -> ResponseReturnValue:
    """End before the time."""
    form = TerminateForm()
    return on_contract.act_with(
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
    return on_contract.act_with("void", form, contract_id, service.void, said, reason=form.reason.data)


@acts.post("/<int:contract_id>/renew")
@requires(ContractPermission.DRAFT)
def renew(contract_id: int) -> ResponseReturnValue:
    """Draft the follower and open it for entry."""
    contract: Contract = queries.get(current_viewer(), contract_id)
    follower = service.renew(contract, viewer=current_viewer(), now=now())
    db.session.commit()
    flash(_("已按原合同生成续签草稿；请补充付款计划后提交。"))
    return redirect(f"{ENTRY}{follower.id}")
