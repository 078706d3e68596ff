"""Keeping counts and summary in step with the entries, in the transaction that writes them.

Whoever changes the ledger of a county first locks the county's programmes, in the order of their keys: on
PostgreSQL two such transactions follow one another, and neither loses an update nor waits for the other in a
circle. On SQLite every writer is alone anyway.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coop.contracts.service.drafting import china_day
from coop.programmes.models import Programme
from coop.trusteeship.models import AcreageSummary, ParcelCount
from coop.trusteeship.queries import ledger
from coop.trusteeship.rules.ledger import Kept, ParcelFigures, counts_of
from coop.trusteeship.rules.summing import FIGURES, Key, Sums, contributions, difference
from coop.trusteeship.rules.terms import LEVELS
from foundation.access.grants import code_prefix
from foundation.database.engine import db
from foundation.divisions.rules import county_of

Counts = Mapping[tuple[int, int], tuple[int, ParcelFigures]]
KeptCounts = dict[tuple[int, int], Kept]
Keep = Callable[[int, KeptCounts], KeptCounts]
"""What the counts of a parcel shall keep of what they kept so far."""


@dataclass(frozen=True, slots=True)
class Change:
    """The counts of some parcels before and after."""

    before: list[ParcelFigures]
    after: list[ParcelFigures]


def lock_counties(codes: Collection[str]) -> None:
    """Let nobody else change the ledgers of these divisions' counties until this transaction ends."""
    db.session.flush()
    counties = {county_of(code) for code in codes}
    lock = select(Programme.id).where(Programme.division_code.in_(counties)).order_by(Programme.id)
    db.session.execute(lock.with_for_update(key_share=True)).all()


def keep(parcel_ids: Collection[int], *, now: datetime, kept: Keep | None = None) -> None:
    """Bring the counts of parcels in line with their standing entries, and the summary by the difference.

    Where a household has another identity number than when its other parcels were counted, these follow, so
    that nobody counts as two.
    """
    parcels, on = set(parcel_ids), china_day(now)
    change = write_counts(parcels, on=on, kept=kept)
    stale = ledger.otherwise_held({row.household_id: row.holder for row in change.after})
    if stale:
        parcels |= stale
        more = write_counts(stale, on=on)
        change = Change(change.before + more.before, change.after + more.after)
    if change.before != change.after:
        add_to_summary(_differences(parcels, change))


def write_counts(
    parcel_ids: Collection[int],
    *,
    on: date,
    kept: Keep | None = None,
    versions: Mapping[int, int] | None = None,
) -> Change:
    """Write the counts of parcels anew where they differ, and nothing of the summary.

    New counts are weighed by ``versions`` of programmes, by default by those in force on ``on``.
    """
    entries = ledger.standing_on(parcel_ids)
    known = ledger.counts_on(parcel_ids)
    keeps = {one: ledger.kept_of(known.get(one, {})) for one in entries}
    if kept is not None:
        keeps = {one: kept(one, each) for one, each in keeps.items()}
    ground = ledger.ground_for(
        [entry for rows in entries.values() for entry in rows],
        [one for each in keeps.values() for one in each.values()],
        ledger.lineage_around(parcel_ids),
        on=on,
        versions=versions,
    )
    after = [row for one, rows in entries.items() for row in counts_of(one, rows, ground, keeps[one])]
    _write([pair for each in known.values() for pair in each.values()], after)
    before = [row for each in known.values() for _, row in each.values()]
    return Change(before, after)


def add_to_summary(changes: Mapping[Key, Sums]) -> None:
    """Add differences to the rows of the summary, and drop the rows that count nothing any more."""
    if not changes:
        return
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(AcreageSummary)
    added = {name: getattr(AcreageSummary, name) + row.excluded[name] for name in FIGURES}
    keys = [AcreageSummary.programme_id, AcreageSummary.season_key, AcreageSummary.code]
    rows = [summary_row(key, sums) for key, sums in sorted(changes.items())]
    db.session.connection().execute(row.on_conflict_do_update(index_elements=keys, set_=added), rows)
    programmes = {key.programme_id for key in changes}
    db.session.execute(
        delete(AcreageSummary).where(AcreageSummary.programme_id.in_(programmes), AcreageSummary.parcels == 0)
    )


def summary_row(key: Key, sums: Sums) -> dict[str, int | str]:
    """Return a row of the summary as the table has it."""
    figures = {name: getattr(sums, name) for name in FIGURES}
    return {**key._asdict(), "digits": digits_of(key.code), **figures}


def digits_of(code: str) -> int:
    """Return how many digits of a division's code count, at one of the levels."""
    return next(digits for digits in LEVELS if digits >= len(code_prefix(code)))


def _differences(parcel_ids: Collection[int], change: Change) -> dict[Key, Sums]:
    """Return by how much the summary changes: what the holders concerned add to it now, less before."""
    concerned = [*change.before, *change.after]
    programmes = ledger.programmes()
    large_from = {one: fact.large_from for one, fact in programmes.items()}
    theirs = ledger.counts_of_holders(
        {row.programme_id for row in concerned}, {row.holder for row in concerned}
    )
    others = [row for row in theirs if row.parcel_id not in set(parcel_ids)]
    return difference(
        contributions([*others, *(row.counted for row in change.after)], large_from),
        contributions([*others, *(row.counted for row in change.before)], large_from),
    )


def _write(known: Sequence[tuple[int, ParcelFigures]], after: Sequence[ParcelFigures]) -> None:
    old = {row[:3]: (count_id, row) for count_id, row in known}
    new = {row[:3]: row for row in after}
    gone = [count_id for key, (count_id, _) in old.items() if key not in new]
    changed = [
        {"id": old[key][0], **row._asdict()} for key, row in new.items() if key in old and old[key][1] != row
    ]
    added = [row._asdict() for key, row in new.items() if key not in old]
    for chunk in ledger.chunks(gone):
        db.session.execute(delete(ParcelCount).where(ParcelCount.id.in_(chunk)))
    if changed:
        db.session.execute(update(ParcelCount), changed)
    if added:
        db.session.connection().execute(insert(ParcelCount), added)
