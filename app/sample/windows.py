"""The windows of work in the sample county, and which of them its season in the field is told of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.sample.market import MAIZE, WHEAT, Market
from app.sample.terms import latest_october
from coop.catalogue.models import CropSeason, Link
from coop.machinery.rules import MachineKind

OCTOBER = 10
TOLD_AHEAD = timedelta(days=6)
"""So long before its window an order is planned."""

_T, _D, _U, _H = MachineKind.TRACTOR, MachineKind.DRILL, MachineKind.DRONE, MachineKind.HARVESTER
WORK = {
    WHEAT: (
        ("耕整地", _T, (10, 5), (10, 14)),
        ("种植", _D, (10, 12), (10, 22)),
        ("植保", _U, (4, 10), (4, 18)),
        ("收获", _H, (6, 4), (6, 14)),
    ),
    MAIZE: (
        ("种植", _D, (6, 16), (6, 25)),
        ("植保", _U, (7, 25), (8, 3)),
        ("收获", _H, (9, 20), (10, 2)),
    ),
}
"""What is done for each crop, with which machine, from which day to which; maize is sown without tillage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One link of one season, and the days in which it is due."""

    season: CropSeason
    link: Link
    machine: MachineKind
    starts_on: date
    ends_on: date

    @property
    def planned_on(self) -> date:
        """The day on which the order is planned and handed out."""
        return self.starts_on - TOLD_AHEAD


def required(market: Market) -> dict[str, dict[int, int]]:
    """Return the links without which a crop is not served whole, by crop; each is done once at least."""
    return {crop: {market.links[name].id: 1 for name, *_ in work} for crop, work in WORK.items()}


def told_windows(market: Market, on: date) -> list[Window]:
    """Return the windows of the season before and of this one that the three-year contracts cover.

    Of those to come only the next is told, planned and waiting.
    """
    here = market.seasons.index(market.season_at(on))
    since = latest_october(on)
    all_windows = [
        window
        for season in market.seasons[max(here - 1, 0) : here + 2]
        for window in _windows(season, market)
        if window.starts_on >= since
    ]
    all_windows.sort(key=lambda window: (window.starts_on, window.link.code))
    begun = [window for window in all_windows if window.ends_on <= on]
    ahead = [window for window in all_windows if window.ends_on > on and window.planned_on < on]
    return [*begun, *ahead[:1]]


def watering(market: Market, on: date) -> Window:
    """Return the watering of this very week: it has begun and is not over, whenever the county is loaded."""
    return Window(
        season=market.season_at(on),
        link=market.links["灌溉"],
        machine=MachineKind.PUMP,
        starts_on=on - timedelta(days=3),
        ends_on=on + timedelta(days=8),
    )


def _windows(season: CropSeason, market: Market) -> Iterator[Window]:
    for name, machine, first, last in WORK[season.crop.name]:
        year = season.starts_on.year if first[0] >= season.starts_on.month else season.ends_on.year
        yield Window(
            season=season,
            link=market.links[name],
            machine=machine,
            starts_on=date(year, *first),
            ends_on=date(year, *last),
        )
