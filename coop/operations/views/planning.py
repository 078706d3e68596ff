"""The page of planning: which work, then on which land, then all orders of it in one act."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coop.catalogue import queries as catalogue
from coop.catalogue.rules import LinkKind
from coop.contracts.rules.findings import Finding
from coop.households import queries as households
from coop.households.rules import HouseholdLabel
from coop.machinery import queries as machinery
from coop.operations.forms.planning import MeansForm, WorkQuery
from coop.operations.queries.candidates import candidates
from coop.operations.rules import planning
from coop.operations.rules.planning import Candidate, OrderDetails, VillageSum
from coop.operations.rules.terms import OperationPermission
from coop.operations.service import planning as service
from coop.operations.service.checking import check, place_of
from coop.organisations.queries import division_asked, divisions_for
from coop.programmes import queries as programmes
from foundation.access.gate import current_viewer, requires
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.divisions.rules import county_of
from foundation.errors import DomainError
from foundation.web.wording import worded

plans = Blueprint("plans", __name__)

HOME = "/coop/operations/"
REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the page offers for the work asked for: a line for each village, parcels of the opened ones."""

    villages: tuple[VillageSum, ...] = ()
    opened: tuple[tuple[str, dict[int, list[Candidate]]], ...] = ()
    findings: dict[int, list[tuple[str, str]]] | None = None


@plans.get("/plan")
@requires(OperationPermission.PLAN)
def plan() -> ResponseReturnValue:
    """Show what can be planned of the work asked for."""
    return _page(_work(), MeansForm(formdata=None))


@plans.post("/plan")
@requires(OperationPermission.PLAN)
def create() -> ResponseReturnValue:
    """Plan orders for what was ticked: all, or none."""
    work, form, viewer = _work(), MeansForm(), current_viewer()
    _with_choices(form, work, _rows(work) if _is_asked(work) else [])
    if not _is_asked(work) or not form.validate():
        return _page(work, form), REFUSED
    try:
        done = service.plan(_details(work, form), viewer=viewer, now=now())
    except DomainError as refusal:
        db.session.rollback()
        form.refuse("", refusal)
        return _page(work, form), REFUSED
    listed = f"{HOME}?season={work.season.data}&link={work.link.data}"
    address = f"{HOME}{done.orders[0].id}" if len(done.orders) == 1 else listed
    said = _("已编制 %(n)s 张作业单，共 %(parcels)s 块地。", n=len(done.orders), parcels=done.parcels)
    db.session.commit()
    flash(said)
    if done.left_out:
        first = worded(done.left_out[0].sentence, done.left_out[0].values)
        flash(_("另有 %(n)s 块地没有编入：%(first)s", n=len(done.left_out), first=first), "warning")
    return redirect(address)


def _work() -> WorkQuery:
    query, viewer = WorkQuery(formdata=None), current_viewer()
    query.season.choices = [(season.id, season.label) for season in catalogue.seasons()]
    single = (link for link in catalogue.links(today()) if link.kind is not LinkKind.WHOLE)
    query.link.choices = [(link.id, link.name) for link in single]
    query.division.find = divisions_for(viewer, OperationPermission.PLAN, today())
    query.division.label_of = lambda code: divisions.path(code).short
    if request.args.keys() & {"season", "link"}:
        query.process(request.args)
        query.validate()
    else:
        for field in query:
            field.errors = []
    return query


def _is_asked(work: WorkQuery) -> bool:
    """Tell whether the work is told well enough to look for land."""
    told = (work.season, work.link, work.pass_number, work.starts_on, work.ends_on)
    if any(field.data is None or field.errors for field in told):
        return False
    return bool(work.starts_on.data <= work.ends_on.data)


def _places(work: WorkQuery) -> tuple[str, ...]:
    """Return where to look: the division asked for, or everywhere the viewer may plan."""
    viewer = current_viewer()
    if work.division.data:
        return (division_asked(viewer, OperationPermission.PLAN, work.division.data, today()),)
    return tuple(dict.fromkeys(r.lower for r in viewer.ranges(OperationPermission.PLAN)))


