"""Changing the divisions: adding, renaming, closing, transferring, and the villager groups below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert

from foundation.access.grants import CODE_LENGTH, Viewer, code_prefix
from foundation.database.engine import db
from foundation.divisions import queries, rules
from foundation.divisions.models import Division, DivisionAlias, DivisionSuffix, VillagerGroup
from foundation.divisions.rules import DivisionAct, DivisionLevel
from foundation.errors import InvalidValue, StaleVersion
from foundation.journal.service import record
from foundation.names.pinyin import initials
from foundation.names.suffixes import suffixes


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionDetails:
    """A division as a form or a file gives it."""

    code: str
    name: str
    parent_code: str | None
    valid_from: date | None = None


class BadDivisionCode(InvalidValue):
    """区划编码“%(code)s”不正确：应为 12 位数字；请对照统计用区划代码填写。"""


class CodeOutsideParent(InvalidValue):
    """区划编码 %(code)s 不属于上级 %(parent)s：编码应以 %(prefix)s 开头，且低一级；请核对编码或上级。"""


class DivisionExists(InvalidValue):
    """区划编码 %(code)s 已登记为%(name)s；请核对编码，或修改已有的区划。"""


class DivisionNameMissing(InvalidValue):
    """请填写区划名称，最多 60 个字。"""


class DivisionHasChildren(InvalidValue):
    """%(name)s 之下还有 %(count)s 个在用的下级区划（%(labels)s）；请先撤销或划转这些下级。"""


class DivisionAlreadyClosed(InvalidValue):
    """%(name)s 已于 %(on)s 撤销，不能再变更；请选择现行的区划。"""


class ClosedBeforeOpened(InvalidValue):
    """日期 %(on)s 早于该区划的启用日期 %(since)s；请核对日期。"""


class GroupNumberWrong(InvalidValue):
    """村民小组编号“%(number)s”不正确：应为 01 到 99；请核对编号。"""


class GroupsBelongToVillages(InvalidValue):
    """只有村(社区)之下可以登记村民小组；请先选择村。"""


def add(details: DivisionDetails, *, viewer: Viewer, now: datetime) -> Division:
    """Add a division below its parent."""
    check_code(details.code)
    known = queries.find(details.code)
    if known is not None:
        raise DivisionExists(code=known.code, name=known.spoken_name)
    _check_parent(details.code, details.parent_code)
    division = Division(
        code=details.code,
        name=_checked_name(details.name),
        level=rules.level_of(details.code),
        parent_code=details.parent_code,
        valid_from=details.valid_from,
    )
    db.session.add(division)
    _index(division)
    record(DivisionAct.ADDED, division, viewer=viewer, now=now)
    return division


def rename(
    division: Division, name: str, version: int, *, viewer: Viewer, now: datetime, reason: str = ""
) -> None:
    """Give a division another name under the same code."""
    _check_version(division, version)
    division.name = _checked_name(name)
    _index(division)
    record(DivisionAct.RENAMED, division, viewer=viewer, now=now, reason=reason)


def close(division: Division, on: date, *, viewer: Viewer, now: datetime, reason: str = "") -> None:
    """Let a division end on a day; it stays in the register for the rows of its time."""
    _check_ending(division, on)
    division.valid_until = on
    record(DivisionAct.CLOSED, division, viewer=viewer, now=now, reason=reason)


def transfer(
    division: Division,
    new_code: str,
    new_parent: str,
    on: date,
    *,
    viewer: Viewer,
    now: datetime,
    reason: str = "",
) -> Division:
    """Hand a division over to another parent on a day: a new code, the old one closed, an alias between them.

    Rows of the time before stay under the old code and with the old parent; villager groups go along.
    """
    _check_ending(division, on)
    name = division.name
    details = DivisionDetails(code=new_code, name=name, parent_code=new_parent, valid_from=on)
    moved = add(details, viewer=viewer, now=now)
    division.valid_until = on
    db.session.add(DivisionAlias(old_code=division.code, new_code=new_code, changed_on=on, reason=reason))
    for group in queries.groups(division.code):
        group.closed_on = on
        db.session.add(VillagerGroup(division_code=new_code, number=group.number, name=group.name))
    record(
        DivisionAct.TRANSFERRED,
        division,
        viewer=viewer,
        now=now,
        reason=reason,
        note=f"{division.code} → {new_code}",
    )
    return moved


def set_group(village: Division, number: str, name: str, *, viewer: Viewer, now: datetime) -> VillagerGroup:
    """Add a villager group or give it another name; numbers are 01 to 99."""
    if village.level is not DivisionLevel.VILLAGE:
        raise GroupsBelongToVillages
    plain = number.strip().zfill(2)
    if not (plain.isascii() and plain.isdigit() and len(plain) == 2 and plain != "00"):  # noqa: PLR2004
        raise GroupNumberWrong(number=number)
    group = next((one for one in queries.groups(village.code) if one.number == plain), None)
    if group is None:
        group = VillagerGroup(division_code=village.code, number=plain)
        db.session.add(group)
    group.name = name.strip() or f"{int(plain)}组"
    record(DivisionAct.GROUPED, group, viewer=viewer, now=now, note=village.spoken_name)
    return group


def check_code(code: str) -> None:
    """Refuse a code that is not twelve digits."""
    if not (len(code) == CODE_LENGTH and code.isascii() and code.isdigit() and code.strip("0")):
        raise BadDivisionCode(code=code)


def _check_parent(code: str, parent_code: str | None) -> None:
    above = rules.ancestors(code)
    if not above and parent_code is None:
        return
    parent = queries.find(parent_code or "")
    if parent is None:
        raise queries.UnknownDivision(code=parent_code or "")
    if not above or above[-1] != parent.code:
        raise CodeOutsideParent(code=code, parent=parent.spoken_name, prefix=code_prefix(parent.code))


def _check_ending(division: Division, on: date) -> None:
    if division.valid_until is not None:
        raise DivisionAlreadyClosed(name=division.spoken_name, on=division.valid_until)
    if division.valid_from is not None and on < division.valid_from:
        raise ClosedBeforeOpened(on=on, since=division.valid_from)
    below = queries.children(division.code, on)
    if below:
        labels = "、".join(child.spoken_name for child in below[:3])
        raise DivisionHasChildren(name=division.spoken_name, count=len(below), labels=labels)


def _check_version(division: Division, version: int) -> None:
    if division.version != version:
        raise StaleVersion


def _checked_name(name: str) -> str:
    plain = name.strip()
    if not plain or len(plain) > 60:  # noqa: PLR2004 - the width of the column
        raise DivisionNameMissing
    return plain


def _index(division: Division) -> None:
    division.initials = initials_of(division.name)
    db.session.flush()
    db.session.execute(delete(DivisionSuffix).where(DivisionSuffix.code == division.code))
    db.session.execute(insert(DivisionSuffix), search_rows([(division.code, division.name)]))


def initials_of(name: str) -> str:
    """Return the likeliest initials of a division's name."""
    return next(iter(initials(rules.spoken_name(name))), "")


def search_rows(named: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return what divisions (code, name) are found by: every ending of the name and of its initials."""
    rows: list[dict[str, str]] = []
    for code, name in named:
        keys = {*suffixes(name), *suffixes(rules.spoken_name(name))}
        for spelling in initials(rules.spoken_name(name)):
            keys.update(suffixes(spelling))
        rows.extend({"suffix": key, "code": code} for key in sorted(keys))
    return rows
