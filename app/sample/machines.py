"""The machines and operators of the sample county: whose they are, what they can do, until when they may."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.sample.cast import Cast
from app.sample.land import Land
from app.sample.plans import CHANGSHAN, HUINONG, JIAOQIAO, ZHONGLI
from coop.machinery import service
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind
from coop.machinery.service import MachineDetails, OperatorDetails
from foundation.access.grants import Viewer
from foundation.values.area import Mu

YEAR = timedelta(days=365)
DRIVER = "sundayong"
"""The login name of the operator who reports by telephone."""

SOON = timedelta(days=20)
K = MachineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A machine to be registered; ``owner`` is whom it is hired from."""

    provider: str
    kind: MachineKind
    model: str
    plate: str
    daily: int
    width_cm: int | None = None
    terminal: str | None = None
    owner: str = ""
    ends_soon: bool = False


MACHINES = (
    Kept(
        provider=CHANGSHAN,
        kind=K.TRACTOR,
        model="东方红 LX1504",
        plate="鲁16 B0315",
        daily=110_00,
        width_cm=250,
        terminal="BD37168100010",
    ),
    Kept(
        provider=CHANGSHAN,
        kind=K.DRILL,
        model="大华宝来 2BMQF-6/12",
        plate="",
        daily=90_00,
        width_cm=240,
        terminal="BD37168100011",
    ),
    Kept(
        provider=CHANGSHAN,
        kind=K.DRONE,
        model="大疆 T40",
        plate="",
        daily=420_00,
        width_cm=600,
        terminal="BD37168100012",
    ),
    Kept(provider=CHANGSHAN, kind=K.PUMP, model="华源 JP75-300 喷灌机", plate="", daily=60_00),
    Kept(
        provider=CHANGSHAN,
        kind=K.HARVESTER,
        model="雷沃谷神 GM100",
        plate="鲁16 A2071",
        daily=130_00,
        width_cm=275,
        terminal="BD37168100013",
        owner=ZHONGLI,
    ),
    Kept(
        provider=CHANGSHAN,
        kind=K.BALER,
        model="星光 9YFQ-2.2",
        plate="鲁16 B0877",
        daily=70_00,
        ends_soon=True,
    ),
    Kept(
        provider=ZHONGLI,
        kind=K.HARVESTER,
        model="沃得 4LZ-8.0",
        plate="鲁16 A1188",
        daily=140_00,
        width_cm=280,
    ),
    Kept(
        provider=ZHONGLI,
        kind=K.TRACTOR,
        model="约翰迪尔 6B-1404",
        plate="鲁16 B1406",
        daily=120_00,
        width_cm=260,
    ),
    Kept(provider=JIAOQIAO, kind=K.DRILL, model="农哈哈 2BXF-12", plate="", daily=85_00, width_cm=240),
    Kept(provider=JIAOQIAO, kind=K.SPRAYER, model="永佳 3WSH-500", plate="", daily=260_00, width_cm=1200),
    Kept(provider=HUINONG, kind=K.DRONE, model="极飞 P100", plate="", daily=400_00),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """An operator to be registered; ``employer`` is who sends the person."""

    provider: str
    name: str
    serial: int
    classes: str
    employer: str = ""
    login_name: str = ""
    ends_soon: bool = False


DRIVERS = (
    Driver(provider=CHANGSHAN, name="孙大勇", serial=1, classes="G2 K2 R", login_name=DRIVER),
    Driver(provider=CHANGSHAN, name="范立军", serial=2, classes="G2 K1"),
    Driver(provider=CHANGSHAN, name="刘建设", serial=3, classes="R", employer=ZHONGLI),
    Driver(provider=CHANGSHAN, name="尉小磊", serial=4, classes="无人机", ends_soon=True),
    Driver(provider=ZHONGLI, name="曾宪国", serial=5, classes="G2 R"),
    Driver(provider=JIAOQIAO, name="刘兴华", serial=6, classes="G2 K1"),
    Driver(provider=JIAOQIAO, name="解永强", serial=7, classes="G2 K2"),
    Driver(provider=HUINONG, name="翟鹏", serial=8, classes="无人机"),
)


def register(cast: Cast, land: Land, *, viewer: Viewer, now: datetime, on: date) -> None:
    """Register all machines and operators; two licences end soon after ``on``."""
    for kept in MACHINES:
        details = MachineDetails(
            provider_id=land.organisations[kept.provider],
            kind=kept.kind,
            model=kept.model,
            plate=kept.plate,
            daily_capacity=Mu(kept.daily),
            width_cm=kept.width_cm,
            terminal_number=kept.terminal,
            licensed_until=_until(on, is_soon=kept.ends_soon) if kept.plate else None,
            owner_id=land.organisations[kept.owner] if kept.owner else None,
        )
        service.keep_machine(Machine(), details, viewer=viewer, now=now)
    for driver in DRIVERS:
        _register_driver(driver, cast, land, viewer=viewer, now=now, on=on)


def _register_driver(
    driver: Driver, cast: Cast, land: Land, *, viewer: Viewer, now: datetime, on: date
) -> None:
    details = OperatorDetails(
        provider_id=land.organisations[driver.provider],
        name=driver.name,
        phone=f"15453510{driver.serial:03d}",
        licence_number=f"3716260{driver.serial:05d}",
        licence_class=driver.classes,
        licensed_from=now.date() - 3 * YEAR,
        licensed_until=_until(on, is_soon=driver.ends_soon),
        employer_id=land.organisations[driver.employer] if driver.employer else None,
        account_id=cast.accounts[driver.login_name].id if driver.login_name else None,
    )
    service.keep_operator(Operator(), details, viewer=viewer, now=now)


def _until(on: date, *, is_soon: bool) -> date:
    return on + SOON if is_soon else on + 2 * YEAR
