"""The clerk's page: a contract is written, checked, kept as a draft and handed in."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.contracts import queries as contracts
from coop.contracts import service as contract_service
from coop.contracts.models import Contract
from coop.contracts.rules.terms import ContractPermission
from coop.entry import queries, service
from coop.entry.forms.entry import EntryForm
from coop.entry.forms.reading import Reading, prepare, read, sentence_of, sums
from coop.entry.forms.values import standard_values, values_of
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.drafts import service as drafts
from foundation.errors import DomainError, StaleVersion
from foundation.web.conflict import conflict_page
from foundation.web.menu import Door, MenuEntry
from foundation.web.wording import translated
from foundation.wording import N_

blueprint = Blueprint("entry", __name__, url_prefix="/entry")

MENU = (
    MenuEntry(
        door=Door.COOP,
        label=N_("起草合同"),
        endpoint="coop.entry.new",
        permissions=(ContractPermission.DRAFT,),
        quick=True,
    ),
)
CONTRACT = "/coop/contracts/"
REFUSED = 422


@blueprint.get("/")
@requires(ContractPermission.DRAFT)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(prepare(EntryForm(), current_viewer(), today()))


@blueprint.post("/")
@requires(ContractPermission.DRAFT)
def create() -> ResponseReturnValue:
    """Check, keep or hand in a new contract."""
    return _answer(prepare(EntryForm(), current_viewer(), today()), None)


@blueprint.get("/<int:contract_id>")
@requires(ContractPermission.DRAFT)
def edit(contract_id: int) -> ResponseReturnValue:
    """Show the form of a draft or a returned contract."""
    contract = contracts.get(current_viewer(), contract_id)
    return _page(_stored_form(contract), contract)


@blueprint.post("/<int:contract_id>")
@requires(ContractPermission.DRAFT)
def revise(contract_id: int) -> ResponseReturnValue:
    """Check, keep or hand in a contract that was written before."""
    contract = contracts.get(current_viewer(), contract_id)
    return _answer(prepare(EntryForm(), current_viewer(), today()), contract)


def _stored_form(contract: Contract) -> EntryForm:
    """Return the form filled from the contract as the database has it."""
    viewer, details = current_viewer(), contract_service.details_of(contract)
    values = values_of(details, service.written_annex(details.annex, viewer))
    return prepare(EntryForm(None, data={**values, "version": contract.version}), viewer, today())


def _answer(form: EntryForm, contract: Contract | None) -> ResponseReturnValue:
    act = request.form.get("act", "save")
    reading = read(form, current_viewer(), today(), contract.id if contract else None)
    if act == "standards":
        _bring_standards(form)
        return _page(form, contract, reading)
    if act == "check" or reading.details is None or reading.annex.has_errors:
        return _page(form, contract, reading, REFUSED if form.errors or act != "check" else 200)
    try:
        saved = _save(reading, form, contract, hand_in=act == "submit")
    except StaleVersion:
        return _conflict(form, contract)
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        return _page(form, contract, reading, REFUSED)
    return redirect(f"{CONTRACT}{saved.id}")


def _save(reading: Reading, form: EntryForm, contract: Contract | None, *, hand_in: bool) -> Contract:
    viewer, details, draft_key = current_viewer(), reading.details, _draft_key(contract)
    assert details is not None  # noqa: S101 - _answer hands in whole terms only
    if contract is None:
        contract = contract_service.draft(details, viewer=viewer, now=now())
    else:
        version = form.version.data or 0
        contract_service.revise(contract, details, expected_version=version, viewer=viewer, now=now())
    if hand_in:
        contract = contracts.reload(contract.id)
        contract_service.submit(contract, viewer=viewer, now=now())
    drafts.discard(draft_key, viewer=viewer)
    db.session.commit()
    flash(_said(contract, hand_in=hand_in))
    return contract


def _said(contract: Contract, *, hand_in: bool) -> str:
    if hand_in:
        return str(_("合同 %(number)s 已提交，等待审核。", number=contract.number))
    return str(_("合同草稿已保存。"))


def _conflict(form: EntryForm, contract: Contract | None) -> ResponseReturnValue:
    assert contract is not None  # noqa: S101 - a new contract has no other version
    db.session.rollback()
    latest = contracts.reload(contract.id)
    theirs, who = _stored_form(latest), latest.acts[-1].name if latest.acts else ""
    return conflict_page(form, theirs, subject=latest.number or latest.receiver_name, who=who)


def _bring_standards(form: EntryForm) -> None:
    """Put the guide's rows for the chosen links behind the standards that are there."""
    links = {line.link.data for line in form.menu.filled() if line.link.data}
    there = [line.data for line in form.standards.filled()]
    known = {(row["item"], row["content"]) for row in there}
    guide = [
        standard_values(row.link.name, row.content, row.usual or row.guide)
        for row in queries.standards_for(links)
        if (row.link.name, row.content) not in known
    ]
    form.standards.process(None, [*there, *guide])


def _draft_key(contract: Contract | None) -> str:
    return f"coop.entry.edit:{contract.id}" if contract else "coop.entry.new"


def _page(
    form: EntryForm, contract: Contract | None = None, reading: Reading | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "coop/entry/edit.html",
        form=form,
        contract=contract,
        reading=reading,
        sums=sums(reading) if reading else None,
        notes=reading.annex.by_line(reading.findings) if reading else {},
        elsewhere=reading.annex.elsewhere(reading.findings) if reading else (),
        draft_key=_draft_key(contract),
        sentence_of=sentence_of,
        check_url=f"/coop/entry/check{f'?contract={contract.id}' if contract else ''}",
    )
    return page, status
