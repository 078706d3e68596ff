"""What the page asks while one types: the annex and the sums as they stand, a paste as lines, the pickers."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from coop.catalogue import queries as catalogue
from coop.contracts import queries as contracts
from coop.contracts.rules.findings import Finding
from coop.contracts.rules.terms import ContractPermission, ReceiverKind
from coop.entry import queries
from coop.entry.forms.entry import EntryForm
from coop.entry.forms.reading import prepare, read, sentence_of, sums
from coop.entry.rules import MatchedLine, read_lines
from coop.entry.service import Annex
from foundation.access.gate import current_viewer, requires
from foundation.clock import today
from foundation.database.engine import db, writing
from foundation.errors import DomainError
from foundation.values.area import mu
from foundation.values.money import plain_yuan
from foundation.web.wording import translated

blueprint = Blueprint("api", __name__)
KINDS = {kind.value: kind for kind in ReceiverKind}


def _only_read() -> None:
    """Let go of the write lock that a POST begins with; a check while typing must hold up nobody."""
    db.session.rollback()
    writing.set(False)


@blueprint.post("/check")
@requires(ContractPermission.DRAFT)
def check() -> ResponseReturnValue:
    """Answer what there is to say about the form as it stands; nothing is saved."""
    _only_read()
    viewer, contract_id = current_viewer(), request.args.get("contract", type=int)
    if contract_id is not None:
        contracts.get(viewer, contract_id)
    form = prepare(EntryForm(), viewer, today())
    reading = read(form, viewer, today(), contract_id)
    annex, written = reading.annex, _written(form)
    notes = annex.by_line(reading.findings)
    return {
        "sums": sums(reading),
        "lines": [_line(annex, line, notes.get(place, [])) for place, line in enumerate(annex.lines)],
        "findings": [_finding(finding) for finding in annex.elsewhere(reading.findings)],
        "errors": {field.name: field.errors for field in form if field.errors and field.name in written},
        "deposit_amount": plain_yuan(reading.details.deposit.amount) if reading.details else "",
    }


def _written(form: EntryForm) -> set[str]:
    """Return the single boxes that hold a text: what is still empty is not yet wrong."""
    return {field.name for field in form if field.raw_data and str(field.raw_data[0]).strip()}


def _finding(finding: Finding) -> dict[str, str]:
    return {"place": finding.place, "severity": finding.severity.value, "text": sentence_of(finding)}


def _line(annex: Annex, line: MatchedLine, notes: list[Finding]) -> dict[str, Any]:
    return {
        "cells": line.line.cells,
        "label": line.household.label if line.household else "",
        "parcels": [
            {"code": parcel.code, "name": parcel.name, "area": mu(area)} for parcel, area in line.parcels
        ],
        "area": mu(line.area) if line.parcels else "",
        "mandate": annex.mandate_of(line),
        "error": translated(line.error) if line.error else "",
        "notes": [_finding(note) for note in notes],
    }


@blueprint.post("/paste")
@requires(ContractPermission.DRAFT)
def paste() -> ResponseReturnValue:
    """Answer the lines of a paste from a spreadsheet."""
    _only_read()
    try:
        return {"lines": [line.cells for line in read_lines(request.form.get("text", ""))]}
    except DomainError as error:
        return {"lines": [], "error": translated(error)}


@blueprint.get("/receivers")
@requires(ContractPermission.DRAFT)
def receivers() -> ResponseReturnValue:
    """Answer the picker of receivers of a kind."""
    kind = KINDS.get(request.args.get("kind", ""), ReceiverKind.HOUSEHOLD)
    return _found(queries.receivers(current_viewer(), kind, request.args.get("q", ""), today()))


@blueprint.get("/providers")
@requires(ContractPermission.DRAFT)
def providers() -> ResponseReturnValue:
    """Answer the picker of providers."""
    return _found(queries.providers(current_viewer(), request.args.get("q", ""), today()))


@blueprint.get("/upstreams")
@requires(ContractPermission.DRAFT)
def upstreams() -> ResponseReturnValue:
    """Answer the picker of upstream contracts."""
    return _found(queries.upstreams(current_viewer(), request.args.get("q", ""), today()))


@blueprint.get("/households")
@requires(ContractPermission.DRAFT)
def households() -> ResponseReturnValue:
    """Answer the search of an annex line: households with their parcels."""
    viewer, text = current_viewer(), request.args.get("q", "")
    found = queries.receivers(viewer, ReceiverKind.HOUSEHOLD, text, today())
    known = queries.register_of(viewer, [int(key) for key, _label in found]).households
    return {
        "found": [
            {
                "key": str(one.id),
                "label": gettext(
                    "%(label)s · %(count)s 块 %(area)s 亩",
                    label=one.label,
                    count=len(one.parcels),
                    area=mu(one.area),
                ),
                "name": one.name,
                "tail": one.tail,
                "code": one.code,
            }
            for one in known
        ]
    }


@blueprint.get("/price")
@requires(ContractPermission.DRAFT)
def price() -> ResponseReturnValue:
    """Answer the published price of a link in a season, for a new line of the menu."""
    link, season = request.args.get("link", 0, type=int), request.args.get("season", 0, type=int)
    provider = request.args.get("provider", type=int)
    found = catalogue.price_for(current_viewer(), link, season, provider, today())
    return {"price": "" if found is None else plain_yuan(found)}


def _found(rows: list[tuple[str, str]]) -> ResponseReturnValue:
    return {"found": [{"key": key, "label": label} for key, label in rows]}
