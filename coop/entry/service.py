"""Reading what a clerk has written so far: the annex against the register, the terms against the law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coop.contracts.queries.facts import facts_for
from coop.contracts.rules.checks import check
from coop.contracts.rules.details import AnnexHouseholdDetails, ContractDetails
from coop.contracts.rules.findings import Finding, block
from coop.entry import queries
from coop.entry.rules import (
    AnnexLine,
    MatchedLine,
    Register,
    households_of,
    line_of,
    lines_of_places,
    match_lines,
    read_lines,
    write_lines,
)
from foundation.access.grants import Viewer
from foundation.values.area import Mu, mu
from foundation.values.dates import Period
from foundation.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The annex as it was read: its lines, and the mandates found for its households."""

    lines: Sequence[MatchedLine] = ()
    mandates: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    @property
    def households(self) -> tuple[AnnexHouseholdDetails, ...]:
        """The good lines as the contract takes them."""
        return households_of(self.lines, {household: found[0] for household, found in self.mandates.items()})

    @property
    def area(self) -> Mu:
        """The mu of the good lines."""
        return Mu(sum(line.area for line in self.lines))

    @property
    def has_errors(self) -> bool:
        """Whether any line means nothing."""
        return any(line.error for line in self.lines)

    @property
    def findings(self) -> list[Finding]:
        """What is to be said about the annex before its terms are known."""
        wrong = sum(1 for line in self.lines if line.error)
        sentence = N_("清单中有 %(count)s 行需要改正；请按行内提示修改，F8 跳到下一处。")
        return [block("annex", sentence, count=wrong)] if wrong else []

    def mandate_of(self, line: MatchedLine) -> str:
        """The number of the mandate of a line's household."""
        return self.mandates.get(line.household.id, (0, ""))[1] if line.household else ""

    def by_line(self, findings: Sequence[Finding]) -> dict[int, list[Finding]]:
        """Return the findings that speak of a line, by line from 0."""
        places = lines_of_places(self.lines)
        found: dict[int, list[Finding]] = {}
        for finding in findings:
            line = line_of(finding.place, places)
            if line is not None:
                found.setdefault(line, []).append(finding)
        return found

    def elsewhere(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings that speak of no line."""
        places = lines_of_places(self.lines)
        return [finding for finding in findings if line_of(finding.place, places) is None]


def read_annex(
    text: str,
    *,
    viewer: Viewer,
    division_code: str = "",
    agent_id: int | None = None,
    term: Period | None = None,
) -> Annex:
    """Match the written annex against the register, within the viewer's scope.

    ``agent_id`` is the collective that signs for the households, whose mandates are looked up.
    """
    lines = read_lines(text)
    if not lines:
        return Annex()
    matched = match_lines(lines, queries.register_for(viewer, lines, division_code))
    ids = {line.household.id for line in matched if line.household}
    mandates = queries.mandates_for(ids, agent_id, term) if agent_id is not None else {}
    return Annex(lines=matched, mandates=mandates)


def judge(
    details: ContractDetails, annex: Annex, *, on: date, contract_id: int | None = None
) -> list[Finding]:
    """Return everything that is to be said about the terms; lines that mean nothing stop the contract."""
    return [*annex.findings, *check(details, facts_for(details, on, contract_id))]


def written_annex(households: Sequence[AnnexHouseholdDetails], viewer: Viewer) -> str:
    """Return a stored annex as lines: one for a household taken whole, else one for each parcel."""
    register = queries.register_of(viewer, [household.household_id for household in households])
    return write_lines(line for household in households for line in _lines_of(household, register))


def _lines_of(household: AnnexHouseholdDetails, register: Register) -> list[AnnexLine]:
    known = next((row for row in register.households if row.id == household.household_id), None)
    if known is None:
        return []
    codes = {parcel.id: parcel.code for parcel in known.parcels}
    whole = {(parcel.id, parcel.area) for parcel in known.parcels}
    if {(parcel.parcel_id, parcel.area) for parcel in household.parcels} == whole:
        return [AnnexLine(who=known.name, tail=known.tail, area=mu(household.area))]
    return [
        AnnexLine(who=known.name, tail=known.tail, code=codes.get(parcel.parcel_id, ""), area=mu(parcel.area))
        for parcel in household.parcels
    ]
