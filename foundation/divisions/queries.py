"""Finding divisions: by code, below another, by any part of a name, and where a posting reaches."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from foundation.access.grants import CodeRange, Viewer, code_bounds, code_prefix
from foundation.database.engine import db
from foundation.database.findable import begins
from foundation.divisions import rules
from foundation.divisions.models import Division, DivisionAlias, DivisionSuffix, VillagerGroup
from foundation.divisions.rules import COUNTY_DIGITS, Alias, DivisionLevel, DivisionPath
from foundation.errors import InvalidValue, NotFound
from foundation.names.suffixes import search_key

FOUND_AT_MOST = 20


class UnknownDivision(InvalidValue):
    """没有编码为 %(code)s 的行政区划；请从列表中选择，或请系统管理员先登记该区划。"""


class DivisionNotInForce(InvalidValue):
    """行政区划 %(name)s(%(code)s)在 %(on)s 不在使用期内；请选择当时使用的区划。"""


def find(code: str) -> Division | None:
    """Return the division of a code, in force or not."""
    return db.session.get(Division, code)


def get(code: str) -> Division:
    """Return the division of a code, or raise ``NotFound``."""
    division = find(code)
    if division is None:
        raise NotFound
    return division


def get_in_force(code: str, on: date) -> Division:
    """Return the division of a code that exists on the day; refuse any other with a sentence."""
    division = find(code)
    if division is None:
        raise UnknownDivision(code=code)
    if not division.is_in_force(on):
        raise DivisionNotInForce(name=division.spoken_name, code=code, on=on)
    return division


def children(parent_code: str | None, on: date | None = None) -> Sequence[Division]:
    """Return the divisions right below another (or the provinces); with a day only those in force."""
    below = select(Division).where(Division.parent_code == parent_code).order_by(Division.code)
    return db.session.scalars(below if on is None else below.where(_in_force(on))).all()


def known_above(code: str) -> Sequence[str]:
    """Return the codes of the registered divisions above ``code``, the province first."""
    above = select(Division.code).where(Division.code.in_(rules.ancestors(code))).order_by(Division.code)
    return db.session.scalars(above).all()


def is_reached(code: str, ranges: Sequence[CodeRange]) -> bool:
    """Tell whether a division lies in one of the ranges, their dates left aside."""
    return any(r.lower <= code < r.upper for r in ranges)


def children_within(parent_code: str | None, ranges: Sequence[CodeRange], on: date) -> list[Division]:
    """Return the divisions below a parent that lie within reach or lead there: one step of a cascade."""
    return [
        child
        for child in children(parent_code, on)
        if is_reached(child.code, ranges) or any(_leads_to(child.code, r) for r in ranges)
    ]


def _leads_to(code: str, r: CodeRange) -> bool:
    lower, upper = code_bounds(code)
    return lower <= r.lower < upper


def villages_below(code: str, on: date) -> Sequence[Division]:
    """Return the villages in and below a division on a day."""
    lower, upper = code_bounds(code)
    below = select(Division).where(
        Division.code >= lower, Division.code < upper, Division.level == DivisionLevel.VILLAGE, _in_force(on)
    )
    return db.session.scalars(below.order_by(Division.code)).all()


def paths(codes: Iterable[str]) -> dict[str, DivisionPath]:
    """Return the ways to many divisions in one query; an unknown code stands for itself."""
    wanted = set(codes)
    chains = {code: (*rules.ancestors(code), code) for code in wanted}
    needed = {code for chain in chains.values() for code in chain}
    rows = (
        db.session.execute(select(Division.code, Division.name).where(Division.code.in_(needed)))
        if needed
        else ()
    )
    names = {code: rules.spoken_name(name) for code, name in rows}
    return {code: _path(code, chain, names) for code, chain in chains.items()}


def _path(code: str, chain: Sequence[str], names: dict[str, str]) -> DivisionPath:
    local = [step for step in chain if len(code_prefix(step)) > COUNTY_DIGITS]
    return DivisionPath(
        code=code,
        names=tuple(names[step] for step in chain if step in names),
        local_names=tuple(names[step] for step in local if step in names),
    )


def path(code: str) -> DivisionPath:
    """Return the way to one division."""
    return paths([code])[code]


def search(
    text: str,
    *,
    on: date | None = None,
    ranges: Sequence[CodeRange] | None = None,
    level: DivisionLevel | None = None,
    limit: int = FOUND_AT_MOST,
) -> Sequence[Division]:
    """Return divisions by code, part of the name or initials; higher levels first, then by code.

    ``ranges`` narrows to where a person's postings reach; ``on`` leaves out what was not in force.
    """
    key = search_key(text)
    if not key:
        return []
    found = select(Division).where(_matches(key)).order_by(_depth(), Division.code).limit(limit)
    if on is not None:
        found = found.where(_in_force(on))
    if level is not None:
        found = found.where(Division.level == level)
    if ranges is not None:
        found = found.where(inside(ranges, Division.code))
    return db.session.scalars(found).all()


def _matches(key: str) -> ColumnElement[bool]:
    if key.isascii() and key.isdigit():
        return and_(Division.code >= key.ljust(12, "0")[:12], Division.code <= key.ljust(12, "9")[:12])
    named = select(DivisionSuffix.code).where(begins(DivisionSuffix.suffix, key))
    return Division.code.in_(named)


def _depth() -> ColumnElement[int]:
    return case({level: number for number, level in enumerate(DivisionLevel)}, value=Division.level)


def inside(
    ranges: Sequence[CodeRange], code: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Return the condition that a code lies in one of the ranges, their dates left aside."""
    return or_(false(), *(and_(code >= r.lower, code < r.upper) for r in dict.fromkeys(ranges)))


def reach(viewer: Viewer, permission: str = "") -> list[CodeRange]:
    """Return the present ranges of a person's postings, of all or of those that carry a permission."""
    return [
        grant.ranges[0]
        for grant in viewer.grants
        if grant.ranges and (not permission or permission in grant.permissions)
    ]


def aliases() -> tuple[Alias, ...]:
    """Return every change of a code; there are few, and one read serves all grants of a person."""
    columns = DivisionAlias.old_code, DivisionAlias.new_code, DivisionAlias.changed_on
    return tuple(
        Alias(old_code=old, new_code=new, changed_on=on)
        for old, new, on in db.session.execute(select(*columns))
    )


def ranges_for(code: str) -> tuple[CodeRange, ...]:
    """Return the ranges that a posting in a division opens: its own and its dated former ones (N7)."""
    return rules.ranges(code, aliases())


def code_on(code: str, on: date) -> str:
    """Return the code that the division of ``code`` bore on a day: 371626… for a contract of 2016."""
    return rules.code_on(code, aliases(), on)


def groups(division_code: str) -> Sequence[VillagerGroup]:
    """Return the villager groups of a village that are not closed, by number."""
    own = select(VillagerGroup).where(
        VillagerGroup.division_code == division_code, VillagerGroup.closed_on.is_(None)
    )
    return db.session.scalars(own.order_by(VillagerGroup.number)).all()


def former_codes(code: str) -> Sequence[DivisionAlias]:
    """Return the changes that a division's own code went through, before and after, oldest first."""
    own = or_(DivisionAlias.new_code == code, DivisionAlias.old_code == code)
    return db.session.scalars(select(DivisionAlias).where(own).order_by(DivisionAlias.changed_on)).all()


def _in_force(on: date) -> ColumnElement[bool]:
    return and_(
        or_(Division.valid_from.is_(None), Division.valid_from <= on),
        or_(Division.valid_until.is_(None), Division.valid_until > on),
    )
