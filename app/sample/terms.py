"""The terms of a planned contract: its parties and land from the registers, its sums from the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.sample.market import Market
from app.sample.plans import Plan, Term
from coop.catalogue.models import CropSeason
from coop.contracts.rules import money
from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    ContractDetails,
    DepositDetails,
    DividendShareDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
    StandardDetails,
)
from coop.contracts.rules.terms import (
    ContractMode,
    ContractNature,
    DepositKind,
    Kilograms,
    PartyRole,
    PaymentMode,
    ReceiverKind,
    RentKind,
)
from foundation.values.area import Mu
from foundation.values.money import Fen, allocate
from foundation.values.percent import BasisPoints

OCTOBER = 10
"""Land changes hands after the maize is in."""

SETTLED = timedelta(days=60)
WHEAT_MENU = (("耕整地", 65_00, 1), ("种植", 30_00, 1), ("植保", 10_00, 3), ("收获", 60_00, 1))
MAIZE_MENU = (("种植", 30_00, 1), ("中耕追肥", 18_00, 1), ("植保", 10_00, 2), ("收获", 75_00, 1))
STANDARDS = {
    "耕整地": ("技术要求", "深松旋耕 25 厘米以上，耙耱平整，无漏耕"),
    "种植": ("技术要求", "宽幅精播，播深 3 至 5 厘米，亩用种 12.5 公斤，出苗率 90% 以上"),
    "中耕追肥": ("技术要求", "大喇叭口期亩追尿素 15 公斤，深施 8 厘米"),
    "植保": ("防治方案", "无人机统一飞防，每次亩用药液 1.5 升，防治效果 90% 以上"),
    "收获": ("技术要求", "总损失率不超过 2%，割茬 15 厘米以下，秸秆切碎还田"),
    "全程托管": ("亩均产量或收益约定", "小麦亩产不低于 500 公斤，低于部分按约定单价补偿，自然灾害除外"),
}
LATE_FEE = BasisPoints(5)
PREPAID = BasisPoints(30_00)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who stands on both sides of a contract, and the land that they speak of."""

    receiver_household_id: int | None
    receiver_organisation_id: int | None
    provider_id: int
    annex: tuple[AnnexHouseholdDetails, ...]
    area: Mu
    place: str
    upstream_contract_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days of the story, all reckoned from the day on which the county is loaded."""

    on: date
    market: Market

    def days_of(self, plan: Plan) -> tuple[date, date]:
        """Return the first and the last day of a contract."""
        if season := self.season_of(plan):
            return season.starts_on, season.ends_on
        starts_on = self._first_day(plan.term)
        return starts_on, starts_on.replace(year=starts_on.year + plan.years) - timedelta(days=1)

    def season_of(self, plan: Plan) -> CropSeason | None:
        """Return the season for which a menu is made."""
        steps = {
            Term.SEASON_BEFORE_LAST: -2,
            Term.LAST_SEASON: -1,
            Term.THIS_SEASON: 0,
            Term.NEXT_SEASON: 1,
        }
        if plan.term not in steps:
            return None
        return self.market.season_at(self.on, steps[plan.term])

    def _first_day(self, term: Term) -> date:
        match term:
            case Term.THIS_YEAR:
                return latest_october(self.on)
            case Term.LAST_YEAR:
                year_ago = latest_october(self.on)
                return year_ago.replace(year=year_ago.year - 1)
        return (self.on + timedelta(days=62)).replace(day=1)


def latest_october(on: date) -> date:
    """Return the latest first of October that lies two months back or more."""
    day = date((on - SETTLED).year, OCTOBER, 1)
    return day if day <= on - SETTLED else day.replace(year=day.year - 1)


def details_of(plan: Plan, parties: Parties, calendar: Calendar) -> ContractDetails:
    """Return all terms of a planned contract; the instalments add up to its total."""
    starts_on, ends_on = calendar.days_of(plan)
    season = calendar.season_of(plan)
    details = ContractDetails(
        mode=plan.mode,
        receiver_kind=plan.kind,
        receiver_household_id=parties.receiver_household_id,
        receiver_organisation_id=parties.receiver_organisation_id,
        provider_id=parties.provider_id,
        division_code=plan.village,
        starts_on=starts_on,
        ends_on=ends_on,
        area=parties.area,
        printed_first=PartyRole.PROVIDER if plan.provider_first else PartyRole.RECEIVER,
        upstream_contract_id=parties.upstream_contract_id,
        place=parties.place,
        crops=season.name if season else "冬小麦、夏玉米",
        menu=_menu(season, parties.area, calendar.market) if season else (),
        package=_package(plan),
        rent=_rent(plan),
        share=_share(plan),
        late_fee=LATE_FEE,
        annex=parties.annex,
    )
    return with_payments(replace(details, standards=_standards(details, season)))


def _menu(season: CropSeason, area: Mu, market: Market) -> tuple[MenuLineDetails, ...]:
    lines = WHEAT_MENU if season.name == "冬小麦" else MAIZE_MENU
    return tuple(
        MenuLineDetails(
            link_id=market.links[link].id, season_id=season.id, price=Fen(price), area=area, passes=passes
        )
        for link, price, passes in lines
    )


def _package(plan: Plan) -> PackageDetails | None:
    if plan.mode is not ContractMode.ORDER:
        return None
    return PackageDetails(
        fee=Fen(680_00 if plan.hands_on else 720_00),
        guaranteed_yield=Kilograms(1000_00),
        compensation_price=Fen(2_30),
        compensation="全年两季合计低于约定产量的部分按约定单价补偿；自然灾害除外。",
    )


def _rent(plan: Plan) -> RentDetails | None:
    if plan.mode is not ContractMode.LEASE:
        return None
    if not plan.in_grain:
        return RentDetails(kind=RentKind.CASH, cash=Fen(900_00))
    return RentDetails(
        kind=RentKind.GRAIN,
        grain=Kilograms(400_00),
        grain_name="小麦",
        grain_price=Fen(2_36),
        floor=Fen(900_00),
    )


def _share(plan: Plan) -> ShareDetails | None:
    if plan.mode is not ContractMode.SHARE:
        return None
    split = (("入股农户", 50_00), ("村集体", 20_00), ("供销社（经营方）", 30_00))
    dividend = (DividendShareDetails(holder=holder, rate=BasisPoints(rate)) for holder, rate in split)
    return ShareDetails(floor=Fen(800_00), dividend=tuple(dividend))


def _standards(details: ContractDetails, season: CropSeason | None) -> tuple[StandardDetails, ...]:
    if details.nature is not ContractNature.SERVICE:
        return ()
    lines = WHEAT_MENU if season and season.name == "冬小麦" else MAIZE_MENU
    items = [link for link, _, _ in lines] if season else ["耕整地", "种植", "植保", "收获", "全程托管"]
    return tuple(
        StandardDetails(item=item, content=STANDARDS[item][0], agreed=STANDARDS[item][1]) for item in items
    )


def with_payments(details: ContractDetails) -> ContractDetails:
    """Return the terms with a deposit and instalments that add up to the total."""
    total = money.total(details)
    if details.mode is ContractMode.MENU:
        return _after_acceptance(details, total)
    if details.receiver_kind is ReceiverKind.HOUSEHOLD and details.nature is ContractNature.SERVICE:
        return _after_acceptance(details, total)
    label = "租金" if details.mode is ContractMode.LEASE else "保底收益"
    if details.nature is ContractNature.SERVICE:
        label = "服务费"
    years = [year.start for year in details.term.years()]
    return replace(details, payments=_yearly(label, total, years), payment_mode=PaymentMode.INSTALMENTS)


def _after_acceptance(details: ContractDetails, total: Fen) -> ContractDetails:
    amount = money.deposit_amount(total, PREPAID)
    rest = PaymentDetails(label="尾款", amount=Fen(total - amount), days_after_acceptance=15)
    return replace(
        details,
        deposit=DepositDetails(kind=DepositKind.PREPAYMENT, rate=PREPAID, amount=amount),
        payments=(rest,),
        payment_mode=PaymentMode.INSTALMENTS,
    )


def _yearly(label: str, total: Fen, starts: Sequence[date]) -> tuple[PaymentDetails, ...]:
    parts = allocate(total, [1] * len(starts))
    return tuple(
        PaymentDetails(label=f"第{number}年{label}", amount=Fen(part), due_on=start + timedelta(days=30))
        for number, (part, start) in enumerate(zip(parts, starts, strict=True), 1)
    )
