"""Readers of contracts; every one of them starts from ``visible_to``."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from coop.contracts.models import (
    AnnexHousehold,
    AnnexParcel,
    Contract,
    ContractRevision,
    MenuLine,
)
from coop.contracts.queries.listing import (
    SORTS,
    TOTALS,
    ContractFilter,
    ContractRow,
    conditions,
    find,
    ids,
    in_state,
    means,
    page,
    stream,
    visible_to,
    waiting_in_state,
)
from coop.contracts.queries.sums import AreaSum, by_state, signed_by_month
from coop.contracts.rules.life import ContractState
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import NotFound

__all__ = [
    "SORTS",
    "TOTALS",
    "WHOLE",
    "AreaSum",
    "ContractFilter",
    "ContractRow",
    "by_number",
    "by_state",
    "can_see",
    "conditions",
    "downstream",
    "find",
    "frozen_texts",
    "get",
    "get_head",
    "get_many",
    "ids",
    "in_state",
    "living_downstream",
    "means",
    "page",
    "reload",
    "revision",
    "signed_by_month",
    "stream",
    "visible_to",
    "waiting_in_state",
]

WHOLE: tuple[ORMOption, ...] = (
    joinedload(Contract.receiver_household),
    joinedload(Contract.receiver_organisation),
    joinedload(Contract.provider),
    joinedload(Contract.upstream),
    joinedload(Contract.drafter),
    joinedload(Contract.package),
    joinedload(Contract.rent),
    joinedload(Contract.share),
    selectinload(Contract.dividend),
    selectinload(Contract.menu).options(joinedload(MenuLine.link), joinedload(MenuLine.season)),
    selectinload(Contract.payments),
    selectinload(Contract.standards),
    selectinload(Contract.annex).options(
        joinedload(AnnexHousehold.household),
        joinedload(AnnexHousehold.mandate),
        selectinload(AnnexHousehold.parcels).joinedload(AnnexParcel.parcel).joinedload(Parcel.land_contract),
    ),
    selectinload(Contract.acts),
    selectinload(Contract.revisions),
)
"""What a whole contract is loaded with, in a fixed number of queries."""


def get(viewer: Viewer, contract_id: int) -> Contract:
    """Return one whole contract, or raise ``NotFound``."""
    return _one(select(Contract).where(Contract.id == contract_id, visible_to(viewer)))


def get_many(viewer: Viewer, contract_ids: Sequence[int]) -> list[Contract]:
    """Return whole contracts in the order of their ids; those out of sight are left out."""
    statement = select(Contract).where(Contract.id.in_(contract_ids), visible_to(viewer))
    return list(db.session.scalars(statement.options(*WHOLE).order_by(Contract.id)))


def by_number(viewer: Viewer, number: str) -> Contract:
    """Return the whole contract of a number, or raise ``NotFound``."""
    return _one(select(Contract).where(Contract.number == number, visible_to(viewer)))


def reload(contract_id: int) -> Contract:
    """Return one whole contract as the database now has it, for services that already decided who may."""
    statement = select(Contract).where(Contract.id == contract_id)
    return _one(statement.execution_options(populate_existing=True))


def _one(statement: Select[Contract]) -> Contract:
    found = db.session.scalar(statement.options(*WHOLE))
    if found is None:
        raise NotFound
    return found


def can_see(viewer: Viewer, contract_id: int) -> bool:
    """Tell whether ``viewer`` may see a contract, for its files."""
    statement = select(Contract.id).where(Contract.id == contract_id, visible_to(viewer))
    return db.session.scalar(statement) is not None


def downstream(viewer: Viewer, contract_id: int) -> Sequence[Contract]:
    """Return the contracts that hand on what this one handed over."""
    statement = select(Contract).where(Contract.upstream_contract_id == contract_id, visible_to(viewer))
    return db.session.scalars(statement.order_by(Contract.id)).all()


def living_downstream(contract_id: int, on: date) -> Sequence[Contract]:
    """Return the submitted or signed contracts that rest on this one, wherever they lie."""
    living = [ContractState.SUBMITTED, ContractState.APPROVED, ContractState.SIGNED, ContractState.IN_FORCE]
    statement = select(Contract).where(
        Contract.upstream_contract_id == contract_id, or_(*(in_state(state, on) for state in living))
    )
    return db.session.scalars(statement.order_by(Contract.id)).all()


def revision(contract_id: int, number: int) -> ContractRevision:
    """Return a frozen text of a contract that the caller was let into, or raise ``NotFound``."""
    statement = select(ContractRevision).where(
        ContractRevision.contract_id == contract_id, ContractRevision.number == number
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def get_head(viewer: Viewer, contract_id: int) -> Contract:
    """Return the row of a contract without its terms, or raise ``NotFound``, for its papers."""
    found = db.session.scalar(select(Contract).where(Contract.id == contract_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def frozen_texts(viewer: Viewer, contract_ids: Sequence[int]) -> list[tuple[Contract, str]]:
    """Return contracts with their frozen texts in the order of their ids; those without one are left out."""
    statement = (
        select(Contract, ContractRevision.snapshot)
        .join(
            ContractRevision,
            and_(ContractRevision.contract_id == Contract.id, ContractRevision.number == Contract.revision),
        )
        .where(Contract.id.in_(contract_ids), visible_to(viewer), Contract.approved_at.is_not(None))
        .order_by(Contract.id)
    )
    return [(contract, text) for contract, text in db.session.execute(statement)]
