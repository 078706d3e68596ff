"""Write the two village registers of the sample county: real villages, invented people, invented land.

Run ``python -m tools.sample_registers``; the same seed gives the same bytes. Each workbook is what the
import kind ``village-register`` asks for, with a first sheet that says that it is a sample.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from coop.households.importing import ISSUERS, MEMBERS, PARTIES
from coop.households.rules import IdKind, PartyKind
from coop.parcels.importing import CONTRACTS, PARCELS
from coop.parcels.rules import AreaKind, LandClass, ObtainedBy
from foundation.imports.importing import Plan
from foundation.values.area import Mu, SquareMetres, mu_from_square_metres
from foundation.workbooks.layouts import Column, Layout
from foundation.workbooks.writing import Sheet, write_sheets
from tools.sample_people import Family, Registrar

FOLDER = Path(__file__).resolve().parent.parent / "app" / "sample" / "registers"
HOUSEHOLDS = (54, 51, 49, 46)
"""How many households each villager group has."""

LEASE_FROM, LEASE_UNTIL = date(1999, 10, 1), date(2059, 9, 30)
"""The second round of contracting, with the thirty years that pilot villages have added."""

CONFIRMED_ON, MEASURED_ON = date(2015, 6, 30), date(2023, 10, 18)
MU_PER_PERSON = 118
"""Hundredths of a mu that the second round of contracting gave each person."""
BLOCKS = ("东大洼", "西北坡", "南井地", "家后", "老官道", "桥头")
TAKES_PART = 0.75
EDGES = ("生产路", "排水沟", "南北渠", "机耕路", "斗渠")
GRADES = ("一等", "二等", "三等")
NOTE = (
    "样例：本工作簿是社村通自带的示例数据，仅供试用和培训。",
    "村名为邹平市真实行政村；村民姓名、身份证号、电话、银行账号和地块均为程序虚构，如有雷同，纯属巧合。",
    "身份证号只在校验位上符合国家标准，不对应任何真实人员；电话 154 号段、银行卡 629999 开头的号码并未启用。",
    "请勿导入正式数据库。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A real village and what its invented register is made from."""

    code: str
    township: str
    name: str
    file: str
    seed: int
    surnames: Mapping[str, int]
    namesake: str


VILLAGES = (
    Village(
        code="371681101266",
        township="长山镇",
        name="范公村",
        file="changshan_fangong.xlsx",
        seed=20260225,
        surnames={"张": 30, "王": 22, "范": 18, "李": 14, "尉": 6, "单": 4, "翟": 3, "仇": 3},
        namesake="张建国",
    ),
    Village(
        code="371681108226",
        township="焦桥镇",
        name="爱贤村",
        file="jiaoqiao_aixian.xlsx",
        seed=20260226,
        surnames={"刘": 28, "王": 20, "孙": 18, "赵": 12, "解": 7, "盖": 6, "曾": 5, "查": 4},
        namesake="王建军",
    ),
)


@dataclass
class Holding:
    """A household with its code and the land that falls to it."""

    code: str
    group: int
    family: Family
    areas: list[int] = field(default_factory=list)

    @property
    def head_name(self) -> str:
        """The name in which the land is held."""
        return self.family.head.name


Rows = list[dict[str, Any]]


def main() -> None:
    """Write the workbooks into the repository."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for village in VILLAGES:
        sheets = list(register_of(village))
        write_sheets(FOLDER / village.file, sheets)
        counts = "，".join(f"{sheet.layout.title} {len(list(sheet.rows))}" for sheet in sheets[1:])
        print(f"{village.township}{village.name}：{counts}")


def register_of(village: Village) -> Iterator[Sheet]:
    """Return the sheets of a village's register."""
    chance = Random(village.seed)  # noqa: S311 - a sample, not a secret
    registrar = Registrar(chance, list(village.surnames), list(village.surnames.values()))
    holdings = _holdings(village, registrar)
    parcels = list(_parcels(village, holdings, chance))
    yield Sheet(Layout("填写说明", (Column(key="note", title="样例说明", width=100),)), [(n,) for n in NOTE])
    yield _sheet(ISSUERS, _issuers(village, holdings))
    yield _sheet(PARTIES, (_party(village, holding) for holding in holdings))
    yield _sheet(MEMBERS, _members(holdings))
    yield _sheet(CONTRACTS, (_contract(holding) for holding in holdings))
    yield _sheet(PARCELS, parcels)


def _sheet(plan: Plan, rows: Iterable[Mapping[str, Any]]) -> Sheet:
    return Sheet(plan.layout, [plan.cells(row) for row in rows])


def _holdings(village: Village, registrar: Registrar) -> list[Holding]:
    holdings = []
    for group, size in enumerate(HOUSEHOLDS, 1):
        for serial in range(1, size + 1):
            head = village.namesake if (group, serial) in {(1, 7), (2, 19), (2, 20), (4, 3)} else ""
            if (group, serial) == (3, 11):
                head = next(iter(village.surnames)) + "𬭎"
            family = registrar.family(head, rare=serial % 25 == 0)
            code = f"{village.code}{group:02}{serial:04}"
            holdings.append(Holding(code=code, group=group, family=family))
    return holdings


