"""What work can be planned: parcels of signed contracts that promise a link of a season in a window."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from coop.catalogue.models import Link
from coop.catalogue.rules import LinkKind
from coop.contracts.models import AnnexHousehold, AnnexParcel, Contract, MenuLine
from coop.contracts.rules.terms import ContractMode
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.rules.planning import Candidate
from coop.operations.rules.terms import OperationPermission
from coop.parcels.models import Parcel
from coop.parcels.queries import ancestors, successors
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.dates import Period

LAST_DAY = func.coalesce(Contract.terminated_on, Contract.completed_on, Contract.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAsked:
    """Which work, when, and where; with several places, what lies in any of them."""

    season_id: int
    link_id: int
    pass_number: int
    window: Period
    division_codes: tuple[str, ...] = ()
    household_ids: tuple[int, ...] = ()
    parcel_ids: tuple[int, ...] = ()


def candidates(viewer: Viewer, asked: WorkAsked) -> list[Candidate]:
    """Return every parcel on which ``viewer`` may plan the work asked for, those planned already marked.

    A menu promises its own links, or all of them where it holds the whole course; every other contract
    promises all work. A contract speaks whose land is not handed on by a signed downstream one; land that
    was split or merged since stands with its living successors.
    """
    rows = db.session.execute(_statement(viewer, asked)).all()
    found: dict[int, Candidate] = {}
    for one in _living([row._mapping for row in rows]):
        found.setdefault(one.parcel_id, one)
    named = [one for one in found.values() if _is_asked(one, asked)]
    return _marked(named, asked)


def _statement(viewer: Viewer, asked: WorkAsked) -> Select[*tuple[Any, ...]]:
    in_menu = and_(
        MenuLine.contract_id == Contract.id,
        MenuLine.season_id == asked.season_id,
        or_(
            and_(MenuLine.link_id == asked.link_id, MenuLine.passes >= asked.pass_number),
            MenuLine.link_id.in_(select(Link.id).where(Link.kind == LinkKind.WHOLE)),
        ),
    )
    is_own = MenuLine.link_id == asked.link_id
    return (
        select(
            Contract.id.label("contract_id"),
            Contract.number.label("contract_number"),
            Contract.provider_id,
            Contract.provider_name,
            AnnexHousehold.household_id,
            Household.head_name.label("household_name"),
            Household.group_number,
            AnnexParcel.parcel_id,
            AnnexParcel.area,
            Parcel.code.label("parcel_code"),
            Parcel.name.label("parcel_name"),
            Parcel.division_code,
            Parcel.area.label("basis_area"),
            Parcel.closed_on,
            case((is_own, MenuLine.price)).label("price"),
        )
        .select_from(AnnexParcel)
        .join(AnnexHousehold, AnnexHousehold.id == AnnexParcel.annex_household_id)
        .join(Contract, Contract.id == AnnexParcel.contract_id)
        .join(Parcel, Parcel.id == AnnexParcel.parcel_id)
        .join(Household, Household.id == AnnexHousehold.household_id)
        .outerjoin(MenuLine, in_menu)
        .where(
            within(viewer, OperationPermission.PLAN, Parcel.division_code),
            _binding(asked.window),
            or_(Contract.mode != ContractMode.MENU, MenuLine.id.is_not(None)),
            ~_handed_on(asked.window),
            _where(asked),
        )
        .order_by(
            Contract.signed_on.desc(),
            Contract.id.desc(),
            AnnexParcel.id,
            case((is_own, 0), else_=1),
            MenuLine.id,
        )
    )


def _binding(window: Period) -> ColumnElement[bool]:
    """Return the condition that a contract is signed and its term meets the window."""
    return and_(
        Contract.signed_on.is_not(None),
        Contract.voided_at.is_(None),
        Contract.starts_on <= window.end,
        window.start <= LAST_DAY,
    )


def _handed_on(window: Period) -> ColumnElement[bool]:
    """Return the condition that a signed downstream contract has this very parcel in the window."""
    below, annexed = aliased(Contract), aliased(AnnexParcel)
    last_day = func.coalesce(below.terminated_on, below.completed_on, below.ends_on)
    return (
        select(annexed.id)
        .join(below, below.id == annexed.contract_id)
        .where(
            below.upstream_contract_id == Contract.id,
            annexed.parcel_id == AnnexParcel.parcel_id,
            below.signed_on.is_not(None),
            below.voided_at.is_(None),
            below.starts_on <= window.end,
            last_day >= window.start,
        )
        .exists()
    )


def _where(asked: WorkAsked) -> ColumnElement[bool]:
    places: list[ColumnElement[bool]] = []
    for lower, upper in map(code_bounds, asked.division_codes):
        places.append(and_(Parcel.division_code >= lower, Parcel.division_code < upper))
    if asked.household_ids:
        places.append(AnnexHousehold.household_id.in_(asked.household_ids))
    if asked.parcel_ids:
        lines = ancestors(asked.parcel_ids)
        annexed = {*asked.parcel_ids, *(one for line in lines.values() for one in line)}
        places.append(AnnexParcel.parcel_id.in_(annexed))
    return or_(false(), *places)


def _is_asked(one: Candidate, asked: WorkAsked) -> bool:
    bounds = map(code_bounds, asked.division_codes)
    return (
        one.parcel_id in asked.parcel_ids
        or one.household_id in asked.household_ids
        or any(lower <= one.division_code < upper for lower, upper in bounds)
    )


def _living(rows: Sequence[Any]) -> Iterator[Candidate]:
    """Yield the candidates of the annex, what is no more replaced by the living parcels that it went into."""
    closed = {row["parcel_id"] for row in rows if row["closed_on"] is not None}
    shares = successors(closed) if closed else {}
    heirs = _parcels({share.to_id for parts in shares.values() for share in parts})
    merged: dict[tuple[int, int], Candidate] = {}
    for row in rows:
        if row["closed_on"] is None:
            yield _candidate(row, area=min(row["area"], row["basis_area"]))
            continue
        for share in shares.get(row["parcel_id"], ()):
            heir = heirs[share.to_id]
            key = row["contract_id"], heir.id
            before = merged[key].area if key in merged else 0
            merged[key] = _candidate(
                row,
                parcel_id=heir.id,
                parcel_code=heir.code,
                parcel_name=heir.name,
                division_code=heir.division_code,
                basis_area=heir.area,
                area=Mu(min(heir.area, before + share.area)),
            )
    yield from merged.values()


def _candidate(row: Any, **known: Any) -> Candidate:
    names = Candidate.__dataclass_fields__.keys() & row.keys()
    values = {name: row[name] for name in names} | known
    return Candidate(**values | {"contract_number": row["contract_number"] or ""})


def _parcels(ids: Collection[int]) -> dict[int, Parcel]:
    if not ids:
        return {}
    return {row.id: row for row in db.session.scalars(select(Parcel).where(Parcel.id.in_(ids)))}


def _marked(rows: Sequence[Candidate], asked: WorkAsked) -> list[Candidate]:
    codes = {one.division_code for one in rows}
    statement = (
        select(OrderLine.parcel_id, WorkOrder.number, WorkOrder.id)
        .join(WorkOrder, WorkOrder.id == OrderLine.order_id)
        .where(
            OrderLine.season_id == asked.season_id,
            OrderLine.link_id == asked.link_id,
            OrderLine.pass_number == asked.pass_number,
            OrderLine.division_code.in_(codes),
            OrderLine.cancelled_at.is_(None),
        )
    )
    taken = {parcel: (number, order) for parcel, number, order in db.session.execute(statement)}
    before = ancestors([one.parcel_id for one in rows]) if taken else {}
    return [_taken(one, taken, before.get(one.parcel_id, frozenset())) for one in rows]


def _taken(one: Candidate, taken: Mapping[int, tuple[str, int]], before: Collection[int]) -> Candidate:
    """Mark a candidate whose land is in an order already, as itself or as what it was made from."""
    for parcel_id in (one.parcel_id, *sorted(before)):
        if parcel_id in taken:
            number, order_id = taken[parcel_id]
            return replace(one, taken_by=number, taken_order_id=order_id)
    return one
