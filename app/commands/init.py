"""``shecun init``: the first run of an installation, which knows its unit and its three administrators."""

from datetime import date
from pathlib import Path

import click
from sqlalchemy import select

from app import occupancy, roles, schema
from app.commands.frame import Refusal, installation, is_interactive, settings_of
from foundation.access.grants import Viewer
from foundation.accounts import service as accounts
from foundation.accounts.models import Account
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.divisions import importing as divisions
from foundation.divisions.models import Division
from foundation.errors import DomainError, InvalidValue
from foundation.postings import service as postings
from foundation.postings.models import Role
from foundation.postings.rules import RoleKind
from foundation.units import service as units
from foundation.units.models import Unit
from foundation.units.rules import UnitKind

SHIPPED = Path(__file__).resolve().parents[1] / "sample"
SHIPPED_DIVISIONS = SHIPPED / "divisions_zouping.csv"
SHIPPED_CHANGES = SHIPPED / "division_aliases_zouping.csv"
AT_THE_CONSOLE = Viewer(account_id=0, name="命令行")
ADMINISTRATORS = (RoleKind.SYSTEM, RoleKind.SECURITY, RoleKind.AUDIT)


class AlreadySetUp(DomainError):
    """这里已经建立了账号，不能再次初始化；如需另建一套，请把 SHECUN_HOME 指向一个新的文件夹。"""


class UnknownDivision(InvalidValue):
    """找不到区划“%(text)s”；请填 12 位区划代码，或用 --divisions 指定包含它的区划文件。"""


class SamePerson(InvalidValue):
    """%(name)s 被填了两次：三位管理员须是三个人，不能兼任。"""


@click.command()
@click.option("--unit", help="单位名称，例如：邹平市供销合作社联合社。")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in UnitKind]),
    help="单位类型：" + "、".join(f"{kind.value}（{kind.label}）" for kind in UnitKind) + "。",
)
@click.option("--division", help="单位所在区划的 12 位代码，例如：371681000000。")
@click.option(
    "--divisions",
    "division_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=SHIPPED_DIVISIONS,
    help="区划文件（CSV：code,name,level,parent）；默认用自带的邹平市区划。",
)
@click.option("--system", metavar="登录名:姓名", help="系统管理员。")
@click.option("--security", metavar="登录名:姓名", help="安全管理员。")
@click.option("--audit", metavar="登录名:姓名", help="审计管理员。")
def init(
    unit: str | None, kind: str | None, division: str | None, division_file: Path, **persons: str | None
) -> None:
    """初次建立：登记本单位，并为三位管理员建立实名账号。

    缺少的内容会逐项询问。初始密码只显示这一次，首次登录时必须修改。
    """
    with installation(ready=False) as app, occupancy.alone(settings_of(app).home):
        prepare(division_file)
        place = _division(division or _asked("单位所在区划的 12 位代码", "--division"))
        name = unit or _asked("单位名称", "--unit")
        body = units.UnitDetails(name=name, kind=_kind(kind), division_code=place.code)
        named = _three_persons(persons)
        passwords = _set_up(body, named, today())
        db.session.commit()
    click.echo(f"已建立 {body.name}。请把下列初始密码分别当面交给本人，首次登录时须修改：")
    for role_kind, (login_name, person) in named.items():
        password = passwords[role_kind]
        click.echo(f"  {role_kind.label}　{person}　登录名 {login_name}　初始密码 {password}")
    click.echo("启动服务：shecun serve")


def prepare(division_file: Path) -> None:
    """Bring the tables and the divisions in; refuse where accounts exist."""
    schema.move_to(db.engine)
    if db.session.scalar(select(Account.id).limit(1)) is not None:
        raise AlreadySetUp
    divisions.load(division_file)
    if division_file == SHIPPED_DIVISIONS:
        divisions.load_aliases(SHIPPED_CHANGES)


def _set_up(body: units.UnitDetails, named: dict[RoleKind, tuple[str, str]], on: date) -> dict[RoleKind, str]:
    made = units.create(body, viewer=AT_THE_CONSOLE, now=now(), on=on)
    preset = roles.set_up(AT_THE_CONSOLE, now())
    return {kind: _administrator(person, preset[kind.value], made, on) for kind, person in named.items()}


def _administrator(person: tuple[str, str], role: Role, unit: Unit, since: date) -> str:
    details = accounts.AccountDetails(login_name=person[0], name=person[1])
    account, password = accounts.create_account(details, viewer=AT_THE_CONSOLE, now=now())
    db.session.flush()
    postings.post(account, role, unit, since, viewer=AT_THE_CONSOLE, now=now(), reason="初次建立")
    return password


def _asked(what: str, option: str) -> str:
    if not is_interactive():
        raise Refusal(f"缺少{what}；请用 {option} 给出。")
    return str(click.prompt(what))


def _kind(given: str | None) -> UnitKind:
    kinds = list(UnitKind)
    if given is not None:
        return next(kind for kind in kinds if kind.value == given)
    if not is_interactive():
        raise Refusal("缺少单位类型；请用 --kind 给出。")
    for number, kind in enumerate(kinds, 1):
        click.echo(f"  {number:2}  {kind.label}")
    return kinds[click.prompt("单位类型的序号", type=click.IntRange(1, len(kinds))) - 1]


def _three_persons(given: dict[str, str | None]) -> dict[RoleKind, tuple[str, str]]:
    named = {kind: _person(kind, given[kind.value]) for kind in ADMINISTRATORS}
    names = [name for _, name in named.values()]
    for name in names:
        if names.count(name) > 1:
            raise SamePerson(name=name)
    return named


def _person(kind: RoleKind, given: str | None) -> tuple[str, str]:
    option = f"--{kind.value}"
    if given is None:
        login_name = _asked(f"{kind.label}的登录名（姓名拼音）", option)
        return login_name, _asked(f"{kind.label}的姓名", option)
    login_name, separator, name = given.replace("：", ":").partition(":")
    if not separator or not name.strip():
        raise Refusal(f"{kind.label}应写成“登录名:姓名”，例如 {option} wangjianguo:王建国")
    return login_name.strip(), name.strip()


def _division(code: str) -> Division:
    found = db.session.get(Division, code.strip())
    if found is None:
        raise UnknownDivision(text=code)
    return found
