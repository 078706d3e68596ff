"""Division codes and names: levels, the name people say, and the ranges of codes a posting opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.access.grants import CODE_LENGTH, CodeRange, code_bounds, code_prefix
from foundation.wording import N_, Term

OFFICES = ("村民委员会", "居民委员会", "村委会", "居委会")
"""What a register appends to a village's name; people leave it out."""


class DivisionPermission(Term):
    """What may be done with divisions; the system administrator's."""

    EDIT = "foundation.divisions.edit", N_("维护行政区划")


class DivisionAct(Term):
    """What the journal says about divisions."""

    ADDED = "divisions.added", N_("新增区划")
    RENAMED = "divisions.renamed", N_("区划更名")
    CLOSED = "divisions.closed", N_("撤销区划")
    TRANSFERRED = "divisions.transferred", N_("区划划转")
    LOADED = "divisions.loaded", N_("载入区划文件")
    GROUPED = "divisions.grouped", N_("维护村民小组")


class DivisionLevel(Term):
    """The five levels of the statistical division code."""

    PROVINCE = "province", N_("省")
    PREFECTURE = "prefecture", N_("市")
    COUNTY = "county", N_("县(市、区)")
    TOWNSHIP = "township", N_("乡镇(街道)")
    VILLAGE = "village", N_("村(社区)")


COUNTY_DIGITS = 6
"""How many digits of a code tell the county."""

_LENGTHS = {
    2: DivisionLevel.PROVINCE,
    4: DivisionLevel.PREFECTURE,
    COUNTY_DIGITS: DivisionLevel.COUNTY,
    9: DivisionLevel.TOWNSHIP,
    12: DivisionLevel.VILLAGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A division's code until ``changed_on``, and the code it bears since that day."""

    old_code: str
    new_code: str
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionPath:
    """The names from the province down to a division, as people say them."""

    code: str
    names: tuple[str, ...]
    local_names: tuple[str, ...]

    @property
    def full(self) -> str:
        """The whole way: 山东省 滨州市 邹平市 黛溪街道 西范村."""
        return " ".join(self.names)

    @property
    def short(self) -> str:
        """The way below the county, which tells villages of one name apart: 黛溪街道 西范村."""
        return " ".join(self.local_names) or self.name

    @property
    def name(self) -> str:
        """The division's own name, or its code while nobody has named it."""
        return self.names[-1] if self.names else self.code


def county_of(code: str) -> str:
    """Return the code of the county that a division lies in.

    >>> county_of("371681101266")
    '371681000000'
    """
    return code[:COUNTY_DIGITS].ljust(CODE_LENGTH, "0")


def level_of(code: str) -> DivisionLevel:
    """Return the level that a 12-digit code has by its trailing zeros."""
    return _LENGTHS[len(code_prefix(code))]


def level_number(level: DivisionLevel) -> int:
    """Return 1 for a province down to 5 for a village."""
    return list(DivisionLevel).index(level) + 1


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes of the divisions above ``code``, the province first, without itself.

    >>> ancestors("371681101000")
    ('370000000000', '371600000000', '371681000000')
    """
    own = len(code_prefix(code))
    return tuple(code[:length].ljust(CODE_LENGTH, "0") for length in _LENGTHS if length < own)


def spoken_name(name: str) -> str:
    """Return the name as people say it, without the office that the register appends.

    >>> spoken_name("西范村委会"), spoken_name("鹤伴社区居委会"), spoken_name("黛溪街道")
    ('西范村', '鹤伴社区', '黛溪街道')
    """
    for office in OFFICES:
        stem = name.removesuffix(office)
        if stem and stem != name:
            is_bare_village = office.startswith("村") and not stem.endswith("村")
            return stem + "村" if is_bare_village else stem
    return name


def ranges(code: str, aliases: Iterable[Alias]) -> tuple[CodeRange, ...]:
    """Return the code ranges of a division: its own, then each former one for the time it was in force.

    A former code of a division above is a former code of all below it, with the same lower digits,
    unless one of them changed on its own. A division that came in from elsewhere brings no old rows:
    they stay with the division that it belonged to then.
    """
    by_new = {alias.new_code: alias for alias in aliases}
    found = [CodeRange(lower=code_bounds(code)[0], upper=code_bounds(code)[1])]
    current = code
    while (former := _former(current, by_new)) is not None:
        old, until = former
        earlier = _former(old, by_new)
        lower, upper = code_bounds(old)
        found.append(CodeRange(lower=lower, upper=upper, since=earlier and earlier[1], until=until))
        current = old
        if len(found) > len(by_new) + 1:
            break
    return tuple(found)


def _former(code: str, by_new: dict[str, Alias]) -> tuple[str, date] | None:
    """Return the code before ``code`` and the day it ended, by its own alias or the nearest above it."""
    for above in (code, *reversed(ancestors(code))):
        if above in by_new:
            alias = by_new[above]
            prefix = code_prefix(above)
            former = code_prefix(alias.old_code)
            if len(former) != len(prefix):
                return None
            return former + code[len(prefix) :], alias.changed_on
    return None


def code_on(code: str, aliases: Iterable[Alias], on: date) -> str:
    """Return the code that a division, known by any of its codes, bore on a day."""
    known = tuple(aliases)
    by_old = {alias.old_code: alias for alias in known}
    by_new = {alias.new_code: alias for alias in known}
    for _step in known:
        later = by_old.get(code)
        former = _former(code, by_new)
        if later is not None and later.changed_on <= on:
            code = later.new_code
        elif former is not None and on < former[1]:
            code = former[0]
        else:
            break
    return code
