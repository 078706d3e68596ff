"""Readers of the catalogue; prices and bands concern whoever works in their county."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from coop.catalogue.models import (
    Crop,
    CropSeason,
    Link,
    PriceBand,
    PriceVersion,
    RequiredLink,
    StandardItem,
)
from coop.catalogue.rules import CataloguePermission, Quote, current_price
from foundation.access.grants import Viewer
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.divisions.rules import ancestors
from foundation.errors import NotFound
from foundation.values.money import Fen

Row = TypeVar("Row")
Named = TypeVar("Named", Crop, Link)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFilter:
    """What a reader of the price list asks for; empty fields do not narrow."""

    year: int | None = None
    link_id: int | None = None


def visible_to(viewer: Viewer, code: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a county's price lies in or above where ``viewer`` may see the catalogue."""
    above = {one for r in viewer.ranges(CataloguePermission.VIEW) for one in ancestors(r.lower)}
    return or_(within(viewer, CataloguePermission.VIEW, code), code.in_(above))


def crops(on: date | None = None) -> Sequence[Crop]:
    """Return the crops by code; with a day only those in use then."""
    statement = select(Crop).order_by(Crop.code)
    return db.session.scalars(statement if on is None else statement.where(_in_use(Crop.closed_on, on))).all()


def seasons(on: date | None = None) -> Sequence[CropSeason]:
    """Return the crop seasons, newest first; with a day only those that are not over."""
    statement = select(CropSeason).order_by(CropSeason.starts_on.desc(), CropSeason.id.desc())
    return db.session.scalars(statement if on is None else statement.where(CropSeason.ends_on >= on)).all()


def links(on: date | None = None) -> Sequence[Link]:
    """Return the links by code; with a day only those in use then."""
    statement = select(Link).order_by(Link.code)
    return db.session.scalars(statement if on is None else statement.where(_in_use(Link.closed_on, on))).all()


def required_links(season: CropSeason) -> dict[int, int]:
    """Return the links without which this season is not served whole, each with its least passes.

    The season's own rows stand before its crop's; an empty answer says that nobody laid any down.
    """
    return required_of_seasons([season])[season.id]


def required_of_seasons(seasons: Collection[CropSeason]) -> dict[int, dict[int, int]]:
    """Return the required links and passes of several seasons by season, in one query."""
    rows = required_rows({season.crop_id for season in seasons})
    found = {}
    for season in seasons:
        own = {row.link_id: row.passes for row in rows if row.season_id == season.id}
        of_crop = (row for row in rows if row.season_id is None and row.crop_id == season.crop_id)
        found[season.id] = own or {row.link_id: row.passes for row in of_crop}
    return found


def required_rows(crop_ids: Collection[int] | None = None) -> Sequence[RequiredLink]:
    """Return what is laid down for these crops and their seasons, or for all, in the order of the links."""
    statement = select(RequiredLink).join(RequiredLink.link).order_by(Link.code)
    if crop_ids is not None:
        statement = statement.where(RequiredLink.crop_id.in_(crop_ids))
    return db.session.scalars(statement.options(contains_eager(RequiredLink.link))).all()


def standards(on: date | None = None) -> Sequence[StandardItem]:
    """Return the guide's rows in its order; with a day only those in use then."""
    statement = select(StandardItem).order_by(StandardItem.position, StandardItem.id)
    open_only = _in_use(StandardItem.closed_on, on) if on else StandardItem.id > 0
    return db.session.scalars(statement.where(open_only)).all()


def _in_use(closed_on: object, on: date) -> ColumnElement[bool]:
    column: ColumnElement[date | None] = closed_on  # type: ignore[assignment]
    return or_(column.is_(None), column > on)


def prices(viewer: Viewer, asked: PriceFilter, cut: Cut, *, descending: bool = True) -> Page:
    """Return one page of the price list, by the day from which prices hold."""
    sort = Sort(columns=(PriceVersion.valid_from, PriceVersion.id), descending=descending)
    return fetch_page(db.session(), _priced(viewer, asked), sort, cut)


def price_stream(viewer: Viewer, asked: PriceFilter) -> Iterator[PriceVersion]:
    """Yield every price asked for, the newest first."""
    ordered = _priced(viewer, asked).order_by(PriceVersion.valid_from.desc(), PriceVersion.id.desc())
    yield from db.session.scalars(ordered, execution_options={"yield_per": 500})