def _details(work: WorkQuery, form: MeansForm) -> OrderDetails:
    return form.details(
        work,
        division_codes=tuple(request.form.getlist("villages")),
        household_ids=tuple(request.form.getlist("households", type=int)),
        parcel_ids=tuple(request.form.getlist("parcels", type=int)),
    )


def _rows(work: WorkQuery) -> list[Candidate]:
    details = MeansForm(formdata=None).details(work, division_codes=_places(work))
    return candidates(current_viewer(), service.asked_of(details))


def _page(work: WorkQuery, form: MeansForm) -> str:
    rows = _rows(work) if _is_asked(work) else []
    _with_choices(form, work, rows)
    offer = _offer(work, rows)
    codes = {one.division_code for one in offer.villages}
    return render_template(
        "coop/operations/plan.html",
        work=work,
        form=form,
        offer=offer,
        is_asked=_is_asked(work),
        paths=divisions.paths(codes),
        labels=_labels(offer),
        totals=_totals(offer),
        ticked={
            "villages": set(request.form.getlist("villages")),
            "households": set(request.form.getlist("households", type=int)),
            "parcels": set(request.form.getlist("parcels", type=int)),
        },
        open_codes=set(request.args.getlist("open")),
        address=_address,
    )


def _address(code: str) -> str:
    """Return this page's address with one more village opened, or closed again."""
    pairs = [(key, value) for key, value in request.args.items(multi=True) if (key, value) != ("open", code)]
    if code not in request.args.getlist("open"):
        pairs.append(("open", code))
    return f"{request.path}?{urlencode(pairs)}#village-{code}"


def _offer(work: WorkQuery, rows: list[Candidate]) -> Offer:
    asked = set(request.args.getlist("open"))
    near = [one for one in rows if one.division_code in asked]
    groups: dict[str, list[Candidate]] = {}
    for one in near:
        groups.setdefault(one.division_code, []).append(one)
    opened = tuple((code, planning.by_household(groups[code])) for code in sorted(groups))
    return Offer(villages=tuple(planning.village_sums(rows)), opened=opened, findings=_findings(work, near))


def _findings(work: WorkQuery, rows: list[Candidate]) -> dict[int, list[tuple[str, str]]]:
    """Return what is to be said of each parcel of the opened villages: severity and sentence."""
    if not rows:
        return {}
    found: dict[str, list[Finding]] = {}
    for finding in check(MeansForm(formdata=None).details(work), rows).findings:
        found.setdefault(finding.place, []).append(finding)
    return {
        one.parcel_id: [
            (finding.severity.value, worded(finding.sentence, finding.values))
            for finding in found.get(place_of(one), ())
        ]
        for one in rows
    }


def _labels(offer: Offer) -> dict[int, HouseholdLabel]:
    """Return what tells the households of the opened villages apart, namesakes among them."""
    rows = households.by_ids([household for _code, own in offer.opened for household in own])
    return {key: row.label("") for key, row in rows.items()}


def _totals(offer: Offer) -> dict[str, int]:
    names = ("households", "parcels", "area", "planned_parcels", "planned_area")
    return {name: sum(getattr(row, name) for row in offer.villages) for name in names}


def _with_choices(form: MeansForm, work: WorkQuery, rows: list[Candidate]) -> None:
    viewer = current_viewer()
    providers = sorted({(one.provider_id, one.provider_name) for one in rows})
    form.machine.choices = _means(machinery.machines_for, providers, lambda row: row.model)
    form.operator.choices = _means(machinery.operators_for, providers, lambda row: row.name)
    season = next((one for one in catalogue.seasons() if one.id == work.season.data), None)
    counties = sorted({county_of(one.division_code) for one in rows})
    form.programme.choices = [
        (row.id, row.name)
        for county in counties
        for row in (programmes.programmes_for(viewer, county, season.year) if season else ())
    ]


def _means(find: Any, providers: list[tuple[int, str]], label: Any) -> list[tuple[int, str]]:
    """Return machines or drivers of these providers, each with whose it is where there are several."""
    viewer, is_many = current_viewer(), len(providers) > 1
    return [
        (row.id, f"{label(row)}（{name}）" if is_many else str(label(row)))
        for provider_id, name in providers
        for row in find(viewer, provider_id)
    ]
