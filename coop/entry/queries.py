"""What the clerk's page asks of the registers; an annex takes a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from coop.catalogue.models import CropSeason, Link, StandardItem
from coop.contracts import queries as contracts
from coop.contracts.rules.terms import HOUSEHOLD_KINDS, ContractPermission, ReceiverKind
from coop.entry.rules import AnnexLine, KnownHousehold, KnownParcel, Register, new_register
from coop.households import queries as households
from coop.households.models import Household
from coop.households.queries import visible_to as visible_households
from coop.households.rules import HouseholdLabel, HouseholdStatus, group_name
from coop.mandates.models import Mandate
from coop.mandates.rules import MandateTerm
from coop.organisations import queries as organisations
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.parcels.models import Parcel
from coop.parcels.queries import visible_to as visible_parcels
from foundation.access.grants import Viewer, code_bounds
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.divisions.queries import paths
from foundation.errors import NotFound
from foundation.values.dates import Period

MOST_KEY_DIGITS = 12


def register_for(viewer: Viewer, lines: Sequence[AnnexLine], division_code: str = "") -> Register:
    """Return what the lines may mean within the viewer's scope; names only within ``division_code``."""
    names = {line.who for line in lines if line.who and not line.code}
    codes = {line.code for line in lines if line.code}
    by_parcel = select(Parcel.household_id).where(visible_parcels(viewer), Parcel.code.in_(codes))
    named: ColumnElement[bool] = Household.head_name.in_(names)
    if division_code:
        lower, upper = code_bounds(division_code)
        named = named & (Household.division_code >= lower) & (Household.division_code < upper)
    return _register(viewer, or_(named, Household.code.in_(codes), Household.id.in_(by_parcel)))


def register_of(viewer: Viewer, household_ids: Iterable[int]) -> Register:
    """Return certain households with their parcels: of a picker, or of an annex that is there already."""
    return _register(viewer, Household.id.in_(list(household_ids)))


def _register(viewer: Viewer, condition: ColumnElement[bool]) -> Register:
    statement = select(
        Household.id,
        Household.code,
        Household.head_name,
        Household.id_number,
        Household.division_code,
        Household.group_number,
    ).where(visible_households(viewer), Household.status == HouseholdStatus.ACTIVE, condition)
    rows = db.session.execute(
        statement.order_by(Household.division_code, Household.group_number, Household.id)
    ).all()
    villages = paths({row.division_code for row in rows})
    parcels = _parcels_of(viewer, [row.id for row in rows])
    return new_register(
        KnownHousehold(
            id=row.id,
            code=row.code or "",
            name=row.head_name,
            tail=(row.id_number or "")[-4:],
            label=str(
                HouseholdLabel(
                    name=row.head_name,
                    village=villages[row.division_code].short,
                    group=group_name(row.group_number),
                    id_tail=(row.id_number or "")[-4:],
                )
            ),
            parcels=tuple(parcels.get(row.id, ())),
        )
        for row in rows
    )


def _parcels_of(viewer: Viewer, household_ids: Sequence[int]) -> dict[int, list[KnownParcel]]:
    statement = select(
        Parcel.household_id, Parcel.id, Parcel.code, Parcel.name, Parcel.area, Parcel.basis
    ).where(visible_parcels(viewer), Parcel.household_id.in_(household_ids), Parcel.closed_on.is_(None))
    found: dict[int, list[KnownParcel]] = {}
    for row in db.session.execute(statement.order_by(Parcel.code)):
        parcel = KnownParcel(id=row.id, code=row.code, name=row.name, area=row.area, basis=row.basis)
        found.setdefault(row.household_id, []).append(parcel)
    return found


def mandates_for(
    household_ids: Iterable[int], agent_id: int, term: Period | None
) -> dict[int, tuple[int, str]]:
    """Return by household the id and number of its mandate to ``agent_id``: a valid one before any other."""
    statement = select(
        Mandate.household_id,
        Mandate.id,
        Mandate.number,
        Mandate.signed_on,
        Mandate.starts_on,
        Mandate.ends_on,
        Mandate.revoked_on,
    ).where(Mandate.household_id.in_(list(household_ids)), Mandate.agent_id == agent_id)
    found: dict[int, tuple[int, str]] = {}
    settled: set[int] = set()
    for row in db.session.execute(statement.order_by(Mandate.id.desc())):
        dates = MandateTerm(
            signed_on=row.signed_on, starts_on=row.starts_on, ends_on=row.ends_on, revoked_on=row.revoked_on
        )
        if row.household_id in settled:
            continue
        if term is not None and dates.is_valid_for(term):
            settled.add(row.household_id)
            found[row.household_id] = (row.id, row.number)
        else:
            found.setdefault(row.household_id, (row.id, row.number))
    return found


