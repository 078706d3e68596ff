"""The form as it was read: its annex, its terms when they are whole, what is to be said, and the sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from coop.contracts.rules import money
from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.findings import Finding, blocking
from coop.contracts.rules.terms import ReceiverKind
from coop.entry import queries, service
from coop.entry.forms.entry import EntryForm
from coop.entry.service import Annex
from foundation.access.grants import Viewer
from foundation.errors import DomainError
from foundation.values.area import mu
from foundation.values.capitals import money_in_capitals
from foundation.values.dates import Period
from foundation.values.money import yuan
from foundation.web.wording import term
from foundation.wording import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a clerk has written so far; without ``details`` the form itself still has refusals."""

    annex: Annex
    details: ContractDetails | None = None
    findings: Sequence[Finding] = ()

    @property
    def stops(self) -> list[Finding]:
        """What keeps the contract from being handed in."""
        has_reason = bool(self.details and self.details.exception_reason)
        return blocking(self.findings, has_reason=has_reason)


def prepare(form: EntryForm, viewer: Viewer, on: date) -> EntryForm:
    """Give the form what it chooses from: the catalogue, and the registers within the viewer's scope."""
    form.offer(queries.link_choices(), queries.season_choices(on))
    kind = form.receiver_kind.data or ReceiverKind.HOUSEHOLD
    form.receiver.find = lambda text: queries.receivers(viewer, kind, text, on)
    form.receiver.label_of = lambda key: queries.receiver_label(viewer, kind, key)
    form.provider.find = lambda text: queries.providers(viewer, text, on)
    form.provider.label_of = lambda key: queries.body_label(viewer, key)
    form.division.find = lambda text: queries.places(viewer, text, on)
    form.upstream.find = lambda text: queries.upstreams(viewer, text, on)
    return form


def read(form: EntryForm, viewer: Viewer, on: date, contract_id: int | None = None) -> Reading:
    """Read a sent form as far as it goes: the annex always, the terms when every field holds."""
    form.validate()
    receiver = int(form.receiver.data) if form.receiver.data and not form.receiver.errors else None
    division = _division(form, viewer, receiver)
    try:
        annex = service.read_annex(
            form.annex.data or "",
            viewer=viewer,
            division_code=division,
            agent_id=receiver if form.receiver_kind.data is ReceiverKind.COLLECTIVE else None,
            term=_term(form),
        )
    except DomainError as error:
        form.refuse("annex", error)
        return Reading(annex=Annex())
    _take_area(form, annex)
    if form.errors or not division:
        return Reading(annex=annex, findings=annex.findings)
    details = form.details(annex.households, division)
    return Reading(
        annex=annex,
        details=details,
        findings=service.judge(details, annex, on=on, contract_id=contract_id),
    )


def _division(form: EntryForm, viewer: Viewer, receiver: int | None) -> str:
    if form.division.data and not form.division.errors:
        return str(form.division.data)
    if receiver is None or form.receiver_kind.data is None:
        return ""
    return queries.place_of(viewer, form.receiver_kind.data, receiver)


def _term(form: EntryForm) -> Period | None:
    starts, ends = form.starts_on.data, form.ends_on.data
    return Period(starts, ends) if starts and ends and starts <= ends else None


def _take_area(form: EntryForm, annex: Annex) -> None:
    """An area that was left open is the sum of the annex."""
    if form.area.data is None and not form.area._value().strip() and annex.area:
        form.area.data, form.area.raw_data, form.area.errors = annex.area, [mu(annex.area)], []


def sums(reading: Reading) -> dict[str, str]:
    """Return the running sums as the page shows them; what cannot be reckoned yet is empty."""
    annex, details = reading.annex, reading.details
    shown = {
        "households": str(len(annex.households)),
        "parcels": str(sum(len(line.parcels) for line in annex.lines)),
        "annex_area": mu(annex.area),
        "area": "",
        "total": "",
        "capitals": "",
        "deposit": "",
        "balance": "",
    }
    if details is not None and details.starts_on <= details.ends_on:
        total = money.total(details)
        shown |= {
            "area": mu(details.area),
            "total": yuan(total),
            "capitals": money_in_capitals(total),
            "deposit": yuan(details.deposit.amount),
            "balance": yuan(money.balance(details)),
        }
    return shown


def sentence_of(finding: Finding) -> str:
    """Return a finding in the reader's language."""
    values = {key: term(value) if isinstance(value, Term) else value for key, value in finding.values.items()}
    return str(gettext(finding.sentence)) % values
