from datetime import date

import pytest
from sqlalchemy.orm import Session

from coop.organisations.service import OutsideScope, ReasonMissing
from coop.parcels import queries, service
from coop.parcels.models import LandContract, Parcel
from coop.parcels.rules import AreaFact, AreaKind
from coop.parcels.service import ParcelDetails
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import NotFound, StaleVersion
from foundation.values.area import Mu, SquareMetres
from tests.conftest import NOW
from tests.coop.parcels.builders import (
    HOUSEHOLD_CODE,
    ISSUER_CODE,
    ON,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    PARCEL_CODE,
    VILLAGE,
    clerk,
    fact,
    id_number,
    make_household,
    make_parcel,
)


def register(viewer: Viewer, *areas: AreaFact, **values: object) -> Parcel:
    details = ParcelDetails(**{"code": PARCEL_CODE, "name": "东大洼", **values})  # type: ignore[arg-type]
    return service.register(details, areas or (fact(3_20),), viewer=viewer, now=NOW, on=ON)


def test_a_parcel_enters_with_its_acreages(app: object) -> None:
    parcel = register(clerk(), fact(3_10, AreaKind.TITLE), fact(3_20))

    assert (parcel.title_area, parcel.contract_area, parcel.measured_area) == (3_10, 3_20, None)
    assert (parcel.basis, parcel.area, parcel.division_code) == (AreaKind.CONTRACT, 3_20, VILLAGE)


def test_a_parcel_code_is_registered_once(app: object) -> None:
    viewer = clerk()
    make_parcel(household=make_household())

    with pytest.raises(service.DuplicateParcel, match="张建国"):
        register(viewer)


def test_a_parcel_lies_under_the_issuer_of_its_holder(app: object) -> None:
    viewer, household = clerk(), make_household(code=HOUSEHOLD_CODE)

    with pytest.raises(service.ParcelOfAnotherIssuer):
        register(viewer, code=VILLAGE + "0100001", household_id=household.id)


def test_a_parcel_lies_in_the_village_of_a_holder_without_code(app: object) -> None:
    viewer, household = clerk(division_code="371681000000"), make_household()

    with pytest.raises(service.ParcelOfAnotherVillage):
        register(viewer, code=OTHER_VILLAGE + "0000001", household_id=household.id)


def test_a_land_contract_belongs_to_the_holder(app: object) -> None:
    viewer = clerk()
    first = make_household(code=HOUSEHOLD_CODE)
    second = make_household("王小二", number=id_number(9), code=ISSUER_CODE + "0002")
    contract = LandContract(code=HOUSEHOLD_CODE + "J", household_id=first.id, division_code=VILLAGE)
    db.session.add(contract)
    db.session.flush()

    with pytest.raises(service.ContractOfAnotherHousehold):
        register(viewer, household_id=second.id, land_contract_id=contract.id)


BAD_AREAS = {
    service.NoArea: fact(0),
    service.AreaInFuture: fact(3_00, on=date(2027, 1, 1)),
    service.AreasDisagree: AreaFact(
        kind=AreaKind.TITLE,
        area=Mu(3_20),
        square_metres=SquareMetres(3_200_00),
        dated_on=date(2020, 1, 1),
        source="确权",
    ),
}


@pytest.mark.parametrize("refusal", BAD_AREAS)
def test_an_acreage_that_cannot_be_is_refused(app: object, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        register(clerk(), BAD_AREAS[refusal])  # type: ignore[index]


def test_an_acreage_of_before_stays_in_the_ledger(session: Session) -> None:
    viewer, parcel = clerk(), make_parcel()

    service.record_area(
        parcel, fact(3_40, on=date(2025, 5, 1)), version=parcel.version, viewer=viewer, now=NOW, on=ON
    )
    session.flush()

    assert parcel.area == 3_40
    assert [line.area for line in service.ledger(parcel)] == [3_20, 3_40]


def test_an_older_acreage_recorded_late_changes_nothing_in_force(app: object) -> None:
    viewer, parcel = clerk(), make_parcel()

    service.record_area(
        parcel, fact(2_90, on=date(2010, 1, 1)), version=parcel.version, viewer=viewer, now=NOW, on=ON
    )

    assert parcel.area == 3_20


def test_the_basis_points_at_an_acreage_that_exists(session: Session) -> None:
    viewer, parcel = clerk(), make_parcel()
    with pytest.raises(service.NoSuchBasis):
        service.choose_basis(
            parcel, AreaKind.MEASURED, version=parcel.version, reason="复测", viewer=viewer, now=NOW, on=ON
        )
    measured = fact(3_31, AreaKind.MEASURED)
    service.record_area(parcel, measured, version=parcel.version, viewer=viewer, now=NOW, on=ON)
    assert parcel.area == 3_20

    service.choose_basis(
        parcel, AreaKind.MEASURED, version=parcel.version, reason="复测", viewer=viewer, now=NOW, on=ON
    )
    assert parcel.area == 3_31


def test_a_closed_parcel_takes_no_acreage_and_comes_back(app: object) -> None:
    viewer, parcel = clerk(), make_parcel()
    with pytest.raises(ReasonMissing):
        service.close(parcel, on=ON, reason="", viewer=viewer, now=NOW)
    service.close(parcel, on=ON, reason="修路占用", viewer=viewer, now=NOW)

    with pytest.raises(service.ParcelClosed):
        service.record_area(parcel, fact(3_00), version=parcel.version, viewer=viewer, now=NOW, on=ON)
    with pytest.raises(service.ParcelClosed):
        service.close(parcel, on=ON, reason="修路占用", viewer=viewer, now=NOW)
    service.reopen(parcel, reason="复垦", viewer=viewer, now=NOW)
    with pytest.raises(service.ParcelNotClosed):
        service.reopen(parcel, reason="复垦", viewer=viewer, now=NOW)


def test_a_stale_form_is_refused(app: object) -> None:
    viewer, parcel = clerk(), make_parcel()

    with pytest.raises(StaleVersion):
        service.revise(
            parcel, ParcelDetails(code=PARCEL_CODE, name="西洼"), version=9, viewer=viewer, now=NOW
        )


def test_nobody_of_another_township_sees_or_changes_a_parcel(app: object) -> None:
    parcel, stranger = make_parcel(household=make_household()), clerk(division_code=OTHER_TOWNSHIP)

    with pytest.raises(NotFound):
        queries.get(stranger, parcel.id)
    assert queries.of_households(stranger, [parcel.household_id or 0]) == {parcel.household_id: []}
    assert queries.mu_by_division(stranger) == {}
    with pytest.raises(OutsideScope):
        service.close(parcel, on=ON, reason="修路占用", viewer=stranger, now=NOW)


def test_the_mu_of_a_village_is_the_sum_of_its_parcels(app: object) -> None:
    viewer = clerk()
    make_parcel()
    make_parcel(ISSUER_CODE + "00002", area=1_05)

    assert queries.mu_by_division(viewer) == {VILLAGE: 4_25}
