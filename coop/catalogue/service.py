"""The verbs of the catalogue: keep crops, seasons, links and standards, publish prices and bands."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from coop.catalogue import queries
from coop.catalogue.models import (
    Crop,
    CropSeason,
    Link,
    PriceBand,
    PriceVersion,
    RequiredLink,
    StandardItem,
)
from coop.catalogue.rules import (
    LINKS,
    STANDARDS,
    CatalogueAct,
    CataloguePermission,
    LinkKind,
    usually_required,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, StaleVersion
from foundation.journal.service import record
from foundation.values.money import Fen

Entry = TypeVar("Entry", Crop, CropSeason, Link, StandardItem, PriceBand)


class DuplicateName(DomainError):
    """代码 %(code)s 或名称“%(name)s”已被使用；请换一个，或直接修改原有的一项。"""


class DuplicateSeason(DomainError):
    """%(year)s 年的“%(name)s”已经登记；请直接修改那一项。"""


class SeasonReversed(DomainError):
    """作物季止期 %(ends)s 早于起期 %(starts)s；请改正。"""


class OutsideScope(Forbidden):
    """您没有发布区划 %(code)s 价格的权限；请由该县的业务管理员办理。"""


class NotLater(DomainError):
    """已有 %(day)s 起执行的价格，新价格的起始日应晚于这一天；请改起始日。"""


class BandReversed(DomainError):
    """指导价下限 %(least)s 高于上限 %(most)s；请改正。"""


class DuplicateBand(DomainError):
    """该环节、作物和年度的指导价已经登记；请直接修改那一项。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CropDetails:
    """What a form says of a crop."""

    code: str
    name: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonDetails:
    """What a form says of a crop season."""

    year: int
    name: str
    crop_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDetails:
    """What a form says of a link."""

    code: str
    name: str
    kind: LinkKind
    per_pass: bool = False
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItemDetails:
    """What a form says of a row of the guide."""

    link_id: int
    position: int
    content: str
    guide: str = ""
    usual: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDetails:
    """What a form says of a price per mu."""

    division_code: str
    year: int
    link_id: int
    price: Fen
    valid_from: date
    crop_id: int | None = None
    provider_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BandDetails:
    """What a form says of the county's price band."""

    division_code: str
    year: int
    link_id: int
    least: Fen
    most: Fen
    crop_id: int | None = None


def save_crop(
    crop: Crop, details: CropDetails, *, viewer: Viewer, now: datetime, version: int | None = None
) -> Crop:
    """Write a new or known crop; a new one of a common name comes with the links it usually requires."""
    is_new, twin = crop.id is None, queries.find_twin_name(Crop, details.code, details.name, crop.id)
    if twin is not None:
        raise DuplicateName(code=details.code, name=details.name)
    _save(crop, details, CatalogueAct.CROP_SAVED, viewer=viewer, now=now, version=version)
    if is_new and (codes := usually_required(crop.name)):
        usual = {link.id: 1 for link in queries.links() if link.code in codes}
        require_links(crop, usual, version=crop.version, viewer=viewer, now=now)
    return crop


def save_season(
    season: CropSeason, details: SeasonDetails, *, viewer: Viewer, now: datetime, version: int | None = None
) -> CropSeason:
    """Write a new or known crop season."""
    if details.ends_on < details.starts_on:
        raise SeasonReversed(starts=details.starts_on, ends=details.ends_on)
    if queries.find_twin_season(details.year, details.name, details.crop_id, season.id) is not None:
        raise DuplicateSeason(year=details.year, name=details.name)
    return _save(season, details, CatalogueAct.SEASON_SAVED, viewer=viewer, now=now, version=version)


