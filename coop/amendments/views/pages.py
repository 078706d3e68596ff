"""The page of one agreement, as it is opened and as an act that was refused leaves it."""

from typing import Any

from flask import render_template

from coop.amendments import service
from coop.amendments.forms import ReasonForm, SignForm
from coop.amendments.models import Amendment
from coop.amendments.rules.life import AmendmentOperation, AmendmentState
from coop.contracts.rules.terms import ContractPermission
from foundation.access.gate import current_viewer
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.papers.queries import papers_of
from foundation.web.wording import worded

HOME = "/coop/amendments/"


REFUSED = 422


STATE_KINDS = {
    AmendmentState.DRAFT: "plain",
    AmendmentState.SUBMITTED: "waiting",
    AmendmentState.RETURNED: "bad",
    AmendmentState.APPROVED: "waiting",
    AmendmentState.SIGNED: "good",
    AmendmentState.VOID: "bad",
}


def amendment_page(amendment: Amendment, **sent: Any) -> str:
    """Return the page; ``sent`` are the forms that were sent and refused, by act."""
    viewer = current_viewer()
    version = {"version": amendment.version}
    return render_template(
        "coop/amendments/show.html",
        amendment=amendment,
        state_kind=STATE_KINDS[amendment.state],
        sentences=[worded(change["sentence"], change["values"]) for change in amendment.changes],
        allowed={one for one in AmendmentOperation if service.may(one, amendment, viewer=viewer)},
        O=AmendmentOperation,
        papers=papers_of(viewer, service.OWNER, amendment.id),
        attachments=attachments_of(service.OWNER, amendment.id),
        acts=[
            {"at": act.at, "who": act.name, "act": act.kind.label, "reason": act.reason}
            for act in amendment.acts
        ],
        why=viewer.why(ContractPermission.VIEW, amendment.division_code, amendment.dated_on),
        forms={
            "return_": ReasonForm(formdata=None, data=version),
            "void": ReasonForm(formdata=None, data=version),
            "sign": SignForm(formdata=None, data={**version, "signed_on": today()}),
            **sent,
        },
    )


def by_viewer() -> dict[str, Any]:
    """Return who acts and when, as services ask for it."""
    return {"viewer": current_viewer(), "now": now()}
