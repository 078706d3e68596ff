"""Every act on a supplementary agreement: one POST each, with the version its button was shown for."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.amendments import queries, service
from coop.amendments.forms import ReasonForm, SignForm
from coop.amendments.views.pages import HOME, amendment_page
from coop.contracts.rules.terms import ContractPermission
from foundation.access.gate import requires
from foundation.web.acts import ActsOn
from foundation.web.uploads import sent_files

acts = Blueprint("acts", __name__)

on_amendment = ActsOn(queries.get, amendment_page, HOME)


@acts.post("/<int:amendment_id>/submit")
@requires(ContractPermission.DRAFT)
def submit(amendment_id: int) -> ResponseReturnValue:
    """Hand a draft in."""
    return on_amendment.act(amendment_id, service.submit, _("已提交，等待另一人审核。"))


@acts.post("/<int:amendment_id>/withdraw")
@requires(ContractPermission.DRAFT, ContractPermission.APPROVE)
def withdraw(amendment_id: int) -> ResponseReturnValue:
    """Take back one's own last act."""
    return on_amendment.act(amendment_id, service.withdraw, _("已撤回。"))


@acts.post("/<int:amendment_id>/approve")
@requires(ContractPermission.APPROVE)
def approve(amendment_id: int) -> ResponseReturnValue:
    """Approve as the second person."""
    return on_amendment.act(amendment_id, service.approve, _("审核通过，可以打印签订。"))


@acts.post("/<int:amendment_id>/return")
@requires(ContractPermission.APPROVE)
def send_back(amendment_id: int) -> ResponseReturnValue:
    """Return to the drafter with a reason."""
    form = ReasonForm()
    said = _("已退回起草人。")
    return on_amendment.act_with(
        "return_", form, amendment_id, service.send_back, said, reason=form.reason.data
    )


@acts.post("/<int:amendment_id>/sign")
@requires(ContractPermission.SIGN)
def sign(amendment_id: int) -> ResponseReturnValue:
    """Record the signatures; from here on the contract says what the agreement says."""
    form = SignForm()
    return on_amendment.act_with(
        "sign",
        form,
        amendment_id,
        service.sign,
        _("已登记签订；合同已按补充协议更新，原打印件标记为已被替代。"),
        signed_on=form.signed_on.data,
        scans=sent_files("scans"),
    )


@acts.post("/<int:amendment_id>/void")
@requires(ContractPermission.DRAFT)
def void(amendment_id: int) -> ResponseReturnValue:
    """Void an unsigned agreement."""
    form = ReasonForm()
    return on_amendment.act_with(
        "void", form, amendment_id, service.void, _("已作废。"), reason=form.reason.data
    )
