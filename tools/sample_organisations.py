"""Write the sample county's organisations: the union, its co-ops, and whom they serve; all numbers invented.

Run ``python -m tools.sample_organisations``; the workbook is what the import kind ``organisations`` asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import mul
from pathlib import Path
from random import Random
from typing import Any

from coop.organisations.importing import ORGANISATIONS
from coop.organisations.rules import OrganisationKind
from foundation.identity.credit_code import check_character
from foundation.workbooks.layouts import Column, Layout
from foundation.workbooks.writing import Sheet, write_sheets
from tools.sample_people import Registrar

FILE = Path(__file__).resolve().parent.parent / "app" / "sample" / "registers" / "organisations.xlsx"
SEED = 20260224
FIRST_SERIAL = 99_010_017
COUNTY = "371681000000"
NOTE = (
    "样例：本工作簿是社村通自带的示例数据，仅供试用和培训。",
    "法定代表人、证件号、电话、账号和统一社会信用代码均为程序虚构，不对应任何真实人员和单位。",
)
PREFIXES = {
    OrganisationKind.COUNTY_UNION: "12",
    OrganisationKind.LED_COOP: "93",
    OrganisationKind.COOPERATIVE: "93",
    OrganisationKind.MACHINERY_PARTY: "93",
    OrganisationKind.FEDERATION: "93",
    OrganisationKind.MUTUAL_FUND_COOP: "93",
    OrganisationKind.VILLAGE_COLLECTIVE: "N2",
}
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
UNLICENSED = frozenset({OrganisationKind.SERVICE_CENTRE, OrganisationKind.JOINTLY_BUILT_VILLAGE})
"""Bodies without a licence of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation to invent; a listed one serves the divisions of ``serves``."""

    name: str
    kind: OrganisationKind
    place: str = COUNTY
    since: int = 2016
    serves: tuple[str, ...] = ()


def _town(number: int) -> str:
    return f"371681{number:03}000"


QINGYANG, JIAOQIAO, LINCHI, CHANGSHAN, WEIQIAO = map(_town, (112, 108, 105, 101, 102))
FANGONG, AIXIAN = "371681101266", "371681108226"
K = OrganisationKind
BODIES = (
    Body(name="邹平市供销合作社联合社", kind=K.COUNTY_UNION, since=1952),
    Body(name="青阳供销合作社", kind=K.GRASSROOTS_COOP, place=QINGYANG, since=1954, serves=(QINGYANG,)),
    Body(name="焦桥供销合作社", kind=K.GRASSROOTS_COOP, place=JIAOQIAO, since=1953, serves=(JIAOQIAO,)),
    Body(name="临池供销合作社", kind=K.GRASSROOTS_COOP, place=LINCHI, since=1955, serves=(LINCHI,)),
    Body(name="长山供销合作社", kind=K.GRASSROOTS_COOP, place=CHANGSHAN, since=1952, serves=(CHANGSHAN,)),
    Body(name="魏桥供销合作社", kind=K.GRASSROOTS_COOP, place=WEIQIAO, since=1953, serves=(WEIQIAO,)),
    Body(name="邹平市范公粮食种植专业合作社", kind=K.LED_COOP, place=CHANGSHAN, serves=(CHANGSHAN,)),
    Body(name="邹平市长山惠农土地托管专业合作社", kind=K.LED_COOP, place=CHANGSHAN, serves=(CHANGSHAN,)),
    Body(name="邹平市焦桥富民农业服务专业合作社", kind=K.LED_COOP, place=JIAOQIAO, serves=(JIAOQIAO,)),
    Body(name="邹平市青阳山前果蔬专业合作社", kind=K.LED_COOP, place=QINGYANG, since=2017),
    Body(name="邹平市临池石榴种植专业合作社", kind=K.COOPERATIVE, place=LINCHI, since=2014),
    Body(name="邹平市众力农机服务专业合作社", kind=K.MACHINERY_PARTY, place=JIAOQIAO, serves=(COUNTY,)),
    Body(name="邹平市沃丰农业服务有限公司", kind=K.LEADING_ENTERPRISE, since=2018, serves=(COUNTY,)),
    Body(name="邹平市鑫粮粮食购销有限公司", kind=K.LEADING_ENTERPRISE, place=WEIQIAO, since=2012),
    Body(name="邹平市农村合作经济组织联合会", kind=K.FEDERATION),
    Body(name="邹平市粮食种植专业合作社联合社", kind=K.FEDERATION, since=2017),
    Body(name="邹平市长山惠民资金互助专业合作社", kind=K.MUTUAL_FUND_COOP, place=CHANGSHAN, since=2015),
    Body(name="邹平市焦桥互惠资金互助专业合作社", kind=K.MUTUAL_FUND_COOP, place=JIAOQIAO, since=2015),
    Body(name="邹平市长山镇范公村股份经济合作社", kind=K.VILLAGE_COLLECTIVE, place=FANGONG, since=2019),
    Body(name="邹平市焦桥镇爱贤村股份经济合作社", kind=K.VILLAGE_COLLECTIVE, place=AIXIAN, since=2019),
    Body(
        name="邹平市长山镇东尉村股份经济合作社", kind=K.VILLAGE_COLLECTIVE, place="371681101209", since=2019
    ),
    Body(
        name="邹平市焦桥镇太平村股份经济合作社", kind=K.VILLAGE_COLLECTIVE, place="371681108218", since=2019
    ),
    Body(
        name="邹平市临池镇古城村股份经济合作社", kind=K.VILLAGE_COLLECTIVE, place="371681105201", since=2019
    ),
    Body(name="邹平市供销社综合经营服务中心", kind=K.SERVICE_CENTRE, since=2016),
    Body(name="长山为农服务中心", kind=K.SERVICE_CENTRE, place=CHANGSHAN, since=2018),
    Body(name="焦桥为农服务中心", kind=K.SERVICE_CENTRE, place=JIAOQIAO, since=2019),
    Body(name="范公村（社村共建村）", kind=K.JOINTLY_BUILT_VILLAGE, place=FANGONG, since=2020),
    Body(name="爱贤村（社村共建村）", kind=K.JOINTLY_BUILT_VILLAGE, place=AIXIAN, since=2021),
)


def main() -> None:
    """Write the workbook into the repository."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    note = Layout("填写说明", (Column(key="note", title="样例说明", width=100),))
    rows = [ORGANISATIONS.cells(row) for row in _rows()]
    write_sheets(FILE, [Sheet(note, [(line,) for line in NOTE]), Sheet(ORGANISATIONS.layout, rows)])
    print(f"组织 {len(rows)}")


