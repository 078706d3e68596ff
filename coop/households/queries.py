"""Readers of households; every one of them starts from ``visible_to``."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import selectinload

from coop.households.models import Household, HouseholdMember, HouseholdSuffix, Issuer
from coop.households.rules import HouseholdLabel, HouseholdPermission, HouseholdStatus, PartyKind
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.findable import begins
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions import queries as divisions
from foundation.errors import InvalidValue, NotFound
from foundation.identity.phone import parse_phone
from foundation.identity.written import compact
from foundation.names.suffixes import search_key
from foundation.secrets.keyring import blind_index, tail_index
from foundation.wording import Term

_TAIL = re.compile(r"\d{3}[\dX]", re.ASCII)
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_CODE_START = re.compile(r"\d{6,18}", re.ASCII)
_PHONE = re.compile(r"[\d+]\d{6,14}", re.ASCII)

SORTS = {
    "division_code": (Household.division_code, Household.group_number, Household.id),
    "head_name": (Household.head_name, Household.id),
    "id": (Household.id,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFilter:
    """What a reader of the list asks for; empty fields do not narrow."""

    text: str = ""
    division_code: str = ""
    group_number: int | None = None
    party_kind: PartyKind | None = None
    status: HouseholdStatus | None = HouseholdStatus.ACTIVE
    large_only: bool = False
    ids: tuple[int, ...] = ()


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a household lies where ``viewer`` may see households."""
    return within(viewer, HouseholdPermission.VIEW, Household.division_code)


def matches(text: str) -> ColumnElement[bool]:
    """Return the condition that a household is meant by ``text``.

    A name or a part of it, its initials, the household code or its beginning, the whole ID of the head or
    of a member, the ID's last four, or a telephone number: each is one lookup in an index.
    """
    key, number = search_key(text), compact(text)
    named = select(HouseholdSuffix.household_id).where(begins(HouseholdSuffix.suffix, key))
    found = [named]
    if _CODE_START.fullmatch(number):
        found.append(_ids(and_(Household.code >= number, Household.code < number + ":")))
    if _ID.fullmatch(number):
        index = blind_index(number)
        found.append(select(HouseholdMember.household_id).where(HouseholdMember.id_index == index))
        found.append(_ids(Household.id_index == index))
    if _TAIL.fullmatch(number):
        found.append(_ids(Household.id_tail_index == tail_index(number)))
    if _PHONE.fullmatch(number):
        found.append(_ids(Household.phone_index == blind_index(_phone(text))))
    return Household.id.in_(union_all(*found))


def _ids(condition: ColumnElement[bool]) -> Select[int]:
    return select(Household.id).where(condition)


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except InvalidValue:
        return text


def conditions(viewer: Viewer, asked: HouseholdFilter) -> list[ColumnElement[bool]]:
    """Return everything that a list, an export or a picker of households must hold to."""
    found = [visible_to(viewer)]
    if asked.text:
        found.append(matches(asked.text))
    if asked.division_code:
        lower, upper = code_bounds(asked.division_code)
        found.append(and_(Household.division_code >= lower, Household.division_code < upper))
    if asked.group_number is not None:
        found.append(Household.group_number == asked.group_number)
    if asked.party_kind:
        found.append(Household.party_kind == asked.party_kind)
    if asked.status:
        found.append(Household.status == asked.status)
    if asked.large_only:
        found.append(Household.is_large_operator.is_(True))
    if asked.ids:
        found.append(Household.id.in_(asked.ids))
    return found


def page(viewer: Viewer, asked: HouseholdFilter, order: tuple[str, bool], cut: Cut) -> Page:
    """Return one page of the list."""
    key, descending = order
    statement = select(Household).where(*conditions(viewer, asked))
    return fetch_page(db.session(), statement, Sort(columns=SORTS[key], descending=descending), cut)


def all_of(viewer: Viewer, asked: HouseholdFilter, permission: Term) -> Sequence[Household]:
    """Return all households asked for where ``viewer`` holds ``permission``, in the order of the register."""
    here = within(viewer, permission, Household.division_code)
    statement = select(Household).where(here, *conditions(viewer, asked))
    return db.session.scalars(statement.order_by(*SORTS["division_code"])).all()


def find(viewer: Viewer, text: str, *, division_code: str = "", limit: int = 20) -> Sequence[Household]:
    """Return the active households that ``text`` may mean, nearest in the register first."""
    asked = HouseholdFilter(text=text, division_code=division_code)
    statement = select(Household).where(*conditions(viewer, asked))
    return db.session.scalars(statement.order_by(*SORTS["division_code"]).limit(limit)).all()


def get(viewer: Viewer, household_id: int) -> Household:
    """Return one household with its family and issuer, or raise ``NotFound``."""
    statement = select(Household).where(Household.id == household_id, visible_to(viewer))
    found = db.session.scalar(
        statement.options(selectinload(Household.members), selectinload(Household.issuer))
    )
    if found is None:
        raise NotFound
    return found


def get_many(viewer: Viewer, ids: Sequence[int]) -> Sequence[Household]:
    """Return the households of ``ids`` that ``viewer`` may see, in the order of the register."""
    statement = select(Household).where(Household.id.in_(ids), visible_to(viewer))
    return db.session.scalars(statement.order_by(*SORTS["division_code"])).all()


def by_code(code: str | None) -> Household | None:
    """Return the household of a contractor code, wherever it lies."""
    return db.session.scalar(select(Household).where(Household.code == code)) if code else None


