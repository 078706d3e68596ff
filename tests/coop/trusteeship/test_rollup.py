"""The roll-up of the ledger: each level adds up to the one above, and nobody's total holds another's land."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from coop.contracts.rules.terms import ContractMode
from coop.operations.models import OrderLine
from coop.parcels.models import Parcel
from coop.trusteeship.models import ParcelCount
from coop.trusteeship.queries import details, entries, rollup, scope
from coop.trusteeship.rules.folding import ADDED, fold
from coop.trusteeship.rules.terms import WHOLE_YEAR, AcreagePermission
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import NotFound
from tests.coop.trusteeship.builders import (
    NEIGHBOUR,
    VILLAGE,
    accept,
    find_provider,
    find_season,
    make_contract,
    make_general,
    make_household,
    make_line,
    make_parcel,
    make_project,
    served,
    undo,
)
from tests.foundation.accounts.builders import COUNTY, make_viewer

TOWNSHIP, OTHER = "371681101000", "371681108000"
PERSON = "372330196501011235"


def reader(division_code: str = COUNTY) -> Viewer:
    """Someone who looks at the ledger of a division."""
    return make_viewer(AcreagePermission.VIEW, division_code=division_code)


def silently(parcel: Parcel) -> OrderLine:
    """Work on a parcel that its household never answered for."""
    line = make_line(parcel)
    line.is_deemed = True
    db.session.flush()
    accept(line)
    return line


@pytest.fixture
def land(session: Session) -> None:
    """Two townships: a person with land in both, a large operator, two seasons, and some silence."""
    wheat = find_season("冬小麦")
    here = make_household("张建国", number=PERSON)
    there = make_household("张建国", village=NEIGHBOUR, number=PERSON)
    for parcel in (make_parcel(here), make_parcel(there, 4_00)):
        served(parcel, "02", "04", "07", "08")
    served(make_parcel(make_household("王大户"), 80_00), "04", season=wheat)
    both = make_parcel(make_household("李二"), 3_33)
    served(both, "04")
    served(both, "02", "04", season=wheat)
    silently(make_parcel(make_household("赵五"), 1_11))
    silently(make_parcel(make_household("钱六", village=NEIGHBOUR), 2_22))


def level(viewer: Viewer, code: str, season_key: int = WHOLE_YEAR) -> dict[str, rollup.AcreageRow]:
    """The rows of a page by code."""
    return {row.code: row for row in rollup.level(viewer, make_general().id, season_key, code)}


@pytest.mark.usefixtures("land")
@pytest.mark.parametrize("season_key", [WHOLE_YEAR, None])
def test_every_level_adds_up_to_the_one_above(season_key: int | None) -> None:
    key = find_season().id if season_key is None else season_key
    viewer = reader()
    county = level(viewer, COUNTY, key)
    assert set(county) == {COUNTY, TOWNSHIP, OTHER}
    for parent, children in ((COUNTY, (TOWNSHIP, OTHER)), (TOWNSHIP, (VILLAGE,)), (OTHER, (NEIGHBOUR,))):
        rows = level(viewer, parent, key)
        for name in (*ADDED, "parcels", "physical_small", "physical_entrusted", "single"):
            below = sum(getattr(rows[code], name) for code in children if code in rows)
            assert getattr(rows[parent], name) == below, name


@pytest.mark.usefixtures("land")
def test_a_person_with_land_in_two_townships_counts_once_in_the_county() -> None:
    rows = level(reader(), COUNTY)
    assert rows[TOWNSHIP].households + rows[OTHER].households == rows[COUNTY].households + 1
    assert rows[COUNTY].large_households == 1


@pytest.mark.usefixtures("land")
@pytest.mark.parametrize("season_key", [WHOLE_YEAR, None])
def test_households_add_up_to_their_village(season_key: int | None) -> None:
    key = find_season().id if season_key is None else season_key
    viewer, programme = reader(), make_general()
    sums = fold(details.counts_of_village(viewer, programme.id, key, VILLAGE))
    village = level(viewer, VILLAGE, key)[VILLAGE]
    for name in (*ADDED, "parcels", "single"):
        assert sum(getattr(one, name) for one in sums) == getattr(village, name), name
    assert len(sums) == village.households


@pytest.mark.usefixtures("land")
def test_the_person_of_two_villages_is_one_household_with_all_its_parcels() -> None:
    viewer, programme = reader(), make_general()
    own = next(row for row in details.counts_of_village(viewer, programme.id, WHOLE_YEAR, VILLAGE))
    household = next(
        row.household_id
        for row in details.counts_of_village(viewer, programme.id, WHOLE_YEAR, NEIGHBOUR)
        if row.holder == own.holder or row.household == "张建国"
    )
    rows = details.counts_of_household(viewer, programme.id, WHOLE_YEAR, household)
    assert sorted(row.physical for row in rows) == [4_00, 10_00]
    (total,) = fold(rows)
    assert total.parcels == 2


@pytest.mark.usefixtures("land")
def test_entries_add_up_to_the_count_of_their_parcel(session: Session) -> None:
    viewer, programme = reader(), make_general()
    for count in session.query(ParcelCount).filter_by(programme_id=programme.id):
        rows = details.entries_of_parcel(viewer, programme, count.parcel_id)
        season = session.get_one(type(find_season()), count.season_id).name
        standing = [row for row in rows if row.struck_at is None and row.season == season]
        assert sum(row.area for row in standing) == count.mu_times
        assert sum(row.area for row in standing if row.is_deemed) == count.deemed_times
        assert sum(row.income for row in standing) == count.income


@pytest.mark.usefixtures("land")
def test_a_township_sees_its_part_at_every_level_and_no_total_of_the_county() -> None:
    viewer, programme = reader(TOWNSHIP), make_general()
    assert scope.roots(viewer, COUNTY) == [TOWNSHIP]
    assert set(level(viewer, COUNTY)) == {TOWNSHIP}
    assert set(level(viewer, TOWNSHIP)) == {TOWNSHIP, VILLAGE}
    assert not level(viewer, OTHER)
    assert not details.counts_of_village(viewer, programme.id, WHOLE_YEAR, NEIGHBOUR)
    assert sum(row.mu_times for row in entries.by_provider(viewer, programme, WHOLE_YEAR, COUNTY)) == (
        level(viewer, TOWNSHIP)[TOWNSHIP].mu_times
    )


@pytest.mark.usefixtures("land")
def test_a_household_shows_a_township_only_the_land_that_lies_there() -> None:
    viewer, programme = reader(TOWNSHIP), make_general()
    everything = details.counts_of_village(reader(), programme.id, WHOLE_YEAR, NEIGHBOUR)
    assert len(everything) == 2
    for foreign in everything:
        with pytest.raises(NotFound):
            details.counts_of_household(viewer, programme.id, WHOLE_YEAR, foreign.household_id)
    own = details.counts_of_village(viewer, programme.id, WHOLE_YEAR, VILLAGE)
    for row in own:
        shown = details.counts_of_household(viewer, programme.id, WHOLE_YEAR, row.household_id)
        assert {one.division_code for one in shown} == {VILLAGE}


@pytest.mark.usefixtures("land")
def test_two_townships_of_one_person_are_two_roots_and_nobody_elses() -> None:
    viewer = reader(TOWNSHIP)
    both = Viewer(
        account_id=viewer.account_id, name=viewer.name, grants=(*viewer.grants, *reader(OTHER).grants)
    )
    assert scope.roots(both, COUNTY) == [TOWNSHIP, OTHER]
    rows = rollup.rows_at(both, make_general().id, (WHOLE_YEAR,), scope.roots(both, COUNTY))
    assert [row.code for row in rows] == [TOWNSHIP, OTHER]


def test_nobody_without_the_permission_sees_a_row(session: Session) -> None:
    served(make_parcel(make_household()), "04")
    stranger = make_viewer(division_code=COUNTY)
    assert not level(stranger, COUNTY)
    assert not scope.programmes_for(stranger)


def test_a_programme_of_another_county_does_not_exist(session: Session) -> None:
    foreign = make_general()
    foreign.division_code = "371602000000"
    session.flush()
    assert scope.programme_for(reader(), None, 2026) is None
    with pytest.raises(NotFound):
        scope.programme_for(reader(), foreign.id, 2026)


def test_the_year_at_hand_is_shown_before_one_that_has_hardly_begun(session: Session) -> None:
    this, following = make_general(2026), make_general(2027)
    viewer = reader()
    assert scope.programmes_for(viewer) == [following, this]
    assert scope.programme_for(viewer, None, 2026) == this
    assert scope.programme_for(viewer, None, 2025) == following
    assert scope.programme_for(viewer, following.id, 2026) == following


@pytest.mark.usefixtures("land")
def test_a_level_is_one_statement_of_few_columns() -> None:
    viewer, programme = reader(), make_general()
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        rollup.level(viewer, programme.id, WHOLE_YEAR, COUNTY)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(said) == 1
    assert "acreage_summary" in said[0]
    assert "JOIN" not in said[0].upper()


@pytest.mark.usefixtures("land")
def test_the_work_of_providers_adds_up_to_the_mu_times_of_the_county() -> None:
    viewer, programme = reader(), make_general()
    (row,) = entries.by_provider(viewer, programme, WHOLE_YEAR, COUNTY)
    county = level(viewer, COUNTY)[COUNTY]
    assert row.provider == find_provider().name
    assert (row.mu_times, row.income) == (county.mu_times, county.income)
    assert row.tilled + row.sown + row.protected + row.harvested + row.other == row.mu_times
    assert row.households == county.households
    assert row.deemed == county.deemed_times == 3_33


def test_a_project_counts_its_own_orders_only(session: Session) -> None:
    project = make_project()
    parcel = make_parcel(make_household())
    served(parcel, "04", programme=project)
    served(parcel, "08")
    viewer = reader()
    (row,) = entries.by_provider(viewer, project, WHOLE_YEAR, COUNTY)
    assert row.mu_times == 10_00
    (general,) = entries.by_provider(viewer, make_general(), WHOLE_YEAR, COUNTY)
    assert general.mu_times == 20_00
    assert len(details.entries_of_parcel(viewer, project, parcel.id)) == 1
    assert len(details.entries_of_parcel(viewer, make_general(), parcel.id)) == 2


def test_silence_is_told_apart_at_every_level_in_its_season_and_in_the_year(session: Session) -> None:
    line = silently(make_parcel(make_household()))
    served(make_parcel(make_household("李二")), "04")
    viewer, programme = reader(), make_general()
    for season_key in (WHOLE_YEAR, find_season().id):
        for code in (COUNTY, TOWNSHIP, VILLAGE):
            row = level(viewer, code, season_key)[code]
            assert (row.deemed_times, row.mu_times) == (10_00, 20_00)
    (provider,) = entries.by_provider(viewer, programme, WHOLE_YEAR, COUNTY)
    assert (provider.deemed, provider.mu_times) == (10_00, 20_00)
    undo(line)
    assert level(viewer, COUNTY)[COUNTY].deemed_times == 0


def test_another_season_holds_nothing_of_this_ones_silence(session: Session) -> None:
    parcel = make_parcel(make_household())
    silently(parcel)
    served(parcel, "02", season=find_season("冬小麦"))
    rows = details.counts_of_parcel(reader(), make_general().id, parcel.id)
    assert {row.season: row.deemed_times for row in rows} == {"冬小麦": 0, "夏玉米": 10_00}


def test_struck_entries_stay_readable_and_count_nowhere(session: Session) -> None:
    parcel = make_parcel(make_household())
    (line,) = served(parcel, "04")
    undo(line)
    viewer, programme = reader(), make_general()
    (row,) = details.entries_of_parcel(viewer, programme, parcel.id)
    assert row.struck_reason == "登记有误"
    assert not entries.by_provider(viewer, programme, WHOLE_YEAR, COUNTY)


def test_entrusted_land_is_told_apart(session: Session) -> None:
    household = make_household()
    served(make_parcel(household), "04", contract=make_contract(household, ContractMode.LEASE), price=None)
    served(make_parcel(household, 2_00), "04")
    county = level(reader(), COUNTY)[COUNTY]
    assert (county.physical, county.physical_entrusted) == (12_00, 10_00)
