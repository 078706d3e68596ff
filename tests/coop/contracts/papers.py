"""Snapshots of contracts with defaults, for the tests of their papers."""

from dataclasses import replace
from datetime import date
from typing import Any

from coop.contracts.rules.details import (
    DepositDetails,
    DividendShareDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
    StandardDetails,
)
from coop.contracts.rules.terms import (
    LATE_FEE_MOST,
    NATURES,
    ContractMode,
    DepositKind,
    DisputeWay,
    Kilograms,
    PartyRole,
    PaymentMode,
    ReceiverKind,
    RentKind,
)
from coop.contracts.snapshot import (
    AnnexHouseholdSnapshot,
    AnnexParcelSnapshot,
    ContractSnapshot,
    MenuLineSnapshot,
    PartySnapshot,
)
from coop.parcels.rules import AreaKind, LandClass
from foundation.values.area import Mu
from foundation.values.money import Fen, per_mu
from foundation.values.percent import BasisPoints, portion

FAMILY = PartySnapshot(
    name="王𬭎",
    is_household=True,
    representative="王𬭎",
    id_number="371626196805041236",
    address="山东省滨州市邹平市焦桥镇东平村三组",
    phone="13805430001",
    bank_name="邹平农村商业银行焦桥支行",
    bank_account="6223191605430000123",
)
VILLAGE = PartySnapshot(
    name="邹平市焦桥镇东平村股份经济合作社",
    is_household=False,
    representative="李㛃",
    id_number="371626197203151235",
    credit_code="N2371681MF1234567X",
    address="邹平市焦桥镇东平村",
    phone="0543-4300001",
)
PROVIDER = PartySnapshot(
    name="邹平市焦桥供销合作社",
    is_household=False,
    representative="赵喆",
    id_number="371626197511201238",
    credit_code="93371681MA3C1234XY",
    address="邹平市焦桥镇政府驻地",
    phone="0543-4300100",
    bank_name="中国农业银行邹平市支行",
    bank_account="6228480261234567812",
)
NAMES = ("王𬭎", "李㛃", "赵喆", "孙堃", "周玥", "吴建国", "郑䶮")


def parcel(number: int, area: int) -> AnnexParcelSnapshot:
    """A parcel with this area in hundredths of a mu."""
    return AnnexParcelSnapshot(
        code=f"3716811082040{number:06d}",
        name=f"村东{number}号地",
        land_contract=f"371681108204{number:06d}J",
        east="生产路",
        south=f"{NAMES[number % 7]}地",
        west="水渠",
        north="村路",
        land_class=LandClass.CONTRACTED,
        grade="二等",
        title_area=Mu(area),
        measured_area=None if number % 3 else Mu(area + 2),
        area=Mu(area),
        basis=AreaKind.CONTRACT,
    )


def household(number: int, parcels: int = 2) -> AnnexHouseholdSnapshot:
    """A household of the annex."""
    own = tuple(parcel(number * 10 + place, 123 + number * 7 + place) for place in range(parcels))
    return AnnexHouseholdSnapshot(
        name=NAMES[number % 7],
        id_masked=f"371626********{1000 + number}",
        phone_masked=f"138****{1000 + number}",
        village="东平村",
        group="三组",
        code=f"37168110820400{number:04d}",
        mandate_number=f"邹委〔2026〕{number:06d}号",
        area=Mu(sum(each.area for each in own)),
        parcels=own,
    )


MENU = (
    ("耕整地", "2026年夏玉米", 6500, 1),
    ("种植", "2026年夏玉米", 4500, 1),
    ("植保", "2026年夏玉米", 1250, 3),
    ("收获", "2026年夏玉米", 8000, 1),
)
PRICES = {ContractMode.ORDER: 78000, ContractMode.LEASE: 95000, ContractMode.SHARE: 80000}


