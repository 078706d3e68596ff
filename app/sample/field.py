"""The season in the field: orders planned and worked, tracks driven, farmers' words, and what came of each.

Every order goes the same way through the days; how far it comes depends on the day of loading. The newest
order whose window is over shows everything that can become of a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import pairwise

from app.sample.fields import Reshaping
from app.sample.orders import Handling, Watering
from app.sample.plans import CHANGSHAN, FANGONG
from app.sample.scripts import MIXED, SMOOTH, WATERING, turns
from app.sample.telling import Stage, days
from app.sample.windows import Window, required, told_windows, watering
from app.sample.words import Heard
from coop.catalogue import service as catalogue
from coop.catalogue.models import Crop
from coop.programmes import service as programmes
from coop.programmes.rules import (
    LARGE_FROM,
    REPLY_DAYS,
    TOLERANCE,
    TRACK_TOLERANCE,
    ProgrammeKind,
    WeightFormula,
    WeightPreset,
)
from coop.programmes.service import ProgrammeDetails
from foundation.database.engine import db

GROUP = 3
"""The villager group whose collective contract the co-op serves from the first day of the story."""

MIXES = days(8)
"""So long after its window an order shows everything that can become of a line."""

ASIDE = 30
"""A household of the group whose work the story does not follow."""

PROJECT = "粮食生产社会化服务项目"
KEEPER = "hanxiaomei"
COUNTY = "371681000000"


@dataclass
class FieldStory:
    """Everything that happens on the land of one villager group."""

    stage: Stage
    projects: dict[int, int] = field(default_factory=dict)

    def tell(self) -> None:
        """Note what is required, the projects, the orders, and how land was reshaped between them."""
        on = self.stage.calendar.on
        windows = told_windows(self.stage.calendar.market, on)
        note = self.stage.timeline.note
        note(min(window.planned_on for window in windows) - days(3), self._require)
        for year in sorted({window.season.year for window in windows}):
            first = min(window.planned_on for window in windows if window.season.year == year)
            note(first - days(2), partial(self._begin_project, year))
        over = [window for window in windows if window.ends_on + MIXES <= on]
        for place, window in enumerate(windows):
            self._order(window, place, is_mixed=bool(over) and window is over[-1]).note()
        self._watering().note()
        self._tell_reshaping(windows)

    def _require(self, now: datetime) -> None:
        """The county says which links a crop needs to be served whole."""
        keeper = self.stage.cast.viewer(KEEPER, now.date())
        wanted = required(self.stage.calendar.market)
        for season in {one.crop_id: one for one in self.stage.calendar.market.seasons}.values():
            crop = db.session.get_one(Crop, season.crop_id)
            catalogue.require_links(crop, wanted[crop.name], version=crop.version, viewer=keeper, now=now)

    def _begin_project(self, year: int, now: datetime) -> None:
        """The year is begun: its general count, and a project that takes a part of the orders."""
        keeper = self.stage.cast.viewer(KEEPER, now.date())
        programmes.general_programme(COUNTY, year, viewer=keeper, now=now)
        details = ProgrammeDetails(
            name=PROJECT,
            weighs_every_pass=False,
            large_from=LARGE_FROM,
            tolerance=TOLERANCE,
            track_tolerance=TRACK_TOLERANCE,
            reply_days=REPLY_DAYS,
        )
        project = programmes.begin(
            details,
            county_code=COUNTY,
            year=year,
            kind=ProgrammeKind.PROJECT,
            preset=WeightPreset.SHIPPED,
            formula=WeightFormula.COEFFICIENT,
            viewer=keeper,
            now=now,
        )
        self.projects[year] = project.id

    def _order(self, window: Window, place: int, *, is_mixed: bool) -> Handling:
        in_project = is_mixed or window.link.name == "收获"
        return Heard(
            stage=self.stage,
            window=window,
            provider_id=self.stage.land.organisations[CHANGSHAN],
            turns=turns(MIXED if is_mixed else SMOOTH, self._farms()),
            programme_of=lambda: self.projects[window.season.year] if in_project else None,
            serial=place + 1,
            is_settled=not is_mixed,
        )

    def _watering(self) -> Handling:
        return Watering(
            stage=self.stage,
            window=watering(self.stage.calendar.market, self.stage.calendar.on),
            provider_id=self.stage.land.organisations[CHANGSHAN],
            turns=turns(WATERING, self._farms()),
            programme_of=lambda: None,
        )

    def _tell_reshaping(self, windows: Sequence[Window]) -> None:
        """Land is cut and joined between two orders where there is time, else where no order lies."""
        farms, on = self._farms(), self.stage.calendar.on
        day = _quiet_day(windows, on)
        first, second = (farms[0], farms[1]) if day else (farms[ASIDE], farms[ASIDE + 1])
        reshaping, day = Reshaping(first, second), day or on - days(2)
        clerk = self.stage.cast.viewer("zhangwei.cs", day)
        self.stage.timeline.note(day, partial(reshaping.split, clerk))
        self.stage.timeline.note(day, partial(reshaping.merge, clerk))

    def _farms(self) -> Sequence[int]:
        return self.stage.land.households(FANGONG, (GROUP,))


def _quiet_day(windows: Sequence[Window], on: date) -> date | None:
    """Return a day on which every order before is settled and the next is not planned yet."""
    for before, after in pairwise(windows):
        day = before.ends_on + days(18)
        if day < min(after.planned_on, on):
            return day
    return None
