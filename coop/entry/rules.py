"""The household annex as a clerk writes or pastes it: lines of text, matched against the register one by one.

A line names a household (by its head, an ID's last four) or carries a code: 18 digits are a household's, 19
a parcel's. A line without a parcel means all the household's parcels at their settlement areas.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coop.contracts.rules.details import AnnexHouseholdDetails, AnnexParcelDetails
from coop.parcels.rules import AreaKind
from foundation.errors import DomainError, InvalidValue
from foundation.identity.written import compact
from foundation.values.area import Mu, mu, parse_mu

MOST_LINES = 5_000

_TITLES = {
    "who": ("户主姓名", "承包方姓名", "承包方代表", "承包方名称", "农户姓名", "姓名", "农户", "户主"),
    "household": ("承包方编码", "农户编码", "承包方代码"),
    "tail": ("身份证后四位", "证件尾号", "尾号", "后四位", "身份证号", "身份证号码", "证件号码"),
    "parcel": ("地块编码", "地块代码", "承包地块编码"),
    "area": ("亩数", "面积", "托管面积", "服务面积", "面积亩", "托管面积亩", "亩"),
}
_COLUMNS = {title: column for column, titles in _TITLES.items() for title in titles}
_TAIL = re.compile(r"\d{3}[\dX]", re.ASCII)
_ID = re.compile(r"\d{6}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]", re.ASCII)
_HOUSEHOLD_CODE = re.compile(r"\d{18}", re.ASCII)
_CODE = re.compile(r"\d{18,19}", re.ASCII)
_AREA = re.compile(r"\d+(\.\d+)?亩?", re.ASCII)
_SERIAL = re.compile(r"\d{1,4}", re.ASCII)
_NOT_TITLE = re.compile(r"[\s*＊:：（）()\[\]/]")
_LOOSE = re.compile(r"\t|\s*[,，;；]\s*|\s+")
_CANONICAL = 4


class NothingWritten(InvalidValue):
    """这一行没有户主姓名，也没有编码；请补上其中一项，或删去这一行。"""


class NoSuchHousehold(InvalidValue):
    """没有找到农户“%(name)s”；请核对姓名和身份证后四位，未登记的请先登记承包户。"""


class SeveralHouseholds(InvalidValue):
    """“%(name)s”有 %(count)s 户：%(labels)s；请填写身份证后四位、承包方编码或地块编码。"""


class NoSuchParcel(InvalidValue):
    """没有找到地块 %(code)s；请核对 19 位编码，未登记的请先登记地块。"""


class CodeOfAnother(InvalidValue):
    """编码 %(code)s 登记在 %(owner)s 名下，不是 %(name)s；请核对后改正。"""


class ParcelRepeated(InvalidValue):
    """地块 %(code)s 在第 %(row)s 行已经填过；同一地块只能填一次。"""


class NoParcelsLeft(InvalidValue):
    """%(name)s 名下没有可用的登记地块；请先登记地块，或删去这一行。"""


class AreaNotOfAll(InvalidValue):
    """%(name)s 有 %(count)s 块地，合计 %(area)s 亩，与所填 %(written)s 亩不符；请按地块编码分行填写。"""


class AreaIsNothing(InvalidValue):
    """面积不能为零；请填写实际亩数，或删去这一行。"""


class TooManyLines(DomainError):
    """农户清单最多 %(most)s 行，粘贴的内容有 %(count)s 行；请分成几份合同。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexLine:
    """One line as it was written, cell by cell: who, the ID's last four, a code, the mu."""

    who: str = ""
    tail: str = ""
    code: str = ""
    area: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The cells in the order in which a line is written back."""
        return self.who, self.tail, self.code, self.area

    @property
    def names_parcel(self) -> bool:
        """Whether the code is a parcel's; a household's is one digit shorter."""
        return bool(self.code) and not _HOUSEHOLD_CODE.fullmatch(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownParcel:
    """A parcel of the register as far as the annex asks."""

    id: int
    code: str
    name: str
    area: Mu
    basis: AreaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHousehold:
    """A household of the register with its open parcels; ``label`` tells namesakes apart."""

    id: int
    code: str
    name: str
    tail: str
    label: str
    parcels: tuple[KnownParcel, ...] = ()

    @property
    def area(self) -> Mu:
        """The mu of all its open parcels by their settlement areas."""
        return Mu(sum(parcel.area for parcel in self.parcels))


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the register knows of the lines' households and parcels within the viewer's scope."""

    households: tuple[KnownHousehold, ...]
    by_name: Mapping[str, Sequence[KnownHousehold]] = field(default_factory=dict)
    by_code: Mapping[str, KnownHousehold] = field(default_factory=dict)
    by_parcel: Mapping[str, tuple[KnownHousehold, KnownParcel]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLine:
    """A line with what it means: its household, the parcels with their mu, or why it means nothing."""

    line: AnnexLine
    household: KnownHousehold | None = None
    parcels: tuple[tuple[KnownParcel, Mu], ...] = ()
    error: DomainError | None = None

    @property
    def area(self) -> Mu:
        """The mu of the line."""
        return Mu(sum(area for _parcel, area in self.parcels))


def new_register(households: Iterable[KnownHousehold]) -> Register:
    """Return the households indexed by all that a line may call them."""
    listed = tuple(households)
    by_name: dict[str, list[KnownHousehold]] = {}
    for household in listed:
        by_name.setdefault(household.name, []).append(household)
    return Register(
        households=listed,
        by_name=by_name,
        by_code={household.code: household for household in listed if household.code},
        by_parcel={parcel.code: (owner, parcel) for owner in listed for parcel in owner.parcels},
    )


def read_lines(text: str) -> list[AnnexLine]:
    r"""Return the lines of a paste from a spreadsheet, with or without a heading, in any order of columns.

    >>> read_lines("序号\t姓名\t地块编码\t亩数\n1\t张建国\t3716811012050300001\t5.2")[0].cells
    ('张建国', '', '3716811012050300001', '5.2')
    """
    rows = [_cells(row) for row in text.splitlines() if row.strip()]
    if len(rows) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES, count=len(rows))
    columns = _columns(rows[0]) if rows else {}
    if columns:
        return [_by_title(cells, columns) for cells in rows[1:]]
    return [_by_shape(cells) for cells in rows]


