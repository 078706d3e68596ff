"""A small village with households, land, parties, mandates and a contract in any state, for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from coop.catalogue import service as catalogue
from coop.catalogue.models import Crop, CropSeason, Link
from coop.contracts import queries
from coop.contracts import service as contracts
from coop.contracts.models import Contract
from coop.contracts.rules import money
from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    AnnexParcelDetails,
    ContractDetails,
    DividendShareDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
)
from coop.contracts.rules.terms import ContractMode, ContractPermission, ReceiverKind, RentKind
from coop.households.models import Household
from coop.mandates import service as mandates
from coop.mandates.models import Mandate
from coop.mandates.rules import MandatePermission
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.parcels.models import LandContract, Parcel
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints
from tests.foundation.accounts.builders import COUNTY, make_division, make_viewer

VILLAGE = "371681112205"
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
START, END = date(2026, 3, 1), date(2026, 11, 30)
LAND_ENDS = date(2056, 12, 31)
_numbers = count(1)


def make_clerk(division_code: str = COUNTY) -> Viewer:
    """Someone who drafts, signs, closes and registers mandates, but does not approve."""
    p = ContractPermission
    return make_viewer(
        p.VIEW, p.DRAFT, p.SIGN, p.CLOSE, p.EXPORT, p.PRINT, *MandatePermission, division_code=division_code
    )


def make_reviewer(division_code: str = COUNTY) -> Viewer:
    """Someone who approves."""
    p = ContractPermission
    return make_viewer(p.VIEW, p.APPROVE, p.PRINT, division_code=division_code, name="李复核")


def make_organisation(
    kind: OrganisationKind = OrganisationKind.GRASSROOTS_COOP,
    division_code: str = COUNTY,
    **given: Any,
) -> Organisation:
    """An organisation, listed as a provider."""
    make_division(division_code)
    row = Organisation(
        name=f"第{next(_numbers)}供销社",
        kind=kind,
        division_code=division_code,
        listed_on=date(2020, 1, 1),
        legal_representative="赵六",
    )
    for name, value in given.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    return row


def make_collective(division_code: str = VILLAGE) -> Organisation:
    """The village's collective."""
    return make_organisation(OrganisationKind.VILLAGE_COLLECTIVE, division_code, name="西董村股份经济合作社")


def make_household(name: str = "张建国", *areas: int, division_code: str = VILLAGE) -> Household:
    """A household with one parcel per area (hundredths of a mu; 3.50 mu unless given)."""
    make_division(division_code)
    number = next(_numbers)
    household = Household(
        head_name=name,
        code=f"{division_code}01{number:04d}",
        id_number="372330196501011235",
        phone="13805430000",
        division_code=division_code,
        group_number=1,
    )
    db.session.add(household)
    db.session.flush()
    land = LandContract(
        code=f"{household.code}J",
        household_id=household.id,
        ends_on=LAND_ENDS,
        division_code=division_code,
    )
    db.session.add(land)
    db.session.flush()
    for area in areas or (3_50,):
        make_parcel(household, area, land)
    return household


def make_parcel(household: Household, area: int = 3_50, land: LandContract | None = None) -> Parcel:
    """A parcel of a household, equally large by title and contract."""
    number = next(_numbers)
    parcel = Parcel(
        code=f"{household.division_code}01{number:05d}",
        name=f"东洼{number}",
        household_id=household.id,
        land_contract_id=land.id if land else None,
        division_code=household.division_code,
        title_area=Mu(area),
        contract_area=Mu(area),
        area=Mu(area),
    )
    db.session.add(parcel)
    db.session.flush()
    return parcel


def parcels_of(household: Household) -> list[Parcel]:
    """The household's land."""
    from sqlalchemy import select  # noqa: PLC0415 - only here

    return list(db.session.scalars(select(Parcel).where(Parcel.household_id == household.id)))


def annex_row(household: Household, mandate: Mandate | None = None) -> AnnexHouseholdDetails:
    """A row of the annex with all land of a household."""
    return AnnexHouseholdDetails(
        household_id=household.id,
        mandate_id=mandate.id if mandate else None,
        parcels=tuple(AnnexParcelDetails(parcel_id=row.id, area=row.area) for row in parcels_of(household)),
    )


def make_season(name: str = "夏玉米", year: int = 2026) -> CropSeason:
    """A crop season from June to October."""
    crop = db.session.query(Crop).filter_by(name="玉米").one_or_none() or Crop(code="02", name="玉米")
    db.session.add(crop)
    db.session.flush()
    season = CropSeason(
        year=year, name=name, crop_id=crop.id, starts_on=date(year, 6, 1), ends_on=date(year, 10, 20)
    )
    db.session.add(season)
    db.session.flush()
    return season


