"""Land, orders and accepted work written as plain rows, for the tests of the acreage ledger."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coop.acceptance.rules.book import AcceptedWork
from coop.acceptance.service.works import accepted_work
from coop.catalogue import service as catalogue
from coop.catalogue.models import Crop, CropSeason, Link, RequiredLink
from coop.contracts.models import Contract
from coop.contracts.rules.terms import NATURES, ContractMode, PaymentMode, ReceiverKind
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from coop.organisations.models import Organisation, ServiceDivision
from coop.organisations.rules import OrganisationKind
from coop.parcels.models import Parcel, ParcelLineage
from coop.parcels.rules import LandShare
from coop.programmes.models import Coefficient, CoefficientVersion, Programme
from coop.programmes.rules import ProgrammeKind, WeightFormula
from coop.programmes.service import general_programme
from coop.trusteeship.service import LEDGER
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.money import Fen, allocate
from foundation.values.percent import BasisPoints
from tests.foundation.accounts.builders import COUNTY, make_account, make_division

VILLAGE, NEIGHBOUR = "371681101205", "371681108226"
NOW = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
TODAY = date(2026, 7, 1)
WORK_DAY = date(2026, 6, 10)
_numbers = count(1)


def make_household(name: str = "张建国", *, village: str = VILLAGE, number: str | None = None) -> Household:
    """A household, known by an identity number if one is given."""
    make_division(village)
    household = Household(head_name=name, division_code=village, id_number=number)
    db.session.add(household)
    db.session.flush()
    return household


def make_parcel(household: Household, area: int = 10_00) -> Parcel:
    """A confirmed parcel of a household."""
    parcel = Parcel(
        code=f"{household.division_code}00{next(_numbers):05d}",
        name="东洼",
        household_id=household.id,
        division_code=household.division_code,
        contract_area=Mu(area),
        area=Mu(area),
    )
    db.session.add(parcel)
    db.session.flush()
    return parcel


def find_season(name: str = "夏玉米", year: int = 2026) -> CropSeason:
    """Summer maize from June to October, or winter wheat from the October before to mid-June."""
    catalogue.fill_with_shipped()
    found = select(CropSeason).where(CropSeason.name == name, CropSeason.year == year)
    season = db.session.scalar(found)
    if season is not None:
        return season
    crop_name = name.removeprefix("夏").removeprefix("冬")
    crop = db.session.scalar(select(Crop).where(Crop.name == crop_name))
    if crop is None:
        crop = Crop(code=f"t{next(_numbers)}", name=crop_name)
        db.session.add(crop)
        db.session.flush()
    is_wheat = crop_name == "小麦"
    starts, ends = (
        (date(year - 1, 10, 5), date(year, 6, 15)) if is_wheat else (date(year, 6, 10), date(year, 10, 20))
    )
    season = CropSeason(year=year, name=name, crop_id=crop.id, starts_on=starts, ends_on=ends)
    db.session.add(season)
    db.session.flush()
    return season


def find_link(code: str) -> Link:
    """A shipped link: 02 耕整地, 04 种植, 07 植保, 08 收获."""
    catalogue.fill_with_shipped()
    return db.session.scalars(select(Link).where(Link.code == code)).one()


def require(season: CropSeason, *codes: str, **passes: int) -> None:
    """Lay down without which links a season is not served whole."""
    for code in codes:
        row = RequiredLink(
            crop_id=season.crop_id,
            season_id=season.id,
            link_id=find_link(code).id,
            passes=passes.get(f"c{code}", 1),
        )
        db.session.add(row)
    db.session.flush()


def make_general(year: int = 2026) -> Programme:
    """The county's general programme."""
    make_division(COUNTY)
    catalogue.fill_with_shipped()
    return general_programme(COUNTY, year, viewer=None, now=NOW)


def make_project(
    weights: dict[str, int] | None = None, rates: dict[str, int] | None = None, **given: Any
) -> Programme:
    """A project with weights, or money per mu, by link."""
    make_division(COUNTY)
    values: dict[str, Any] = {
        "division_code": COUNTY,
        "year": 2026,
        "name": f"第{next(_numbers)}项目",
        "kind": ProgrammeKind.PROJECT,
        "formula": WeightFormula.MONEY if rates else WeightFormula.COEFFICIENT,
        "large_from": Mu(50_00),
        "tolerance": BasisPoints(2_00),
        "track_tolerance": BasisPoints(5_00),
        "reply_days": 7,
    }
    programme = Programme(**(values | given))
    db.session.add(programme)
    db.session.flush()
    make_version(programme, weights or {}, rates)
    return programme


def make_version(
    programme: Programme,
    weights: dict[str, int],
    rates: dict[str, int] | None = None,
    number: int = 1,
    valid_from: date = date(2026, 1, 1),
) -> CoefficientVersion:
    """A version of weights; money per mu weighs by the hundred yuan."""
    rates = rates or {}
    version = CoefficientVersion(
        programme_id=programme.id,
        number=number,
        valid_from=valid_from,
        source=f"第{number}版",
        published_at=NOW,
        rows=[
            Coefficient(
                link_id=find_link(code).id,
                weight=BasisPoints(rates.get(code, weights.get(code, 0))),
                rate=Fen(rates[code]) if code in rates else None,
            )
            for code in dict.fromkeys([*weights, *rates])
        ],
    )
    db.session.add(version)
    db.session.flush()
    return version


