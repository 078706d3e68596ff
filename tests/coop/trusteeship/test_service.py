"""The ledger over a database: what is counted, once, and follows the land."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.contracts.rules.terms import ContractMode
from coop.organisations.models import Organisation, ServiceDivision
from coop.organisations.rules import OrganisationKind
from coop.trusteeship.models import AcreageEntry, AcreageSummary, ParcelCount
from coop.trusteeship.queries import recount
from coop.trusteeship.rules.terms import AcreagePermission
from coop.trusteeship.service import LEDGER, AlreadyCounted, recount_programme
from foundation.database.engine import db
from foundation.values.area import Mu
from tests.coop.trusteeship import plainly
from tests.coop.trusteeship.builders import (
    NEIGHBOUR,
    NOW,
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
    make_version,
    measure,
    merge,
    require,
    served,
    split,
    undo,
    work_of,
)
from tests.foundation.accounts.builders import COUNTY, make_division, make_viewer

PERSON = "372330196501011235"


def row(code: str = COUNTY, season_key: int = 0, programme_id: int | None = None) -> AcreageSummary:
    """A row of the summary, of the general programme unless told otherwise."""
    found = select(AcreageSummary).where(
        AcreageSummary.programme_id == (programme_id or make_general().id),
        AcreageSummary.code == code,
        AcreageSummary.season_key == season_key,
    )
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def test_no_till_maize_weighs_at_most_064_and_is_whole(session: Session) -> None:
    require(find_season(), "04", "07", "08")
    served(make_parcel(make_household()), "04", "07", "08")
    county = row()
    assert (county.physical, county.whole, county.weighted) == (10_00, 10_00, 6_40)
    assert (county.tilled, county.sown, county.protected, county.harvested) == (0, 10_00, 10_00, 10_00)
    plainly.check()


def test_a_second_spraying_adds_mu_times_but_weighs_once(session: Session) -> None:
    parcel = make_parcel(make_household())
    served(parcel, "07")
    served(parcel, "07", pass_number=2)
    county = row()
    assert (county.mu_times, county.protected_times, county.protected) == (20_00, 20_00, 10_00)
    assert (county.physical, county.weighted) == (10_00, 1_00)


def test_a_project_that_pays_every_pass_weighs_every_pass(session: Session) -> None:
    project = make_project({"07": 10_00}, weighs_every_pass=True)
    parcel = make_parcel(make_household())
    served(parcel, "07", programme=project)
    served(parcel, "07", programme=project, pass_number=2)
    assert row(programme_id=project.id).weighted == 2_00
    assert row().weighted == 1_00
    plainly.check()


def test_two_seasons_count_twice_in_mu_times_and_once_in_the_land_of_the_year(session: Session) -> None:
    parcel = make_parcel(make_household())
    wheat, maize = find_season("冬小麦"), find_season()
    served(parcel, "02", "04", season=wheat)
    served(parcel, "04", season=maize)
    year = row()
    assert (year.physical, year.mu_times, year.parcels) == (10_00, 30_00, 1)
    assert year.weighted == 6_30 + 2_70
    assert [row(season_key=season.id).physical for season in (wheat, maize)] == [10_00, 10_00]
    plainly.check()


def test_a_household_beyond_the_threshold_is_large_everywhere(session: Session) -> None:
    here = make_household("李大户", number=PERSON)
    there = make_household("李大户", village=NEIGHBOUR, number=PERSON)
    served(make_parcel(here, 30_00), "04")
    assert (row().small_households, row().large_households) == (1, 0)
    served(make_parcel(there, 20_00), "04")
    assert (row().small_households, row().large_households) == (0, 1)
    assert (row(VILLAGE).small_households, row(VILLAGE).large_households) == (0, 1)
    assert (row().physical_small, row().weighted_small, row().physical) == (0, 0, 50_00)
    plainly.check()


def test_one_person_in_two_villages_counts_once_in_the_county_and_in_each_village(session: Session) -> None:
    for village in (VILLAGE, NEIGHBOUR):
        served(make_parcel(make_household(village=village, number=PERSON)), "04")
    assert row().small_households == 1
    assert [row(village).small_households for village in (VILLAGE, NEIGHBOUR)] == [1, 1]
    plainly.check()


def test_a_household_that_gets_its_number_later_does_not_count_as_two(session: Session) -> None:
    household = make_household()
    served(make_parcel(household), "04")
    household.id_number = PERSON
    session.flush()
    served(make_parcel(household), "04")
    assert (row().small_households, row().parcels) == (1, 2)
    plainly.check()


def test_households_without_a_number_count_by_their_row(session: Session) -> None:
    for name in ("张建国", "张建军"):
        served(make_parcel(make_household(name)), "04")
    assert row().small_households == 2


@pytest.mark.parametrize(("declared", "weighed", "published", "rate"), [
    (79_600_00, 20_696_00, 207, 26_00),
    (154_000_00, 53_900_00, 540, 35_00),
])  # fmt: skip
def test_guzhen_converts_by_money(
    session: Session, declared: int, weighed: int, published: int, rate: int
) -> None:
    project = make_project(rates={"04": rate})
    served(make_parcel(make_household(), declared), "04", programme=project)
    assert row(programme_id=project.id).weighted == weighed
    assert abs(weighed - published * 100_00) <= 100_00, "published in hundreds, once in thousands"
    assert row(programme_id=project.id).subsidy == declared // 100 * rate


def test_measured_100_98_per_cent_is_within_the_tolerance(session: Session) -> None:
    line = make_line(make_parcel(make_household(), 1_523_57))
    work = work_of(line, 1_538_50)
    assert LEDGER.findings([work]) == []
    LEDGER.enter([work], now=NOW)
    assert (row().physical, row().mu_times) == (1_523_57, 1_538_50)


def test_work_beyond_the_tolerance_is_refused_with_its_figures(session: Session) -> None:
    work = work_of(make_line(make_parcel(make_household())), 10_21)
    (finding,) = LEDGER.findings([work])
    assert "验收 10.21 亩，超过可计面积 10.00 亩（允许误差 2%，最多 10.20 亩）" in finding.text


def test_double_work_names_order_contract_provider_and_programme(session: Session) -> None:
    parcel = make_parcel(make_household())
    first = make_line(parcel)
    accept(first)
    project = make_project({"04": 27_00}, name="托管项目")
    first.cancelled_at = NOW  # the order was cancelled by mistake, the ledger still counts it
    second = work_of(make_line(parcel, programme=project))
    (finding,) = LEDGER.findings([second])
    assert "测作业〔2026〕" in finding.text
    assert "长山供销合作社" in finding.text
    assert "综合统计" in finding.text
    with pytest.raises(AlreadyCounted, match="已经计入"):
        LEDGER.enter([second], now=NOW)


def test_two_works_of_one_batch_on_the_same_land_do_not_both_count(session: Session) -> None:
    parcel = make_parcel(make_household())
    line = make_line(parcel)
    first, second = split(parcel, 6_00, 4_00)
    works = [work_of(line), work_of(make_line(first)), work_of(make_line(second))]
    assert len(LEDGER.findings(works)) == 2


def test_land_outside_the_divisions_that_the_provider_serves_is_refused(session: Session) -> None:
    provider = Organisation(name="焦桥供销社", kind=OrganisationKind.GRASSROOTS_COOP, division_code=COUNTY)
    provider.service_divisions.append(ServiceDivision(division_code="371681108000"))
    make_division("371681108000")
    session.add(provider)
    session.flush()
    work = work_of(make_line(make_parcel(make_household()), provider=provider))
    (finding,) = LEDGER.findings([work])
    assert "不在焦桥供销社登记的服务区域（焦桥镇）内" in finding.text


def test_a_programme_of_another_year_or_county_is_refused(session: Session) -> None:
    old = make_project({"04": 27_00}, year=2025)
    work = work_of(make_line(make_parcel(make_household()), programme=old))
    assert ["是 2025 年的项目" in finding.text for finding in LEDGER.findings([work])] == [True]
    elsewhere = make_project({"04": 27_00}, division_code="371623000000")
    work = work_of(make_line(make_parcel(make_household()), programme=elsewhere))
    assert ["外县土地" in finding.text for finding in LEDGER.findings([work])] == [True]


def test_a_village_does_not_count_more_land_than_its_confirmed_register_holds(session: Session) -> None:
    household = make_household()
    sound, doubtful = make_parcel(household), make_parcel(household, 5_00)
    doubtful.is_confirmed = False
    served(sound, "04")
    (finding,) = LEDGER.findings([work_of(make_line(doubtful))])
    assert "托管土地合计 15.00 亩，超过确权登记 10.00 亩（多 5.00 亩）" in finding.text
    assert LEDGER.findings([work_of(make_line(sound, "08"))]) == []


def test_undone_work_is_struck_and_may_be_entered_again(session: Session) -> None:
    parcel = make_parcel(make_household())
    line = make_line(parcel)
    accept(line)
    undo(line)
    assert plainly.kept_summary() == {}
    assert session.scalars(select(AcreageEntry)).one().struck_reason == "登记有误"
    LEDGER.strike([line.id, 999_999], reason="再撤", now=NOW)
    accept(line, 9_00)
    assert row().physical == 9_00
    plainly.check()


def test_a_split_parcel_leaves_its_work_to_its_parts(session: Session) -> None:
    parcel = make_parcel(make_household())
    served(parcel, "02", "04")
    before = row().mu_times, row().physical, row().weighted, row().income
    split(parcel, 3_33, 6_67)
    assert (row().mu_times, row().physical, row().weighted, row().income) == before
    assert row().parcels == 2
    plainly.check()


def test_land_worked_before_a_merger_is_neither_lost_nor_counted_twice(session: Session) -> None:
    household = make_household()
    tilled, sown = make_parcel(household, 10_00), make_parcel(household, 8_00)
    served(tilled, "02")
    served(sown, "04")
    whole = merge(tilled, sown)
    assert (row().physical, row().parcels, row().mu_times) == (18_00, 1, 18_00)
    rest = work_of(make_line(whole, "02"), 8_00)
    assert LEDGER.findings([rest]) == []
    LEDGER.enter([rest], now=NOW)
    assert (row().physical, row().tilled) == (18_00, 18_00)
    plainly.check()


def test_after_a_merger_only_the_land_not_yet_worked_may_be_worked(session: Session) -> None:
    household = make_household()
    tilled, other = make_parcel(household, 10_00), make_parcel(household, 8_00)
    served(tilled, "02")
    whole = merge(tilled, other)
    (finding,) = LEDGER.findings([work_of(make_line(whole, "02"), 9_00)])
    assert "超过可计面积 8.00 亩" in finding.text


def test_different_seasons_of_merged_land_stay_apart_in_the_year(session: Session) -> None:
    household = make_household()
    first, second = make_parcel(household, 10_00), make_parcel(household, 8_00)
    served(first, "02", season=find_season("冬小麦"))
    served(second, "04")
    merge(first, second)
    assert row().physical == 18_00
    plainly.check()


def test_work_accepted_after_its_parcel_was_split_counts_where_the_land_lies(session: Session) -> None:
    parcel = make_parcel(make_household())
    late = make_line(parcel)
    served(parcel, "02")
    parts = split(parcel, 6_00, 4_00)
    accept(late)
    entries = select(AcreageEntry.parcel_id, AcreageEntry.area).where(AcreageEntry.line_id == late.id)
    assert set(session.execute(entries).all()) == {(parts[0].id, 6_00), (parts[1].id, 4_00)}
    assert row().physical == 10_00
    plainly.check()


def test_work_of_earlier_years_stays_on_the_parcel_as_it_was(session: Session) -> None:
    parcel = make_parcel(make_household())
    served(parcel, "04", season=find_season(year=2025))
    split(parcel, 6_00, 4_00)
    assert session.scalars(select(ParcelCount.parcel_id)).all() == [parcel.id]
    plainly.check()


def test_a_new_measure_holds_for_seasons_that_had_not_ended(session: Session) -> None:
    parcel = make_parcel(make_household())
    wheat, maize = find_season("冬小麦"), find_season()
    served(parcel, "04", season=wheat)
    served(parcel, "04", season=maize)
    measure(parcel, 9_50, on=date(2026, 7, 1))
    assert [row(season_key=season.id).physical for season in (wheat, maize)] == [10_00, 9_50]
    assert row().physical == 10_00
    plainly.check()


def test_entrusted_land_is_told_apart(session: Session) -> None:
    household = make_household()
    lease = make_contract(household, ContractMode.LEASE)
    served(make_parcel(household, 6_00), "04", contract=lease, price=None)
    served(make_parcel(household, 4_00), "04")
    assert (row().physical, row().physical_entrusted) == (10_00, 6_00)
    assert row().income == 4 * 30_00


def test_a_thousand_lines_are_counted_in_few_statements(session: Session) -> None:
    household = make_household()
    contract = make_contract(household)
    works = [work_of(make_line(make_parcel(household, 1_00), contract=contract)) for _ in range(120)]
    with counted_statements() as few:
        LEDGER.findings(works[:10])
        LEDGER.enter(works[:10], now=NOW)
    with counted_statements() as many:
        LEDGER.findings(works[10:])
        LEDGER.enter(works[10:], now=NOW)
    assert len(many) <= len(few)
    assert row().large_households == 1
    plainly.check()


def test_a_newer_version_weighs_only_when_it_is_asked_to(session: Session) -> None:
    project = make_project({"04": 20_00})
    parcel = make_parcel(make_household())
    served(parcel, "04", programme=project)
    version = make_version(project, {"04": 30_00, "08": 30_00}, number=2, valid_from=date(2026, 2, 1))
    served(parcel, "08", programme=project)
    assert row(programme_id=project.id).weighted == 2_00
    viewer = make_viewer(AcreagePermission.RECOUNT)
    recount_programme(project, version=version, viewer=viewer, now=NOW, reason="省里调整系数")
    assert row(programme_id=project.id).weighted == 6_00
    assert row().weighted == 5_40
    plainly.check()


def test_a_changed_threshold_counts_households_anew(session: Session) -> None:
    served(make_parcel(make_household()), "04")
    general = make_general()
    general.large_from = Mu(10_00)
    session.flush()
    LEDGER.recast(general, viewer=make_viewer(), now=NOW)
    assert (row().small_households, row().large_households) == (0, 1)
    plainly.check()


def test_the_recount_names_the_first_difference(session: Session) -> None:
    served(make_parcel(make_household()), "04")
    assert recount.first_difference() is None
    row(VILLAGE).physical = Mu(11_00)
    session.flush()
    difference = recount.first_difference()
    assert difference is not None
    assert f"（{VILLAGE}） 全年" in difference.place
    assert (difference.figure, difference.kept, difference.recounted) == ("托管土地面积", "11.00", "10.00")


def test_the_recount_finds_a_count_and_a_line_that_are_out_of_step(session: Session) -> None:
    (line,) = served(make_parcel(make_household()), "04")
    count = session.scalars(select(ParcelCount)).first()
    assert count is not None
    count.sown = Mu(9_00)
    line.accepted_area = Mu(9_99)
    session.flush()
    found = list(recount.differences())
    assert [(one.figure, one.kept, one.recounted) for one in found[:2]] == [
        ("验收面积", "9.99", "10.00"),
        ("种", "9.00", "10.00"),
    ]


def test_the_provider_is_made_once(session: Session) -> None:
    assert find_provider() is find_provider()


def counted_statements() -> "Statements":
    """Count the statements that a block sends to the database."""
    return Statements()


class Statements(list[str]):
    """The statements of a block."""

    def __enter__(self) -> "Statements":
        from sqlalchemy import event  # noqa: PLC0415

        self._connection = db.session.connection()
        event.listen(self._connection, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        from sqlalchemy import event  # noqa: PLC0415

        event.remove(self._connection, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.append(statement)