def make_link(code: str = "04") -> Link:
    """A shipped link by its code; 04 种植, 07 植保 (per pass)."""
    catalogue.fill_with_shipped()
    return db.session.query(Link).filter_by(code=code).one()


def balanced(details: ContractDetails) -> ContractDetails:
    """The same terms with one instalment over the whole sum."""
    whole = PaymentDetails(label="全款", amount=money.total(details), due_on=date(2026, 11, 1))
    return replace(details, payments=(whole,))


def lease_details(household: Household | None = None, **given: Any) -> ContractDetails:
    """A sound lease of all land of one household to a listed provider."""
    household = household or make_household()
    annex = (annex_row(household),)
    details = ContractDetails(
        mode=ContractMode.LEASE,
        receiver_kind=ReceiverKind.HOUSEHOLD,
        receiver_household_id=household.id,
        provider_id=given.pop("provider_id", None) or make_organisation().id,
        division_code=household.division_code,
        starts_on=START,
        ends_on=END,
        area=annex[0].area,
        rent=RentDetails(kind=RentKind.CASH, cash=Fen(900_00)),
        annex=annex,
    )
    return balanced(replace(details, **given))


def order_details(household: Household | None = None, **given: Any) -> ContractDetails:
    """A sound order contract of one household."""
    base = lease_details(household)
    return balanced(
        replace(base, mode=ContractMode.ORDER, rent=None, package=PackageDetails(fee=Fen(680_00)), **given)
    )


def share_details(household: Household | None = None, **given: Any) -> ContractDetails:
    """A sound share contract of one household."""
    base = lease_details(household)
    dividend = tuple(
        DividendShareDetails(holder=holder, rate=BasisPoints(rate))
        for holder, rate in (("农户", 40_00), ("村集体", 30_00), ("供销社", 30_00))
    )
    share = ShareDetails(floor=Fen(800_00), dividend=dividend)
    return balanced(replace(base, mode=ContractMode.SHARE, rent=None, share=share, **given))


def menu_details(household: Household | None = None, *codes: str, **given: Any) -> ContractDetails:
    """A sound menu contract of one household: sowing, or the links of ``codes``."""
    base = lease_details(household)
    season = given.pop("season", None) or make_season()
    menu = tuple(
        MenuLineDetails(link_id=make_link(code).id, season_id=season.id, price=Fen(30_00), area=base.area)
        for code in codes or ("04",)
    )
    return balanced(replace(base, mode=ContractMode.MENU, rent=None, menu=menu, **given))


def collective_details(clerk: Viewer, size: int = 3, **given: Any) -> ContractDetails:
    """A sound order contract that a collective signs for some households under their mandates."""
    collective = make_collective()
    rows = []
    for number in range(size):
        household = make_household(f"农户{number + 1}", 3_50, 1_25)
        mandate = make_mandate(household, collective, clerk)
        rows.append(annex_row(household, mandate))
    details = ContractDetails(
        mode=ContractMode.ORDER,
        receiver_kind=ReceiverKind.COLLECTIVE,
        receiver_organisation_id=collective.id,
        provider_id=make_organisation().id,
        division_code=VILLAGE,
        starts_on=START,
        ends_on=END,
        area=Mu(sum(row.area for row in rows)),
        package=PackageDetails(fee=Fen(680_00)),
        annex=tuple(rows),
    )
    return balanced(replace(details, **given))


def make_mandate(household: Household, agent: Organisation, clerk: Viewer, **given: Any) -> Mandate:
    """A signed mandate over all land of a household for three years."""
    terms = mandates.MandateTerms(
        agent_id=agent.id, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31), signed_on=TODAY
    )
    details = mandates.MandateDetails(household_id=household.id, terms=replace(terms, **given))
    return mandates.register(details, viewer=clerk, now=NOW)


def drafted(details: ContractDetails, clerk: Viewer) -> Contract:
    """A contract saved as a draft."""
    contract = contracts.draft(details, viewer=clerk, now=NOW)
    return queries.reload(contract.id)


def submitted(details: ContractDetails, clerk: Viewer) -> Contract:
    """A contract handed in."""
    contract = drafted(details, clerk)
    contracts.submit(contract, viewer=clerk, now=NOW)
    return queries.reload(contract.id)


def approved(details: ContractDetails, clerk: Viewer, reviewer: Viewer | None = None) -> Contract:
    """A contract approved by a second person."""
    contract = submitted(details, clerk)
    contracts.approve(contract, viewer=reviewer or make_reviewer(), now=NOW)
    return queries.reload(contract.id)


def signed(details: ContractDetails, clerk: Viewer, reviewer: Viewer | None = None) -> Contract:
    """A contract signed today."""
    contract = approved(details, clerk, reviewer)
    contracts.sign(contract, signed_on=TODAY, viewer=clerk, now=NOW)
    return queries.reload(contract.id)
