"""Readers of parcels and land contracts; every one of them starts from ``visible_to``."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, and_, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from coop.households.models import Household
from coop.households.queries import matches as household_matches
from coop.parcels.models import LandContract, Parcel, ParcelOutline
from coop.parcels.queries.lineage import CHUNK, ancestors, descendants, heirs_of, kin, sources_of, successors
from coop.parcels.rules import LandClass, ParcelPermission
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound
from foundation.identity.written import compact
from foundation.values.area import Mu
from foundation.wording import Term

__all__ = [
    "ParcelFilter",
    "all_of",
    "ancestors",
    "by_code",
    "by_codes",
    "by_ids",
    "conditions",
    "descendants",
    "get",
    "heirs_of",
    "joinable",
    "kin",
    "land_contract_by_code",
    "land_contracts_by_codes",
    "land_contracts_in",
    "land_contracts_of",
    "matches",
    "mu_by_division",
    "next_codes",
    "of_households",
    "outlined_in",
    "outlines_of",
    "page",
    "parcels_in",
    "sources_of",
    "successors",
    "visible_to",
]

SHORTEST_CODE_START = 6
LONGEST_CODE = 19
LAST_SERIAL = 99_999

SORTS = {
    "code": (Parcel.division_code, Parcel.code, Parcel.id),
    "area": (Parcel.area, Parcel.id),
    "name": (Parcel.name, Parcel.id),
}

_WHOLE = (joinedload(Parcel.household), joinedload(Parcel.land_contract), selectinload(Parcel.areas))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    division_code: str = ""
    group_number: int | None = None
    land_class: LandClass | None = None
    with_closed: bool = False
    household_id: int | None = None
    ids: tuple[int, ...] = ()


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a parcel lies where ``viewer`` may see parcels."""
    return within(viewer, ParcelPermission.VIEW, Parcel.division_code)


def matches(text: str) -> ColumnElement[bool]:
    """Return the condition that ``text`` means a parcel: its code or a start of it, name, holder."""
    code = compact(text)
    holders = select(Household.id).where(household_matches(text))
    found = [
        select(Parcel.id).where(Parcel.household_id.in_(holders)),
        select(Parcel.id).where(Parcel.name == text.strip()),
    ]
    if code.isdigit() and SHORTEST_CODE_START <= len(code) <= LONGEST_CODE:
        found.append(select(Parcel.id).where(Parcel.code >= code, Parcel.code < code + ":"))
    return Parcel.id.in_(union_all(*found))


def conditions(viewer: Viewer, asked: ParcelFilter) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export or a picker of parcels must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        found.append(matches(asked.text))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Parcel.division_code >= lower, Parcel.division_code < upper))
    if asked.group_number is not None:
        in_group = select(Household.id).where(Household.group_number == asked.group_number)
        found.append(Parcel.household_id.in_(in_group))
    if asked.household_id:
        found.append(Parcel.household_id == asked.household_id)
    if asked.land_class:
        found.append(Parcel.land_class == asked.land_class)
    if not asked.with_closed and not asked.ids:
        found.append(Parcel.closed_on.is_(None))
    if asked.ids:
        found.append(Parcel.id.in_(asked.ids))
    return found