def _issuers(village: Village, holdings: list[Holding]) -> Iterator[dict[str, Any]]:
    address = f"山东省邹平市{village.township}{village.name}"
    for group in range(len(HOUSEHOLDS) + 1):
        head = next(one for one in reversed(holdings) if one.group == max(group, 1)).family
        body = f"第{'零一二三四'[group]}村民小组" if group else "村民委员会"
        yield {
            "code": f"{village.code}{group:02}",
            "name": f"{village.township}{village.name}{body}",
            "head_name": head.head.name,
            "head_id_kind": IdKind.RESIDENT_ID,
            "head_id": head.head.id_number,
            "phone": head.phone,
            "address": address,
        }


def _party(village: Village, holding: Holding) -> dict[str, Any]:
    head = holding.family.head
    return {
        "code": holding.code,
        "party_kind": PartyKind.HOUSEHOLD,
        "head_name": head.name,
        "id_kind": IdKind.RESIDENT_ID,
        "id_number": head.id_number,
        "phone": holding.family.phone,
        "address": f"{village.township}{village.name}{holding.group}组{int(holding.code[-4:])}号",
        "division_code": village.code,
        "group_number": holding.group,
        "bank_name": f"邹平农商银行{village.township.removesuffix('镇')}支行",
        "bank_account": holding.family.bank_account,
        "is_large_operator": holding.group in (1, 3) and holding.code.endswith("0012"),
    }


def _members(holdings: list[Holding]) -> Iterator[dict[str, Any]]:
    for holding in holdings:
        for person in holding.family.members:
            yield {
                "code": holding.code,
                "name": person.name,
                "sex": person.sex,
                "id_kind": IdKind.RESIDENT_ID,
                "id_number": person.id_number,
                "relation": person.relation,
                "is_co_owner": person.birth < CONFIRMED_ON,
            }


def _contract(holding: Holding) -> dict[str, Any]:
    return {
        "code": f"{holding.code}J",
        "household_code": holding.code,
        "starts_on": LEASE_FROM,
        "ends_on": LEASE_UNTIL,
        "signed_on": CONFIRMED_ON,
        "total_area": sum(holding.areas),
        "parcel_count": len(holding.areas),
    }


def _parcels(village: Village, holdings: list[Holding], chance: Random) -> Iterator[dict[str, Any]]:
    for group in range(1, len(HOUSEHOLDS) + 1):
        own = [holding for holding in holdings if holding.group == group]
        serial = 0
        for place, block in enumerate(BLOCKS):
            strips = [one for one in own if chance.random() < TAKES_PART or (place == 0 and not one.areas)]
            edges = chance.sample(EDGES, 4)
            names = [edges[0], *(one.head_name for one in strips), edges[1]]
            for number, holding in enumerate(strips):
                serial += 1
                yield {
                    "code": f"{village.code}{group:02}{serial:05}",
                    "name": block,
                    "household_code": holding.code,
                    "contract_code": f"{holding.code}J",
                    "land_class": LandClass.CONTRACTED,
                    "grade": GRADES[place * len(GRADES) // len(BLOCKS)],
                    "west": names[number],
                    "east": names[number + 2],
                    "south": edges[2],
                    "north": edges[3],
                    "obtained_by": ObtainedBy.HOUSEHOLD_CONTRACT,
                    "is_confirmed": True,
                    **_acreages(holding, place, chance),
                }
    yield from _reserve(village)


def _acreages(holding: Holding, place: int, chance: Random) -> dict[str, Any]:
    """Return the three acreages: what was contracted, what confirmation measured, what was driven lately."""
    share = MU_PER_PERSON * max(2, len(holding.family.members)) // (len(BLOCKS) * 3 // 4)
    contract = Mu(max(15, round(share * chance.uniform(0.7, 1.3) / 5) * 5))
    holding.areas.append(contract)
    square = SquareMetres(round(contract * 2000 / 3 * chance.uniform(1.0, 1.08)))
    known: dict[str, Any] = {
        f"{AreaKind.CONTRACT}_area": contract,
        f"{AreaKind.CONTRACT}_dated_on": LEASE_FROM,
        f"{AreaKind.TITLE}_square_metres": square,
        f"{AreaKind.TITLE}_area": mu_from_square_metres(square),
        f"{AreaKind.TITLE}_dated_on": CONFIRMED_ON,
        "basis": AreaKind.CONTRACT,
    }
    if place == 1:
        measured = SquareMetres(round(square * chance.uniform(0.99, 1.01)))
        known |= {
            f"{AreaKind.MEASURED}_square_metres": measured,
            f"{AreaKind.MEASURED}_area": mu_from_square_metres(measured),
            f"{AreaKind.MEASURED}_dated_on": MEASURED_ON,
        }
    return known


def _reserve(village: Village) -> Iterator[dict[str, Any]]:
    """Yield the land that the village kept back: it has no holder."""
    for serial, (name, land_class, area) in enumerate(
        (
            ("村东机动地", LandClass.RESERVE, 18_60),
            ("砖厂复垦地", LandClass.RECLAIMED, 32_45),
            ("河滩开荒地", LandClass.RECLAIMED, 12_30),
        ),
        1,
    ):
        yield {
            "code": f"{village.code}00{serial:05}",
            "name": name,
            "land_class": land_class,
            "grade": GRADES[-1],
            "east": "河堤",
            "south": "生产路",
            "west": "村界",
            "north": "排水沟",
            "obtained_by": ObtainedBy.OTHER,
            "is_confirmed": True,
            f"{AreaKind.CONTRACT}_area": Mu(area),
            f"{AreaKind.CONTRACT}_dated_on": LEASE_FROM,
            "basis": AreaKind.CONTRACT,
        }


if __name__ == "__main__":
    main()
