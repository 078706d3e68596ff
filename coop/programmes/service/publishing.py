"""Publishing weights: each version stays as it was published, the next one follows it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from coop.catalogue import queries as catalogue
from coop.programmes import queries
from coop.programmes.models import Coefficient, CoefficientVersion, Programme
from coop.programmes.rules import (
    ProgrammeAct,
    ProgrammePermission,
    WeightFormula,
    WeightPreset,
    WeightRow,
    crops_beyond_whole,
    plain_weight,
    repeated_rows,
    weight_of_money,
)
from coop.programmes.service.refusals import (
    EarlierThanBefore,
    LinkTwice,
    NothingWeighs,
    OutsideScope,
    ProgrammeClosed,
    WeightsBeyondWhole,
)
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.journal.service import record
from foundation.values.money import yuan
from foundation.values.percent import BasisPoints
from foundation.wording import N_

ANY_CROP = N_("不分作物")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDetails:
    """What a form says of the next version: its rows, its first day and what it rests upon."""

    rows: tuple[WeightRow, ...]
    valid_from: date
    source: str


def preset_rows(preset: WeightPreset) -> list[WeightRow]:
    """Return the rows of a table of practice for the links and crops that the catalogue has."""
    links = {link.code: link.id for link in catalogue.links()}
    crops = {crop.name: crop.id for crop in catalogue.crops()}
    return [
        WeightRow(
            link_id=links[seed.link],
            crop_id=crops.get(seed.crop),
            weight=seed.weight if seed.rate is None else weight_of_money(seed.rate),
            rate=seed.rate,
        )
        for seed in preset.rows
        if seed.link in links
    ]


def publish(
    programme: Programme,
    details: VersionDetails,
    *,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> CoefficientVersion:
    """Publish the next version of a programme's weights; what was weighed before keeps its own version."""
    _demand(programme, viewer, version)
    rows = [_weighed(programme, row) for row in details.rows]
    check(rows)
    db.session.refresh(programme, ["version"], with_for_update=True)
    former = queries.latest_version(programme.id)
    if former is not None and details.valid_from < former.valid_from:
        raise EarlierThanBefore(number=former.number, day=former.valid_from)
    made = add_version(
        programme,
        rows,
        valid_from=details.valid_from,
        source=details.source,
        publisher_id=viewer.account_id,
        now=now,
    )
    record(ProgrammeAct.PUBLISHED, programme, viewer=viewer, now=now, note=_told(made))
    return made


def _demand(programme: Programme, viewer: Viewer, version: int | None) -> None:
    if version is not None and programme.version != version:
        raise StaleVersion
    if not viewer.sees(ProgrammePermission.EDIT, programme.division_code):
        raise OutsideScope(code=programme.division_code)
    if programme.closed_on is not None:
        raise ProgrammeClosed(name=programme.name, day=programme.closed_on)


def _weighed(programme: Programme, row: WeightRow) -> WeightRow:
    """Return a row whose weight follows from its money where the programme counts money."""
    if programme.formula is WeightFormula.COEFFICIENT or row.rate is None:
        return row
    return WeightRow(
        link_id=row.link_id, crop_id=row.crop_id, weight=weight_of_money(row.rate), rate=row.rate
    )


def check(rows: Sequence[WeightRow]) -> None:
    """Refuse a table that weighs nothing, a link twice, or one mu of a crop as more than one."""
    if not rows:
        raise NothingWeighs
    links = {link.id: link.name for link in catalogue.links()}
    crops: dict[int | None, str] = {crop.id: f"“{crop.name}”" for crop in catalogue.crops()}
    for row in repeated_rows(rows):
        raise LinkTwice(crop=crops.get(row.crop_id, ANY_CROP), link=links.get(row.link_id, row.link_id))
    for crop_id, found in crops_beyond_whole(rows).items():
        raise WeightsBeyondWhole(crop=crops.get(crop_id, ANY_CROP), sum=plain_weight(BasisPoints(found)))


def add_version(
    programme: Programme,
    rows: Sequence[WeightRow],
    *,
    valid_from: date,
    source: str,
    publisher_id: int | None,
    now: datetime,
) -> CoefficientVersion:
    """Write the next version, unproved and unjournalled."""
    version = CoefficientVersion(
        programme_id=programme.id,
        number=queries.count_versions(programme.id) + 1,
        valid_from=valid_from,
        source=source,
        published_at=now,
        publisher_id=publisher_id,
        rows=[Coefficient(**{f.name: getattr(row, f.name) for f in fields(row)}) for row in rows],
    )
    db.session.add(version)
    db.session.flush()
    return version


def _told(version: CoefficientVersion) -> str:
    """Return a version as the journal tells it."""
    links = {link.id: link.name for link in catalogue.links()}
    crops = {crop.id: crop.name for crop in catalogue.crops()}
    rows = "、".join(
        f"{crops.get(row.crop_id or 0, '')}{links[row.link_id]} {plain_weight(row.weight)}"
        + (f"（{yuan(row.rate)} 元/亩）" if row.rate is not None else "")
        for row in version.rows
    )
    return f"第 {version.number} 版，{version.valid_from} 起执行，依据：{version.source}；{rows}"[:500]
