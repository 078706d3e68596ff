"""Whatever is ordered, accepted, undone, split, merged and measured: no mu counts twice, none is lost."""

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coop.catalogue.models import Link
from coop.operations.models import OrderLine
from coop.parcels.models import Parcel
from coop.trusteeship.models import AcreageEntry, AcreageSummary
from coop.trusteeship.service import LEDGER
from foundation.database.engine import db
from foundation.values.area import Mu
from tests.coop.trusteeship import plainly
from tests.coop.trusteeship.builders import (
    NEIGHBOUR,
    NOW,
    find_season,
    make_household,
    make_line,
    make_parcel,
    make_project,
    measure,
    merge,
    require,
    split,
    undo,
    work_of,
)
from tests.foundation.accounts.builders import COUNTY

PERSON = "372330196501011235"
LINKS = ("02", "03", "04", "07", "08")
DAYS = (date(2026, 5, 1), date(2026, 7, 1), date(2026, 12, 1))


class Ledger(RuleBasedStateMachine):
    """A small county in a savepoint that is rolled back when the sequence ends."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = db.session.begin_nested()
        self.living: list[Parcel] = []
        self.lines: list[OrderLine] = []
        self.was_remeasured = False

    @initialize()
    def settle(self) -> None:
        """One person in two villages, one without a number; a project beside the county's count."""
        self.seasons = [find_season("冬小麦"), find_season()]
        require(self.seasons[0], "02", "04", "08")
        require(self.seasons[1], "04", "07", "08", c07=2)
        self.project = make_project({"02": 50_00, "07": 20_00}, large_from=Mu(15_00), weighs_every_pass=True)
        here = make_household("张建国", number=PERSON)
        there = make_household("张建国", village=NEIGHBOUR, number=PERSON)
        other = make_household("李秀英")
        for household, areas in ((here, (10_00, 7_01)), (there, (33_34,)), (other, (5_55, 2_00))):
            self.living += [make_parcel(household, area) for area in areas]

    @rule(
        parcel=st.integers(0, 99),
        season=st.integers(0, 1),
        link=st.sampled_from(LINKS),
        pass_number=st.integers(1, 2),
        share=st.sampled_from((30, 77, 100, 102, 110)),
        in_project=st.booleans(),
        is_deemed=st.booleans(),
    )
    def accept(
        self,
        parcel: int,
        season: int,
        link: str,
        pass_number: int,
        share: int,
        in_project: bool,
        is_deemed: bool,
    ) -> None:
        """Work a parcel, whole or in part or a little more; whatever the ledger refuses stays out."""
        land = self.living[parcel % len(self.living)]
        taken = select(OrderLine.id).where(
            OrderLine.parcel_id == land.id,
            OrderLine.season_id == self.seasons[season].id,
            OrderLine.pass_number == pass_number,
            OrderLine.cancelled_at.is_(None),
            OrderLine.link_id.in_(select(Link.id).where(Link.code == link)),
        )
        if db.session.scalar(taken) is not None:
            return
        line = make_line(
            land,
            link,
            season=self.seasons[season],
            pass_number=pass_number,
            programme=self.project if in_project else None,
        )
        line.is_deemed = is_deemed
        self.lines.append(line)
        self.count(line, max(1, land.area * share // 100))

    @precondition(lambda self: self.lines)
    @rule(line=st.integers(0, 99), share=st.sampled_from((50, 100)))
    def accept_again(self, line: int, share: int) -> None:
        """Accept what was undone, wherever its parcel has gone by now."""
        chosen = self.lines[line % len(self.lines)]
        if chosen.accepted_area is None:
            self.count(chosen, max(1, chosen.planned_area * share // 100))

    def count(self, line: OrderLine, area: int) -> None:
        """Enter a line unless the ledger has something against it."""
        work = work_of(line, area)
        if LEDGER.findings([work]):
            line.accepted_area, line.accepted_on = None, None
            db.session.flush()
        else:
            LEDGER.enter([work], now=NOW)

    @precondition(lambda self: any(line.accepted_area for line in self.lines))
    @rule(line=st.integers(0, 99))
    def take_back(self, line: int) -> None:
        """Undo an acceptance."""
        accepted = [one for one in self.lines if one.accepted_area]
        undo(accepted[line % len(accepted)])

    @rule(parcel=st.integers(0, 99), percent=st.integers(5, 95), thirds=st.booleans())
    def split_one(self, parcel: int, percent: int, thirds: bool) -> None:
        """Split a parcel in two or three; nothing of the county's figures may go or come."""
        land = self.living[parcel % len(self.living)]
        first = max(1, land.area * percent // 100)
        areas = [first, land.area - first]
        if thirds and areas[1] > 1:
            areas = [first, 1, areas[1] - 1]
        if min(areas) < 1:
            return
        before = figures()
        self.living.remove(land)
        self.living += split(land, *areas)
        self.same(before, rounded_parts=len(areas))

    @precondition(lambda self: len(self.living) > 1)
    @rule(parcel=st.integers(0, 99), more=st.booleans())
    def merge_some(self, parcel: int, more: bool) -> None:
        """Merge parcels of one household; what was worked on one part stays on that part."""
        land = self.living[parcel % len(self.living)]
        alike = [one for one in self.living if one.household_id == land.household_id]
        chosen = alike[: 3 if more else 2]
        if len(chosen) < 2:
            return
        before = figures()
        self.living = [one for one in self.living if one not in chosen]
        self.living.append(merge(*chosen))
        self.same(before, rounded_parts=len(chosen))

    @rule(parcel=st.integers(0, 99), percent=st.sampled_from((80, 97, 103, 125)), day=st.sampled_from(DAYS))
    def measure_one(self, parcel: int, percent: int, day: date) -> None:
        """Measure a parcel again, before, between or after the seasons."""
        land = self.living[parcel % len(self.living)]
        measure(land, max(1, land.area * percent // 100), on=day)
        self.was_remeasured = True

    def same(self, before: dict[str, int], *, rounded_parts: int) -> None:
        """Demand the county's figures of before; land may round by a hundredth of a mu a part and season."""
        after = figures()
        for name in ("mu_times", "deemed_times", "protected_times", "income"):
            assert after[name] == before[name], name
        if not self.was_remeasured:
            for name in ("physical", "whole", "weighted"):
                assert abs(after[name] - before[name]) <= 10 * rounded_parts, name

    @invariant()
    def is_what_its_entries_come_to(self) -> None:
        """The summary is the recount, every line stands as accepted, no land counts beyond itself."""
        if not self.living:
            return
        plainly.check()
        land = sum(parcel.area for parcel in self.living)
        if not self.was_remeasured:
            assert figures()["physical"] <= land
        standing = db.session.scalar(
            select(func.count())
            .select_from(AcreageEntry)
            .where(AcreageEntry.struck_at.is_(None), AcreageEntry.area <= 0)
        )
        assert standing == 0

    def teardown(self) -> None:
        """Leave no trace for the next sequence."""
        db.session.expunge_all()
        self.savepoint.rollback()


def figures() -> dict[str, int]:
    """The county's figures of the year by the general programme; zeros while nothing counts."""
    asked = select(AcreageSummary.__table__).where(
        AcreageSummary.code == COUNTY, AcreageSummary.season_key == 0
    )
    rows = db.session.execute(
        asked.order_by(AcreageSummary.physical.desc(), AcreageSummary.programme_id)
    ).mappings()
    found = [{name: row[name] for name in plainly.FIGURES} for row in rows]
    return max(found, key=lambda row: row["mu_times"], default=dict.fromkeys(plainly.FIGURES, 0))


def test_no_sequence_of_acts_counts_a_mu_twice_or_loses_one(session: Session) -> None:
    examples = settings().max_examples
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=max(3, examples // 6),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert db.session.scalar(select(func.count()).select_from(AcreageEntry)) == 0
