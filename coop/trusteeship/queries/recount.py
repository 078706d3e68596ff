"""The recount: what entries, counts and summary must come to, a few thousand parcels in memory at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from coop.operations.models import OrderLine
from coop.parcels.models import Parcel
from coop.programmes.models import CoefficientVersion, Programme
from coop.trusteeship.models import AcreageEntry, AcreageSummary
from coop.trusteeship.queries import ledger
from coop.trusteeship.rules.ledger import ParcelFigures, ProgrammeFact, counts_of, differing
from coop.trusteeship.rules.summing import FIGURES, Key, Sums, Tally, holdings
from coop.trusteeship.rules.terms import AcreagePermission
from coop.trusteeship.rules.words import LABELS
from foundation.access.grants import Viewer, code_bounds
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.divisions.queries import paths
from foundation.errors import NotFound
from foundation.values.area import Mu, mu
from foundation.values.money import Fen, yuan

ANY_DAY = date(1, 1, 1)
MONEY = frozenset({"income", "subsidy"})
PLAIN = frozenset({"small_households", "large_households", "parcels"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the ledger is not what its entries come to: the place, the figure, as kept and as recounted."""

    place: str
    figure: str
    kept: str
    recounted: str


def parcels_of(programme_id: int) -> Iterator[list[int]]:
    """Yield, portion by portion, the parcels of a programme's county, which it counts or may count."""
    county = ledger.programmes()[programme_id].division_code
    lower, upper = code_bounds(county)
    yield from _portions(Parcel.division_code >= lower, Parcel.division_code < upper)


def programme_to_recount(viewer: Viewer, programme_id: int) -> Programme:
    """Return a programme that the viewer may count anew, or raise ``NotFound``."""
    here = within(viewer, AcreagePermission.RECOUNT, Programme.division_code)
    found = db.session.scalar(select(Programme).where(Programme.id == programme_id, here))
    if found is None:
        raise NotFound
    return found


def versions_of(programme_id: int) -> Sequence[CoefficientVersion]:
    """Return the published versions of a programme, the latest first."""
    own = select(CoefficientVersion).where(CoefficientVersion.programme_id == programme_id)
    return db.session.scalars(own.order_by(CoefficientVersion.number.desc())).all()


def sums_of(programme_id: int) -> dict[Key, Sums]:
    """Return what the summary of a programme must be by its counts, which stream past holder by holder."""
    tally = Tally({one: fact.large_from for one, fact in ledger.programmes().items()})
    for holding in holdings(ledger.counts_by_holder(programme_id)):
        tally.add(holding)
    return tally.sums()


def first_difference() -> Difference | None:
    """Return the first place at which lines, counts or summary do not agree with the entries, if any."""
    return next(differences(), None)


def differences() -> Iterator[Difference]:
    """Yield every disagreement: accepted lines first, then the counts of parcels, then the summary."""
    yield from _lines()
    yield from _counts()
    for programme in ledger.programmes().values():
        yield from _summary(programme)


def _lines() -> Iterator[Difference]:
    """Compare what was accepted of each line with what stands of it."""
    standing = (
        select(AcreageEntry.line_id, func.sum(AcreageEntry.area).label("area"))
        .where(ledger.STANDING)
        .group_by(AcreageEntry.line_id)
        .subquery()
    )
    accepted, entered = func.coalesce(OrderLine.accepted_area, 0), func.coalesce(standing.c.area, 0)
    asked = (
        select(Parcel.code, OrderLine.division_code, accepted, entered)
        .outerjoin(standing, standing.c.line_id == OrderLine.id)
        .join(Parcel, Parcel.id == OrderLine.parcel_id)
        .where(accepted != entered)
        .order_by(OrderLine.division_code, OrderLine.id)
    )
    for parcel, code, kept, counted in db.session.execute(asked):
        yield Difference(
            place=f"{_name(code)} 地块 {parcel}",
            figure="验收面积",
            kept=mu(Mu(int(kept))),
            recounted=mu(Mu(int(counted))),
        )


def _counts() -> Iterator[Difference]:
    """Compare the counts of parcels with their entries."""
    programmes = ledger.programmes()
    for parcel_ids in _portions():
        known = ledger.counts_on(parcel_ids)
        after = {row[:3]: row for row in recounted(parcel_ids)}
        before = {row[:3]: row for counts in known.values() for _, row in counts.values()}
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                yield _of_count(before.get(key), after.get(key), programmes)


def recounted(parcel_ids: list[int]) -> list[ParcelFigures]:
    """Return the counts of parcels by their standing entries, with the weights and basis they keep."""
    entries = ledger.standing_on(parcel_ids)
    known = ledger.counts_on(parcel_ids)
    kept = {one: ledger.kept_of(known.get(one, {})) for one in entries}
    ground = ledger.ground_for(
        [entry for rows in entries.values() for entry in rows],
        [one for each in kept.values() for one in each.values()],
        ledger.lineage_around(parcel_ids),
        on=ANY_DAY,
    )
    return [row for one, rows in entries.items() for row in counts_of(one, rows, ground, kept[one])]


def _of_count(
    before: ParcelFigures | None, after: ParcelFigures | None, programmes: Mapping[int, ProgrammeFact]
) -> Difference:
    row = after or before
    assert row is not None  # noqa: S101 - one of both differs from the other
    figure, kept, counted = differing(before, after)
    code = db.session.scalar(select(Parcel.code).where(Parcel.id == row.parcel_id))
    return Difference(
        place=f"“{programmes[row.programme_id].name}” {_name(row.division_code)} 地块 {code}",
        figure=LABELS.get(figure, figure),
        kept=_written(figure, kept),
        recounted=_written(figure, counted),
    )


def _summary(programme: ProgrammeFact) -> Iterator[Difference]:
    """Compare the summary of a programme with its counts, the highest division first."""
    columns = [getattr(AcreageSummary, name) for name in (*Key._fields, *FIGURES)]
    asked = select(*columns).where(AcreageSummary.programme_id == programme.id)
    width = len(Key._fields)
    kept = {Key._make(row[:width]): Sums(*row[width:]) for row in db.session.execute(asked)}
    counted = sums_of(programme.id)
    for key in sorted(kept.keys() | counted.keys()):
        ours, theirs = kept.get(key, Sums()), counted.get(key, Sums())
        for figure in FIGURES if ours != theirs else ():
            if getattr(ours, figure) != getattr(theirs, figure):
                yield Difference(
                    place=f"“{programme.name}” {_name(key.code)}{_season(key.season_key)}",
                    figure=LABELS.get(figure, figure),
                    kept=_written(figure, getattr(ours, figure)),
                    recounted=_written(figure, getattr(theirs, figure)),
                )


def _portions(*conditions: ColumnElement[bool]) -> Iterator[list[int]]:
    last = 0
    while True:
        asked = select(Parcel.id).where(Parcel.id > last, *conditions)
        found = list(db.session.scalars(asked.order_by(Parcel.id).limit(ledger.CHUNK)))
        if not found:
            return
        yield found
        last = found[-1]


def _season(season_key: int) -> str:
    return f" {ledger.seasons([season_key])[season_key].name}" if season_key else " 全年"


def _name(code: str) -> str:
    return f"{paths([code])[code].name}（{code}）"


def _written(figure: str, value: object) -> str:
    if not isinstance(value, int) or figure in PLAIN:
        return "无" if value is None else str(value)
    return yuan(Fen(value)) if figure in MONEY else mu(Mu(value))
