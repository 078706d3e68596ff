"""Readers of operators."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from coop.machinery.models import Operator
from coop.machinery.queries.scope import in_division, of_provider, visible_to, with_licence
from coop.machinery.rules import LicenceAsked, MachineryPermission
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import InvalidValue, NotFound
from foundation.identity.phone import parse_phone
from foundation.secrets.keyring import blind_index

SORTS = {
    "name": (Operator.name, Operator.id),
    "division_code": (Operator.division_code, Operator.id),
}
_PARTIES = (joinedload(Operator.provider), joinedload(Operator.employer))


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    provider: str = ""
    division_code: str = ""
    licence: LicenceAsked | None = None
    subcontracted: bool = False
    with_closed: bool = False
    ids: tuple[int, ...] = ()


def _conditions(viewer: Viewer, asked: OperatorFilter, on: date) -> list[ColumnElement[bool]]:
    found = [visible_to(viewer, Operator)]
    if asked.text:
        found.append(_means(asked.text))
    if asked.provider:
        found.append(of_provider(Operator, asked.provider))
    if asked.division_code:
        found.append(in_division(Operator, asked.division_code))
    if asked.licence:
        found.append(with_licence(Operator, asked.licence, on))
    if asked.subcontracted:
        found.append(Operator.employer_id.is_not(None))
    if not asked.with_closed and not asked.ids:
        found.append(Operator.closed_on.is_(None))
    if asked.ids:
        found.append(Operator.id.in_(asked.ids))
    return found


def _means(text: str) -> ColumnElement[bool]:
    """Return the condition that a text is a part of the name, a licence number or a telephone."""
    named = or_(Operator.name.contains(text, autoescape=True), Operator.licence_number == text)
    try:
        return or_(named, Operator.phone_index == blind_index(parse_phone(text)))
    except InvalidValue:
        return named


def operators_page(
    viewer: Viewer, asked: OperatorFilter, on: date, order: tuple[str, bool], cut: Cut
) -> Page:
    """Return one page of the list."""
    key, descending = order
    statement = select(Operator).where(*_conditions(viewer, asked, on)).options(*_PARTIES)
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)


def operators_stream(viewer: Viewer, asked: OperatorFilter, on: date) -> Iterator[Operator]:
    """Yield every operator asked for that the viewer may take out of the house."""
    takes = visible_to(viewer, Operator, MachineryPermission.EXPORT)
    statement = select(Operator).where(takes, *_conditions(viewer, asked, on)).options(*_PARTIES)
    yield from db.session.scalars(statement.order_by(Operator.division_code, Operator.id))


def operators_for(viewer: Viewer, provider_id: int) -> Sequence[Operator]:
    """Return the people who drive for a provider at present, for pickers."""
    statement = select(Operator).where(
        visible_to(viewer, Operator), Operator.provider_id == provider_id, Operator.closed_on.is_(None)
    )
    return db.session.scalars(statement.order_by(Operator.name, Operator.id).options(*_PARTIES)).all()


def operator_of(account_id: int) -> Operator | None:
    """Return the operator whose account this is and who drives at present: whose orders the phone shows."""
    return db.session.scalar(
        select(Operator).where(Operator.account_id == account_id, Operator.closed_on.is_(None))
    )


def get_operator(viewer: Viewer, operator_id: int) -> Operator:
    """Return an operator in sight with provider and employer, or raise ``NotFound``."""
    statement = select(Operator).where(Operator.id == operator_id, visible_to(viewer, Operator))
    found = db.session.scalar(statement.options(*_PARTIES))
    if found is None:
        raise NotFound
    return found


def operator_for_change(operator_id: int) -> Operator:
    """Return an operator that an import matched, or raise ``NotFound``."""
    found = db.session.scalar(select(Operator).where(Operator.id == operator_id).options(*_PARTIES))
    if found is None:
        raise NotFound
    return found


def operator_of_licence(number: str, provider_id: int, but: int | None = None) -> Operator | None:
    """Return another operator of a provider who bears a licence."""
    statement = select(Operator).where(Operator.licence_number == number, Operator.provider_id == provider_id)
    return db.session.scalar((statement if but is None else statement.where(Operator.id != but)).limit(1))


def operators_named(provider_ids: Collection[int]) -> Sequence[Operator]:
    """Return all operators of these providers, for matching the rows of a spreadsheet."""
    statement = select(Operator).where(Operator.provider_id.in_(provider_ids)).options(*_PARTIES)
    return db.session.scalars(statement).all()


def account_holder(account_id: int) -> Operator | None:
    """Return the operator, in use or not, to whom an account is bound."""
    return db.session.scalar(select(Operator).where(Operator.account_id == account_id))
