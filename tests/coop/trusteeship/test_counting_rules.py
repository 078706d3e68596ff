"""Counting, adding up and carrying as pure rules, for any work on any land."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coop.catalogue.rules import LinkKind
from coop.programmes.rules import Weight
from coop.trusteeship.rules.carrying import Lineage, Place, Step, free_places, shared_out
from coop.trusteeship.rules.counting import Scale, Work, count, over_the_year
from coop.trusteeship.rules.summing import Counted, Key, Sums, codes_above, contributions, difference
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

LINKS = {
    1: LinkKind.TILL,
    2: LinkKind.SOW,
    3: LinkKind.SOW,
    4: LinkKind.PROTECT,
    5: LinkKind.HARVEST,
    6: LinkKind.TEND,
}
SHIPPED = {1: 36_00, 3: 27_00, 4: 10_00, 5: 27_00}
SCALE = Scale(weights={link: Weight(weight=BasisPoints(weight)) for link, weight in SHIPPED.items()})
REQUIRED = {1: 1, 3: 1, 4: 2, 5: 1}

works = st.builds(
    lambda link, number, part, area, income, is_deemed: Work(
        link_id=link,
        kind=LINKS[link],
        pass_number=number,
        part=part,
        area=Mu(area),
        income=Fen(income),
        is_deemed=is_deemed,
    ),
    st.sampled_from(sorted(LINKS)),
    st.integers(1, 3),
    st.integers(0, 2),
    st.integers(1, 30_00),
    st.integers(0, 100_00),
    st.booleans(),
)
batches = st.lists(works, max_size=12, unique_by=lambda one: (one.link_id, one.pass_number, one.part))
lands = st.fixed_dictionaries({0: st.integers(0, 20_00), 1: st.integers(0, 20_00), 2: st.integers(0, 20_00)})


@given(batches, lands, st.booleans())
def test_weighted_and_whole_are_at_most_the_land_and_the_land_at_most_the_basis(
    batch: list[Work], land: dict[int, Mu], every_pass: bool
) -> None:
    found = count(batch, land=land, scale=replace(SCALE, weighs_every_pass=every_pass), required=REQUIRED)
    assert 0 <= found.weighted <= found.physical <= found.basis_area
    assert 0 <= found.whole <= found.physical
    assert max(found.tilled, found.sown, found.protected, found.harvested) <= found.physical
    assert found.physical <= found.mu_times
    assert 0 <= found.deemed_times <= found.mu_times


@given(batches, works, lands)
def test_one_work_more_never_lowers_a_figure(batch: list[Work], more: Work, land: dict[int, Mu]) -> None:
    keys = {(one.link_id, one.pass_number, one.part) for one in batch}
    added = [] if (more.link_id, more.pass_number, more.part) in keys else [more]
    before = count(batch, land=land, scale=SCALE, required=REQUIRED)
    after = count([*batch, *added], land=land, scale=SCALE, required=REQUIRED)
    for name in (
        "mu_times",
        "deemed_times",
        "physical",
        "weighted",
        "whole",
        "tilled",
        "protected_times",
        "income",
    ):
        assert getattr(after, name) >= getattr(before, name), name


@given(st.lists(batches, max_size=3), lands)
def test_the_year_counts_each_mu_once(seasons: list[list[Work]], land: dict[int, Mu]) -> None:
    counts = [count(batch, land=land, scale=SCALE, required=REQUIRED) for batch in seasons]
    new = over_the_year(counts)
    physical, whole = sum(one for one, _ in new), sum(one for _, one in new)
    assert max((one.physical for one in counts), default=0) <= physical <= sum(land.values())
    assert whole <= physical
    for (land_of_season, whole_of_season), one in zip(new, counts, strict=True):
        assert 0 <= land_of_season <= one.physical
        assert 0 <= whole_of_season <= one.whole


def tilled(area: Mu) -> Work:
    """One accepted pass of tilling."""
    return Work(
        link_id=1, kind=LinkKind.TILL, pass_number=1, part=0, area=area, income=Fen(0), is_deemed=False
    )


def test_without_required_links_nothing_is_whole() -> None:
    assert count([tilled(Mu(5))], land={0: Mu(5)}, scale=SCALE, required={}).whole == 0


def test_money_per_mu_makes_the_subsidy() -> None:
    scale = Scale(weights={1: Weight(weight=BasisPoints(26_00), rate=Fen(26_00))})
    found = count([tilled(Mu(79_600_00))], land={0: Mu(79_600_00)}, scale=scale, required={})
    assert (found.weighted, found.subsidy) == (20_696_00, 2_069_600_00)


def counted(
    programme: int, season: int, parcel: int, holder: str, village: str, physical: int, new: int
) -> Counted:
    zero, money = Mu(0), Fen(7)
    return Counted(
        programme_id=programme,
        season_id=season,
        parcel_id=parcel,
        holder=holder,
        division_code=village,
        is_entrusted=parcel % 2 == 0,
        tilled=Mu(physical),
        sown=zero,
        protected=zero,
        protected_times=zero,
        harvested=zero,
        mu_times=Mu(2 * physical),
        deemed_times=Mu(physical),
        physical=Mu(physical),
        weighted=Mu(physical // 2),
        whole=zero,
        year_physical=Mu(min(physical, new)),
        year_whole=zero,
        income=money,
        subsidy=money,
    )


holdings = st.lists(
    st.builds(
        counted,
        st.just(1),
        st.integers(1, 2),
        st.integers(1, 6),
        st.sampled_from(("h1", "h2", "h3")),
        st.sampled_from(("371681101205", "371681101206", "371681108226", "371623101201")),
        st.integers(0, 40_00),
        st.integers(0, 40_00),
    ),
    max_size=12,
    unique_by=lambda one: (one.season_id, one.parcel_id),
)
THRESHOLD = {1: Mu(50_00)}


@given(holdings)
def test_contributions_of_different_holders_add_up(rows: list[Counted]) -> None:
    apart: dict[Key, Sums] = {}
    for holder in {row.holder for row in rows}:
        own = contributions([row for row in rows if row.holder == holder], THRESHOLD)
        apart = {key: apart.get(key, Sums()) + own.get(key, Sums()) for key in apart.keys() | own.keys()}
    assert contributions(rows, THRESHOLD) == apart


@given(holdings, holdings)
def test_a_state_and_the_difference_make_the_other_state(before: list[Counted], after: list[Counted]) -> None:
    old, new = contributions(before, THRESHOLD), contributions(after, THRESHOLD)
    change = difference(new, old)
    moved = {key: old.get(key, Sums()) + change.get(key, Sums()) for key in old.keys() | change.keys()}
    assert {key: sums for key, sums in moved.items() if sums != Sums()} == {
        key: sums for key, sums in new.items() if sums != Sums()
    }


@given(holdings)
def test_every_level_holds_what_the_level_below_holds(rows: list[Counted]) -> None:
    sums = contributions(rows, THRESHOLD)
    for digits, below in ((4, 6), (6, 9), (9, 12)):
        for key, found in sums.items():
            if key.code[digits:].strip("0") or not key.code[:digits].strip("0"):
                continue
            parts = [
                other
                for other_key, other in sums.items()
                if other_key[:2] == key[:2]
                and other_key.code.startswith(key.code[:digits])
                and len(other_key.code.rstrip("0")) > digits
                and not other_key.code[below:].strip("0")
            ]
            if parts and len(key.code.rstrip("0")) <= digits:
                assert sum(part.physical for part in parts) == found.physical
                households = found.small_households + found.large_households
                assert households <= sum(part.small_households + part.large_households for part in parts)


def test_a_household_of_the_townships_own_land_is_not_counted_twice_there() -> None:
    assert codes_above("371681101000") == (
        "370000000000",
        "371600000000",
        "371681000000",
        "371681101000",
    )


areas = st.integers(1, 50_00)


@given(areas, st.integers(0, 10**6), st.lists(areas, min_size=1, max_size=5))
def test_sharing_out_loses_nothing(area: int, income: int, lands: list[int]) -> None:
    places = [Place(number, 0, land) for number, land in enumerate(lands)]
    shares = shared_out(Mu(area), Fen(income), places)
    assert sum(share.area for share in shares) == area
    assert sum(share.income for share in shares) == income
    assert all(share.area > 0 for share in shares)


@st.composite
def reshapings(draw: st.DrawFn) -> tuple[list[Step], dict[int, int]]:
    """Splits and merges one after another, and the parcels that live at the end with their land."""
    living = {number: draw(areas) for number in range(1, 4)}
    steps: list[Step] = []
    next_id = 10
    for _ in range(draw(st.integers(0, 5))):
        year = draw(st.integers(2024, 2026))
        if draw(st.booleans()) and len(living) > 1:
            sources = draw(st.permutations(sorted(living)))[:2]
            steps += [Step(one, next_id, Mu(living[one]), year) for one in sources]
            living[next_id] = sum(living.pop(one) for one in sources)
            next_id += 1
        else:
            source = draw(st.sampled_from(sorted(living)))
            if living[source] < 2:
                continue
            part = draw(st.integers(1, living[source] - 1))
            for area in (part, living.pop(source) - part):
                steps.append(Step(source, next_id, Mu(area), year))
                living[next_id] = area
                next_id += 1
    return steps, living


@given(reshapings())
def test_parts_make_up_the_parcel(made: tuple[list[Step], dict[int, int]]) -> None:
    steps, living = made
    lineage = Lineage(steps)
    for parcel_id, area in living.items():
        for year in (2025, 2026, 2027):
            land = lineage.land(parcel_id, year, Mu(area))
            assert sum(land.values()) == area
            assert (0 in land) == (len(land) == 1 and not lineage.parts(parcel_id, year))


@given(reshapings(), areas)
def test_work_goes_along_whole_to_where_the_land_lies(
    made: tuple[list[Step], dict[int, int]], area: int
) -> None:
    steps, _living = made
    lineage = Lineage(steps)
    for parcel_id in (1, 2, 3):
        places = lineage.places(parcel_id, 2026)
        free = free_places(places, {})
        assert all(not lineage.out_of(place.parcel_id, 2026) for place in places)
        assert sum(share.area for share in shared_out(Mu(area), Fen(0), free)) == area
        assert {place.part for place in places if place.parcel_id == parcel_id} <= {
            0,
            *lineage.parts(parcel_id, 2026),
        }


@given(reshapings())
def test_step_by_step_and_all_at_once_lead_to_the_same_places(
    made: tuple[list[Step], dict[int, int]],
) -> None:
    lineage = Lineage(made[0])
    for parcel_id in (1, 2, 3):
        front, reached = [(parcel_id, part) for part in lineage.parts(parcel_id, 2026) or (0,)], set()
        while front:
            here, part = front.pop()
            onward = lineage.next_places(here, part, 2026)
            front += [place[:2] for place in onward]
            if not onward:
                reached.add((here, part))
        assert {place[:2] for place in lineage.places(parcel_id, 2026)} == reached