def by_id_number(number: str | None) -> Sequence[Household]:
    """Return the households whose head bears an ID number, wherever they lie."""
    if not number:
        return ()
    return db.session.scalars(select(Household).where(Household.id_index == blind_index(number))).all()


def issuer_by_code(code: str) -> Issuer | None:
    """Return the issuer of a 14-character code."""
    return db.session.scalar(select(Issuer).where(Issuer.code == code))


def issuers_visible_to(viewer: Viewer) -> Sequence[Issuer]:
    """Return the issuers that lie where ``viewer`` may see households."""
    here = within(viewer, HouseholdPermission.VIEW, Issuer.division_code)
    return db.session.scalars(select(Issuer).where(here).order_by(Issuer.code)).all()


def count_by_division(viewer: Viewer) -> dict[str, int]:
    """Return how many active households each village has, as far as ``viewer`` sees."""
    counted = (
        select(Household.division_code, func.count())
        .where(visible_to(viewer), Household.status == HouseholdStatus.ACTIVE)
        .group_by(Household.division_code)
    )
    return {code: number for code, number in db.session.execute(counted)}  # noqa: C416 - rows, typed


def issuers_by_codes(codes: Collection[str]) -> dict[str, Issuer]:
    """Return the issuers of many codes, wherever they lie."""
    found = db.session.scalars(select(Issuer).where(Issuer.code.in_(codes))) if codes else ()
    return {issuer.code: issuer for issuer in found}


def held_by(
    codes: Collection[str], id_indexes: Collection[bytes] = (), names: Collection[str] = ()
) -> Sequence[Household]:
    """Return the households that bear one of these codes or names, or whose head bears one of these IDs."""
    if not codes and not id_indexes and not names:
        return ()
    named = or_(Household.code.in_(codes), Household.id_index.in_(id_indexes), Household.head_name.in_(names))
    return db.session.scalars(select(Household).where(named)).all()


def ids_by_codes(codes: Collection[str]) -> dict[str, int]:
    """Return the keys of the households of many codes, wherever they lie."""
    if not codes:
        return {}
    pairs = select(Household.code, Household.id).where(Household.code.in_(codes))
    return {code: key for code, key in db.session.execute(pairs) if code is not None}


def members_of(household_ids: Collection[int]) -> dict[int, list[HouseholdMember]]:
    """Return the family members of many households, by household."""
    found: dict[int, list[HouseholdMember]] = {}
    if household_ids:
        asked = select(HouseholdMember).where(HouseholdMember.household_id.in_(household_ids))
        for member in db.session.scalars(asked.order_by(HouseholdMember.id)):
            found.setdefault(member.household_id, []).append(member)
    return found


def by_ids(ids: Collection[int]) -> dict[int, Household]:
    """Return the households of many keys, for an import that matched them."""
    return {one.id: one for one in db.session.scalars(select(Household).where(Household.id.in_(ids)))}


def members_by_ids(ids: Collection[int]) -> dict[int, HouseholdMember]:
    """Return the family members of many keys, for an import that matched them."""
    asked = select(HouseholdMember).where(HouseholdMember.id.in_(ids))
    return {one.id: one for one in db.session.scalars(asked)}


def issuers_by_ids(ids: Collection[int]) -> dict[int, Issuer]:
    """Return the issuers of many keys, for an import that matched them."""
    return {one.id: one for one in db.session.scalars(select(Issuer).where(Issuer.id.in_(ids)))}


def labels(households: Iterable[Household]) -> dict[int, HouseholdLabel]:
    """Return what tells namesakes apart, for many households in one query."""
    known = list(households)
    ways = divisions.paths(one.division_code for one in known)
    return {one.id: one.label(ways[one.division_code].name) for one in known}


def issuers_in(viewer: Viewer, permission: Term, code: str) -> Sequence[Issuer]:
    """Return the issuers of a division and all below it where ``viewer`` holds ``permission``."""
    here = _in(viewer, permission, Issuer.division_code, code)
    return db.session.scalars(select(Issuer).where(here).order_by(Issuer.code)).all()


def households_in(viewer: Viewer, permission: Term, code: str) -> Iterator[Household]:
    """Yield the active households of a division and all below it where ``viewer`` holds ``permission``."""
    here = _in(viewer, permission, Household.division_code, code)
    statement = select(Household).where(here, Household.status == HouseholdStatus.ACTIVE)
    ordered = statement.order_by(Household.division_code, Household.code, Household.id)
    yield from db.session.scalars(ordered, execution_options={"yield_per": 1000})


def members_in(viewer: Viewer, permission: Term, place: str) -> Iterator[tuple[str, HouseholdMember]]:
    """Yield household codes and members of a division where ``viewer`` holds ``permission``."""
    here = _in(viewer, permission, Household.division_code, place)
    statement = (
        select(Household.code, HouseholdMember)
        .join(HouseholdMember.household)
        .where(here, Household.code.is_not(None), Household.status == HouseholdStatus.ACTIVE)
        .order_by(Household.code, HouseholdMember.id)
    )
    pairs = db.session.execute(statement, execution_options={"yield_per": 1000})
    yield from ((code, member) for code, member in pairs if code is not None)


def _in(viewer: Viewer, permission: Term, column: Any, code: str) -> ColumnElement[bool]:
    lower, upper = code_bounds(code)
    return and_(within(viewer, permission, column), column >= lower, column < upper)
