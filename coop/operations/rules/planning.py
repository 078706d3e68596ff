"""What an order may be planned from, and how what was chosen falls apart into orders; pure functions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.findings import Finding, block, need_reason
from coop.contracts.rules.terms import Severity
from coop.operations.rules.facts import MachineFact, OperatorFact
from foundation.values.area import Mu
from foundation.values.dates import Period
from foundation.values.money import Fen
from foundation.wording import N_

MOST_LINES = 5_000
"""So many parcels are planned in one act at most; more are planned township by township."""

OPERATOR, MACHINE = "operator", "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What may be changed on an order until its work is accepted."""

    starts_on: date
    ends_on: date
    operator_id: int | None = None
    machine_id: int | None = None
    standard: str = ""
    note: str = ""
    exception_reason: str = ""

    @property
    def window(self) -> Period:
        """The days in which the work is due."""
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDetails:
    """What is to be planned: which work, when, and on what land.

    The land is what lies in ``division_codes`` or belongs to ``household_ids`` or is named in ``parcel_ids``;
    what is named must be plannable, of the rest only what is plannable is taken in.
    """

    season_id: int
    link_id: int
    terms: OrderTerms
    pass_number: int = 1
    programme_id: int | None = None
    division_codes: tuple[str, ...] = ()
    household_ids: tuple[int, ...] = ()
    parcel_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A parcel on which a contract lets this work be planned; ``taken_by`` is the order that has it."""

    contract_id: int
    contract_number: str
    provider_id: int
    provider_name: str
    household_id: int
    household_name: str
    group_number: int
    parcel_id: int
    parcel_code: str
    parcel_name: str
    division_code: str
    area: Mu
    basis_area: Mu
    price: Fen | None = None
    taken_by: str = ""
    taken_order_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageSum:
    """What could be planned in one village, and what is planned already."""

    division_code: str
    providers: tuple[str, ...]
    households: int
    parcels: int
    area: Mu
    planned_parcels: int
    planned_area: Mu


def by_order(candidates: Iterable[Candidate]) -> dict[tuple[str, int], list[Candidate]]:
    """Return what belongs into one order: one village and one provider each, household by household."""
    found: dict[tuple[str, int], list[Candidate]] = {}
    for one in sorted(candidates, key=_place):
        found.setdefault((one.division_code, one.provider_id), []).append(one)
    return found


def _place(one: Candidate) -> tuple[str, int, int, int, str]:
    return one.division_code, one.provider_id, one.group_number, one.household_id, one.parcel_code


def by_household(candidates: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Return the candidates of each household, group by group."""
    found: dict[int, list[Candidate]] = {}
    for one in sorted(candidates, key=_place):
        found.setdefault(one.household_id, []).append(one)
    return found


def village_sums(candidates: Sequence[Candidate]) -> list[VillageSum]:
    """Return one line for each village, by code."""
    villages: dict[str, list[Candidate]] = {}
    for one in candidates:
        villages.setdefault(one.division_code, []).append(one)
    return [_sum(code, villages[code]) for code in sorted(villages)]


def _sum(code: str, rows: Sequence[Candidate]) -> VillageSum:
    free = [one for one in rows if not one.taken_by]
    taken = [one for one in rows if one.taken_by]
    return VillageSum(
        division_code=code,
        providers=tuple(sorted({one.provider_name for one in rows})),
        households=len({one.household_id for one in free}),
        parcels=len(free),
        area=Mu(sum(one.area for one in free)),
        planned_parcels=len(taken),
        planned_area=Mu(sum(one.area for one in taken)),
    )


def blocked_places(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Return the first finding that keeps each place out of an order."""
    found: dict[str, Finding] = {}
    for finding in findings:
        if finding.severity is Severity.BLOCK:
            found.setdefault(finding.place, finding)
    return found


def licence_findings(
    window: Period, operator: OperatorFact | None, machine: MachineFact | None
) -> Iterator[Finding]:
    """Say when a licence ends before the work does; before its first day that bars the order."""
    if operator is not None and operator.licensed_until is not None and operator.licensed_until < window.end:
        say = block if operator.licensed_until < window.start else need_reason
        yield say(
            OPERATOR,
            N_("机手 %(name)s 的驾驶证 %(until)s 到期，早于作业期末 %(end)s；请换机手，或先更新证件。"),
            name=operator.label,
            until=operator.licensed_until,
            end=window.end,
        )
    if machine is not None and machine.licensed_until is not None and machine.licensed_until < window.end:
        say = block if machine.licensed_until < window.start else need_reason
        yield say(
            MACHINE,
            N_("机具 %(name)s 的行驶证 %(until)s 到期，早于作业期末 %(end)s；请换机具，或先更新证件。"),
            name=machine.label,
            until=machine.licensed_until,
            end=window.end,
        )
