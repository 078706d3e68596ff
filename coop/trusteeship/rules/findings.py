"""What the ledger has to say before it counts accepted work (cooperative.md §6, rows 1, 2 and 7)."""

from collections.abc import Iterator
from dataclasses import dataclass

from coop.acceptance.rules.book import AcceptedWork
from coop.contracts.rules.findings import Finding, block
from foundation.access.grants import code_bounds
from foundation.values.area import Mu, mu
from foundation.values.percent import WHOLE, BasisPoints, percent
from foundation.wording import N_

WHOLE_LEDGER = "ledger"
"""The place of a finding that speaks of no single line."""


def place_of(line_id: int) -> str:
    """Return the place at which findings about a line are shown."""
    return f"line-{line_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What people call the things a line speaks of."""

    parcel: str
    place: str
    season: str
    link: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """The same work, counted already: from which order, contract, provider and programme, and how much."""

    order: str
    contract: str
    provider: str
    programme: str
    area: Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much land is left for a line's work, and by how much it may be exceeded."""

    area: Mu
    tolerance: BasisPoints

    @property
    def most(self) -> Mu:
        """The most that may be counted, cut to the hundredth."""
        return Mu(self.area * (WHOLE + self.tolerance) // WHOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The county and year of a line's programme, and the divisions its provider serves."""

    programme: str
    county_code: str
    year: int
    season_year: int
    divisions: tuple[str, ...]
    places: str


def rival_findings(work: AcceptedWork, words: Words, rivals: list[Rival]) -> Iterator[Finding]:
    """Row 7: one parcel's work is counted once per season, link and pass, in whatever order or programme."""
    for rival in rivals:
        yield block(
            place_of(work.line_id),
            N_(
                "地块 %(parcel)s 的%(season)s%(link)s第 %(pass_number)s 遍已按作业单 %(order)s 计入"
                "（%(provider)s，合同 %(contract)s，%(programme)s，%(area)s 亩）；同一作业只能计一次，"
                "请核对作业遍次，或先撤回那一行的验收。"
            ),
            parcel=words.parcel,
            season=words.season,
            link=words.link,
            pass_number=work.pass_number,
            order=rival.order,
            provider=rival.provider,
            contract=rival.contract,
            programme=rival.programme,
            area=mu(rival.area),
        )


def room_findings(work: AcceptedWork, words: Words, room: Room) -> Iterator[Finding]:
    """Row 2: no more mu than the land has, and the tolerance (1,538.5 measured of 1,523.6 is 100.98 %)."""
    if work.area > room.most:
        yield block(
            place_of(work.line_id),
            N_(
                "地块 %(parcel)s %(season)s%(link)s验收 %(area)s 亩，超过可计面积 %(room)s 亩"
                "（允许误差 %(tolerance)s，最多 %(most)s 亩）；请核定面积，或先复测并变更结算面积。"
            ),
            parcel=words.parcel,
            season=words.season,
            link=words.link,
            area=mu(work.area),
            room=mu(room.area),
            tolerance=percent(room.tolerance),
            most=mu(room.most),
        )


def served_findings(work: AcceptedWork, words: Words, served: Served) -> Iterator[Finding]:
    """Row 1: no land of another county or year's programme, none where the provider does not serve."""
    lower, upper = code_bounds(served.county_code)
    if not lower <= work.division_code < upper:
        yield block(
            place_of(work.line_id),
            N_("地块 %(parcel)s 在%(where)s，不属于“%(programme)s”所在的县；外县土地不能计入本县面积。"),
            parcel=words.parcel,
            where=words.place,
            programme=served.programme,
        )
    elif not any(low <= work.division_code < high for low, high in map(code_bounds, served.divisions)):
        yield block(
            place_of(work.line_id),
            N_(
                "地块 %(parcel)s 在%(where)s，不在%(provider)s登记的服务区域（%(places)s）内，不能计入；"
                "请核对服务组织，或先在组织名录中补登服务区域。"
            ),
            parcel=words.parcel,
            where=words.place,
            provider=words.provider,
            places=served.places,
        )
    if served.year != served.season_year:
        yield block(
            place_of(work.line_id),
            N_(
                "地块 %(parcel)s 的作物季是%(season)s，而“%(programme)s”是 %(year)s 年的项目；"
                "请改用同年的项目重新编制作业单。"
            ),
            parcel=words.parcel,
            season=words.season,
            programme=served.programme,
            year=served.year,
        )


def register_finding(village: str, physical: Mu, confirmed: Mu, *, year: int) -> Finding:
    """Row 2: the land counted in a village is more than its confirmed register holds."""
    return block(
        WHOLE_LEDGER,
        N_(
            "计入后%(village)s %(year)s 年托管土地合计 %(physical)s 亩，超过确权登记 %(confirmed)s 亩"
            "（多 %(gap)s 亩）；请核对面积，或先补登、复测地块。"
        ),
        village=village,
        year=year,
        physical=mu(physical),
        confirmed=mu(confirmed),
        gap=mu(Mu(physical - confirmed)),
    )
