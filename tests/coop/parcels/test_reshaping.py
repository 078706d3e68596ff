"""Splitting and merging: area in equals area out, whatever the order of the acts."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coop.organisations.service import OutsideScope, ReasonMissing
from coop.parcels import queries, service
from coop.parcels.models import Parcel, ParcelLineage
from coop.parcels.rules import AreaFact, AreaKind, LandShare, ParcelAct, shares_after
from coop.parcels.service import MergedDetails, PartDetails
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu, SquareMetres
from tests.conftest import NOW
from tests.coop.parcels.builders import (
    HOUSEHOLD_CODE,
    ISSUER_CODE,
    ON,
    OTHER_TOWNSHIP,
    PARCEL_CODE,
    clerk,
    fact,
    id_number,
    make_household,
    make_parcel,
)
from tests.coop.parcels.listening import Listener

pytestmark = pytest.mark.usefixtures("app")
TODAY = NOW.date()


def part(area: int | None, name: str = "东大洼东段", **values: object) -> PartDetails:
    return PartDetails(name=name, area=None if area is None else Mu(area), **values)  # type: ignore[arg-type]


def split(parcel: Parcel, *parts: PartDetails, viewer: Viewer | None = None, on: date = ON) -> list[Parcel]:
    return service.split(
        parcel,
        parts,
        version=parcel.version,
        on=on,
        reason="分户",
        viewer=viewer or clerk(),
        now=NOW,
    )


def merge(*parcels: Parcel, viewer: Viewer | None = None) -> Parcel:
    return service.merge(
        parcels,
        MergedDetails(name="合并地"),
        versions={parcel.id: parcel.version for parcel in parcels},
        on=ON,
        reason="小田并大田",
        viewer=viewer or clerk(),
        now=NOW,
    )


def test_every_acreage_of_a_parcel_goes_into_its_parts(session: Session) -> None:
    parcel = make_parcel(household=make_household(code=HOUSEHOLD_CODE))
    title = AreaFact(
        kind=AreaKind.TITLE,
        area=Mu(3_10),
        square_metres=SquareMetres(2066_67),
        dated_on=date(2018, 1, 1),
        source="确权",
    )
    service.note_areas(parcel, (title, fact(3_33, AreaKind.MEASURED)))
    session.flush()

    made = split(parcel, part(1_00), part(1_10), part(None))

    assert [one.area for one in made] == [1_00, 1_10, 1_10]
    assert sum(one.title_area or 0 for one in made) == 3_10
    assert sum(one.measured_area or 0 for one in made) == 3_33
    assert sum(row.square_metres or 0 for one in made for row in one.areas) == 2066_67
    assert {one.household_id for one in made} == {parcel.household_id}
    assert [one.code for one in made] == [ISSUER_CODE + f"0000{n}" for n in (2, 3, 4)]
    assert (parcel.closed_on, parcel.closed_reason) == (ON, "分户")


def test_measured_parts_may_be_given_and_must_add_up(session: Session) -> None:
    parcel = make_parcel()
    service.note_areas(parcel, (fact(3_33, AreaKind.MEASURED),))
    session.flush()

    with pytest.raises(service.PartsDisagree, match=r"合计 3\.30 亩.*相差 0\.03 亩"):
        split(parcel, part(1_00, measured=Mu(1_10)), part(2_20, measured=Mu(2_20)))
    with pytest.raises(service.MeasuredOfSome):
        split(parcel, part(1_00, measured=Mu(1_10)), part(2_20))
    made = split(parcel, part(1_00, measured=Mu(1_13)), part(2_20, measured=Mu(2_20)))

    assert [one.measured_area for one in made] == [1_13, 2_20]


REFUSED_PARTS = {
    service.TooFewParts: (part(3_20),),
    service.PartsDisagree: (part(1_00), part(2_00)),
    service.NothingLeft: (part(3_20), part(None)),
    service.SeveralWithoutArea: (part(None), part(None)),
    service.NoArea: (part(3_20), part(0)),
    service.NotMeasured: (part(1_00, measured=Mu(1_00)), part(2_20, measured=Mu(2_20))),
    service.RepeatedCode: (
        part(1_00, code=ISSUER_CODE + "00007"),
        part(2_20, code=ISSUER_CODE + "00007"),
    ),
    service.DuplicateParcel: (part(1_00, code=PARCEL_CODE), part(2_20)),
}


@pytest.mark.parametrize("refusal", REFUSED_PARTS)
def test_parts_that_cannot_be_are_refused(refusal: type[Exception]) -> None:
    parcel = make_parcel()

    with pytest.raises(refusal):
        split(parcel, *REFUSED_PARTS[refusal])  # type: ignore[index]


def test_a_split_needs_a_reason_a_day_the_version_and_the_right() -> None:
    parcel, viewer = make_parcel(), clerk()
    parts = (part(1_00), part(None))

    with pytest.raises(service.ReshapedInFuture):
        split(parcel, *parts, on=TODAY + timedelta(days=2))
    with pytest.raises(OutsideScope):
        split(parcel, *parts, viewer=clerk(division_code=OTHER_TOWNSHIP))
    with pytest.raises(StaleVersion):
        service.split(parcel, parts, version=9, on=ON, reason="分户", viewer=viewer, now=NOW)
    with pytest.raises(ReasonMissing):
        service.split(parcel, parts, version=parcel.version, on=ON, reason="", viewer=viewer, now=NOW)


def test_a_parcel_that_was_split_neither_comes_back_nor_splits_again() -> None:
    parcel = make_parcel()
    split(parcel, part(1_00), part(2_20))

    with pytest.raises(service.ParcelClosed):
        split(parcel, part(1_00), part(2_20))
    with pytest.raises(service.ParcelReshaped, match=r"已分割或合并为 .*00002、.*00003"):
        service.reopen(parcel, reason="复垦", viewer=clerk(), now=NOW)


def test_a_merged_parcel_has_the_sum_of_every_acreage() -> None:
    household = make_household(code=HOUSEHOLD_CODE)
    one, two = make_parcel(household=household), make_parcel(ISSUER_CODE + "00002", household, area=1_05)
    service.note_areas(one, (fact(3_00, AreaKind.TITLE),))
    db.session.flush()

    made = merge(one, two)

    assert (made.area, made.contract_area, made.title_area, made.measured_area) == (4_25, 4_25, 3_00, None)
    assert "其中 1 块有确权面积" in {row.kind: row.source for row in made.areas}[AreaKind.TITLE]
    assert not one.is_open
    assert not two.is_open


def test_only_land_of_one_kind_is_merged() -> None:
    one, other = make_household(code=HOUSEHOLD_CODE), make_household("王小二", number=id_number(9))
    mine, theirs = make_parcel(household=one), make_parcel(ISSUER_CODE + "00002", other)

    with pytest.raises(service.TooFewParcels):
        merge(mine, mine)
    with pytest.raises(service.MergeAcross, match="household_id不同"):
        merge(mine, theirs)
    measured = make_parcel(ISSUER_CODE + "00003", one)
    service.note_areas(measured, (fact(3_20, AreaKind.MEASURED),))
    service.point_at(measured, AreaKind.MEASURED)
    db.session.flush()
    with pytest.raises(service.MergeAcross, match="basis不同"):
        merge(mine, measured)
    assert queries.joinable(mine) == []


def test_land_is_followed_through_every_split_and_merge() -> None:
    household = make_household(code=HOUSEHOLD_CODE)
    parcel, other = make_parcel(household=household), make_parcel(ISSUER_CODE + "00002", household, area=80)
    left, right = split(parcel, part(1_20), part(2_00))
    whole = merge(right, other)
    first, second, third = split(whole, part(70), part(70), part(1_40))

    found = queries.successors([parcel.id, other.id, left.id])

    assert sum(share.area for share in found[parcel.id]) == 3_20
    assert {share.to_id for share in found[parcel.id]} == {left.id, first.id, second.id, third.id}
    assert {s.to_id: s.area for s in found[other.id]} == {first.id: 20, second.id: 20, third.id: 40}
    assert found[left.id] == (LandShare(left.id, left.id, Mu(1_20)),)
    assert queries.ancestors([third.id])[third.id] == {whole.id, right.id, other.id, parcel.id}
    assert queries.descendants([parcel.id])[parcel.id] == {
        left.id,
        right.id,
        whole.id,
        first.id,
        second.id,
        third.id,
    }
    assert queries.kin([left.id])[left.id] == {left.id, parcel.id}


def test_a_road_over_a_part_leaves_no_successor_there() -> None:
    parcel = make_parcel()
    left, right = split(parcel, part(1_20), part(2_00))
    service.close(left, on=ON, reason="修路占用", viewer=clerk(), now=NOW)

    assert queries.successors([parcel.id])[parcel.id] == (LandShare(parcel.id, right.id, Mu(2_00)),)


def test_watchers_hear_of_every_change_of_land(listener: Listener) -> None:
    viewer, parcel = clerk(), make_parcel()
    newer = fact(3_40, on=date(2025, 5, 1))
    service.record_area(parcel, newer, version=parcel.version, viewer=viewer, now=NOW, on=ON)
    unchanged = fact(3_40, AreaKind.MEASURED)
    service.record_area(parcel, unchanged, version=parcel.version, viewer=viewer, now=NOW, on=ON)
    third = fact(3_50, AreaKind.TITLE)
    service.record_area(parcel, third, version=parcel.version, viewer=viewer, now=NOW, on=ON)
    service.choose_basis(
        parcel, AreaKind.TITLE, version=parcel.version, reason="复测", viewer=viewer, now=NOW, on=ON
    )
    made = split(parcel, part(1_00), part(2_50))

    assert listener.resized_ids == [(parcel.id, date(2025, 5, 1)), (parcel.id, ON)]
    assert [(share.to_id, share.area) for share in listener.shares] == [
        (made[0].id, 1_00),
        (made[1].id, 2_50),
    ]


def test_the_journal_tells_of_both_ends(session: Session) -> None:
    parcel = make_parcel()
    made = split(parcel, part(1_00), part(2_20))
    session.commit()

    told = session.scalars(select(JournalEntry).where(JournalEntry.act == ParcelAct.SPLIT)).one()
    assert told.note == f"成为 {made[0].code}、{made[1].code}"
    births = session.scalars(select(JournalEntry).where(JournalEntry.act == ParcelAct.REGISTERED)).all()
    assert [birth.note for birth in births] == [f"由 {PARCEL_CODE}"] * 2


def test_codes_go_on_behind_the_last_and_then_into_the_gaps() -> None:
    make_parcel()
    make_parcel(ISSUER_CODE + "99998")

    assert queries.next_codes(ISSUER_CODE, 1) == [ISSUER_CODE + "99999"]
    assert queries.next_codes(ISSUER_CODE, 3) == [ISSUER_CODE + f"0000{n}" for n in (2, 3, 4)]


ACTS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 9), st.lists(st.integers(1, 99), min_size=1, max_size=3)),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(acts=ACTS, areas=st.lists(st.integers(1, 20_00), min_size=1, max_size=3))
def test_no_sequence_of_splits_and_merges_makes_or_loses_land(
    session: Session, acts: list[tuple[bool, int, list[int]]], areas: list[int]
) -> None:
    with session.begin_nested() as attempt:
        viewer, household = clerk(), make_household(code=HOUSEHOLD_CODE)
        start = [
            make_parcel(ISSUER_CODE + f"{n:05d}", household, area=area) for n, area in enumerate(areas, 1)
        ]
        living = list(start)
        for is_split, place, weights in acts:
            living = step(living, place % len(living), weights, is_split=is_split, viewer=viewer)

        assert sum(one.area for one in living) == sum(areas)
        counted = session.scalar(select(func.sum(Parcel.area)).where(Parcel.closed_on.is_(None)))
        assert counted == sum(areas)
        found = queries.successors([one.id for one in start])
        arrived: dict[int, int] = {}
        for share in (share for shares in found.values() for share in shares):
            arrived[share.to_id] = arrived.get(share.to_id, 0) + share.area
        assert arrived == {one.id: one.area for one in living}
        attempt.rollback()


def step(
    living: list[Parcel], place: int, weights: list[int], *, is_split: bool, viewer: Viewer
) -> list[Parcel]:
    chosen = living[place]
    if is_split and chosen.area > sum(weights):
        parts = [*(part(weight) for weight in weights), part(None)]
        return [one for one in living if one is not chosen] + split(chosen, *parts, viewer=viewer)
    if not is_split and len(living) > 1:
        joined = [chosen, living[place - 1]]
        return [one for one in living if one not in joined] + [merge(*joined, viewer=viewer)]
    return living


@given(
    area=st.integers(0, 10**6),
    steps=st.lists(st.lists(st.integers(1, 999), min_size=1, max_size=4), max_size=6),
)
def test_what_is_followed_is_never_lost(area: int, steps: list[list[int]]) -> None:
    lineage, newest = {}, 1
    for place, weights in enumerate(steps, 1):
        if place <= newest:
            lineage[place] = [LandShare(place, newest + n, Mu(w)) for n, w in enumerate(weights, 1)]
            newest += len(weights)

    (found,) = shares_after({1: Mu(area)}, lineage).values()

    assert sum(share.area for share in found) == area
    assert len({share.to_id for share in found}) == len(found)


def test_lineage_holds_no_empty_share(session: Session) -> None:
    split(make_parcel(), part(1), part(3_19))

    assert session.scalars(select(ParcelLineage.area).order_by(ParcelLineage.area)).all() == [1, 3_19]