def write_lines(lines: Iterable[AnnexLine]) -> str:
    """Return the lines as ``read_lines`` reads them back."""
    return "\n".join("\t".join(line.cells) for line in lines)


def _cells(row: str) -> list[str]:
    parts = row.split("\t") if "\t" in row else _LOOSE.split(row.strip())
    return [part.strip() for part in parts]


def _columns(cells: Sequence[str]) -> dict[int, str]:
    """Return which column is what, when at least two cells are titles we know."""
    titles = [_NOT_TITLE.sub("", cell) for cell in cells]
    found = {place: _COLUMNS[title] for place, title in enumerate(titles) if title in _COLUMNS}
    return found if len(found) > 1 or (len(cells) == 1 and found) else {}


def _by_title(cells: Sequence[str], columns: Mapping[int, str]) -> AnnexLine:
    values = {column: cells[place] for place, column in columns.items() if place < len(cells)}
    return AnnexLine(
        who=values.get("who", ""),
        tail=_tail(values.get("tail", "")),
        code=compact(values.get("parcel") or values.get("household", "")),
        area=values.get("area", ""),
    )


def _tail(text: str) -> str:
    bare = compact(text).removeprefix("尾号")
    return bare[-4:] if _ID.fullmatch(bare) else bare


def _is_canonical(cells: Sequence[str]) -> bool:
    """Tell whether a row is who, tail, code, mu, as ``write_lines`` writes it."""
    if len(cells) != _CANONICAL or _SERIAL.fullmatch(cells[0]):
        return False
    tail, code = compact(cells[1]), compact(cells[2])
    return (not tail or bool(_TAIL.fullmatch(_tail(tail)))) and (not code or code.isdigit())


def _by_shape(cells: Sequence[str]) -> AnnexLine:
    """Read a row without titles: each cell is known by its shape, a number before the name is a serial."""
    if _is_canonical(cells):
        return AnnexLine(who=cells[0], tail=_tail(cells[1]), code=compact(cells[2]), area=cells[3])
    found: dict[str, str] = {}
    for place, cell in enumerate(cells):
        if place == 0 and _SERIAL.fullmatch(cell) and len(cells) > 1:
            continue
        column = _shape(compact(cell), found)
        if column and column not in found:
            found[column] = cell if column in ("who", "area") else _tail(cell)
    return AnnexLine(**found)


def _shape(cell: str, found: Mapping[str, str]) -> str:
    bare = cell.removeprefix("尾号")
    shapes = {
        "": not cell,
        "tail": bool(_ID.fullmatch(cell)) or (bool(_TAIL.fullmatch(bare)) and "tail" not in found),
        "code": bool(_CODE.fullmatch(cell)),
        "who": not cell[:1].isdigit() and "who" not in found,
        "area": bool(_AREA.fullmatch(cell)) or cell[:1].isdigit(),
    }
    return next((column for column, fits in shapes.items() if fits), "")


