"""Readers of organisations; every one of them starts from ``visible_to``."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, inspect, or_, select
from sqlalchemy.orm import selectinload

from coop.organisations.models import Organisation, OrganisationSuffix
from coop.organisations.rules import OrganisationKind, OrganisationPermission
from foundation.access.grants import CODE_LENGTH, Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.base import Base
from foundation.database.engine import db
from foundation.database.findable import begins
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions import queries as divisions
from foundation.errors import NotFound
from foundation.identity.written import compact
from foundation.journal.queries import of_subject
from foundation.names.suffixes import search_key
from foundation.wording import Term

CREDIT_CODE_LENGTH = 18
NOWHERE = "000000000001"
"""A code that no division has: what a list is narrowed to when nothing was found by a name."""

SORTS = {
    "division_code": (Organisation.division_code, Organisation.name, Organisation.id),
    "name": (Organisation.name, Organisation.id),
    "id": (Organisation.id,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    kind: OrganisationKind | None = None
    division_code: str = ""
    is_provider: bool = False
    with_closed: bool = False
    ids: tuple[int, ...] = ()


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that an organisation lies where ``viewer`` may see organisations."""
    return within(viewer, OrganisationPermission.VIEW, Organisation.division_code)


def listed_provider(on: date) -> ColumnElement[bool]:
    """Return the condition that an organisation is a provider of the directory on that day."""
    return and_(
        Organisation.closed_on.is_(None),
        Organisation.listed_on <= on,
        or_(Organisation.removed_on.is_(None), Organisation.removed_on > on),
    )


def conditions(viewer: Viewer, asked: OrganisationFilter, on: date) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export or a picker of organisations must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        found.append(matches(asked.text))
    if asked.kind:
        found.append(Organisation.kind == asked.kind)
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Organisation.division_code >= lower, Organisation.division_code < upper))
    if asked.is_provider:
        found.append(listed_provider(on))
    if not asked.with_closed and not asked.ids:
        found.append(Organisation.closed_on.is_(None))
    if asked.ids:
        found.append(Organisation.id.in_(asked.ids))
    return found


def matches(text: str) -> ColumnElement[bool]:
    """Return the condition that ``text`` means an organisation: part of a name, initials, credit code."""
    key = search_key(text)
    named = select(OrganisationSuffix.organisation_id).where(begins(OrganisationSuffix.suffix, key))
    condition: ColumnElement[bool] = Organisation.id.in_(named)
    code = compact(text)
    if len(code) == CREDIT_CODE_LENGTH:
        condition = or_(condition, Organisation.credit_code == code)
    return condition


def page(viewer: Viewer, asked: OrganisationFilter, on: date, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list."""
    key, descending = order
    statement = select(Organisation).where(*conditions(viewer, asked, on))
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)


def all_of(viewer: Viewer, asked: OrganisationFilter, on: date) -> Sequence[Organisation]:
    """Return all organisations asked for, with the divisions they serve, in the order of their divisions."""
    statement = select(Organisation).where(*conditions(viewer, asked, on)).order_by(*SORTS["division_code"])
    return db.session.scalars(statement.options(selectinload(Organisation.service_divisions))).all()


def get(viewer: Viewer, organisation_id: int) -> Organisation:
    """Return one organisation with the divisions it serves, or raise ``NotFound``."""
    statement = select(Organisation).where(Organisation.id == organisation_id, visible_to(viewer))
    found = db.session.scalar(statement.options(selectinload(Organisation.service_divisions)))
    if found is None:
        raise NotFound
    return found


def find(
    viewer: Viewer,
    text: str,
    on: date,
    *,
    kinds: Sequence[OrganisationKind] = (),
    providers_only: bool = False,
    limit: int = 20,
) -> Sequence[Organisation]:
    """Return the open organisations that ``text`` may mean, for pickers."""
    asked = OrganisationFilter(text=text, is_provider=providers_only)
    statement = select(Organisation).where(*conditions(viewer, asked, on))
    if kinds:
        statement = statement.where(Organisation.kind.in_(kinds))
    return db.session.scalars(statement.order_by(*SORTS["division_code"]).limit(limit)).all()


def twin_of(
    credit_code: str | None, name: str, kind: OrganisationKind, division_code: str
) -> Organisation | None:
    """Return the organisation that these particulars already name: by credit code, else by name and place."""
    if credit_code:
        found = db.session.scalar(select(Organisation).where(Organisation.credit_code == credit_code))
        if found is not None:
            return found
    same = and_(
        Organisation.name == name, Organisation.kind == kind, Organisation.division_code == division_code
    )
    without = Organisation.credit_code.is_(None) if credit_code else Organisation.id > 0
    return db.session.scalar(select(Organisation).where(same, without).limit(1))


def namesakes(credit_codes: Collection[str], names: Collection[str]) -> Sequence[Organisation]:
    """Return the organisations that bear one of these credit codes or names, wherever they lie."""
    named = or_(Organisation.credit_code.in_(credit_codes), Organisation.name.in_(names))
    statement = select(Organisation).where(named).options(selectinload(Organisation.service_divisions))
    return db.session.scalars(statement).all()


def get_for_change(organisation_id: int) -> Organisation:
    """Return an organisation that an import matched, with the divisions it serves, or raise ``NotFound``."""
    statement = select(Organisation).where(Organisation.id == organisation_id)
    found = db.session.scalar(statement.options(selectinload(Organisation.service_divisions)))
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One act on a row, as the journal tells it: when, who, what (source text) and why."""

    at: datetime
    who: str
    act: str
    reason: str


def history_of(row: Base, acts: type[Term]) -> list[HistoryLine]:
    """Return the latest acts on a row, newest first."""
    labels = {act.value: act.label for act in acts}
    return [
        HistoryLine(
            at=entry.at, who=entry.actor_name, act=labels.get(entry.act, entry.act), reason=entry.reason
        )
        for entry in of_subject(row.__tablename__, _key(row))
    ]


def last_hand(row: Base) -> str:
    """Return who acted on a row last, for whoever comes second."""
    latest = of_subject(row.__tablename__, _key(row), size=1)
    return latest[0].actor_name if latest else ""


def _key(row: Base) -> str:
    return "-".join(map(str, inspect(row).identity or ()))


def divisions_for(viewer: Viewer, permission: Term, on: date) -> Callable[[str], list[tuple[str, str]]]:
    """Return the search of a division field: codes and paths where ``viewer`` holds ``permission``."""

    def find(text: str) -> list[tuple[str, str]]:
        found = divisions.search(text, on=on, ranges=divisions.reach(viewer, permission.value))
        ways = divisions.paths(division.code for division in found)
        return [(division.code, ways[division.code].short) for division in found]

    return find


def division_asked(viewer: Viewer, permission: Term, text: str | None, on: date) -> str:
    """Return the code a list shall be narrowed to: a code as it is, a name if it means one division."""
    if not text:
        return ""
    first = text.split(maxsplit=1)[0]
    if len(first) == CODE_LENGTH and first.isdigit():
        return first
    found = divisions_for(viewer, permission, on)(text)
    return found[0][0] if found else NOWHERE
