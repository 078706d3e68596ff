"""Entering accepted work and striking it again: a thousand lines in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from coop.acceptance.rules.book import AcceptedWork
from coop.catalogue.rules import LinkKind
from coop.programmes.service import general_programme
from coop.trusteeship.models import AcreageEntry
from coop.trusteeship.queries import evidence, ledger
from coop.trusteeship.rules.carrying import Lineage, Place, Share, free_places, shared_out
from coop.trusteeship.rules.ledger import EntryFact, SeasonFact
from coop.trusteeship.service.keeping import keep, lock_counties
from coop.trusteeship.service.refusals import AlreadyCounted
from foundation.database.engine import db
from foundation.divisions.rules import county_of
from foundation.values.area import Mu, mu
from foundation.values.money import Fen, per_mu

WorkKey = tuple[int, int, int]
"""Crop season, link and pass."""


@dataclass(frozen=True, slots=True)
class Field:
    """The land that some works lie on, and what stands there already."""

    lineage: Lineage
    seasons: dict[int, SeasonFact]
    places: dict[int, list[Place]]
    land: dict[int, tuple[Mu, str]]
    entries: dict[int, list[EntryFact]]
    kinds: dict[int, LinkKind]
    taken: dict[WorkKey, dict[tuple[int, int], EntryFact]] = field(default_factory=lambda: defaultdict(dict))

    def room(self, work: AcceptedWork) -> tuple[list[Place], list[EntryFact]]:
        """Return where a work can still be counted, and the same work that stands in its way elsewhere."""
        places, taken = self.places[work.line_id], self.taken[key_of(work)]
        standing = [taken[place[:2]] for place in places if place[:2] in taken]
        return free_places(places, taken), standing

    def area_of(self, work: AcceptedWork, places: Collection[Place]) -> Mu:
        """Return the land of these places; the basis of whole parcels, the share of what was carried on."""
        year = self.seasons[work.season_id].year
        total = 0
        for place in places:
            land = self.lineage.land(place.parcel_id, year, self.land[place.parcel_id][0])
            total += (
                land[place.part] if place.parcel_id == work.parcel_id else min(land[place.part], place.land)
            )
        return Mu(total)

    def take(self, work: AcceptedWork, share: Share) -> EntryFact:
        """Note that a share of a work stands, and return it as an entry that is still to be written."""
        place = share.place
        entry = EntryFact(
            id=0,
            line_id=work.line_id,
            programme_id=work.programme_id,
            parcel_id=place.parcel_id,
            season_id=work.season_id,
            link_id=work.link_id,
            pass_number=work.pass_number,
            part=place.part,
            area=share.area,
            income=share.income,
            household_id=work.household_id,
            is_entrusted=work.is_entrusted,
            is_deemed=work.is_deemed,
            division_code=self.land[place.parcel_id][1],
            worked_on=work.worked_on,
        )
        self.taken[key_of(work)][place[:2]] = entry
        return entry


def key_of(work: AcceptedWork | EntryFact) -> WorkKey:
    """Return what a parcel may have once: a pass of a link of a season."""
    return work.season_id, work.link_id, work.pass_number


def survey(works: Sequence[AcceptedWork]) -> Field:
    """Return the land of works as it lies today and what stands there; nobody else counts meanwhile."""
    lock_counties({work.division_code for work in works})
    seasons = ledger.seasons()
    lineage = ledger.lineage_around({work.parcel_id for work in works})
    places = {work.line_id: lineage.places(work.parcel_id, seasons[work.season_id].year) for work in works}
    parcels = {place.parcel_id for found in places.values() for place in found}
    land, standing = ledger.land_of(parcels), ledger.standing_on(parcels)
    ground = Field(lineage, seasons, places, land, standing, ledger.kinds())
    for entries in ground.entries.values():
        for entry in entries:
            ground.taken[key_of(entry)][entry.parcel_id, entry.part] = entry
    return ground


def enter(works: Sequence[AcceptedWork], *, now: datetime) -> None:
    """Count works; each line once, on the land where its parcel lies now.

    Flush what the transaction changes of orders and replies before calling: whoever holds the ledger should
    not have to wait for a row that another holds who waits for the ledger.
    """
    works = [work for work in works if work.area]
    if not works:
        return
    begin_years(works, now=now)
    ground = survey(works)
    rows = [row for work in works for row in _rows(work, ground, now)]
    db.session.execute(insert(AcreageEntry), rows)
    keep({row["parcel_id"] for row in rows}, now=now)


def begin_years(works: Iterable[AcceptedWork], *, now: datetime) -> None:
    """See to it that every county has its general programme for the years that works belong to."""
    every = ledger.seasons({work.season_id for work in works})
    for county, year in sorted({(county_of(w.division_code), every[w.season_id].year) for w in works}):
        general_programme(county, year, viewer=None, now=now)


def strike(line_ids: Collection[int], *, reason: str, now: datetime) -> None:
    """Take lines out of the count again; a line that was never entered is no error."""
    entries = ledger.standing_of(line_ids)
    if not entries:
        return
    lock_counties({entry.division_code for entry in entries})
    entries = ledger.standing_of(line_ids)
    strike_entries([entry.id for entry in entries], reason=reason, now=now)
    keep({entry.parcel_id for entry in entries}, now=now)


def strike_entries(entry_ids: Collection[int], *, reason: str, now: datetime) -> None:
    """Strike entries with a reason; they stay readable."""
    for chunk in ledger.chunks(entry_ids):
        struck = update(AcreageEntry).where(AcreageEntry.id.in_(chunk))
        db.session.execute(struck.values(struck_at=now, struck_reason=reason[:200]))


def _rows(work: AcceptedWork, ground: Field, now: datetime) -> Iterable[dict[str, Any]]:
    free, standing = ground.room(work)
    if not free:
        raise _already_counted(work, standing)
    income = Fen(0) if work.price is None else per_mu(work.price, work.area)
    for share in shared_out(work.area, income, free):
        entry = ground.take(work, share)._asdict()
        del entry["id"]
        yield {
            **entry,
            "contract_id": work.contract_id,
            "provider_id": work.provider_id,
            "accepted_on": work.accepted_on,
            "entered_at": now,
        }


def _already_counted(work: AcceptedWork, standing: Sequence[EntryFact]) -> AlreadyCounted:
    words = evidence.words_of([work])[work.line_id]
    orders = evidence.rivals(standing)
    rival = orders.get(standing[0].line_id) if standing else None
    return AlreadyCounted(
        parcel=words.parcel,
        season=words.season,
        link=words.link,
        pass_number=work.pass_number,
        order=rival.order if rival else "—",
        area=mu(standing[0].area if standing else Mu(0)),
    )
