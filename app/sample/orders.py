"""One order of the sample county from its plan to its report; each method happens on a day of the story."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select

from app.sample.scripts import UNREPORTED, Turn
from app.sample.telling import Stage, days
from app.sample.terms import STANDARDS
from app.sample.windows import Window
from coop.acceptance import service as acceptance
from coop.machinery.models import Machine, Operator
from coop.operations import queries
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.reports import quality_items
from coop.operations.rules.planning import OrderDetails, OrderTerms
from coop.operations.rules.reporting import QualityRow, WorkFact
from coop.operations.rules.terms import WorkResult, WorkSource
from coop.operations.service import life, planning, reporting
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu

CLERK, APPROVER, DRIVER = "zhangwei.cs", "fanshoujun", "sundayong"
BUSY = 85
"""What part of a machine's day the story uses, in hundredths."""

DRIVERS = {"植保": "尉小磊", "收获": "刘建设"}
USUAL_DRIVER = "孙大勇"
REASONS = {
    Turn.PARTLY: "地头低洼积水，机具无法下地，剩余部分待排水后补做。",
    Turn.NOT_DONE: "农户要求自行作业，未派机。",
}


@dataclass
class Handling:
    """An order as the co-op handles it; its number and codes are known once it is planned."""

    stage: Stage
    window: Window
    provider_id: int
    turns: dict[int, Turn]
    programme_of: Callable[[], int | None]
    order_id: int = 0
    codes: dict[int, str] = field(default_factory=dict)

    def note(self) -> None:
        """Note the plan, and the report of the day after the window."""
        self.note_if_past(self.window.planned_on, self.plan)
        self.note_if_past(self.window.ends_on + days(1), self.report)

    def note_if_past(self, day: date, act: Callable[[datetime], None]) -> None:
        """Note an act unless its day is still to come when the county is loaded."""
        if day < self.stage.calendar.on:
            self.stage.timeline.note(day, act)

    def viewer(self, login_name: str, now: datetime) -> Viewer:
        """Return who acts, with the rights of the day."""
        return self.stage.cast.viewer(login_name, now.date())

    @property
    def order(self) -> WorkOrder:
        """The whole order as the database has it."""
        return queries.whole(self.order_id)

    def lines(self, *wanted: Turn) -> list[OrderLine]:
        """Return the lines of the households that take these turns, in the order of the paper."""
        return [line for line in self.order.lines if self.turns[line.household_id] in wanted]

    def plan(self, now: datetime) -> None:
        """Plan the order, hand it out and make the codes that are printed on it."""
        clerk, machine, operator = self.viewer(CLERK, now), self.machine(), self.operator()
        content, agreed = STANDARDS.get(self.window.link.name, ("", ""))
        terms = OrderTerms(
            starts_on=self.window.starts_on,
            ends_on=self.window.ends_on,
            machine_id=machine.id,
            operator_id=operator.id,
            standard=f"{content}：{agreed}" if agreed else "",
        )
        details = OrderDetails(
            season_id=self.window.season.id,
            link_id=self.window.link.id,
            terms=terms,
            programme_id=self.programme_of(),
            household_ids=tuple(self.turns),
        )
        (order,) = planning.plan(details, viewer=clerk, now=now).orders
        self.order_id = order.id
        life.issue(order, viewer=clerk, now=now)
        self.codes = acceptance.make_codes(order, viewer=clerk, now=now)

    def machine(self) -> Machine:
        """Return the provider's machine for the work."""
        own = Machine.provider_id == self.provider_id, Machine.kind == self.window.machine
        return db.session.scalars(select(Machine).where(*own).order_by(Machine.id)).first() or Machine()

    def operator(self) -> Operator:
        """Return who drives."""
        name = DRIVERS.get(self.window.link.name, USUAL_DRIVER)
        own = Operator.provider_id == self.provider_id, Operator.name == name
        return db.session.scalars(select(Operator).where(*own)).one()

    def report(self, now: datetime) -> None:
        """Enter what was done, all in one act, as the clerk does from the drivers' notes."""
        lines = self.lines(*(turn for turn in Turn if turn not in UNREPORTED))
        facts = list(self.facts(lines, self.window.starts_on + days(1)))
        reporting.report(facts, source=WorkSource.BULK, viewer=self.viewer(CLERK, now), now=now)

    def facts(self, lines: Sequence[OrderLine], first: date) -> Iterator[WorkFact]:
        """Yield the fact of each line; no machine does more on a day than it can."""
        machine, operator, quality = self.machine(), self.operator(), self.quality()
        day, today = first, 0
        for line in lines:
            turn = self.turns[line.household_id]
            area = _worked(line, turn)
            if today + area > machine.daily_capacity * BUSY // 100:
                day, today = day + days(1), 0
            today += area
            yield WorkFact(
                line_id=line.id,
                result=_RESULTS.get(turn, WorkResult.DONE),
                area=area,
                worked_on=day,
                machine_id=machine.id if area else None,
                operator_id=operator.id if area else None,
                quality=quality if area else (),
                reason=REASONS.get(turn, ""),
            )

    def quality(self) -> tuple[QualityRow, ...]:
        """Return what was measured: everything as agreed."""
        return tuple(replace(row, found="达到约定") for row in quality_items(self.order))


_RESULTS = {Turn.PARTLY: WorkResult.PARTLY, Turn.NOT_DONE: WorkResult.NOT_DONE}


def _worked(line: OrderLine, turn: Turn) -> Mu:
    if turn is Turn.NOT_DONE:
        return Mu(0)
    return Mu(line.planned_area * 6 // 10) if turn is Turn.PARTLY else line.planned_area


@dataclass
class Watering(Handling):
    """The order of this very week: its driver reports the first households by telephone."""

    def note(self) -> None:
        """Note the plan and yesterday's work."""
        self.note_if_past(self.window.planned_on, self.plan)
        self.note_if_past(self.stage.calendar.on - days(1), self.report_by_telephone)

    def report_by_telephone(self, now: datetime) -> None:
        """The driver reports what was watered the day before."""
        lines = self.lines(Turn.BY_CODE)
        facts = list(self.facts(lines, self.window.starts_on))
        reporting.report(facts, source=WorkSource.PHONE, viewer=self.viewer(DRIVER, now), now=now)