def contract_snapshot(
    mode: ContractMode = ContractMode.MENU, households: int = 1, **changes: Any
) -> ContractSnapshot:
    """A sound contract of a mode: amounts add up, the annex adds up to the area."""
    annex = tuple(household(number) for number in range(1, households + 1))
    area = Mu(sum(each.area for each in annex))
    menu = tuple(
        MenuLineSnapshot(
            link=link,
            season=season,
            crop="玉米",
            price=Fen(price),
            area=area,
            passes=passes,
            starts_on=date(2026, 6, 1),
            ends_on=date(2026, 10, 15),
            amount=per_mu(Fen(price * passes), area),
        )
        for link, season, price, passes in MENU
    )
    is_menu = mode is ContractMode.MENU
    years = 1 if is_menu else 3
    price = Fen(0 if is_menu else PRICES[mode])
    yearly = Fen(sum(line.amount for line in menu)) if is_menu else per_mu(price, area)
    total = Fen(yearly * years)
    deposit = portion(total, BasisPoints(2000))
    rest = Fen(total - deposit)
    snapshot = ContractSnapshot(
        number="邹供托〔2026〕000123号",
        revision=1,
        county="邹平市",
        place="",
        village="焦桥镇东平村",
        mode=mode,
        nature=NATURES[mode],
        receiver_kind=ReceiverKind.HOUSEHOLD if households == 1 else ReceiverKind.COLLECTIVE,
        receiver=FAMILY if households == 1 else VILLAGE,
        provider=PROVIDER,
        printed_first=PartyRole.RECEIVER,
        upstream_number="",
        crops="小麦、玉米",
        starts_on=date(2026, 6, 1),
        ends_on=date(2026 + years - 1, 12, 31),
        years=years,
        area=area,
        household_count=households,
        parcel_count=households * 2,
        yearly_price=price,
        yearly_amount=yearly,
        total=total,
        menu=menu if is_menu else (),
        package=PackageDetails(fee=price, guaranteed_yield=Kilograms(500_00), compensation_price=Fen(230))
        if mode is ContractMode.ORDER
        else None,
        rent=RentDetails(
            kind=RentKind.GRAIN,
            grain=Kilograms(400_00),
            grain_name="小麦",
            grain_price=Fen(2375 // 10),
            floor=Fen(90000),
        )
        if mode is ContractMode.LEASE
        else None,
        share=ShareDetails(
            floor=price,
            dividend=(
                DividendShareDetails(holder="农户", rate=BasisPoints(4000)),
                DividendShareDetails(holder="村集体", rate=BasisPoints(3000)),
                DividendShareDetails(holder="供销合作社", rate=BasisPoints(3000)),
            ),
        )
        if mode is ContractMode.SHARE
        else None,
        deposit=DepositDetails(kind=DepositKind.PREPAYMENT, rate=BasisPoints(2000), amount=deposit),
        balance=rest,
        payment_mode=PaymentMode.INSTALMENTS,
        payments=(
            PaymentDetails(label="第一期", amount=Fen(rest // 2), due_on=date(2026, 8, 1)),
            PaymentDetails(label="尾款", amount=Fen(rest - rest // 2), days_after_acceptance=15),
        ),
        late_fee=BasisPoints(5),
        late_fee_most=LATE_FEE_MOST,
        dispute=DisputeWay.COURT,
        free_terms="甲方自备的种子由甲方对质量负责。",
        standards=(),
        annex=annex,
        signed_on=None,
        effective_on=None,
        filed_on=None,
    )
    return replace(snapshot, **changes)


STANDARDS = tuple(
    StandardDetails(item=item, content=content, agreed=agreed)
    for item, content, agreed in (
        ("备耕", "备耕时间", "2026年5月25日前完成农机检修和农资采购"),
        ("备耕", "农资采购", "复合肥（28-6-6）每亩40公斤，按市场价配送到地头"),
        ("耕整地", "作业模式", "旋耕两遍，深度不低于15厘米"),
        ("耕整地", "质量", "地表平整、无漏耕，土块直径不超过5厘米"),
        ("收获", "技术要求", "割茬高度≤15厘米，籽粒损失率≤3%，破碎率≤1%，秸秆切碎长度≤10厘米"),
    )
)
