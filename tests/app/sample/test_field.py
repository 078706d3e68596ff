"""What the season of the sample county must hold in the field, on both databases."""

from collections import Counter

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.sample.field import PROJECT
from app.sample.machines import DRIVER, DRIVERS, MACHINES
from app.sample.plans import AIXIAN, FANGONG
from coop.acceptance.models import AcceptanceReply, Dispute
from coop.acceptance.rules.terms import AcceptanceWay
from coop.catalogue.models import RequiredLink
from coop.machinery import queries as machinery
from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries import mine
from coop.operations.rules.terms import LineState, WorkSource
from coop.parcels.models import Parcel, ParcelLineage, ParcelOutline
from coop.programmes.models import Programme
from coop.programmes.rules import ProgrammeKind
from coop.tracks.models import RemeasureTask, Track, TrackMatch
from coop.tracks.rules.terms import TrackOutcome
from coop.trusteeship.models import AcreageEntry, AcreageSummary
from coop.trusteeship.queries import recount
from foundation import clock
from foundation.database.engine import db
from foundation.values.area import Mu, mu_from_square_metres
from tests.app.sample.test_county import number_of, viewer


def test_every_parcel_of_the_register_is_drawn_as_large_as_it_is_settled(county: Flask) -> None:
    for village in (FANGONG, AIXIAN):
        drawn = select(Parcel.area, ParcelOutline.square_metres).join(
            ParcelOutline, ParcelOutline.parcel_id == Parcel.id
        )
        rows = db.session.execute(drawn.where(Parcel.division_code == village)).all()
        assert len(rows) > 900
        assert all(abs(mu_from_square_metres(square) - area) <= area // 100 + 1 for area, square in rows)


def test_the_machines_show_whose_they_are_and_whose_papers_end(county: Flask) -> None:
    assert number_of(Machine) == len(MACHINES)
    assert number_of(Operator) == len(DRIVERS)
    assert any(machine.is_subcontracted for machine in db.session.scalars(select(Machine)))
    keeper = viewer("hanxiaomei")
    for kind in (Machine, Operator):
        count, first = machinery.licences_ending(keeper, kind, clock.today())
        assert count == 1
        assert first is not None
        assert first > clock.today()


def test_the_driver_finds_the_order_of_this_week_and_has_reported_on_it(county: Flask) -> None:
    driver = viewer(DRIVER)
    own = [order for order in mine.orders(driver, clock.today()) if order.is_own]
    assert any(order.open_lines for order in own)
    by_telephone = select(func.count()).where(WorkReport.source == WorkSource.PHONE)
    assert (db.session.scalar(by_telephone) or 0) > 5


def test_a_line_is_in_every_state_but_cancelled(county: Flask) -> None:
    lines = db.session.scalars(select(OrderLine).options(joinedload(OrderLine.order))).all()
    states = {line.state(line.order.ends_on, clock.today()) for line in lines}
    assert states >= set(LineState) - {LineState.CANCELLED}


def test_farmers_spoke_in_every_way_and_disputes_are_open_and_settled(county: Flask) -> None:
    ways = set(db.session.scalars(select(AcceptanceReply.way)))
    assert ways == set(AcceptanceWay)
    settled = Counter(dispute.resolved_at is not None for dispute in db.session.scalars(select(Dispute)))
    assert settled[True] >= 2
    assert settled[False] == 2


def test_the_ledger_counts_what_was_accepted_and_equals_its_recount(county: Flask) -> None:
    standing = select(func.sum(AcreageEntry.area)).where(AcreageEntry.struck_at.is_(None))
    accepted = db.session.scalar(select(func.sum(OrderLine.accepted_area)))
    assert accepted
    assert db.session.scalar(standing) == accepted
    assert number_of(AcreageSummary) > 0
    assert recount.first_difference() is None


def test_each_year_has_its_general_count_and_a_project_with_orders(county: Flask) -> None:
    programmes = db.session.scalars(select(Programme)).all()
    years = {programme.year for programme in programmes}
    kinds = Counter((programme.year, programme.kind) for programme in programmes)
    assert all(kinds[year, ProgrammeKind.GENERAL] == 1 for year in years)
    projects = [programme.id for programme in programmes if programme.name == PROJECT]
    under = select(func.count()).select_from(WorkOrder).where(WorkOrder.programme_id.in_(projects))
    assert db.session.scalar(under)
    assert number_of(RequiredLink) == 7


def test_land_was_split_and_merged_and_no_mu_was_lost(county: Flask) -> None:
    rows = db.session.scalars(select(ParcelLineage)).all()
    assert len(rows) == 4
    for side in (ParcelLineage.from_id, ParcelLineage.to_id):
        sums = select(side, func.sum(ParcelLineage.area)).group_by(side)
        for parcel_id, area in db.session.execute(sums):
            parcel = db.session.get_one(Parcel, parcel_id)
            assert parcel.area == Mu(int(area))


def test_one_track_proves_a_field_and_doubts_another(county: Flask) -> None:
    (track,) = db.session.scalars(select(Track)).all()
    assert track.terminal_number
    outcomes = Counter(db.session.scalars(select(TrackMatch.outcome)))
    assert outcomes[TrackOutcome.WITHIN] == 1
    assert outcomes[TrackOutcome.REMEASURE] == 1
    (task,) = db.session.scalars(select(RemeasureTask)).all()
    assert task.swept < task.declared
    assert task.resolved_at is None
