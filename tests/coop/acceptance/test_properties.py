"""No sequence of answers, papers, silence and undoing leaves a line in two minds or counted wrongly."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coop.acceptance import queries, service
from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.queries import disputes as dispute_queries
from coop.acceptance.rules.terms import DisputeEnd, NoticeWay, Verdict
from coop.acceptance.service import Settlement
from coop.operations.models import OrderLine
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db, writing
from foundation.errors import DomainError
from foundation.values.area import Mu
from tests.coop.acceptance.builders import (
    NOW,
    SmallBook,
    accepting,
    make_desk,
    make_reported,
    make_slip,
    on_paper,
    picture,
    saying,
    small_book,
)
from tests.coop.operations import builders as operations

ENDS = (DisputeEnd.FARMER_RIGHT, DisputeEnd.REPORT_RIGHT, DisputeEnd.REMEASURED, DisputeEnd.REWORK)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("answer", "paper", "notice", "deem", "resolve", "undo", "renew", "report", "revoke")
        ),
        st.integers(0, 1),
        st.sampled_from(tuple(Verdict)),
        st.sampled_from(ENDS),
    ),
    max_size=14,
)


@dataclass(slots=True)
class Stage:
    """One slip of two lines and the people around it; every step takes two days."""

    slip_id: int
    code: str
    desk: Viewer
    now: datetime = NOW

    @property
    def slip(self) -> AcceptanceSlip:
        """The slip as the database now has it."""
        return queries.reload(self.slip_id)

    @property
    def lines(self) -> list[OrderLine]:
        """Its living lines."""
        return service.lines_of(self.slip)

    def step(self, book: SmallBook, kind: str, place: int, verdict: Verdict, end: DisputeEnd) -> None:
        """Try one thing; what is refused changes nothing, and the book is rolled back with it."""
        self.now += timedelta(days=2)
        before = dict(book.works)
        try:
            with db.session.begin_nested():
                getattr(self, f"_{kind}")(place, verdict, end)
        except DomainError:
            db.session.expire_all()
            book.works = before

    def _answer(self, place: int, verdict: Verdict, _end: DisputeEnd) -> None:
        waiting = [line for line in self.lines if queries.waits_for_word(line)]
        words = [saying(line, Verdict.ACCEPTED) for line in waiting]
        for line in waiting[place : place + 1]:
            words[place] = saying(line, verdict, 1_00)
        service.answer(self.code, replace(accepting(), words=tuple(words)), now=self.now)

    def _paper(self, place: int, verdict: Verdict, _end: DisputeEnd) -> None:
        word = saying(self.lines[place], verdict, 1_00)
        signed = on_paper(word, signed_on=self.now.astimezone(CHINA).date())
        service.record_paper(self.slip, signed, version=None, viewer=self.desk, now=self.now)

    def _notice(self, _place: int, _verdict: Verdict, _end: DisputeEnd) -> None:
        day = self.now.astimezone(CHINA).date()
        service.notify([self.slip], on=day, way=NoticeWay.PHONE, viewer=self.desk, now=self.now)

    def _deem(self, _place: int, _verdict: Verdict, _end: DisputeEnd) -> None:
        self.now += timedelta(days=8)
        service.deem_overdue([self.slip], viewer=self.desk, now=self.now)

    def _resolve(self, place: int, _verdict: Verdict, end: DisputeEnd) -> None:
        found = queries.open_dispute(self.lines[place].id)
        if found is not None:
            given = Settlement(end=end, reason="到场核实", area=Mu(1_50), consent=picture())
            dispute = dispute_queries.get(self.desk, found.id)
            service.resolve(dispute, given, version=None, viewer=self.desk, now=self.now)

    def _undo(self, place: int, _verdict: Verdict, _end: DisputeEnd) -> None:
        line_id = self.lines[place].id
        service.undo_word(self.slip, line_id, reason="核对有误", version=None, viewer=self.desk, now=self.now)

    def _renew(self, _place: int, _verdict: Verdict, _end: DisputeEnd) -> None:
        self.code = service.renew_code(self.slip, reason="换发", viewer=self.desk, now=self.now)

    def _revoke(self, _place: int, _verdict: Verdict, _end: DisputeEnd) -> None:
        service.revoke_code(self.slip, reason="遗失", viewer=self.desk, now=self.now)

    def _report(self, place: int, _verdict: Verdict, _end: DisputeEnd) -> None:
        line = self.lines[place]
        if line.result is None:
            operations.report_done(line, reported_at=self.now)


def prove(stage: Stage, book: SmallBook) -> None:
    """Prove what must hold whatever happened."""
    db.session.flush()
    db.session.expire_all()
    for line in stage.lines:
        assert not (line.is_disputed and line.accepted_on is not None)
        assert not (line.is_deemed and line.accepted_on is None)
        replies = db.session.scalars(
            select(AcceptanceReply).where(
                AcceptanceReply.line_id == line.id, AcceptanceReply.undone_at.is_(None)
            )
        ).all()
        opened = db.session.scalars(
            select(Dispute).where(Dispute.line_id == line.id, Dispute.resolved_at.is_(None))
        ).all()
        assert len(replies) <= 1
        assert len(opened) == line.is_disputed
        assert bool(replies) == (line.is_disputed or line.accepted_on is not None)
        counted = book.works.get(line.id)
        assert (counted.area if counted else 0) == (line.accepted_area or 0)
        assert counted is None or counted.is_deemed == line.is_deemed


@contextmanager
def discarded() -> Iterator[None]:
    """Let everything inside come to nothing."""
    writing.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        db.session.remove()


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_sequence_leaves_a_line_in_two_minds_or_counted_wrongly(
    app: Flask, steps: list[tuple[str, int, Verdict, DisputeEnd]]
) -> None:
    with discarded(), small_book() as book:
        slip, code = make_slip(make_reported(areas=(3_50, 2_00)))
        stage = Stage(slip.id, code, make_desk())
        for step in steps:
            stage.step(book, *step)
            prove(stage, book)