def _priced(viewer: Viewer, asked: PriceFilter) -> Select[PriceVersion]:
    statement = select(PriceVersion).where(visible_to(viewer, PriceVersion.division_code.expression))
    if asked.year:
        statement = statement.where(PriceVersion.year == asked.year)
    if asked.link_id:
        statement = statement.where(PriceVersion.link_id == asked.link_id)
    return statement


def bands(viewer: Viewer, year: int | None = None) -> Sequence[PriceBand]:
    """Return the price bands in sight, newest year first."""
    statement = select(PriceBand).where(visible_to(viewer, PriceBand.division_code.expression))
    if year:
        statement = statement.where(PriceBand.year == year)
    return db.session.scalars(
        statement.order_by(PriceBand.year.desc(), PriceBand.link_id, PriceBand.id)
    ).all()


def quotes(viewer: Viewer, link_id: int, year: int) -> list[Quote]:
    """Return the published prices of a link in a year."""
    statement = select(PriceVersion).where(
        visible_to(viewer, PriceVersion.division_code.expression),
        PriceVersion.link_id == link_id,
        PriceVersion.year == year,
    )
    return [
        Quote(
            crop_id=row.crop_id,
            provider_id=row.provider_id,
            price=row.price,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in db.session.scalars(statement)
    ]


def price_for(viewer: Viewer, link_id: int, season_id: int, provider_id: int | None, on: date) -> Fen | None:
    """Return the price that a new menu line is filled with, if one is published."""
    season = db.session.get(CropSeason, season_id)
    if season is None:
        return None
    found = quotes(viewer, link_id, season.year)
    return current_price(found, crop_id=season.crop_id, provider_id=provider_id, on=on)


def twin_price(price: PriceVersion) -> PriceVersion | None:
    """Return the open price of the same kind that a new one follows."""
    return db.session.scalar(
        select(PriceVersion)
        .where(
            PriceVersion.division_code == price.division_code,
            PriceVersion.year == price.year,
            PriceVersion.link_id == price.link_id,
            _same(PriceVersion.crop_id.expression, price.crop_id),
            _same(PriceVersion.provider_id.expression, price.provider_id),
            PriceVersion.valid_until.is_(None),
        )
        .order_by(PriceVersion.valid_from.desc())
        .limit(1)
    )


def twin_band(
    division_code: str, year: int, link_id: int, crop_id: int | None, but: int | None
) -> PriceBand | None:
    """Return another band of the same link, crop and year."""
    statement = select(PriceBand).where(
        PriceBand.division_code == division_code,
        PriceBand.year == year,
        PriceBand.link_id == link_id,
        _same(PriceBand.crop_id.expression, crop_id),
    )
    return db.session.scalar(statement if but is None else statement.where(PriceBand.id != but))


def _same(column: ColumnElement[int | None], value: int | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def find_twin_name(kind: type[Named], code: str, name: str, but: int | None) -> Named | None:
    """Return another crop or link of the same code or name."""
    same = or_(kind.code == code, kind.name == name)
    other = and_(same, kind.id != but) if but is not None else same
    return db.session.scalar(select(kind).where(other).limit(1))


def find_twin_season(year: int, name: str, crop_id: int, but: int | None) -> CropSeason | None:
    """Return another season of the same year, name and crop."""
    statement = select(CropSeason).where(
        CropSeason.year == year, CropSeason.name == name, CropSeason.crop_id == crop_id
    )
    return db.session.scalar(statement if but is None else statement.where(CropSeason.id != but))


def get_crop(crop_id: int) -> Crop:
    """Return a crop, or raise ``NotFound``."""
    return _got(db.session.get(Crop, crop_id))


def get_season(season_id: int) -> CropSeason:
    """Return a crop season, or raise ``NotFound``."""
    return _got(db.session.get(CropSeason, season_id))


def get_link(link_id: int) -> Link:
    """Return a link, or raise ``NotFound``."""
    return _got(db.session.get(Link, link_id))


def get_standard(standard_id: int) -> StandardItem:
    """Return a row of the guide, or raise ``NotFound``."""
    return _got(db.session.get(StandardItem, standard_id))


def get_band(viewer: Viewer, band_id: int) -> PriceBand:
    """Return a price band in sight, or raise ``NotFound``."""
    here = visible_to(viewer, PriceBand.division_code.expression)
    return _got(db.session.scalar(select(PriceBand).where(PriceBand.id == band_id, here)))


def _got(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row


def is_empty() -> bool:
    """Tell whether the catalogue was never filled."""
    return not db.session.scalar(select(func.count()).select_from(Link))