def require_links(
    row: Crop | CropSeason, passes: Mapping[int, int], *, version: int, viewer: Viewer, now: datetime
) -> None:
    """Lay down without which links, and how many passes of each, a crop or one season is not served whole.

    Nothing laid down for a season means that it follows its crop.
    """
    if row.version != version:
        raise StaleVersion
    crop_id, season_id = (row.crop_id, row.id) if isinstance(row, CropSeason) else (row.id, None)
    known = {one.link_id: one for one in queries.required_rows([crop_id]) if one.season_id == season_id}
    for link_id in known.keys() - passes.keys():
        db.session.delete(known[link_id])
    for link_id, count in passes.items():
        link = known.get(link_id) or RequiredLink(crop_id=crop_id, season_id=season_id, link_id=link_id)
        link.passes = count
        db.session.add(link)
    flag_modified(row, "name")
    flush()
    names = {link.id: link.name for link in queries.links()}
    note = "、".join(f"{names[link_id]}{count}次" for link_id, count in passes.items())
    record(CatalogueAct.REQUIRED_SAVED, row, viewer=viewer, now=now, note=note or "按作物")


def save_link(
    link: Link, details: LinkDetails, *, viewer: Viewer, now: datetime, version: int | None = None
) -> Link:
    """Write a new or known link."""
    if queries.find_twin_name(Link, details.code, details.name, link.id) is not None:
        raise DuplicateName(code=details.code, name=details.name)
    return _save(link, details, CatalogueAct.LINK_SAVED, viewer=viewer, now=now, version=version)


def save_standard(
    item: StandardItem,
    details: StandardItemDetails,
    *,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> StandardItem:
    """Write a new or known row of the guide."""
    return _save(item, details, CatalogueAct.STANDARD_SAVED, viewer=viewer, now=now, version=version)


def publish_price(details: PriceDetails, *, viewer: Viewer, now: datetime) -> PriceVersion:
    """Publish a price; the one it follows ends on the day before, and stays readable."""
    _demand_scope(viewer, details.division_code)
    price = PriceVersion(**_columns(details))
    former = queries.twin_price(price)
    if former is not None:
        if details.valid_from <= former.valid_from:
            raise NotLater(day=former.valid_from)
        former.valid_until = details.valid_from
    db.session.add(price)
    flush()
    record(CatalogueAct.PRICE_SAVED, price, viewer=viewer, now=now)
    return price


def save_band(
    band: PriceBand, details: BandDetails, *, viewer: Viewer, now: datetime, version: int | None = None
) -> PriceBand:
    """Write a new or known price band of a county."""
    _demand_scope(viewer, details.division_code)
    if details.most < details.least:
        raise BandReversed(least=details.least, most=details.most)
    if queries.twin_band(details.division_code, details.year, details.link_id, details.crop_id, band.id):
        raise DuplicateBand
    return _save(band, details, CatalogueAct.BAND_SAVED, viewer=viewer, now=now, version=version)


def fill_with_shipped() -> None:
    """Fill an empty catalogue with the links and the 37 standards of the model contract; once."""
    if not queries.is_empty():
        return
    links = {
        seed.code: Link(code=seed.code, name=seed.name, kind=seed.kind, per_pass=seed.per_pass)
        for seed in LINKS
    }
    db.session.add_all(links.values())
    flush()
    db.session.add_all(
        StandardItem(position=number, link_id=links[seed.link].id, content=seed.content, guide=seed.guide)
        for number, seed in enumerate(STANDARDS, 1)
    )
    flush()


def _save(
    row: Entry, details: Any, act: CatalogueAct, *, viewer: Viewer, now: datetime, version: int | None
) -> Entry:
    if version is not None and row.version != version:
        raise StaleVersion
    for name, value in _columns(details).items():
        setattr(row, name, value)
    db.session.add(row)
    flush()
    record(act, row, viewer=viewer, now=now)
    return row


def _columns(details: Any) -> dict[str, Any]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _demand_scope(viewer: Viewer, code: str) -> None:
    if not viewer.sees(CataloguePermission.EDIT, code):
        raise OutsideScope(code=code)


def flush() -> None:
    """Send the changes to the database; somebody else's change in between becomes a friendly refusal."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error
