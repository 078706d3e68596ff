"""Programmes and work orders over signed contracts, with defaults, for the tests of field work."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coop.catalogue import service as catalogue
from coop.catalogue.models import Crop, CropSeason, Link
from coop.contracts.models import Contract
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.rules.terms import OperationPermission, WorkResult, WorkSource
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.programmes.models import Coefficient, CoefficientVersion, Programme
from coop.programmes.rules import (
    DEFAULT_WEIGHTS,
    LARGE_FROM,
    REPLY_DAYS,
    TOLERANCE,
    TRACK_TOLERANCE,
    ProgrammeKind,
    WeightFormula,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.money import Fen
from tests.coop.contracts import builders as contracts
from tests.foundation.accounts.builders import COUNTY, make_account, make_division, make_viewer

VILLAGE = contracts.VILLAGE
NOW = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
TODAY = date(2026, 7, 1)
WINDOW = date(2026, 6, 5), date(2026, 6, 25)
WORK_DAY = date(2026, 6, 10)
_numbers = count(1)


def make_planner(division_code: str = COUNTY, *more: str) -> Viewer:
    """Someone who plans, issues, reports, prints and exports work orders."""
    return make_viewer(*OperationPermission, *more, division_code=division_code)


def make_programme(
    year: int = 2026, kind: ProgrammeKind = ProgrammeKind.GENERAL, county: str = COUNTY, **given: Any
) -> Programme:
    """A programme with its first coefficients; the general one of a county-year exists once."""
    if kind is ProgrammeKind.GENERAL and (known := _general(county, year)) is not None:
        return known
    make_division(county)
    catalogue.fill_with_shipped()
    values: dict[str, Any] = {
        "name": "综合统计" if kind is ProgrammeKind.GENERAL else f"托管项目{next(_numbers)}",
        "formula": WeightFormula.COEFFICIENT,
        "large_from": LARGE_FROM,
        "tolerance": TOLERANCE,
        "track_tolerance": TRACK_TOLERANCE,
        "reply_days": REPLY_DAYS,
    }
    programme = Programme(division_code=county, year=year, kind=kind, **(values | given))
    db.session.add(programme)
    db.session.flush()
    make_coefficients(programme)
    return programme


def _general(county: str, year: int) -> Programme | None:
    statement = select(Programme).where(Programme.division_code == county, Programme.year == year)
    return db.session.scalar(statement.where(Programme.kind == ProgrammeKind.GENERAL))


def make_coefficients(programme: Programme, number: int = 1, **weights: int) -> CoefficientVersion:
    """A published version of the shipped weights, changed by ``c04=3000`` and the like."""
    version = CoefficientVersion(
        programme_id=programme.id,
        number=number,
        valid_from=date(programme.year, 1, 1),
        source="省级方案",
        published_at=NOW,
        publisher_id=make_account().id,
    )
    db.session.add(version)
    db.session.flush()
    chosen = {code: int(weight) for code, weight in DEFAULT_WEIGHTS.items()}
    chosen |= {key.removeprefix("c"): weight for key, weight in weights.items()}
    for code, weight in chosen.items():
        link_id = contracts.make_link(code).id
        db.session.add(Coefficient(version_id=version.id, link_id=link_id, weight=weight))
    db.session.flush()
    return version


def find_or_make_season(name: str = "夏玉米", year: int = 2026) -> CropSeason:
    """The crop season of a name, made once."""
    statement = select(CropSeason).join(Crop).where(CropSeason.name == name, CropSeason.year == year)
    return db.session.scalars(statement).first() or contracts.make_season(name, year)


def make_contract(
    household: Household | None = None,
    *codes: str,
    season: CropSeason | None = None,
    provider: Organisation | None = None,
    clerk: Viewer | None = None,
    **given: Any,
) -> Contract:
    """A signed menu contract over all land of a household: sowing, or the links of ``codes``."""
    if provider is not None:
        given["provider_id"] = provider.id
    season = season or find_or_make_season()
    details = contracts.menu_details(household, *codes, season=season, **given)
    return contracts.signed(details, clerk or contracts.make_clerk())


def make_order(
    *,
    village: str = VILLAGE,
    season: CropSeason | None = None,
    link: str = "04",
    pass_number: int = 1,
    areas: Sequence[int] = (3_50,),
    households: int = 1,
    provider: Organisation | None = None,
    programme: Programme | None = None,
    contract: Contract | None = None,
    clerk: Viewer | None = None,
    **given: Any,
) -> WorkOrder:
    """An issued order whose lines lie on signed menu contracts, one per household with ``areas`` each.

    With ``contract`` the lines are the parcels of that contract instead. ``given`` sets columns of the order.
    """
    season = season or find_or_make_season()
    work = contracts.make_link(link)
    if contract is None:
        provider = provider or contracts.make_organisation()
        clerk = clerk or contracts.make_clerk()
        owners = [
            contracts.make_household(f"农户{next(_numbers)}", *areas, division_code=village)
            for _ in range(households)
        ]
        made = [make_contract(owner, link, season=season, provider=provider, clerk=clerk) for owner in owners]
    else:
        made = [contract]
    order = _order(made[0], season, work, pass_number, programme, given)
    _lines(order, made)
    return whole(order.id)


def _order(
    contract: Contract,
    season: CropSeason,
    link: Link,
    pass_number: int,
    programme: Programme | None,
    given: dict[str, Any],
) -> WorkOrder:
    county = f"{contract.division_code[:6]}000000"
    programme = programme or make_programme(season.year, county=county)
    serial = next(_numbers)
    values: dict[str, Any] = {
        "number": f"测作业〔{season.year}〕{serial:06d}号",
        "serial": serial,
        "county_code": county,
        "division_code": contract.division_code,
        "dated_on": date(2026, 6, 1),
        "provider_id": contract.provider_id,
        "starts_on": WINDOW[0],
        "ends_on": WINDOW[1],
        "issued_at": datetime(2026, 6, 1, 2, 0, tzinfo=UTC),
    }
    order = WorkOrder(
        programme_id=programme.id,
        season_id=season.id,
        link_id=link.id,
        pass_number=pass_number,
        area=Mu(0),
        drafter_id=given.pop("drafter_id", None) or make_account().id,
        **(values | given),
    )
    db.session.add(order)
    db.session.flush()
    return order


def _lines(order: WorkOrder, made: Sequence[Contract]) -> None:
    position = 0
    for contract in made:
        for row in contract.annex:
            for annexed in row.parcels:
                position += 1
                _line(order, contract, row.household_id, annexed.parcel, position)
    statement = select(OrderLine).where(OrderLine.order_id == order.id)
    lines = db.session.scalars(statement).all()
    order.area = Mu(sum(line.planned_area for line in lines))
    order.parcel_count = len(lines)
    order.household_count = len({line.household_id for line in lines})
    db.session.flush()


def _line(order: WorkOrder, contract: Contract, household_id: int, parcel: Parcel, position: int) -> None:
    db.session.add(
        OrderLine(
            order_id=order.id,
            position=position,
            contract_id=contract.id,
            parcel_id=parcel.id,
            household_id=household_id,
            division_code=order.division_code,
            season_id=order.season_id,
            link_id=order.link_id,
            pass_number=order.pass_number,
            planned_area=parcel.area,
            basis_area=parcel.area,
            price=Fen(30_00),
        )
    )
    db.session.flush()


def whole(order_id: int) -> WorkOrder:
    """The order with everything that pages and papers read, as the database now has it."""
    statement = (
        select(WorkOrder)
        .where(WorkOrder.id == order_id)
        .options(
            joinedload(WorkOrder.provider),
            joinedload(WorkOrder.programme),
            joinedload(WorkOrder.season),
            joinedload(WorkOrder.link),
            joinedload(WorkOrder.operator),
            joinedload(WorkOrder.machine),
            selectinload(WorkOrder.lines).options(
                joinedload(OrderLine.parcel),
                joinedload(OrderLine.household),
                joinedload(OrderLine.contract),
                selectinload(OrderLine.reports),
            ),
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).unique().one()


def report_done(
    line: OrderLine,
    area: int | None = None,
    on: date = WORK_DAY,
    *,
    result: WorkResult = WorkResult.DONE,
    source: WorkSource = WorkSource.BULK,
    **given: Any,
) -> WorkReport:
    """A report on a line as the service would leave it: the whole parcel done unless told otherwise."""
    done = Mu(line.planned_area if area is None else area)
    report = WorkReport(
        line_id=line.id,
        result=result,
        area=done,
        worked_on=on,
        source=source,
        reporter_id=given.pop("reporter_id", None) or make_account().id,
        reported_at=given.pop("reported_at", NOW),
        **given,
    )
    db.session.add(report)
    line.result, line.done_on = result, on
    line.done_area = Mu(line.done_area + done)
    db.session.flush()
    return report
