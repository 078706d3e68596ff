"""Pages of the acreage ledger: from the county's one row down to the parcel, its entries and their papers."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coop.households import queries as households
from coop.parcels import queries as parcels
from coop.trusteeship.forms import LedgerQuery
from coop.trusteeship.queries import details, rollup, scope
from coop.trusteeship.rules.folding import HolderSum, fold
from coop.trusteeship.rules.terms import AcreagePermission
from coop.trusteeship.views.asking import Asked, asked, filled
from coop.trusteeship.views.charts import drawn
from coop.trusteeship.views.recounting import recounting
from coop.trusteeship.views.statistics import statistics
from foundation.access.gate import current_viewer, requires
from foundation.divisions import queries as divisions
from foundation.errors import NotFound
from foundation.web.charts import offer_charts

blueprint = Blueprint("trusteeship", __name__, url_prefix="/trusteeship")
blueprint.register_blueprint(statistics)
blueprint.register_blueprint(recounting)
offer_charts(blueprint, drawn)

HOME = "/coop/trusteeship/"
VILLAGE_DIGITS = 12


@blueprint.get("/")
@requires(AcreagePermission.VIEW)
def index() -> ResponseReturnValue:
    """Show a division's row and those below it; a village by household."""
    found = asked()
    if found is None:
        return render_template("coop/trusteeship/empty.html")
    if found.division and scope.digits_of(found.division) == VILLAGE_DIGITS:
        return _village(found)
    return _divisions(found)


def _divisions(found: Asked) -> str:
    viewer = current_viewer()
    if found.division:
        rows = rollup.level(viewer, found.programme.id, found.season_key, found.division)
    else:
        rows = rollup.rows_at(viewer, found.programme.id, (found.season_key,), found.roots)
    names = divisions.paths(row.code for row in rows)
    return _page(
        "coop/trusteeship/index.html",
        found,
        rows=[
            {"name": names[row.code].name, "url": found.address(HOME, division=row.code), "figures": row}
            for row in rows
            if row.code != found.division
        ],
        own=next((row for row in rows if row.code == found.division), None),
        why=viewer.why(AcreagePermission.VIEW, found.division) if found.division else [],
    )


def _village(found: Asked) -> str:
    viewer = current_viewer()
    counts = details.counts_of_village(viewer, found.programme.id, found.season_key, found.division)
    own = rollup.rows_at(viewer, found.programme.id, (found.season_key,), (found.division,))
    sums = _sized(found, fold(counts))
    bearers = households.by_ids([one.household_id for one in sums])
    return _page(
        "coop/trusteeship/village.html",
        found,
        rows=[
            {
                "sum": one,
                "label": bearers[one.household_id].label(""),
                "url": found.address(f"{HOME}household/{one.household_id}"),
            }
            for one in sums
        ],
        own=own[0] if own else None,
        why=viewer.why(AcreagePermission.VIEW, found.division),
    )


def _sized(found: Asked, sums: list[HolderSum]) -> list[HolderSum]:
    """Tell large operators by their land in the programme's whole year, as the summary does."""
    land = details.physical_by_holder(found.programme.id, [one.holder for one in sums])
    for one in sums:
        one.is_large = land.get(one.holder, 0) >= found.programme.large_from
    return sums


@blueprint.get("/household/<int:household_id>")
@requires(AcreagePermission.VIEW)
def household(household_id: int) -> ResponseReturnValue:
    """Show the counted parcels of one household, wherever in sight they lie."""
    found = _asked()
    viewer = current_viewer()
    rows = details.counts_of_household(viewer, found.programme.id, found.season_key, household_id)
    return _page(
        "coop/trusteeship/household.html",
        found,
        household=households.by_ids([household_id])[household_id],
        rows=rows,
        total=fold(rows)[0],
        places=divisions.paths(row.division_code for row in rows),
        why=viewer.why(AcreagePermission.VIEW, rows[0].division_code),
    )


@blueprint.get("/parcel/<int:parcel_id>")
@requires(AcreagePermission.VIEW)
def parcel(parcel_id: int) -> ResponseReturnValue:
    """Show how one parcel is counted, and every entry with its order and its contract."""
    found = _asked()
    viewer = current_viewer()
    row = parcels.by_ids([parcel_id]).get(parcel_id)
    if row is None or not viewer.sees(AcreagePermission.VIEW, row.division_code):
        raise NotFound
    return _page(
        "coop/trusteeship/parcel.html",
        found,
        parcel=row,
        counts=details.counts_of_parcel(viewer, found.programme.id, parcel_id),
        booked=details.entries_of_parcel(viewer, found.programme, parcel_id),
        place=divisions.path(row.division_code),
        why=viewer.why(AcreagePermission.VIEW, row.division_code),
    )


def _asked() -> Asked:
    found = asked()
    if found is None:
        raise NotFound
    return found


def _page(template: str, found: Asked, **shown: Any) -> str:
    query = filled(LedgerQuery(), found)
    way = found.way_to(HOME, found.division) if found.division else []
    return render_template(
        template, asked=found, way=way, query=query, carried=found.carried, home=HOME, **shown
    )