def page(viewer: Viewer, asked: ParcelFilter, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list with its holders, and the mu of everything asked for."""
    key, descending = order
    statement = select(Parcel).where(*conditions(viewer, asked)).options(joinedload(Parcel.household))
    totals = {
        "area": Parcel.area,
        "title_area": Parcel.title_area,
        "contract_area": Parcel.contract_area,
        "measured_area": Parcel.measured_area,
    }
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut, totals)


def all_of(viewer: Viewer, asked: ParcelFilter, permission: Term) -> Sequence[Parcel]:
    """Return all parcels asked for with their holders where ``viewer`` holds ``permission``, by code."""
    here = within(viewer, permission, Parcel.division_code)
    statement = select(Parcel).where(here, *conditions(viewer, asked)).options(joinedload(Parcel.household))
    return db.session.scalars(statement.order_by(*SORTS["code"])).all()


def get(viewer: Viewer, parcel_id: int) -> Parcel:
    """Return one parcel with its holder, contract and ledger, or raise ``NotFound``."""
    statement = select(Parcel).where(Parcel.id == parcel_id, visible_to(viewer))
    found = db.session.scalar(
        statement.options(
            joinedload(Parcel.household),
            joinedload(Parcel.issuer),
            joinedload(Parcel.land_contract),
            selectinload(Parcel.areas),
        )
    )
    if found is None:
        raise NotFound
    return found


def of_households(viewer: Viewer, household_ids: Sequence[int]) -> dict[int, list[Parcel]]:
    """Return the open parcels of several households by household, in one query, as far as ``viewer`` sees."""
    statement = (
        select(Parcel)
        .where(visible_to(viewer), Parcel.household_id.in_(household_ids), Parcel.closed_on.is_(None))
        .options(joinedload(Parcel.land_contract))
        .order_by(Parcel.code)
    )
    found: dict[int, list[Parcel]] = {household_id: [] for household_id in household_ids}
    for parcel in db.session.scalars(statement):
        found[parcel.household_id or 0].append(parcel)
    return found


def land_contracts_of(viewer: Viewer, household_id: int) -> Sequence[LandContract]:
    """Return the land contracts of one household."""
    here = within(viewer, ParcelPermission.VIEW, LandContract.division_code)
    statement = select(LandContract).where(here, LandContract.household_id == household_id)
    return db.session.scalars(statement.order_by(LandContract.code)).all()


def by_code(code: str) -> Parcel | None:
    """Return the parcel of a code with its holder, wherever it lies."""
    statement = select(Parcel).where(Parcel.code == code).options(joinedload(Parcel.household))
    return db.session.scalar(statement)


def next_codes(issuer_code: str, count: int) -> list[str]:
    """Return the next free codes of parcels under an issuer: behind the last one, then in the gaps."""
    used = select(Parcel.code).where(Parcel.code > issuer_code, Parcel.code < issuer_code + ":")
    last = db.session.scalar(used.order_by(Parcel.code.desc()).limit(1))
    first = int(last[len(issuer_code) :]) + 1 if last else 1
    found = [f"{issuer_code}{serial:05d}" for serial in range(first, first + count) if serial <= LAST_SERIAL]
    if len(found) < count:
        taken = set(db.session.scalars(used))
        free = (f"{issuer_code}{serial:05d}" for serial in range(1, LAST_SERIAL + 1))
        found = [*islice((code for code in free if code not in taken), count)]
    return found


def joinable(parcel: Parcel) -> Sequence[Parcel]:
    """Return the living parcels that a parcel may be merged with: same holder, contract, issuer and class."""
    statement = select(Parcel).where(
        Parcel.id != parcel.id,
        Parcel.closed_on.is_(None),
        Parcel.code > parcel.code[:14],
        Parcel.code < parcel.code[:14] + ":",
        Parcel.land_class == parcel.land_class,
        Parcel.household_id.is_not_distinct_from(parcel.household_id),
        Parcel.land_contract_id.is_not_distinct_from(parcel.land_contract_id),
        Parcel.basis == parcel.basis,
        Parcel.area > 0,
    )
    return db.session.scalars(statement.options(selectinload(Parcel.areas)).order_by(Parcel.code)).all()


def outlines_of(ids: Collection[int]) -> dict[int, ParcelOutline]:
    """Return the outlines of parcels, as far as they have one."""
    found: dict[int, ParcelOutline] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        asked = select(ParcelOutline).where(ParcelOutline.parcel_id.in_(ordered[start : start + CHUNK]))
        found |= {row.parcel_id: row for row in db.session.scalars(asked)}
    return found


def outlined_in(viewer: Viewer, code: str) -> Iterator[tuple[Parcel, ParcelOutline]]:
    """Yield the open parcels of a division and all below it that have an outline, for its export."""
    lower, upper = code_bounds(code)
    statement = (
        select(Parcel, ParcelOutline)
        .join(ParcelOutline, ParcelOutline.parcel_id == Parcel.id)
        .where(
            within(viewer, ParcelPermission.EXPORT, Parcel.division_code),
            Parcel.division_code >= lower,
            Parcel.division_code < upper,
            Parcel.closed_on.is_(None),
        )
        .order_by(*SORTS["code"])
    )
    for row in db.session.execute(statement, execution_options={"yield_per": 1000}):
        yield row[0], row[1]


def mu_by_division(viewer: Viewer) -> dict[str, Mu]:
    """Return the mu of open parcels per village by their settlement basis, as far as ``viewer`` sees."""
    summed = (
        select(Parcel.division_code, func.sum(Parcel.area))
        .where(visible_to(viewer), Parcel.closed_on.is_(None))
        .group_by(Parcel.division_code)
    )
    return {code: Mu(int(area)) for code, area in db.session.execute(summed)}


def land_contract_by_code(code: str | None) -> LandContract | None:
    """Return the land contract of a code, wherever it lies."""
    return db.session.scalar(select(LandContract).where(LandContract.code == code)) if code else None


def by_codes(codes: Collection[str]) -> dict[str, Parcel]:
    """Return the parcels of many codes with holder, contract and ledger, wherever they lie."""
    asked = select(Parcel).where(Parcel.code.in_(codes)).options(*_WHOLE)
    return {one.code: one for one in db.session.scalars(asked)} if codes else {}


def by_ids(ids: Collection[int]) -> dict[int, Parcel]:
    """Return the parcels of many keys with their ledgers, for an import that matched them."""
    asked = select(Parcel).where(Parcel.id.in_(ids)).options(*_WHOLE)
    return {one.id: one for one in db.session.scalars(asked)} if ids else {}


def land_contracts_by_codes(codes: Collection[str]) -> dict[str, LandContract]:
    """Return the land contracts of many codes, wherever they lie."""
    asked = select(LandContract).where(LandContract.code.in_(codes))
    return {one.code: one for one in db.session.scalars(asked)} if codes else {}


def land_contracts_in(viewer: Viewer, code: str) -> Sequence[LandContract]:
    """Return the land contracts of a division and all below it, for the register's export."""
    lower, upper = code_bounds(code)
    statement = select(LandContract).where(
        within(viewer, ParcelPermission.EXPORT, LandContract.division_code),
        LandContract.division_code >= lower,
        LandContract.division_code < upper,
    )
    return db.session.scalars(statement.order_by(LandContract.code)).all()


def parcels_in(viewer: Viewer, code: str) -> Iterator[Parcel]:
    """Yield the open parcels of a division and all below it with their ledgers, for the register's export."""
    lower, upper = code_bounds(code)
    statement = (
        select(Parcel)
        .where(
            within(viewer, ParcelPermission.EXPORT, Parcel.division_code),
            Parcel.division_code >= lower,
            Parcel.division_code < upper,
            Parcel.closed_on.is_(None),
        )
        .options(*_WHOLE)
        .order_by(*SORTS["code"])
    )
    yield from db.session.scalars(statement, execution_options={"yield_per": 1000})