def link_choices() -> list[tuple[int, str]]:
    """Return the links of the catalogue that may be chosen today."""
    statement = select(Link.id, Link.name).where(Link.closed_on.is_(None)).order_by(Link.code)
    return [(row.id, row.name) for row in db.session.execute(statement)]


def season_choices(on: date) -> list[tuple[int, str]]:
    """Return the crop seasons that are not long over, the latest year first."""
    statement = select(CropSeason).where(CropSeason.ends_on >= date(on.year - 1, 1, 1))
    seasons = db.session.scalars(statement.order_by(CropSeason.year.desc(), CropSeason.starts_on)).all()
    return [(season.id, season.label) for season in seasons]


def standards_for(link_ids: Collection[int]) -> Sequence[StandardItem]:
    """Return the rows of the guide for certain links, or the whole guide when none is named."""
    statement = select(StandardItem).where(StandardItem.closed_on.is_(None)).order_by(StandardItem.position)
    if link_ids:
        statement = statement.where(StandardItem.link_id.in_(link_ids))
    return db.session.scalars(statement).all()


def receivers(viewer: Viewer, kind: ReceiverKind, text: str, on: date) -> list[tuple[str, str]]:
    """Return who may be meant as the receiver: households with all that tells namesakes apart, or bodies."""
    if kind in HOUSEHOLD_KINDS:
        found = households.find(viewer, text)
        villages = paths({row.division_code for row in found})
        return [(str(row.id), str(row.label(villages[row.division_code].short))) for row in found]
    kinds = (OrganisationKind.VILLAGE_COLLECTIVE,) if kind is ReceiverKind.COLLECTIVE else ()
    return _bodies(organisations.find(viewer, text, on, kinds=kinds))


def providers(viewer: Viewer, text: str, on: date) -> list[tuple[str, str]]:
    """Return which bodies of the provider directory may be meant."""
    return _bodies(organisations.find(viewer, text, on, providers_only=True))


def _bodies(found: Sequence[Organisation]) -> list[tuple[str, str]]:
    places = paths({row.division_code for row in found})
    return [(str(row.id), f"{row.name} · {places[row.division_code].short}") for row in found]


def upstreams(viewer: Viewer, text: str, on: date) -> list[tuple[str, str]]:
    """Return which contracts may be meant as the one that hands the land to the receiver."""
    found = contracts.find(viewer, text, on)
    return [
        (str(row.id), f"{row.number} · {row.receiver_name} · {row.village}") for row in found if row.number
    ]


def receiver_label(viewer: Viewer, kind: ReceiverKind, key: str) -> str:
    """Return the label of a chosen receiver, or the key itself when it is out of sight."""
    if not is_key(key):
        return key
    if kind in HOUSEHOLD_KINDS:
        known = register_of(viewer, [int(key)]).households
        return known[0].label if known else key
    return body_label(viewer, key)


def body_label(viewer: Viewer, key: str) -> str:
    """Return the label of a chosen body, or the key itself when it is out of sight."""
    if not is_key(key):
        return key
    try:
        return _bodies([organisations.get(viewer, int(key))])[0][1]
    except NotFound:
        return key


def places(viewer: Viewer, text: str, on: date) -> list[tuple[str, str]]:
    """Return which divisions may be meant, as far as the viewer drafts contracts there."""
    reach = divisions.reach(viewer, ContractPermission.DRAFT.value)
    found = divisions.search(text, on=on, ranges=reach)
    names = paths(division.code for division in found)
    return [(division.code, names[division.code].full) for division in found]


def is_key(text: str) -> bool:
    """Tell whether a text can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_KEY_DIGITS


def place_of(viewer: Viewer, kind: ReceiverKind, key: int) -> str:
    """Return the division in which a receiver lies."""
    if kind in HOUSEHOLD_KINDS:
        return households.get(viewer, key).division_code
    return organisations.get(viewer, key).division_code
