"""The catalogue of the sample county: crops, their seasons, the county's prices and price bands."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.sample.cast import COUNTY
from coop.catalogue import service
from coop.catalogue.models import Crop, CropSeason, Link, PriceBand
from coop.catalogue.service import BandDetails, CropDetails, PriceDetails, SeasonDetails
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.money import Fen

WHEAT, MAIZE = "小麦", "玉米"
PRICES = {
    "耕整地": (65_00, 50_00, 80_00),
    "种植": (30_00, 22_00, 40_00),
    "中耕追肥": (18_00, 12_00, 25_00),
    "灌溉": (35_00, 20_00, 50_00),
    "植保": (10_00, 6_00, 15_00),
    "收获": (60_00, 45_00, 90_00),
    "秸秆处理": (25_00, 15_00, 40_00),
    "烘干仓储": (48_00, 30_00, 70_00),
    "全程托管": (420_00, 320_00, 560_00),
}
"""The county's price of a mu in fen, and the least and the most that it holds right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What the contracts of the story are made of."""

    seasons: tuple[CropSeason, ...]
    links: dict[str, Link]

    def season_at(self, day: date, steps: int = 0) -> CropSeason:
        """Return the season in which a day lies, or one so many seasons later."""
        place = next(place for place, season in enumerate(self.seasons) if day <= season.ends_on)
        return self.seasons[place + steps]


def open_market(years: range, *, viewer: Viewer, now: datetime) -> Market:
    """Fill the catalogue with what ships, wheat and maize of some years, and their prices."""
    service.fill_with_shipped()
    links = {link.name: link for link in db.session.scalars(select(Link).order_by(Link.code))}
    crops = {
        name: service.save_crop(Crop(), CropDetails(code=code, name=name), viewer=viewer, now=now)
        for code, name in (("01", WHEAT), ("02", MAIZE))
    }
    seasons: list[CropSeason] = []
    for year in years:
        for details in (_winter(year, crops[WHEAT].id), _summer(year, crops[MAIZE].id)):
            season = service.save_season(CropSeason(), details, viewer=viewer, now=now)
            seasons.append(season)
        _publish(year, links, viewer, now)
    return Market(seasons=tuple(seasons), links=links)


def _winter(year: int, crop_id: int) -> SeasonDetails:
    return SeasonDetails(
        year=year,
        name="冬小麦",
        crop_id=crop_id,
        starts_on=date(year - 1, 10, 5),
        ends_on=date(year, 6, 15),
    )


def _summer(year: int, crop_id: int) -> SeasonDetails:
    return SeasonDetails(
        year=year, name="夏玉米", crop_id=crop_id, starts_on=date(year, 6, 16), ends_on=date(year, 10, 4)
    )


def _publish(year: int, links: dict[str, Link], viewer: Viewer, now: datetime) -> None:
    for name, (price, least, most) in PRICES.items():
        published = PriceDetails(
            division_code=COUNTY,
            year=year,
            link_id=links[name].id,
            price=Fen(price),
            valid_from=date(year - 1, 9, 1),
        )
        service.publish_price(published, viewer=viewer, now=now)
        band = BandDetails(
            division_code=COUNTY, year=year, link_id=links[name].id, least=Fen(least), most=Fen(most)
        )
        service.save_band(PriceBand(), band, viewer=viewer, now=now)
