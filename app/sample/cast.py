"""Who works in the sample county: its units, and the named accounts that people look around with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app import roles
from foundation.access.grants import Viewer
from foundation.accounts import service as accounts
from foundation.accounts.models import Account
from foundation.postings import queries as postings
from foundation.postings import service as posting
from foundation.units import service as units
from foundation.units.models import Unit
from foundation.units.rules import UnitKind
from foundation.units.service import UnitDetails

PASSWORD = "Zouping-2026"  # noqa: S105 - of a county that does not exist
COUNTY = "371681000000"
AT_THE_CONSOLE = Viewer(account_id=0, name="示例县")
UNION = "邹平市供销合作社联合社"
PARTY_OFFICE = "中共邹平市委组织部"
COOPS = {
    "青阳供销合作社": "371681112000",
    "焦桥供销合作社": "371681108000",
    "临池供销合作社": "371681105000",
    "长山供销合作社": "371681101000",
    "魏桥供销合作社": "371681102000",
}
TOWNSHIPS = {
    "371681001000": "黛溪街道办事处",
    "371681002000": "黄山街道办事处",
    "371681003000": "高新街道办事处",
    "371681004000": "好生街道办事处",
    "371681005000": "西董街道办事处",
    "371681101000": "长山镇人民政府",
    "371681102000": "魏桥镇人民政府",
    "371681105000": "临池镇人民政府",
    "371681108000": "焦桥镇人民政府",
    "371681109000": "韩店镇人民政府",
    "371681110000": "孙镇人民政府",
    "371681111000": "九户镇人民政府",
    "371681112000": "青阳镇人民政府",
    "371681113000": "明集镇人民政府",
    "371681114000": "台子镇人民政府",
    "371681115000": "码头镇人民政府",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A sample account: its holder, what they are, where they work and in which roles."""

    login_name: str
    name: str
    title: str
    unit: str
    roles: tuple[str, ...]


def _at(unit: str, *people: tuple[str, str, str, tuple[str, ...]]) -> tuple[Person, ...]:
    return tuple(
        Person(login_name=login_name, name=name, title=title, unit=unit, roles=held)
        for login_name, name, title, held in people
    )


ACCOUNTS: tuple[Person, ...] = (
    *_at(
        UNION,
        ("sunzhiyuan", "孙志远", "市供销社 系统管理员", ("system",)),
        ("mengfanhua", "孟繁华", "市供销社 安全管理员", ("security",)),
        ("cuiyuzhen", "崔玉珍", "市供销社 审计管理员", ("audit",)),
        ("liangdong", "梁栋", "市供销社 业务科科长（合同审核）", ("approver",)),
        ("hanxiaomei", "韩晓梅", "市供销社 台账与价格管理", ("registrar", "price_keeper")),
        ("songlimin", "宋立民", "市供销社 分管副主任（查阅）", ("reader",)),
    ),
    *_at(
        "长山供销合作社",
        ("zhangwei.cs", "张伟", "长山供销社 合同经办", ("clerk",)),
        ("fanshoujun", "范守军", "长山供销社 主任（合同审核）", ("approver",)),
        ("sundayong", "孙大勇", "长山供销社 机手（手机登记作业）", ("driver",)),
    ),
    *_at(
        "焦桥供销合作社",
        ("liuyan.jq", "刘艳", "焦桥供销社 合同经办", ("clerk",)),
        ("wangchangshun", "王长顺", "焦桥供销社 主任（合同审核）", ("approver",)),
    ),
    *_at(
        "青阳供销合作社",
        ("chengjianjun", "成建军", "青阳供销社 合同经办", ("clerk",)),
        ("zhaoyufeng", "赵玉凤", "青阳供销社 主任（合同审核）", ("approver",)),
    ),
    *_at(
        "临池供销合作社",
        ("xiehaibo", "解海波", "临池供销社 合同经办", ("clerk",)),
        ("gaochuandong", "高传东", "临池供销社 主任（合同审核）", ("approver",)),
    ),
    *_at(
        "魏桥供销合作社",
        ("zengqinghua", "曾庆华", "魏桥供销社 合同经办", ("clerk",)),
        ("lixianglin", "李向林", "魏桥供销社 主任（合同审核）", ("approver",)),
    ),
    *_at("长山镇人民政府", ("weihongmei", "尉红梅", "长山镇 农业农村办（查阅）", ("reader",))),
    *_at("焦桥镇人民政府", ("sunlei.jq", "孙磊", "焦桥镇 农业农村办（查阅）", ("reader",))),
    *_at(PARTY_OFFICE, ("zhaijianping", "翟建平", "市委组织部 组织二科（查阅）", ("reader",))),
)
"""The named accounts; nobody is called admin."""


@dataclass(slots=True)
class Cast:
    """The people of the county by their login names, as they act in the story."""

    accounts: dict[str, Account] = field(default_factory=dict)
    viewers: dict[tuple[str, date], Viewer] = field(default_factory=dict)

    def viewer(self, login_name: str, on: date) -> Viewer:
        """Return a person with the rights of a day; nobody is posted anew in the story."""
        if (login_name, on) not in self.viewers:
            self.viewers[login_name, on] = postings.viewer_of(self.accounts[login_name], on)
        return self.viewers[login_name, on]


def settle(since: date, now: datetime, password_set_at: datetime) -> Cast:
    """Found the units, set up the roles and post the people from ``since`` on; their passwords are new."""
    found = _units(since, now)
    held = roles.set_up(AT_THE_CONSOLE, now)
    cast = Cast()
    for person in ACCOUNTS:
        details = accounts.AccountDetails(login_name=person.login_name, name=person.name)
        account, _ = accounts.create_account(details, viewer=AT_THE_CONSOLE, now=now, password=PASSWORD)
        account.must_change_password = False  # it is printed beside the name; who looks around keeps it
        account.password_changed_at = password_set_at
        for role in person.roles:
            posting.post(
                account,
                held[role],
                found[person.unit],
                since,
                viewer=AT_THE_CONSOLE,
                now=now,
                reason="示例县",
            )
        cast.accounts[person.login_name] = account
    return cast


def _units(since: date, now: datetime) -> Mapping[str, Unit]:
    found: dict[str, Unit] = {}

    def add(name: str, kind: UnitKind, place: str, above: str = "") -> None:
        parent = found[above].id if above else None
        details = UnitDetails(name=name, kind=kind, division_code=place, parent_id=parent)
        found[name] = units.create(details, viewer=AT_THE_CONSOLE, now=now, on=since)

    add(UNION, UnitKind.COUNTY_UNION, COUNTY)
    add(PARTY_OFFICE, UnitKind.ORGANISATION_DEPARTMENT, COUNTY)
    for name, place in COOPS.items():
        add(name, UnitKind.GRASSROOTS_COOP, place, UNION)
    for place, name in TOWNSHIPS.items():
        add(name, UnitKind.TOWNSHIP, place)
    return found