def find_provider() -> Organisation:
    """The co-op that serves the whole county, made once."""
    provider = db.session.scalar(select(Organisation).where(Organisation.name == "长山供销合作社"))
    if provider is None:
        provider = Organisation(
            name="长山供销合作社", kind=OrganisationKind.GRASSROOTS_COOP, division_code=COUNTY
        )
        provider.service_divisions.append(ServiceDivision(division_code=COUNTY))
        db.session.add(provider)
        db.session.flush()
    return provider


def make_contract(household: Household, mode: ContractMode = ContractMode.MENU) -> Contract:
    """A signed contract of a household."""
    provider, number = find_provider(), next(_numbers)
    contract = Contract(
        number=f"测供托〔2026〕{number:06d}号",
        serial=number,
        county_code=COUNTY,
        division_code=household.division_code,
        dated_on=date(2026, 3, 1),
        mode=mode,
        nature=NATURES[mode],
        receiver_kind=ReceiverKind.HOUSEHOLD,
        receiver_household_id=household.id,
        receiver_name=household.head_name,
        provider_id=provider.id,
        provider_name=provider.name,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 12, 31),
        area=Mu(100),
        total=Fen(100),
        payment_mode=PaymentMode.INSTALMENTS,
        submitted_at=NOW,
        approved_at=NOW,
        signed_on=date(2026, 3, 1),
        revision=1,
        drafter_id=make_account().id,
    )
    db.session.add(contract)
    db.session.flush()
    return contract


def make_line(
    parcel: Parcel,
    code: str = "04",
    *,
    season: CropSeason | None = None,
    pass_number: int = 1,
    programme: Programme | None = None,
    contract: Contract | None = None,
    price: int | None = 30_00,
    provider: Organisation | None = None,
) -> OrderLine:
    """A line of an order of its own, worked and not yet accepted."""
    season, link = season or find_season(), find_link(code)
    household = db.session.get_one(Household, parcel.household_id)
    contract = contract or make_contract(household)
    number = next(_numbers)
    order = WorkOrder(
        number=f"测作业〔2026〕{number:06d}号",
        serial=number,
        county_code=COUNTY,
        division_code=parcel.division_code,
        dated_on=date(2026, 6, 1),
        provider_id=(provider or find_provider()).id,
        programme_id=(programme or make_general(season.year)).id,
        season_id=season.id,
        link_id=link.id,
        pass_number=pass_number,
        starts_on=date(2026, 6, 5),
        ends_on=date(2026, 6, 25),
        area=parcel.area,
        drafter_id=contract.drafter_id,
    )
    db.session.add(order)
    db.session.flush()
    line = OrderLine(
        order_id=order.id,
        position=1,
        contract_id=contract.id,
        parcel_id=parcel.id,
        household_id=household.id,
        division_code=parcel.division_code,
        season_id=season.id,
        link_id=link.id,
        pass_number=pass_number,
        planned_area=parcel.area,
        basis_area=parcel.area,
        done_area=parcel.area,
        done_on=WORK_DAY,
        price=None if price is None else Fen(price),
    )
    db.session.add(line)
    db.session.flush()
    return line


def work_of(line: OrderLine, area: int | None = None) -> AcceptedWork:
    """The line as accepted, whole or to so many mu; the row is written too."""
    line.accepted_area, line.accepted_on = Mu(line.done_area if area is None else area), TODAY
    db.session.flush()
    loaded = (
        select(OrderLine)
        .where(OrderLine.id == line.id)
        .options(joinedload(OrderLine.order), joinedload(OrderLine.contract))
    )
    return accepted_work([db.session.scalars(loaded.execution_options(populate_existing=True)).one()])[0]


def accept(line: OrderLine, area: int | None = None) -> AcceptedWork:
    """Accept a line and count it."""
    work = work_of(line, area)
    LEDGER.enter([work], now=NOW)
    return work


def served(parcel: Parcel, *codes: str, **given: Any) -> list[OrderLine]:
    """Plan, do, accept and count these links on a parcel."""
    lines = [make_line(parcel, code, **given) for code in codes]
    for line in lines:
        accept(line)
    return lines


def undo(line: OrderLine) -> None:
    """Take an acceptance back."""
    line.accepted_area, line.accepted_on = None, None
    db.session.flush()
    LEDGER.strike([line.id], reason="登记有误", now=NOW)


def split(parcel: Parcel, *areas: int, on: date = TODAY) -> list[Parcel]:
    """Make several parcels of one and tell the ledger."""
    household = db.session.get_one(Household, parcel.household_id)
    made = [make_parcel(household, area) for area in areas]
    _hand_over([LandShare(parcel.id, one.id, one.area) for one in made], on)
    return made


def merge(*parcels: Parcel, on: date = TODAY) -> Parcel:
    """Make one parcel of several and tell the ledger."""
    household = db.session.get_one(Household, parcels[0].household_id)
    made = make_parcel(household, sum(one.area for one in parcels))
    _hand_over([LandShare(one.id, made.id, one.area) for one in parcels], on)
    return made


def _hand_over(shares: Sequence[LandShare], on: date) -> None:
    for share in shares:
        row = ParcelLineage(from_id=share.from_id, to_id=share.to_id, area=share.area)
        row.changed_on, row.reason = on, "调整"
        db.session.add(row)
        db.session.get_one(Parcel, share.from_id).closed_on = on
    db.session.flush()
    LEDGER.relocated(shares, on=on, now=NOW)


def measure(parcel: Parcel, area: int, on: date = TODAY) -> None:
    """Let a parcel settle by another area and tell the ledger."""
    parcel.area = parcel.contract_area = Mu(area)
    db.session.flush()
    LEDGER.resized([parcel.id], on=on, now=NOW)


def halves(area: int) -> list[int]:
    """Two areas that add up to one, not quite equal."""
    return allocate(area, [3, 2])
