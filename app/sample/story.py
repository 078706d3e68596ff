"""What happens in the sample county: every contract's acts, and the mandates that wait for a signature."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.sample.plans import AIXIAN, AIXIAN_BODY, Fate, Plan
from app.sample.telling import CLERKS, Stage, Telling, days
from coop.mandates import queries, service
from coop.mandates.service import MandateTerms

UNFINISHED = frozenset({Fate.DRAFT, Fate.SUBMITTED, Fate.RETURNED, Fate.APPROVED})
OPEN_MANDATES = 8
LEAD = timedelta(days=25)
"""How long before its first day a contract is drafted."""


@dataclass
class Story:
    """Everything that happens to contracts and mandates in the county."""

    stage: Stage
    open_mandates: list[int] = field(default_factory=list)

    def tell(self, plans: Sequence[Plan]) -> None:
        """Note every act of every contract for its day."""
        for place, plan in enumerate(plans):
            Telling(self.stage, plan, self._drafted_on(plan, place)).note()
        self.stage.timeline.note(self.stage.calendar.on - days(6), self._collect_mandates)
        self.stage.timeline.note(self.stage.calendar.on - days(1), self._revoke_one)

    def _collect_mandates(self, now: datetime) -> None:
        """Next year's mandates of a group have been handed out; the households have yet to sign."""
        starts_on = self.stage.calendar.on + days(30)
        terms = MandateTerms(
            agent_id=self.stage.land.organisations[AIXIAN_BODY],
            starts_on=starts_on,
            ends_on=starts_on + days(364),
        )
        principals = self.stage.land.households(AIXIAN, (3,))[:OPEN_MANDATES]
        clerk = self.stage.cast.viewer(CLERKS[AIXIAN], now.date())
        given = service.register_for_all(principals, terms, viewer=clerk, now=now)
        self.open_mandates = [mandate.id for mandate in given]

    def _revoke_one(self, now: datetime) -> None:
        clerk = self.stage.cast.viewer(CLERKS[AIXIAN], now.date())
        mandate = queries.get(clerk, self.open_mandates[-1])
        reason = "农户决定自种，撤回委托。"
        service.revoke(mandate, on=now.date(), reason=reason, viewer=clerk, now=now)

    def _drafted_on(self, plan: Plan, place: int) -> date:
        starts_on, _ = self.stage.calendar.days_of(plan)
        if plan.fate in UNFINISHED or starts_on > self.stage.calendar.on:
            return self.stage.calendar.on - days(9 + place % 5)
        second_tier = days(10) if plan.hands_on else days(0)
        return starts_on - LEAD + second_tier
