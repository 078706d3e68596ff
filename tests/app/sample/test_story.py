"""The story holds on whatever day the county is loaded."""

from datetime import date, timedelta

import pytest

from app.sample import BEFORE_THE_FIRST_CONTRACT
from app.sample.cast import Cast
from app.sample.land import Land
from app.sample.market import Market
from app.sample.plans import PLANS, Fate, Term
from app.sample.story import Story
from app.sample.telling import Stage
from app.sample.terms import Calendar, latest_october
from app.sample.timeline import Timeline
from coop.catalogue.models import CropSeason

TWO_YEARS = [date(2026, 1, 1) + timedelta(days=days) for days in range(730)]


def market(on: date) -> Market:
    seasons = []
    for year in range(on.year - 1, on.year + 2):
        seasons.append(
            CropSeason(year=year, name="冬小麦", starts_on=date(year - 1, 10, 5), ends_on=date(year, 6, 15))
        )
        seasons.append(
            CropSeason(year=year, name="夏玉米", starts_on=date(year, 6, 16), ends_on=date(year, 10, 4))
        )
    return Market(seasons=tuple(seasons), links={})


def told_on(on: date) -> Timeline:
    timeline = Timeline()
    calendar = Calendar(on=on, market=market(on))
    Story(Stage(Cast(), Land(organisations={}), calendar, timeline)).tell(PLANS)
    return timeline


@pytest.mark.parametrize("month", range(24))
def test_nothing_happens_after_the_day_of_loading_nor_before_there_is_a_register(month: int) -> None:
    for on in TWO_YEARS[month * 30 : month * 30 + 30]:
        first = latest_october(on) - BEFORE_THE_FIRST_CONTRACT + timedelta(days=7)
        days = [day for day, _, _ in told_on(on).acts]
        assert first <= min(days), on
        assert max(days) <= on, on


def test_every_fate_and_every_term_is_told() -> None:
    assert {plan.fate for plan in PLANS} == set(Fate)
    assert {plan.term for plan in PLANS} == set(Term)


def test_this_season_is_now_and_the_others_lie_around_it() -> None:
    for on in TWO_YEARS:
        calendar = Calendar(on=on, market=market(on))
        days = {plan.term: calendar.days_of(plan) for plan in PLANS}
        assert days[Term.THIS_SEASON][0] <= on <= days[Term.THIS_SEASON][1]
        assert days[Term.LAST_SEASON][1] < on < days[Term.NEXT_SEASON][0]
        assert days[Term.THIS_YEAR][0] <= on - timedelta(days=60)
        assert on < days[Term.SOON][0]
