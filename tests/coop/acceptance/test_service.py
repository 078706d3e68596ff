"""Codes, answers, paper, silence, disputes and undoing, against both databases and a small real book."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coop.acceptance import queries, service
from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.queries import SlipFilter
from coop.acceptance.queries import disputes as dispute_queries
from coop.acceptance.rules.slips import CodeState
from coop.acceptance.rules.terms import (
    AcceptancePermission,
    AcceptanceWay,
    DisputeEnd,
    NoticeWay,
    Respondent,
    SlipState,
    Verdict,
)
from coop.acceptance.service import Settlement, Speaker
from coop.acceptance.service.files import digest_of_picture
from coop.operations.models import WorkReport
from coop.operations.rules.terms import WorkResult
from foundation.attachments.queries import attachments_of
from foundation.attachments.rules import FileTooLarge
from foundation.attachments.service import path_of, remove
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import Forbidden, NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu
from tests.coop.acceptance.builders import (
    NOW,
    PNG,
    SmallBook,
    accepting,
    lines_of,
    make_desk,
    make_reported,
    make_slip,
    on_paper,
    picture,
    saying,
    small_book,
)
from tests.coop.operations import builders as operations

TODAY = NOW.astimezone(CHINA).date()
DAY = timedelta(days=1)


def reloaded(slip: AcceptanceSlip) -> AcceptanceSlip:
    db.session.expire_all()
    return queries.reload(slip.id)


def notified(slip: AcceptanceSlip, on: date = TODAY) -> AcceptanceSlip:
    service.notify([reloaded(slip)], on=on, way=NoticeWay.VISIT, viewer=make_desk(), now=NOW)
    return reloaded(slip)


def journal(act: str) -> list[JournalEntry]:
    db.session.commit()
    return list(db.session.scalars(select(JournalEntry).where(JournalEntry.act == act)))


# codes


def test_every_household_of_an_order_gets_a_code_and_the_database_holds_none(session: Session) -> None:
    order = make_reported(households=3)
    codes = service.make_codes(order, viewer=make_desk(), now=NOW)
    assert len(codes) == 3
    assert len(set(codes.values())) == 3
    for slip in session.scalars(select(AcceptanceSlip)):
        stored = " ".join(str(getattr(slip, column.key)) for column in AcceptanceSlip.__table__.columns)
        assert codes[slip.household_id] not in stored
        assert service.code_of(slip.id, slip.serial) == codes[slip.household_id]


def test_asking_again_gives_the_same_codes_while_they_open(session: Session) -> None:
    order, desk = make_reported(households=2), make_desk()
    assert service.make_codes(order, viewer=desk, now=NOW) == service.make_codes(order, viewer=desk, now=NOW)


def test_a_code_that_has_expired_is_followed_by_the_next(session: Session) -> None:
    order, desk = make_reported(), make_desk()
    first = service.make_codes(order, viewer=desk, now=NOW)
    second = service.make_codes(order, viewer=desk, now=NOW + 100 * DAY)
    assert first.keys() == second.keys()
    assert first != second


def test_a_new_code_lets_the_old_paper_die(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    new = service.renew_code(slip, reason="农户丢了作业单", viewer=make_desk(), now=NOW)
    with pytest.raises(service.CodeUnknown):
        service.open_slip(code, now=NOW)
    assert service.open_slip(new, now=NOW).id == slip.id


def test_a_revoked_code_opens_nothing(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    service.revoke_code(slip, reason="作业单遗失", viewer=make_desk(), now=NOW)
    with pytest.raises(service.CodeRevoked):
        service.open_slip(code, now=NOW)


def test_codes_are_made_only_where_one_may_print(session: Session) -> None:
    order = make_reported()
    with pytest.raises(service.MayNot):
        service.make_codes(order, viewer=make_desk("371681102000"), now=NOW)


# answers by code


def test_accepting_everything_is_counted_and_spends_the_code(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    lines = lines_of(slip)
    service.answer(code, accepting(*lines), now=NOW)
    slip = reloaded(slip)
    assert slip.code_state(NOW) is CodeState.SPENT
    assert (slip.way, slip.respondent, slip.satisfaction) == (AcceptanceWay.CODE, Respondent.FARMER, 5)
    for line in lines_of(slip):
        assert (line.accepted_area, line.accepted_on, line.is_deemed) == (line.done_area, TODAY, False)
        work = book.works[line.id]
        assert (work.area, work.parcel_id, work.is_deemed) == (line.done_area, line.parcel_id, False)
        assert (work.household_id, work.contract_id) == (line.household_id, line.contract_id)


def test_the_same_answer_sent_again_is_refused_and_nothing_changes(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    given = accepting(*lines_of(slip))
    service.answer(code, given, now=NOW)
    counted = dict(book.works)
    with pytest.raises(service.CodeSpent, match="2026-07-02"):
        service.answer(code, given, now=NOW + DAY)
    assert book.works == counted
    assert session.scalar(select(func.count(AcceptanceReply.id))) == len(counted)


def test_an_expired_code_is_refused(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    with pytest.raises(service.CodeExpired):
        service.answer(code, accepting(*lines_of(slip)), now=NOW + 100 * DAY)
    assert not book.works


def test_a_code_nobody_has_is_refused(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    with pytest.raises(service.CodeUnknown):
        service.answer("ACD" * 6 + "EF", accepting(*lines_of(slip)), now=NOW)


def test_a_parcel_of_another_household_saves_nothing(session: Session, book: SmallBook) -> None:
    order = make_reported(households=2)
    slip, code = make_slip(order)
    lines = operations.whole(order.id).lines
    foreign = [line for line in lines if line.household_id != slip.household_id]
    with pytest.raises(service.WrongParcel):
        service.answer(code, accepting(*lines_of(slip), foreign[0]), now=NOW)
    with pytest.raises(service.WrongParcel):
        service.answer(code, accepting(*foreign), now=NOW)
    assert not book.works
    assert session.scalar(select(func.count(AcceptanceReply.id))) == 0


def test_work_that_was_not_reported_waits(session: Session, book: SmallBook) -> None:
    order = operations.make_order(areas=(3_50, 2_00))
    operations.report_done(order.lines[0])
    slip, code = make_slip(operations.whole(order.id))
    with pytest.raises(service.NotYetReported):
        service.open_slip(code, now=NOW)
    with pytest.raises(service.NotYetReported):
        service.answer(code, accepting(*lines_of(slip)), now=NOW)


def test_a_line_without_a_word_is_asked_for(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    first, _second = lines_of(slip)
    with pytest.raises(service.WordMissing):
        service.answer(code, accepting(first), now=NOW)


@pytest.mark.parametrize("area", [0, 3_50, 9_99])
def test_a_smaller_area_is_smaller(session: Session, book: SmallBook, area: int) -> None:
    slip, code = make_slip(make_reported(areas=(3_50,)))
    (line,) = lines_of(slip)
    given = replace(accepting(line), words=(saying(line, Verdict.SMALLER, area),))
    with pytest.raises(service.AreaNotSmaller):
        service.answer(code, given, now=NOW)


def test_a_witness_is_named_and_marks_end_at_five(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    given = accepting(*lines_of(slip))
    with pytest.raises(service.WitnessUnnamed):
        service.answer(code, replace(given, speaker=Speaker(respondent=Respondent.WITNESS)), now=NOW)
    speaker = Speaker(respondent=Respondent.FARMER, satisfaction=6)
    with pytest.raises(service.SatisfactionOutOfRange):
        service.answer(code, replace(given, speaker=speaker), now=NOW)


def test_a_smaller_area_disputes_that_line_alone(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    first, second = lines_of(slip)
    words = (saying(first, Verdict.SMALLER, 3_00, "地头没种"), saying(second, Verdict.ACCEPTED))
    service.answer(code, replace(accepting(first), words=words), now=NOW)
    first, second = lines_of(slip)
    assert (first.is_disputed, first.accepted_on) == (True, None)
    assert (second.is_disputed, second.accepted_area) == (False, second.done_area)
    assert list(book.works) == [second.id]
    dispute = session.scalars(select(Dispute)).one()
    assert (dispute.line_id, dispute.claimed_area, dispute.reported_area) == (first.id, 3_00, 3_50)


def test_photographs_lie_with_the_slip_and_nobody_uploaded_them(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    first, second = lines_of(slip)
    words = (saying(first, Verdict.NOT_DONE), saying(second, Verdict.ACCEPTED))
    given = replace(accepting(first), words=words, pictures={first.id: [("IMG.png", PNG)]})
    service.answer(code, given, now=NOW)
    (file,) = attachments_of(service.OWNER, slip.id)
    assert first.parcel.code in file.note
    assert file.uploaded_by is None


def test_a_file_that_is_no_picture_saves_nothing(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    lines = lines_of(slip)
    with pytest.raises(service.NotAPicture):
        service.answer(code, accepting(*lines, pictures={lines[0].id: [("x.png", b"<html>")]}), now=NOW)
    assert not book.works


def test_a_picture_too_large_stores_nothing_of_those_before_it(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    first, second = lines_of(slip)
    fine = picture()
    large = ("大图.png", PNG + b"0" * service.LARGEST_PICTURE)
    given = accepting(first, second, pictures={first.id: [fine], second.id: [large]})
    with pytest.raises(FileTooLarge):
        service.answer(code, given, now=NOW)
    assert not path_of(digest_of_picture(fine)).exists()
    assert not book.works


def test_nobody_takes_the_picture_of_a_signature_away(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    words = [saying(line, Verdict.ACCEPTED) for line in lines_of(slip)]
    service.record_paper(slip, on_paper(*words), version=None, viewer=make_desk(), now=NOW)
    (file,) = attachments_of(service.OWNER, slip.id)
    with pytest.raises(Forbidden):
        remove(file.id, viewer=make_desk(), now=NOW)


def test_one_telephone_that_answers_for_many_is_told_to_the_journal(
    session: Session, book: SmallBook
) -> None:
    order = make_reported(households=3, areas=(1_00,))
    codes = service.make_codes(order, viewer=make_desk(), now=NOW)
    for slip in queries.slips_of_order(order.id):
        lines = service.lines_of(queries.reload(slip.id))
        service.answer(
            codes[slip.household_id], accepting(*lines, telephone="T1", network="10.0.0.1"), now=NOW
        )
    said = [entry.note for entry in journal("acceptance.answered")]
    assert "同一部手机" not in said[0] + said[1]
    assert "同一部手机已为 3 户扫码验收" in said[2]


def test_without_a_book_nothing_is_accepted(session: Session) -> None:
    slip, code = make_slip()
    with small_book():
        service.works._books.clear()
        with pytest.raises(service.NoBook):
            service.answer(code, accepting(*lines_of(slip)), now=NOW)


def test_what_the_book_forbids_is_not_accepted(session: Session, book: SmallBook) -> None:
    slip, code = make_slip(make_reported(areas=(3_50,)))
    (line,) = lines_of(slip)
    service.answer(code, accepting(line), now=NOW)
    work = book.works.pop(line.id)
    book.works[line.id + 1] = replace(work, line_id=line.id + 1)
    service.undo_word(reloaded(slip), line.id, reason="重新核对", version=None, viewer=make_desk(), now=NOW)
    book.works[line.id + 1] = replace(work, line_id=line.id + 1)
    with pytest.raises(service.WordRefused, match="已计入"):
        service.record_paper(
            reloaded(slip),
            on_paper(saying(line, Verdict.ACCEPTED)),
            version=None,
            viewer=make_desk(),
            now=NOW,
        )


# paper


def test_a_signed_paper_is_entered_with_its_picture(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    lines = lines_of(slip)
    words = [saying(line, Verdict.ACCEPTED) for line in lines]
    desk = make_desk()
    service.record_paper(reloaded(slip), on_paper(*words), version=None, viewer=desk, now=NOW)
    replies = list(session.scalars(select(AcceptanceReply)))
    assert {reply.recorder_id for reply in replies} == {desk.account_id}
    assert all(reply.evidence_digest for reply in replies)
    assert {line.accepted_on for line in lines_of(slip)} == {operations.TODAY}
    with pytest.raises(service.CodeSpent):
        service.answer(code, accepting(*lines), now=NOW)


def test_a_paper_without_a_picture_is_refused(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    given = on_paper(saying(lines_of(slip)[0], Verdict.ACCEPTED), picture=None)
    with pytest.raises(service.WordRefused, match="没有签字或指印照片"):
        service.record_paper(slip, given, version=None, viewer=make_desk(), now=NOW)


def test_the_picture_of_one_household_is_refused_for_another(session: Session, book: SmallBook) -> None:
    order = make_reported(households=2, areas=(1_00,))
    service.make_codes(order, viewer=make_desk(), now=NOW)
    first, second = (queries.reload(slip.id) for slip in queries.slips_of_order(order.id))
    same, desk = picture(), make_desk()
    given = on_paper(saying(lines_of(first)[0], Verdict.ACCEPTED), picture=same)
    service.record_paper(reloaded(first), given, version=None, viewer=desk, now=NOW)
    given = on_paper(saying(lines_of(second)[0], Verdict.ACCEPTED), picture=same)
    with pytest.raises(service.WordRefused, match=f"已于 {operations.TODAY} 用于作业单 {order.number}"):
        service.record_paper(reloaded(second), given, version=None, viewer=desk, now=NOW)


def test_dozens_of_papers_of_one_day_want_a_reason_that_is_kept(session: Session, book: SmallBook) -> None:
    order = make_reported(households=24, areas=(1_00,))
    desk = make_desk()
    service.make_codes(order, viewer=desk, now=NOW)
    slips = [queries.reload(slip.id) for slip in queries.slips_of_order(order.id)]
    for slip in slips[:-1]:
        given = on_paper(saying(service.lines_of(slip)[0], Verdict.ACCEPTED))
        service.record_paper(slip, given, version=None, viewer=desk, now=NOW)
    last = slips[-1]
    given = on_paper(saying(service.lines_of(last)[0], Verdict.ACCEPTED))
    with pytest.raises(service.WordRefused, match="24 户"):
        service.record_paper(last, given, version=None, viewer=desk, now=NOW)
    given = replace(given, exception_reason="村民大会当场集中签字")
    service.record_paper(last, given, version=None, viewer=desk, now=NOW)
    reply = session.scalars(select(AcceptanceReply).order_by(AcceptanceReply.id.desc()).limit(1)).one()
    assert reply.exception_reason == "村民大会当场集中签字"
    entry = journal("acceptance.recorded")[-1]
    assert entry.reason == "村民大会当场集中签字"
    assert "24 户" in entry.note


def test_a_paper_signed_before_the_work_is_refused_with_both_days(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    given = on_paper(saying(lines_of(slip)[0], Verdict.ACCEPTED), signed_on=operations.WORK_DAY - DAY)
    with pytest.raises(service.WordRefused, match="2026-06-10 作业，验收日期 2026-06-09"):
        service.record_paper(slip, given, version=None, viewer=make_desk(), now=NOW)


def test_two_clerks_do_not_enter_one_paper_twice(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    version, line = slip.version, lines_of(slip)[0]
    desk = make_desk()
    service.record_paper(
        reloaded(slip), on_paper(saying(line, Verdict.ACCEPTED)), version=version, viewer=desk, now=NOW
    )
    given = on_paper(saying(line, Verdict.ACCEPTED))
    with pytest.raises(StaleVersion):
        service.record_paper(reloaded(slip), given, version=version, viewer=desk, now=NOW)
    with pytest.raises(service.AlreadyAnswered):
        service.record_paper(reloaded(slip), given, version=None, viewer=desk, now=NOW)


# notice and silence


def test_notice_starts_the_days_of_the_programme(session: Session) -> None:
    slip, _code = make_slip()
    slip = notified(slip)
    assert (slip.noticed_on, slip.due_on) == (TODAY, TODAY + 7 * DAY)


def test_nobody_is_told_before_the_work_was_reported_or_in_the_future(session: Session) -> None:
    slip, _code = make_slip()
    for day, refusal in (
        (operations.TODAY - DAY, service.NoticeBeforeReport),
        (TODAY + DAY, service.NoticeInFuture),
    ):
        with pytest.raises(refusal):
            service.notify([slip], on=day, way=NoticeWay.PHONE, viewer=make_desk(), now=NOW)


def test_silence_is_accepted_only_after_its_days_and_says_so(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    slip = notified(slip)
    with pytest.raises(service.NobodyOverdue):
        service.deem_overdue([slip], viewer=make_desk(), now=NOW + 7 * DAY)
    assert service.deem_overdue([slip], viewer=make_desk(), now=NOW + 8 * DAY) == 2
    for line in lines_of(slip):
        assert (line.is_deemed, line.accepted_on) == (True, TODAY + 8 * DAY)
        assert book.works[line.id].is_deemed
    row = queries.rows_of([reloaded(slip)], TODAY + 8 * DAY)[0]
    assert (row.state, row.way) == (SlipState.DEEMED, AcceptanceWay.DEEMED)


def test_silence_without_notice_is_never_accepted(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    with pytest.raises(service.NobodyOverdue):
        service.deem_overdue([slip], viewer=make_desk(), now=NOW + 300 * DAY)


def test_silence_settles_nothing_that_was_reported_partly_or_after_the_notice(
    session: Session, book: SmallBook
) -> None:
    order = operations.make_order(areas=(3_50, 2_00))
    operations.report_done(order.lines[0], 1_00, result=WorkResult.PARTLY)
    operations.report_done(order.lines[1], reported_at=NOW + 2 * DAY)
    slip, _code = make_slip(operations.whole(order.id))
    told = reloaded(slip)
    told.noticed_on, told.due_on = TODAY, TODAY + 7 * DAY
    session.flush()
    with pytest.raises(service.NobodyOverdue):
        service.deem_overdue([told], viewer=make_desk(), now=NOW + 30 * DAY)
    assert not book.works


def test_who_could_not_answer_yet_was_not_silent(session: Session, book: SmallBook) -> None:
    order = operations.make_order(areas=(3_50, 2_00))
    operations.report_done(order.lines[0])
    slip, code = make_slip(operations.whole(order.id))
    slip = notified(slip)
    with pytest.raises(service.NotYetReported):
        service.open_slip(code, now=NOW + DAY)
    (late,) = service.silent_ones([slip], TODAY + 8 * DAY)
    assert not late.lines
    with pytest.raises(service.NobodyOverdue):
        service.deem_overdue([slip], viewer=make_desk(), now=NOW + 8 * DAY)
    assert not book.works


def test_silence_is_accepted_by_whoever_may_only(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    viewer = make_desk(operations.VILLAGE, AcceptancePermission.DEEM)
    with pytest.raises(service.MayNot):
        service.deem_overdue([notified(slip)], viewer=viewer, now=NOW + 8 * DAY)


def test_a_later_paper_replaces_what_silence_had_settled(session: Session, book: SmallBook) -> None:
    slip, _code = make_slip()
    service.deem_overdue([notified(slip)], viewer=make_desk(), now=NOW + 8 * DAY)
    first, second = lines_of(slip)
    given = on_paper(saying(first, Verdict.SMALLER, 3_00), signed_on=TODAY + 8 * DAY)
    service.record_paper(reloaded(slip), given, version=None, viewer=make_desk(), now=NOW + 9 * DAY)
    first, second = lines_of(slip)
    assert (first.is_disputed, first.is_deemed, first.accepted_on) == (True, False, None)
    assert second.is_deemed
    assert list(book.works) == [second.id]
    assert book.struck == [(first.id, "农户补交纸质答复")]


def test_a_code_after_silence_is_refused_and_points_to_paper(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    lines = lines_of(slip)
    service.deem_overdue([notified(slip)], viewer=make_desk(), now=NOW + 8 * DAY)
    with pytest.raises(service.CodeSpent):
        service.answer(code, accepting(*lines), now=NOW + 9 * DAY)


# disputes


def disputed(verdict: Verdict = Verdict.SMALLER, area: int | None = 3_00) -> tuple[AcceptanceSlip, int]:
    slip, code = make_slip(make_reported(areas=(3_50,)))
    (line,) = lines_of(slip)
    service.answer(code, replace(accepting(line), words=(saying(line, verdict, area),)), now=NOW)
    dispute = db.session.scalars(select(Dispute).where(Dispute.line_id == line.id)).one()
    return slip, dispute.id


def settle(dispute_id: int, end: DisputeEnd, **given: object) -> None:
    desk = make_desk()
    settlement = Settlement(end=end, reason="三方到场核实", **given)  # type: ignore[arg-type]
    dispute = dispute_queries.get(desk, dispute_id)
    service.resolve(dispute, settlement, version=None, viewer=desk, now=NOW + DAY)


def test_a_dispute_ends_with_the_farmers_area(session: Session, book: SmallBook) -> None:
    slip, dispute_id = disputed()
    settle(dispute_id, DisputeEnd.FARMER_RIGHT)
    (line,) = lines_of(slip)
    assert (line.accepted_area, line.is_disputed, book.works[line.id].area) == (3_00, False, 3_00)


def test_work_that_was_not_done_is_settled_at_nothing_and_not_counted(
    session: Session, book: SmallBook
) -> None:
    slip, dispute_id = disputed(Verdict.NOT_DONE, None)
    settle(dispute_id, DisputeEnd.FARMER_RIGHT)
    (line,) = lines_of(slip)
    assert (line.accepted_area, line.is_disputed) == (0, False)
    assert not book.works


def test_the_report_is_right_only_with_the_farmers_written_consent(session: Session, book: SmallBook) -> None:
    slip, dispute_id = disputed()
    with pytest.raises(service.ConsentMissing):
        settle(dispute_id, DisputeEnd.REPORT_RIGHT)
    settle(dispute_id, DisputeEnd.REPORT_RIGHT, consent=picture())
    (line,) = lines_of(slip)
    assert line.accepted_area == 3_50
    assert attachments_of(service.OWNER, slip.id)[0].note == "农户书面认可"


def test_a_consent_that_served_another_household_is_refused(session: Session, book: SmallBook) -> None:
    same = picture()
    _slip, first = disputed()
    settle(first, DisputeEnd.REPORT_RIGHT, consent=same)
    _slip, second = disputed()
    with pytest.raises(service.PictureUsed):
        settle(second, DisputeEnd.REPORT_RIGHT, consent=same)


def test_a_measure_decides_up_to_what_was_reported(session: Session, book: SmallBook) -> None:
    slip, dispute_id = disputed()
    for area in (None, Mu(0), Mu(3_51)):
        with pytest.raises(service.SettledAreaWrong, match=r"最多 3\.50 亩"):
            settle(dispute_id, DisputeEnd.REMEASURED, area=area)
    settle(dispute_id, DisputeEnd.REMEASURED, area=Mu(3_20))
    (line,) = lines_of(slip)
    assert line.accepted_area == 3_20


def test_rework_sends_the_line_back_to_be_reported_again(session: Session, book: SmallBook) -> None:
    slip, dispute_id = disputed(Verdict.NOT_DONE, None)
    settle(dispute_id, DisputeEnd.REWORK)
    (line,) = lines_of(slip)
    assert (line.result, line.done_area, line.is_disputed, line.accepted_on) == (None, 0, False, None)
    reports = session.scalars(select(WorkReport).where(WorkReport.line_id == line.id)).all()
    assert all("退回重新作业" in report.undone_reason for report in reports)
    assert reloaded(slip).code_state(NOW) is CodeState.REVOKED
    operations.report_done(line)
    code = service.renew_code(reloaded(slip), reason="重新作业后验收", viewer=make_desk(), now=NOW)
    service.answer(code, accepting(*lines_of(slip)), now=NOW + 2 * DAY)
    assert list(book.works) == [line.id]


def test_a_dispute_ends_once(session: Session, book: SmallBook) -> None:
    _slip, dispute_id = disputed()
    settle(dispute_id, DisputeEnd.FARMER_RIGHT)
    with pytest.raises(service.DisputeOver):
        settle(dispute_id, DisputeEnd.REWORK)


def test_disputes_end_by_whoever_may_there_only(session: Session, book: SmallBook) -> None:
    _slip, dispute_id = disputed()
    with pytest.raises(NotFound):
        dispute_queries.get(make_desk("371681102000"), dispute_id)
    dispute = dispute_queries.get(make_desk(), dispute_id)
    viewer = make_desk(operations.VILLAGE, AcceptancePermission.RESOLVE)
    given = Settlement(end=DisputeEnd.FARMER_RIGHT, reason="核实")
    with pytest.raises(service.MayNot):
        service.resolve(dispute, given, version=None, viewer=viewer, now=NOW)


# undoing


def test_undoing_takes_the_line_out_of_the_book_and_lets_it_wait_again(
    session: Session, book: SmallBook
) -> None:
    slip, code = make_slip()
    first, second = lines_of(slip)
    service.answer(code, accepting(first, second), now=NOW)
    desk = make_desk()
    with pytest.raises(service.ReasonMissing):
        service.undo_word(reloaded(slip), first.id, reason=" ", version=None, viewer=desk, now=NOW)
    service.undo_word(reloaded(slip), first.id, reason="录错地块", version=None, viewer=desk, now=NOW)
    first, second = lines_of(slip)
    assert (first.accepted_on, second.accepted_on) == (None, TODAY)
    assert list(book.works) == [second.id]
    assert book.struck == [(first.id, "录错地块")]
    with pytest.raises(service.CodeRevoked):
        service.open_slip(code, now=NOW)
    with pytest.raises(service.NothingToUndo):
        service.undo_word(reloaded(slip), first.id, reason="再来一次", version=None, viewer=desk, now=NOW)


def test_undoing_a_disputed_word_withdraws_the_dispute(session: Session, book: SmallBook) -> None:
    slip, dispute_id = disputed()
    (line,) = lines_of(slip)
    service.undo_word(reloaded(slip), line.id, reason="农户改口", version=None, viewer=make_desk(), now=NOW)
    dispute = session.get_one(Dispute, dispute_id)
    assert dispute.end is DisputeEnd.WITHDRAWN
    assert not lines_of(slip)[0].is_disputed


def test_undoing_needs_its_own_right(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    line = lines_of(slip)[0]
    service.answer(code, accepting(*lines_of(slip)), now=NOW)
    viewer = make_desk(operations.VILLAGE, AcceptancePermission.UNDO)
    with pytest.raises(service.MayNot):
        service.undo_word(reloaded(slip), line.id, reason="试试", version=None, viewer=viewer, now=NOW)


# lists


def test_the_state_of_the_list_is_the_state_of_the_rules(session: Session, book: SmallBook) -> None:
    order = make_reported(households=4, areas=(1_00,))
    desk = make_desk()
    codes = service.make_codes(order, viewer=desk, now=NOW)
    slips = [queries.reload(slip.id) for slip in queries.slips_of_order(order.id)]
    service.answer(codes[slips[0].household_id], accepting(*lines_of(slips[0])), now=NOW)
    line = lines_of(slips[1])[0]
    word = replace(accepting(line), words=(saying(line, Verdict.NOT_DONE),))
    service.answer(codes[slips[1].household_id], word, now=NOW)
    notified(slips[2])
    for on in (TODAY, TODAY + 20 * DAY):
        every = queries.get_many(desk, SlipFilter(order_id=order.id), on, AcceptancePermission.VIEW)
        derived = {row.id: row.state for row in queries.rows_of(every, on)}
        for state in SlipState:
            asked = SlipFilter(order_id=order.id, state=state)
            found = {slip.id for slip in queries.get_many(desk, asked, on, AcceptancePermission.VIEW)}
            assert found == {slip_id for slip_id, stands in derived.items() if stands is state}


def test_slips_of_another_township_are_out_of_sight(session: Session) -> None:
    slip, _code = make_slip()
    stranger = make_desk("371681102000")
    assert queries.get(make_desk(), slip.id).id == slip.id
    with pytest.raises(NotFound):
        queries.get(stranger, slip.id)
    assert not queries.can_see(stranger, slip.id)
    assert queries.get_many(stranger, SlipFilter(), TODAY, AcceptancePermission.VIEW) == []


def test_the_journal_of_an_answer_holds_neither_code_nor_address(session: Session, book: SmallBook) -> None:
    slip, code = make_slip()
    service.answer(code, accepting(*lines_of(slip), network="203.0.113.7"), now=NOW)
    for entry in session.scalars(select(JournalEntry)):
        text = f"{entry.note}{entry.reason}{entry.changes}{entry.subject_label}{entry.address}"
        assert code not in text
        assert "203.0.113.7" not in text
