"""The household's own page: opened by its code on any telephone, without account, script or trace.

Nothing of the code is kept but the digest of the slip. The page is never stored, sends no referrer, is exempt
from form tokens (the code itself is the secret, and a telephone that went to take a photograph may have lost
its cookie), and writes nothing on GET. The journal is told of no network address.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from coop.acceptance import queries, service
from coop.acceptance.forms import CodeForm, CouldNotRead, read_answer, read_pictures
from coop.acceptance.models import AcceptanceReply, AcceptanceSlip
from coop.acceptance.queries.facts import last_hands
from coop.acceptance.rules.codes import read_code
from coop.acceptance.rules.guesses import GuessGuard
from coop.acceptance.rules.slips import MOST_SATISFIED, CodeState
from coop.acceptance.rules.terms import Respondent, Verdict
from coop.acceptance.service import Answer
from coop.households.rules import group_name
from coop.operations.models import OrderLine
from foundation.access.gate import public
from foundation.clock import now
from foundation.database.engine import db
from foundation.divisions.queries import path
from foundation.errors import DomainError
from foundation.journal.service import origin
from foundation.papers.document import public_name
from foundation.web.wording import translated

reply_desk = Blueprint("reply", __name__, url_prefix="/reply")

HOME = "/coop/acceptance/reply"
GUARD = "acceptance_guesses"
TELEPHONE = "telephone"
YEAR = 365 * 24 * 3600
REFUSED, WAIT, NOT_FOUND, GONE = 422, 429, 404, 410
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


@reply_desk.record
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions[GUARD] = GuessGuard()
    protection = state.app.extensions["csrf"]
    protection.exempt(find)
    protection.exempt(send)


@reply_desk.before_request
def _leave_no_trace() -> None:
    origin.set("")


@reply_desk.after_request
def _seal(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


@reply_desk.get("", strict_slashes=False)
@public
def ask() -> ResponseReturnValue:
    """Ask for the code where the telephone cannot scan."""
    return render_template("coop/acceptance/reply/ask.html", form=CodeForm())


@reply_desk.post("")
@public
def find() -> ResponseReturnValue:
    """Lead a typed code to its page; what is mistyped is told at once and not looked up."""
    form = CodeForm()
    if form.validate():
        return redirect(f"{HOME}/{form.code.data}", 303)
    return render_template("coop/acceptance/reply/ask.html", form=form), REFUSED


@reply_desk.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Show the household its lines, or one plain sentence on why not."""
    moment = now()
    slip, refusal = _look_up(code, moment)
    if slip is None:
        return refusal
    if slip.code_state(moment) is CodeState.SPENT:
        return _receipt(slip)
    try:
        service.demand_open(slip, moment)
    except DomainError as error:
        return _sorry(translated(error), GONE, slip)
    return _with_telephone(_page(slip))


@reply_desk.post("/<code>")
@public
def send(code: str) -> ResponseReturnValue:
    """Take the answer: once, all lines or none."""
    moment = now()
    slip, refusal = _look_up(code, moment)
    if slip is None:
        return refusal
    lines = service.lines_of(slip)
    slip_id = slip.id
    try:
        words, speaker = read_answer(request.form, [line for line in lines if queries.waits_for_word(line)])
        given = Answer(
            words=words,
            speaker=speaker,
            pictures=read_pictures(lines),
            telephone=request.cookies.get(TELEPHONE, "")[:64],
            network=request.remote_addr or "",
        )
        service.answer(read_code(code), given, now=moment)
    except CouldNotRead as error:
        return _page(slip, error.sentences), REFUSED
    except DomainError as error:
        db.session.rollback()
        return _refused(queries.reload(slip_id), error, moment)
    db.session.commit()
    return redirect(f"{HOME}/{code}", 303)


def _look_up(code: str, moment: datetime) -> tuple[AcceptanceSlip | None, ResponseReturnValue]:
    """Return the slip of a code, or what is answered instead; wrong codes are counted by address."""
    guard: GuessGuard = current_app.extensions[GUARD]
    address = request.remote_addr or ""
    if not guard.admits(address, moment):
        return None, (render_template("coop/acceptance/reply/wait.html"), WAIT)
    try:
        slip = queries.find_by_digest(service.digest_of_code(read_code(code)))
        if slip is None:
            guard.note_wrong(address, moment)
            raise service.CodeUnknown
    except DomainError as error:
        return None, _sorry(translated(error), NOT_FOUND)
    return slip, ""


def _refused(slip: AcceptanceSlip, error: DomainError, moment: datetime) -> ResponseReturnValue:
    """Show the form again with the refusal, or only the sentence where the code opens nothing any more."""
    try:
        service.demand_open(slip, moment)
    except DomainError as closed:
        return _sorry(translated(closed), GONE, slip)
    return _page(slip, [translated(error)]), REFUSED


def _page(slip: AcceptanceSlip, refusals: Sequence[str] = ()) -> str:
    lines = service.lines_of(slip)
    return render_template(
        "coop/acceptance/reply/form.html",
        **_head(slip),
        waiting=[line for line in lines if queries.waits_for_word(line)],
        others=[line for line in lines if not queries.waits_for_word(line)],
        work=queries.work_of(slip.order),
        verdicts=list(Verdict),
        respondents=list(Respondent),
        marks=range(1, MOST_SATISFIED + 1),
        sent=request.form,
        refusals=refusals,
        sent_pictures=any(file.filename for file in request.files.values()),
        hands=last_hands([line.id for line in lines]),
        most_pictures=service.MOST_PICTURES,
    )


def _receipt(slip: AcceptanceSlip) -> ResponseReturnValue:
    """Show what was recorded: right after the answer, and to whoever opens the code again."""
    lines = service.lines_of(slip)
    words = queries.standing_replies([line.id for line in lines])
    rows: list[tuple[OrderLine, AcceptanceReply]] = [
        (line, words[line.id]) for line in lines if line.id in words
    ]
    return render_template(
        "coop/acceptance/reply/receipt.html", **_head(slip), rows=rows, work=queries.work_of(slip.order)
    )


def _sorry(sentence: str, status: int, slip: AcceptanceSlip | None = None) -> ResponseReturnValue:
    office = slip.office if slip else ""
    return render_template("coop/acceptance/reply/sorry.html", sentence=sentence, office=office), status


def _head(slip: AcceptanceSlip) -> dict[str, object]:
    """Return what every page of a slip says: office, order, and the household as strangers may read it."""
    group = group_name(slip.household.group_number)
    village = path(slip.division_code).short
    return {
        "slip": slip,
        "order": slip.order,
        "office": slip.office,
        "household": public_name(slip.household.head_name),
        "place": f"{village}{group}",
    }


def _with_telephone(page: str) -> Response:
    """Send a page with a random word by which answers from one telephone are told apart."""
    response = make_response(page)
    if TELEPHONE not in request.cookies:
        response.set_cookie(
            TELEPHONE,
            secrets.token_urlsafe(18),
            max_age=YEAR,
            path=HOME,
            httponly=True,
            samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )
    return response