def _rows() -> Iterator[dict[str, Any]]:
    surnames = tuple("王李张刘孙赵曹成郭宋高孟")
    registrar = Registrar(Random(SEED), surnames, [1] * len(surnames))  # noqa: S311 - a sample, not a secret
    for number, body in enumerate(BODIES):
        leader = registrar.family()
        licence = None if body.kind in UNLICENSED else credit_code(body, FIRST_SERIAL + 7 * number)
        yield {
            "name": body.name,
            "kind": body.kind,
            "credit_code": licence,
            "division_code": body.place,
            "legal_representative": leader.head.name,
            "representative_id": leader.head.id_number,
            "phone": leader.phone,
            "bank_name": "邹平农商银行营业部" if licence else "",
            "bank_account": leader.bank_account if licence else None,
            "founded_on": date(body.since, 3 + number % 9, 1 + number),
            "listed_on": date(2021, 3, 1) if body.serves else None,
            "service_divisions": body.serves,
        }


def credit_code(body: Body, serial: int) -> str:
    """Return a credit code whose own check and whose inner organisation code's check hold."""
    digits = str(serial)
    inner = digits + "0123456789X"[-sum(map(mul, map(int, digits), WEIGHTS)) % 11]
    first = f"{PREFIXES.get(body.kind, '91')}371681{inner}"
    return first + check_character(first)


if __name__ == "__main__":
    main()
