"""Loading divisions from the open statistical file and changes of codes from another, as often as wished."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import bindparam, delete, insert, select, update

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.divisions import rules
from foundation.divisions.models import Division, DivisionAlias, DivisionSuffix
from foundation.divisions.rules import DivisionAct, DivisionLevel, DivisionPermission
from foundation.divisions.service import check_code, initials_of, search_rows
from foundation.errors import DomainError, InvalidValue
from foundation.journal.service import record

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many divisions a file brought, renamed, and left as they were."""

    added: int
    renamed: int
    same: int


class BadDivisionFile(InvalidValue):
    """区划文件第 %(line)s 行不正确：%(fault)s；请按 code,name,level,parent 四列逐行核对后重新载入。"""


class UnknownParent(InvalidValue):
    """区划 %(code)s %(name)s 的上级 %(parent)s 既不在文件中也未登记，或不是它的上级；请核对 parent 一列。"""


class NoDivisionFile(InvalidValue):
    """“%(name)s”不是区划文件；请另存为“CSV UTF-8”格式，表头为 code,name,level,parent，再重新载入。"""


class DivisionOutsideReach(DomainError):
    """区划 %(code)s %(name)s 不在 %(person)s 的管辖范围内；请由上级的系统管理员载入，或删去这一行。"""


def load_for(viewer: Viewer, path: Path, *, now: datetime) -> Loaded:
    """Load a file in a person's name: only what lies within reach may change, and the journal tells it."""
    loaded = load(path, viewer)
    note = f"{path.name}：新增 {loaded.added}，更名 {loaded.renamed}，无变化 {loaded.same}"
    record(DivisionAct.LOADED, None, viewer=viewer, now=now, note=note)
    return loaded


def load(path: Path, viewer: Viewer | None = None) -> Loaded:
    """Load a file of code, name, level (1 to 5) and parent; names of known codes are brought up to date.

    Nothing is closed: a division that a file does not name may lie outside of it. With a ``viewer``,
    what would be new or renamed must lie where this person may change divisions.
    """
    rows = sorted(_read(path), key=lambda row: (row["code"].rstrip("0"), row["code"]))
    known: dict[str, str] = dict(db.session.execute(select(Division.code, Division.name)).all())
    _check_parents(rows, known)
    new = [row for row in rows if row["code"] not in known]
    renamed = [row for row in rows if known.get(row["code"], row["name"]) != row["name"]]
    for row in (*new, *renamed):
        if viewer is not None and not viewer.sees(DivisionPermission.EDIT, row["code"]):
            raise DivisionOutsideReach(code=row["code"], name=row["name"], person=viewer.name)
    _insert(new)
    _rename(renamed)
    return Loaded(added=len(new), renamed=len(renamed), same=len(rows) - len(new) - len(renamed))


def load_aliases(path: Path) -> int:
    """Load a file of old_code, old_name, new_code, changed_on and reason, oldest change first.

    The former divisions stand in the register as closed ones. Returns how many changes were new.
    """
    known = set(db.session.scalars(select(DivisionAlias.old_code)))
    count, since = 0, dict[str, date]()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            changed_on = date.fromisoformat(row["changed_on"])
            if row["old_code"] not in known:
                _add_former(row["old_code"], row["old_name"], since.get(row["old_code"]), changed_on)
                db.session.add(
                    DivisionAlias(
                        old_code=row["old_code"],
                        new_code=row["new_code"],
                        changed_on=changed_on,
                        reason=row["reason"],
                    )
                )
                count += 1
            since[row["new_code"]] = changed_on
    db.session.flush()
    for code, changed_on in since.items():
        begun = update(Division).where(Division.code == code, Division.valid_from.is_(None))
        db.session.execute(begun.values(valid_from=changed_on))
    return count


def _add_former(code: str, name: str, since: date | None, until: date) -> None:
    if db.session.get(Division, code) is None:
        above = [step for step in rules.ancestors(code) if db.session.get(Division, step)]
        division = Division(
            code=code, name=name, level=rules.level_of(code), parent_code=above[-1] if above else None
        )
        division.valid_from, division.valid_until = since, until
        division.initials = initials_of(name)
        db.session.add(division)
        db.session.flush()
        db.session.execute(insert(DivisionSuffix), search_rows([(code, name)]))


def _read(path: Path) -> Iterator[dict[str, str]]:
    seen = set[str]()
    for number, row in _lines(path):
        fault = _fault(row, seen)
        if fault:
            raise BadDivisionFile(line=number, fault=fault)
        seen.add(row["code"])
        yield {"code": row["code"], "name": row["name"].strip(), "parent": row["parent"].strip()}


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines of a file with their numbers; a spreadsheet or another encoding is refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from enumerate(csv.DictReader(file), 2)
    except (UnicodeDecodeError, csv.Error) as error:
        raise NoDivisionFile(name=path.name) from error


def _fault(row: dict[str, str], seen: set[str]) -> str:
    if not (row.get("code") and row.get("name")) or row.get("level") is None or row.get("parent") is None:
        return "缺少列"
    try:
        check_code(row["code"])
    except InvalidValue as refusal:
        return str(refusal).rstrip("。")
    if row["code"] in seen:
        return f"编码 {row['code']} 重复"
    if row["level"] != str(rules.level_number(rules.level_of(row["code"]))):
        return f"级别 {row['level']} 与编码 {row['code']} 不符"
    return ""


def _check_parents(rows: Iterable[dict[str, str]], known: Mapping[str, str]) -> None:
    """Refuse a row whose parent is neither in the register nor in the file, or does not lie above it."""
    at_hand = {*known, *(row["code"] for row in rows)}
    for row in rows:
        parent = row["parent"]
        if parent and (parent not in at_hand or parent not in rules.ancestors(row["code"])):
            raise UnknownParent(code=row["code"], name=row["name"], parent=parent)


def _insert(rows: list[dict[str, str]]) -> None:
    for level in DivisionLevel:
        wanted = [row for row in rows if rules.level_of(row["code"]) is level]
        for chunk in _chunks(wanted):
            db.session.execute(insert(Division), [_division(row) for row in chunk])
    for chunk in _chunks(rows):
        db.session.execute(insert(DivisionSuffix), search_rows((row["code"], row["name"]) for row in chunk))


def _division(row: dict[str, str]) -> dict[str, object]:
    return {
        "code": row["code"],
        "name": row["name"],
        "level": rules.level_of(row["code"]),
        "parent_code": row["parent"] or None,
        "initials": initials_of(row["name"]),
        "version": 1,
    }


def _rename(rows: list[dict[str, str]]) -> None:
    for chunk in _chunks(rows):
        named = update(Division.__table__).where(Division.__table__.c.code == bindparam("of"))  # type: ignore[arg-type]
        values = [
            {"of": row["code"], "name": row["name"], "initials": initials_of(row["name"])} for row in chunk
        ]
        db.session.execute(named, values)
        codes = [row["code"] for row in chunk]
        db.session.execute(delete(DivisionSuffix).where(DivisionSuffix.code.in_(codes)))
        db.session.execute(insert(DivisionSuffix), search_rows((row["code"], row["name"]) for row in chunk))


def _chunks(rows: Iterable[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    listed = list(rows)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]
