"""The page of one slip and every act on it: the signed paper, undoing, a new code."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.acceptance import queries, service
from coop.acceptance.forms import CouldNotRead, PaperForm, ReasonForm, read_words
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.queries import disputes as dispute_queries
from coop.acceptance.queries.facts import last_hands
from coop.acceptance.rules.codes import written
from coop.acceptance.rules.slips import CodeState, slip_state
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission, SlipState, Verdict
from coop.acceptance.service import PaperWord, Speaker
from coop.operations.models import OrderLine
from coop.organisations.queries import history_of
from foundation.access.gate import current_viewer, requires
from foundation.attachments.queries import attachments_of
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.web.uploads import sent_files

acts = Blueprint("acts", __name__)

HOME = "/coop/acceptance/"
REFUSED = 422
STATE_KINDS = {
    SlipState.NOT_READY: "plain",
    SlipState.UNTOLD: "waiting",
    SlipState.WAITING: "waiting",
    SlipState.OVERDUE: "bad",
    SlipState.DISPUTED: "bad",
    SlipState.ANSWERED: "good",
    SlipState.DEEMED: "plain",
    SlipState.NOTHING: "plain",
}
"""How a state is underlined; the word says it already."""
CODE_KINDS = {
    CodeState.NONE: "plain",
    CodeState.OPEN: "waiting",
    CodeState.SPENT: "good",
    CodeState.REVOKED: "bad",
    CodeState.EXPIRED: "bad",
}


@acts.get("/<int:slip_id>")
@requires(AcceptancePermission.VIEW)
def show(slip_id: int) -> ResponseReturnValue:
    """Show one slip."""
    return slip_page(queries.get(current_viewer(), slip_id))


def slip_page(slip: AcceptanceSlip, **sent: Any) -> str:
    """Return the page; ``sent`` are the forms that were refused, by act."""
    viewer, lines = current_viewer(), service.lines_of(slip)
    words = queries.standing_replies([line.id for line in lines])
    state = slip_state(queries.facts_of(slip, lines), today())
    code = slip.code_state(now())
    return render_template(
        "coop/acceptance/show.html",
        slip=slip,
        order=slip.order,
        work=queries.work_of(slip.order),
        village=divisions.path(slip.division_code),
        state=state,
        state_kind=STATE_KINDS[state],
        code=code,
        code_kind=CODE_KINDS[code],
        lines=lines,
        hands=last_hands([line.id for line in lines]),
        words=words,
        disputes={one.line_id: one for one in dispute_queries.of_slip(slip.id)},
        open_lines=[line for line in lines if queries.waits_for_word(line) or line.is_deemed],
        undoable=[line for line in lines if line.id in words],
        verdicts=list(Verdict),
        history=history_of(slip, AcceptanceAct),
        attachments=attachments_of(service.OWNER, slip.id),
        why=viewer.why(AcceptancePermission.VIEW, slip.division_code, slip.order.dated_on),
        may=_rights(slip),
        typed=request.form,
        forms={"paper": _paper_form(slip), "undo": _reason(slip), "renew": _reason(slip), **sent},
    )


def _rights(slip: AcceptanceSlip) -> dict[str, bool]:
    viewer, on = current_viewer(), slip.order.dated_on
    named = {
        "record": AcceptancePermission.RECORD,
        "undo": AcceptancePermission.UNDO,
        "notify": AcceptancePermission.NOTIFY,
    }
    return {act: viewer.sees(held, slip.division_code, on) for act, held in named.items()}


def _paper_form(slip: AcceptanceSlip) -> PaperForm:
    return PaperForm(formdata=None, data={"version": slip.version, "signed_on": today()})


def _reason(slip: AcceptanceSlip) -> ReasonForm:
    return ReasonForm(formdata=None, data={"version": slip.version})


@acts.post("/<int:slip_id>/paper")
@requires(AcceptancePermission.RECORD)
def record_paper(slip_id: int) -> ResponseReturnValue:
    """Enter a signed slip with the picture of its signature."""
    form, viewer = PaperForm(), current_viewer()
    slip = queries.get(viewer, slip_id)
    if not form.validate():
        return slip_page(slip, paper=form), REFUSED
    try:
        given = _paper(form, service.lines_of(slip))
        found = service.record_paper(slip, given, version=form.version.data, viewer=viewer, now=now())
    except CouldNotRead as wrong:
        form.form_errors.extend(wrong.sentences)
        return slip_page(slip, paper=form), REFUSED
    except DomainError as refusal:
        return _refused(slip_id, "paper", form, refusal)
    db.session.commit()
    flash(_("已登记纸质验收。"))
    for finding in found:
        flash(_("提示：%(text)s", text=finding.text))
    return redirect(f"{HOME}{slip_id}")


def _paper(form: PaperForm, lines: list[OrderLine]) -> PaperWord:
    all_accepted = request.form.get("all") == "1"
    chosen = [line for line in lines if queries.waits_for_word(line) or line.is_deemed]
    words = read_words(request.form, chosen, all_accepted=all_accepted, some=not all_accepted)
    pictures = sent_files("picture")
    return PaperWord(
        words=words,
        speaker=Speaker(
            respondent=form.respondent.data,
            name=form.name.data or "",
            satisfaction=form.satisfaction.data,
        ),
        signed_on=form.signed_on.data,
        picture=pictures[0] if pictures else None,
        exception_reason=form.exception_reason.data or "",
    )


@acts.post("/<int:slip_id>/undo/<int:line_id>")
@requires(AcceptancePermission.UNDO)
def undo(slip_id: int, line_id: int) -> ResponseReturnValue:
    """Take the word on one parcel back."""
    form, viewer = ReasonForm(), current_viewer()
    slip = queries.get(viewer, slip_id)
    if not form.validate():
        return slip_page(slip, undo=form), REFUSED
    try:
        service.undo_word(
            slip, line_id, reason=form.reason.data, version=form.version.data, viewer=viewer, now=now()
        )
    except DomainError as refusal:
        return _refused(slip_id, "undo", form, refusal)
    db.session.commit()
    flash(_("已撤回答复；这块地要重新送达、重新验收。"))
    return redirect(f"{HOME}{slip_id}")


@acts.post("/<int:slip_id>/code")
@requires(AcceptancePermission.PRINT, AcceptancePermission.NOTIFY)
def renew(slip_id: int) -> ResponseReturnValue:
    """Give a household a new code, shown this once; the old paper opens nothing any more."""
    form, viewer = ReasonForm(), current_viewer()
    slip = queries.get(viewer, slip_id)
    if not form.validate():
        return slip_page(slip, renew=form), REFUSED
    try:
        code = service.renew_code(slip, reason=form.reason.data, viewer=viewer, now=now())
    except DomainError as refusal:
        return _refused(slip_id, "renew", form, refusal)
    page = render_template(
        "coop/acceptance/code.html",
        slip=slip,
        code=written(code),
        address=f"{request.host_url}coop/acceptance/reply",
    )
    db.session.commit()
    return page


@acts.post("/<int:slip_id>/revoke")
@requires(AcceptancePermission.PRINT, AcceptancePermission.NOTIFY)
def revoke(slip_id: int) -> ResponseReturnValue:
    """Let a code open nothing any more."""
    viewer = current_viewer()
    slip = queries.get(viewer, slip_id)
    service.revoke_code(slip, reason=request.form.get("reason", ""), viewer=viewer, now=now())
    db.session.commit()
    flash(_("已注销验收码。"))
    return redirect(f"{HOME}{slip_id}")


def _refused(
    slip_id: int, name: str, form: PaperForm | ReasonForm, refusal: DomainError
) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse("", refusal)
    return slip_page(queries.get(current_viewer(), slip_id), **{name: form}), REFUSED
