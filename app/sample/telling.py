"""How a planned contract comes about: mandates given, terms drafted, returned, approved, signed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.sample.cast import Cast
from app.sample.land import Land
from app.sample.plans import AIXIAN, AIXIAN_BODY, FANGONG, FANGONG_BODY, Agreement, Fate, Plan
from app.sample.terms import Calendar, Parties, details_of, with_payments
from app.sample.timeline import Timeline
from coop.amendments import queries as agreements
from coop.amendments import service as amendments
from coop.contracts import queries, service
from coop.contracts.models import Contract
from coop.contracts.rules.details import ContractDetails
from coop.mandates import service as mandates
from coop.mandates.service import MandateTerms
from foundation.access.grants import Viewer
from foundation.values.area import Mu
from foundation.values.money import Fen

PLACES = {FANGONG: "村南方田", AIXIAN: "村北方田"}
COLLECTIVES = {FANGONG: FANGONG_BODY, AIXIAN: AIXIAN_BODY}
CLERKS = {FANGONG: "zhangwei.cs", AIXIAN: "liuyan.jq"}
APPROVERS = {FANGONG: "fanshoujun", AIXIAN: "wangchangshun"}


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)


@dataclass
class Stage:
    """The people, the land and the days from which the contracts are told."""

    cast: Cast
    land: Land
    calendar: Calendar
    timeline: Timeline
    upstream: list[int] = field(default_factory=list)


@dataclass
class Telling:
    """One contract: each method is an act that happens at an instant of the story."""

    stage: Stage
    plan: Plan
    drafted_on: date
    contract_id: int = 0
    agreement_id: int = 0

    @property
    def clerk(self) -> Viewer:
        """Who drafts, submits and records signatures."""
        return self.stage.cast.viewer(CLERKS[self.plan.village], self.drafted_on)

    @property
    def approver(self) -> Viewer:
        """The second person."""
        return self.stage.cast.viewer(APPROVERS[self.plan.village], self.drafted_on)

    @property
    def contract(self) -> Contract:
        """The whole contract."""
        return queries.get(self.clerk, self.contract_id)

    def note(self) -> None:
        """Note the acts of this contract for their days."""
        note, first = self.stage.timeline.note, self.drafted_on
        if self.plan.groups:
            note(first - days(12), self._give_mandates)
        note(first, self._draft)
        if self.plan.fate is Fate.DRAFT:
            return
        note(first + days(1), self._submit)
        if self.plan.fate in (Fate.RETURNED, Fate.RETURNED_ONCE):
            note(first + days(2), self._send_back)
        if self.plan.fate is Fate.RETURNED_ONCE:
            note(first + days(3), self._revise)
            note(first + days(3), self._submit)
        if self.plan.fate in (Fate.SUBMITTED, Fate.RETURNED):
            return
        note(first + days(5), self._approve)
        if self.plan.fate is not Fate.APPROVED:
            self._note_signing(first + days(7))

    def _note_signing(self, day: date) -> None:
        note, (starts_on, ends_on) = self.stage.timeline.note, self.stage.calendar.days_of(self.plan)
        note(day, self._sign)
        if self.plan.fate is Fate.COMPLETED:
            note(ends_on - days(4), self._complete)
        if self.plan.fate is Fate.TERMINATED:
            note(starts_on + days(240), self._terminate)
        if self.plan.fate is Fate.VOID:
            note(day + days(1), self._void)
        if self.plan.agreement:
            self._note_agreement(self.plan.agreement, starts_on)

    def _note_agreement(self, agreement: Agreement, starts_on: date) -> None:
        note = self.stage.timeline.note
        is_signed = agreement is Agreement.SIGNED
        first = starts_on + days(30) if is_signed else self.stage.calendar.on - days(3)
        note(first, self._propose)
        note(first + days(1), self._submit_agreement)
        if is_signed:
            note(first + days(2), self._approve_agreement)
            note(first + days(5), self._sign_agreement)

    def _give_mandates(self, now: datetime) -> None:
        starts_on, ends_on = self.stage.calendar.days_of(self.plan)
        body = self.stage.land.organisations[COLLECTIVES[self.plan.village]]
        terms = MandateTerms(
            agent_id=body,
            starts_on=min(now.date(), starts_on),
            ends_on=ends_on,
            price_terms="价格不低于全市统一指导价",
            consents_to_self_dealing=self.stage.land.organisations[self.plan.provider] == body,
            signed_on=now.date(),
        )
        mandates.register_for_all(self._principals(), terms, viewer=self.clerk, now=now)

    def _principals(self) -> Sequence[int]:
        return self.stage.land.households(self.plan.village, self.plan.groups)

    def _draft(self, now: datetime) -> None:
        drafted = service.draft(self._details(), viewer=self.clerk, now=now)
        self.contract_id = drafted.id
        if self.plan.groups and self.stage.land.organisations[self.plan.provider] == self._collective():
            self.stage.upstream.append(drafted.id)

    def _details(self) -> ContractDetails:
        return details_of(self.plan, self._parties(), self.stage.calendar)

    def _parties(self) -> Parties:
        land, plan = self.stage.land, self.plan
        household = land.household(plan.village, *plan.household) if plan.household else None
        annex = land.annex([household] if household else self._principals())
        upstream = self.stage.upstream[-1] if plan.hands_on else None
        area = Mu(sum(row.area for row in annex))
        if upstream is not None:
            area = queries.get(self.clerk, upstream).area
        return Parties(
            receiver_household_id=household,
            receiver_organisation_id=None if household else self._collective(),
            provider_id=land.organisations[plan.provider],
            annex=annex,
            area=area,
            place=PLACES[plan.village],
            upstream_contract_id=upstream,
        )

    def _collective(self) -> int:
        return self.stage.land.organisations[COLLECTIVES[self.plan.village]]

    def _submit(self, now: datetime) -> None:
        service.submit(self.contract, viewer=self.clerk, now=now)

    def _send_back(self, now: datetime) -> None:
        reason = "请补写农户自行负责的浇水安排，并核对付款日期。"
        service.send_back(self.contract, reason=reason, viewer=self.approver, now=now)

    def _revise(self, now: datetime) -> None:
        contract = self.contract
        mended = replace(
            service.details_of(contract), free_terms="浇水由农户自行安排，服务方提前三天通知作业时间。"
        )
        service.revise(contract, mended, expected_version=contract.version, viewer=self.clerk, now=now)

    def _approve(self, now: datetime) -> None:
        service.approve(self.contract, viewer=self.approver, now=now)

    def _sign(self, now: datetime) -> None:
        service.sign(self.contract, signed_on=now.date(), viewer=self.clerk, now=now)

    def _complete(self, now: datetime) -> None:
        service.complete(self.contract, on=now.date(), viewer=self.approver, now=now)

    def _terminate(self, now: datetime) -> None:
        reason = "农户家庭劳动力返乡，双方协商一致提前终止，费用已结清。"
        service.terminate(self.contract, on=now.date(), reason=reason, viewer=self.approver, now=now)

    def _void(self, now: datetime) -> None:
        reason = "重复登记，已另行签订，本份作废。"
        service.void(self.contract, reason=reason, viewer=self.approver, now=now)

    def _propose(self, now: datetime) -> None:
        contract = self.contract
        details = service.details_of(contract)
        stays = details.annex[:-1]
        smaller = replace(
            details,
            annex=stays,
            area=Mu(sum(row.area for row in stays)),
            package=details.package and replace(details.package, fee=Fen(700_00)),
            share=details.share and replace(details.share, floor=Fen(850_00)),
        )
        agreement = amendments.propose(
            contract,
            with_payments(smaller),
            reason="一户因自种需要退出托管；经村民代表会议商定，价格随行就市调整。",
            effective_on=now.date() + days(10),
            viewer=self.clerk,
            now=now,
        )
        self.agreement_id = agreement.id

    def _submit_agreement(self, now: datetime) -> None:
        amendments.submit(agreements.get(self.clerk, self.agreement_id), viewer=self.clerk, now=now)

    def _approve_agreement(self, now: datetime) -> None:
        amendments.approve(agreements.get(self.approver, self.agreement_id), viewer=self.approver, now=now)

    def _sign_agreement(self, now: datetime) -> None:
        agreement = agreements.get(self.clerk, self.agreement_id)
        amendments.sign(agreement, signed_on=now.date(), viewer=self.clerk, now=now)
