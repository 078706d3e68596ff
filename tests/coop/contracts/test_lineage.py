"""Land that was split or merged is the same land: it is promised once."""

from dataclasses import replace
from typing import Any

import pytest

from coop.contracts.queries.facts import facts_for, promises
from coop.contracts.rules.checks import check
from coop.contracts.rules.details import AnnexHouseholdDetails, AnnexParcelDetails, ContractDetails
from coop.households.models import Household
from coop.parcels import queries as parcels
from coop.parcels import service as land
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaFact, AreaKind, ParcelPermission
from coop.parcels.service import MergedDetails, PartDetails
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu
from tests.coop.contracts.builders import (
    NOW,
    START,
    TODAY,
    balanced,
    make_clerk,
    make_household,
    make_season,
    menu_details,
    order_details,
    parcels_of,
    signed,
)
from tests.foundation.accounts.builders import COUNTY, make_viewer

pytestmark = pytest.mark.usefixtures("app")


def keeper() -> Viewer:
    """Someone who keeps the land register."""
    return make_viewer(ParcelPermission.EDIT, division_code=COUNTY)


def ledgered(household: Household) -> list[Parcel]:
    """The household's parcels with a ledger that says what their columns say."""
    found = [*parcels.by_ids([one.id for one in parcels_of(household)]).values()]
    for one in found:
        fact = AreaFact(kind=AreaKind.CONTRACT, area=one.area, square_metres=None, dated_on=START, source="")
        land.note_areas(one, (fact,))
    db.session.flush()
    return found


def split(parcel: Parcel, first: int) -> list[Parcel]:
    """The two parts of a parcel."""
    parts = (PartDetails(name="东段", area=Mu(first)), PartDetails(name="西段"))
    said: dict[str, Any] = {"on": TODAY, "reason": "分户", "viewer": keeper(), "now": NOW}
    (parcel,) = parcels.by_ids([parcel.id]).values()
    return land.split(parcel, parts, version=parcel.version, **said)


def merged(*lands: Parcel) -> Parcel:
    """The parcel that these were merged into."""
    found = [*parcels.by_ids([one.id for one in lands]).values()]
    said: dict[str, Any] = {"on": TODAY, "reason": "并田", "viewer": keeper(), "now": NOW}
    return land.merge(
        found, MergedDetails(name="大块"), versions={one.id: one.version for one in found}, **said
    )


def promising(details: ContractDetails, *lands: Parcel) -> ContractDetails:
    """The same terms over other land of the same household."""
    rows = tuple(AnnexParcelDetails(parcel_id=one.id, area=one.area) for one in lands)
    annex = (AnnexHouseholdDetails(household_id=lands[0].household_id or 0, parcels=rows),)
    return balanced(replace(details, annex=annex, area=annex[0].area))


def said_of(details: ContractDetails) -> list[str]:
    """What is said about the annex."""
    return [one.text for one in check(details, facts_for(details, TODAY)) if one.place.startswith("annex")]


def test_no_part_of_a_promised_parcel_is_promised_again() -> None:
    household = make_household()
    (parcel,) = ledgered(household)
    contract = signed(order_details(household), make_clerk())
    left, right = split(parcel, 1_50)

    found = promises([left.id, right.id], None)

    assert {one: [p.contract_id for p in made] for one, made in found.items()} == {
        left.id: [contract.id],
        right.id: [contract.id],
    }
    (sentence,) = said_of(promising(order_details(household), left))
    assert contract.number is not None
    assert contract.number in sentence
    assert promises([left.id], contract.id) == {}


def test_a_promise_of_a_part_holds_for_the_parcel_it_was_merged_into() -> None:
    household = make_household("张建国", 3_50, 1_25)
    one, two = ledgered(household)
    base = order_details(household)
    contract = signed(promising(base, two), make_clerk())
    whole = merged(one, two)

    (promise,) = promises([whole.id], None)[whole.id]

    assert (promise.contract_id, promise.parcel_id) == (contract.id, two.id)
    assert len(said_of(promising(base, whole))) == 1


def test_both_promises_of_one_contract_are_named_once() -> None:
    household = make_household("张建国", 3_50, 1_25)
    one, two = ledgered(household)
    signed(order_details(household), make_clerk())
    whole = merged(one, two)

    assert len(promises([whole.id], None)[whole.id]) == 1


def test_another_link_of_a_part_may_still_be_promised() -> None:
    household, season = make_household(), make_season()
    (parcel,) = ledgered(household)
    signed(menu_details(household, "04", season=season), make_clerk())
    left, _right = split(parcel, 1_50)

    assert len(said_of(promising(menu_details(household, "04", season=season), left))) == 1
    assert said_of(promising(menu_details(household, "07", season=season), left)) == []


def test_the_parts_of_land_in_hand_may_be_handed_on() -> None:
    household = make_household()
    (parcel,) = ledgered(household)
    upper = signed(order_details(household), make_clerk())
    left, right = split(parcel, 1_50)

    lower = promising(order_details(household, upstream_contract_id=upper.id), left, right)
    fact = facts_for(lower, TODAY).upstream

    assert fact is not None
    assert fact.parcel_ids == {parcel.id, left.id, right.id}
    assert said_of(lower) == []
