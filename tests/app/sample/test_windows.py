"""The season in the field has something of everything on whatever day the county is loaded."""

from datetime import date, timedelta

import pytest

from app.sample.field import MIXES
from app.sample.market import MAIZE, WHEAT, Market
from app.sample.scripts import MIXED, SMOOTH, WATERING, Turn, turns
from app.sample.terms import latest_october
from app.sample.windows import WORK, required, told_windows, watering
from coop.catalogue.models import Crop, CropSeason, Link

TWO_YEARS = [date(2026, 1, 1) + timedelta(days=days) for days in range(730)]
LINKS = ("耕整地", "种植", "灌溉", "植保", "收获")


def market(on: date) -> Market:
    wheat, maize = Crop(name=WHEAT), Crop(name=MAIZE)
    seasons = [
        season
        for year in range(on.year - 1, on.year + 2)
        for season in (
            CropSeason(
                year=year,
                name="冬小麦",
                crop=wheat,
                starts_on=date(year - 1, 10, 5),
                ends_on=date(year, 6, 15),
            ),
            CropSeason(
                year=year, name="夏玉米", crop=maize, starts_on=date(year, 6, 16), ends_on=date(year, 10, 4)
            ),
        )
    ]
    links = {name: Link(id=number, code=f"{number:02}", name=name) for number, name in enumerate(LINKS, 1)}
    return Market(seasons=tuple(seasons), links=links)


@pytest.mark.parametrize("month", range(24))
def test_two_orders_at_least_are_over_and_every_window_lies_in_its_season(month: int) -> None:
    for on in TWO_YEARS[month * 30 : month * 30 + 30]:
        told = told_windows(market(on), on)
        over = [window for window in told if window.ends_on + MIXES <= on]
        assert len(over) >= 2, on
        assert len(told) <= 8, on
        for window in told:
            assert window.season.starts_on <= window.starts_on <= window.ends_on <= window.season.ends_on
            assert latest_october(on) <= window.starts_on
            assert window.planned_on < on


def test_the_watering_is_always_under_way() -> None:
    for on in TWO_YEARS:
        window = watering(market(on), on)
        assert window.planned_on < window.starts_on < on < window.ends_on
        assert window.season.starts_on <= on <= window.season.ends_on


def test_maize_is_whole_without_tillage() -> None:
    told = market(date(2026, 6, 1))
    tillage = told.links["耕整地"].id
    assert tillage in required(told)[WHEAT]
    assert tillage not in required(told)[MAIZE]
    assert set(WORK) == {WHEAT, MAIZE}


def test_the_scripts_hold_every_turn() -> None:
    assert set(MIXED) == set(Turn)
    assert len(MIXED) == len(SMOOTH) == 24
    assert turns(WATERING, range(40)).keys() == set(range(8))