def match_lines(lines: Sequence[AnnexLine], register: Register) -> list[MatchedLine]:
    """Return each line with what it means in the register; a line's trouble never hides another's."""
    named_apart = {line.code for line in lines if line.names_parcel}
    matched: list[MatchedLine] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        found = _matched(line, register, named_apart)
        again = next((parcel.code for parcel, _area in found.parcels if parcel.code in seen), None)
        if again is not None:
            error = ParcelRepeated(code=again, row=seen[again])
            found = replace(found, parcels=(), error=error)
        seen.update({parcel.code: number for parcel, _area in found.parcels})
        matched.append(found)
    return matched


def _matched(line: AnnexLine, register: Register, named_apart: Iterable[str]) -> MatchedLine:
    household = None
    try:
        household, parcel = _owner(line, register)
        parcels = _whole(line, household, named_apart) if parcel is None else _single(line, parcel)
        return MatchedLine(line=line, household=household, parcels=parcels)
    except DomainError as error:
        return MatchedLine(line=line, household=household, error=error)


def _owner(line: AnnexLine, register: Register) -> tuple[KnownHousehold, KnownParcel | None]:
    if not line.code:
        return _household(line, register), None
    if line.names_parcel and line.code not in register.by_parcel:
        raise NoSuchParcel(code=line.code)
    if not line.names_parcel and line.code not in register.by_code:
        raise NoSuchHousehold(name=line.code)
    owner, parcel = register.by_parcel.get(line.code) or (register.by_code[line.code], None)
    if line.who not in ("", owner.name) or line.tail not in ("", owner.tail):
        raise CodeOfAnother(code=line.code, owner=owner.label, name=f"{line.who} {line.tail}".strip())
    return owner, parcel


def _household(line: AnnexLine, register: Register) -> KnownHousehold:
    if not line.who:
        raise NothingWritten
    namesakes = register.by_name.get(line.who, ())
    meant = [household for household in namesakes if line.tail in ("", household.tail)]
    match meant:
        case []:
            raise NoSuchHousehold(name=f"{line.who} {line.tail}".strip())
        case [only]:
            return only
    labels = "；".join(household.label for household in meant[:5])
    raise SeveralHouseholds(name=line.who, count=len(meant), labels=labels)


def _single(line: AnnexLine, parcel: KnownParcel) -> tuple[tuple[KnownParcel, Mu], ...]:
    return ((parcel, _area(line.area) if line.area else parcel.area),)


def _area(text: str) -> Mu:
    area = parse_mu(text)
    if not area:
        raise AreaIsNothing
    return area


def _whole(
    line: AnnexLine, household: KnownHousehold, named_apart: Iterable[str]
) -> tuple[tuple[KnownParcel, Mu], ...]:
    """Return all parcels of the household but those that other lines name, and hold the mu against them."""
    parcels = [parcel for parcel in household.parcels if parcel.code not in named_apart]
    if not parcels:
        raise NoParcelsLeft(name=household.name)
    total = Mu(sum(parcel.area for parcel in parcels))
    if not line.area:
        return tuple((parcel, parcel.area) for parcel in parcels)
    written = _area(line.area)
    if len(parcels) == 1:
        return ((parcels[0], written),)
    if written != total:
        raise AreaNotOfAll(name=household.name, count=len(parcels), area=mu(total), written=mu(written))
    return tuple((parcel, parcel.area) for parcel in parcels)


def households_of(
    lines: Iterable[MatchedLine], mandates: Mapping[int, int]
) -> tuple[AnnexHouseholdDetails, ...]:
    """Return the annex that the good lines make: one entry for each household, in order of mention."""
    parcels: dict[int, list[AnnexParcelDetails]] = {}
    for line in lines:
        if line.household and line.parcels:
            parcels.setdefault(line.household.id, []).extend(
                AnnexParcelDetails(parcel_id=parcel.id, area=area, basis=parcel.basis)
                for parcel, area in line.parcels
            )
    return tuple(
        AnnexHouseholdDetails(household_id=household, parcels=tuple(rows), mandate_id=mandates.get(household))
        for household, rows in parcels.items()
    )


def lines_of_places(lines: Sequence[MatchedLine]) -> dict[str, int]:
    """Return by place of the annex (``annex-3``, ``annex-3-parcels-0``) the line, from 0, that wrote it."""
    rows: dict[int, int] = {}
    counts: Counter[int] = Counter()
    places: dict[str, int] = {}
    for number, line in enumerate(lines):
        if not (line.household and line.parcels):
            continue
        row = rows.setdefault(line.household.id, len(rows))
        places.setdefault(f"annex-{row}", number)
        for _ in line.parcels:
            places[f"annex-{row}-parcels-{counts[row]}"] = number
            counts[row] += 1
    return places


def line_of(place: str, places: Mapping[str, int]) -> int | None:
    """Return the line of a finding's place; parts behind the parcel's number (``-area``) are the parcel's."""
    parts = place.split("-")
    return next(
        (places[name] for length in (4, 2) if (name := "-".join(parts[:length])) in places),
        None,
    )
