"""The household's page without account and script, and the desk's pages and acts."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from coop.acceptance import queries, service
from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.rules.codes import written
from coop.acceptance.rules.terms import AcceptancePermission, AcceptanceWay, NoticeWay, Verdict
from coop.operations.models import WorkReport
from coop.operations.rules.terms import OperationPermission, WorkResult
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.clock import CHINA, now
from foundation.database.engine import db, writing
from foundation.journal.models import JournalEntry
from tests.coop.acceptance.builders import (
    PNG,
    SmallBook,
    accepting,
    guess,
    lines_of,
    make_desk,
    make_reported,
    make_slip,
    picture,
)
from tests.coop.operations import builders as operations
from tests.foundation.accounts.builders import make_viewer, sign_in

PAGE = "/coop/acceptance/reply"
LIGHT = 30_000


def log_in_as(client: FlaskClient, viewer: Viewer) -> None:
    """Let the browser be this person's."""
    sign_in(client, db.session.get_one(Account, viewer.account_id))
    db.session.commit()


@pytest.fixture
def slip(session: Session, book: SmallBook) -> tuple[AcceptanceSlip, str]:
    """A slip with its open code."""
    made, code = make_slip(at=now())
    session.commit()
    return made, code


@pytest.fixture
def desk(client: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> FlaskClient:
    """A clerk who does everything at the desk, logged in."""
    log_in_as(client, make_desk(operations.VILLAGE))
    return client


def text_of(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def form_for(slip: AcceptanceSlip, *verdicts: Verdict, **more: object) -> dict[str, object]:
    lines = lines_of(slip)
    chosen = {f"verdict-{line.id}": verdict.value for line, verdict in zip(lines, verdicts, strict=False)}
    return {**chosen, "respondent": "farmer", **more}


def refresh(slip: AcceptanceSlip) -> AcceptanceSlip:
    writing.set(True)
    db.session.expire_all()
    return queries.reload(slip.id)


# the household's page


def test_the_page_says_office_household_order_and_every_line(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    made, code = refresh(slip[0]), slip[1]
    name, number, office = made.household.head_name, made.order.number, made.office
    provider = made.order.provider.name
    parcels = [line.parcel.code for line in lines_of(made)]
    answer = client.get(f"{PAGE}/{code}")
    page = text_of(answer)
    assert answer.status_code == 200
    for said in (number, office, provider, "夏玉米", "3.50 亩", "2.00 亩", "2026-06-10", *parcels):
        assert said in page
    assert name not in page
    assert f"{name[0]}＊" in page
    for word in ("认可", "面积不符", "没有作业", "全部认可", "农户本人", "约定见证人", "很满意"):
        assert word in page


def test_the_page_with_all_it_loads_weighs_under_thirty_kilobytes(
    client: FlaskClient, session: Session, book: SmallBook
) -> None:
    _made, code = make_slip(make_reported(areas=(1_00,) * 8), at=now())
    session.commit()
    answer = client.get(f"{PAGE}/{code}")
    page = answer.get_data(as_text=True)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert [address for address in loaded if not address.startswith(("data:", "#"))] == []
    assert "<script" not in page
    assert "url(" not in page
    assert len(answer.get_data()) < LIGHT


def test_the_page_leaves_no_trace(client: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    answer = client.get(f"{PAGE}/{slip[1]}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert slip[1] not in answer.get_data(as_text=True)
    assert "shecun=" not in "".join(answer.headers.getlist("Set-Cookie"))


def test_an_answer_is_recorded_and_thanked_for(client: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made, code = refresh(slip[0]), slip[1]
    sent = form_for(made, Verdict.ACCEPTED, Verdict.SMALLER, satisfaction="4")
    second = lines_of(made)[1]
    sent |= {f"area-{second.id}": "1.5", f"note-{second.id}": "地头没种😀"}
    sent |= {f"photo-{second.id}": (BytesIO(PNG), "IMG_1.png")}
    answer = client.post(f"{PAGE}/{code}", data=sent, follow_redirects=True)
    page = text_of(answer)
    assert answer.status_code == 200
    for said in ("答复已登记", "认可 1.50 亩", "地头没种", "满意度：4 分", "3.50 亩"):
        assert said in page
    first, second = lines_of(refresh(made))
    assert (first.accepted_area, second.is_disputed) == (3_50, True)


def test_all_accepted_is_one_button(client: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made, code = refresh(slip[0]), slip[1]
    client.post(f"{PAGE}/{code}", data={"all": "1"})
    assert all(line.accepted_area == line.done_area for line in lines_of(refresh(made)))


@pytest.mark.parametrize("by_one_button", [True, False])
def test_a_parcel_that_was_not_worked_keeps_no_household_from_accepting_the_rest(
    client: FlaskClient, session: Session, book: SmallBook, *, by_one_button: bool
) -> None:
    order = operations.make_order(areas=(3_50, 2_00))
    operations.report_done(order.lines[0])
    operations.report_done(order.lines[1], area=0, result=WorkResult.NOT_DONE)
    made, code = make_slip(operations.whole(order.id), at=now())
    session.commit()
    sent = {"all": "1"} if by_one_button else form_for(made, Verdict.ACCEPTED)
    assert client.post(f"{PAGE}/{code}", data=sent).status_code == 303
    done, left = lines_of(refresh(made))
    assert (done.accepted_area, left.accepted_on) == (3_50, None)


def test_all_accepted_beside_a_no_is_a_contradiction(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    made, code = refresh(slip[0]), slip[1]
    answer = client.post(f"{PAGE}/{code}", data=form_for(made, Verdict.NOT_DONE, all="1"))
    assert answer.status_code == 422
    assert "您点了“全部认可”" in text_of(answer)
    assert all(line.accepted_on is None for line in lines_of(refresh(made)))


def test_a_refusal_names_the_parcel_by_its_name_and_asks_only_for_photographs_that_were_sent(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    made, code = refresh(slip[0]), slip[1]
    line = lines_of(made)[1]
    name, number = line.parcel.name, line.parcel.code
    sent = form_for(made, Verdict.ACCEPTED, Verdict.SMALLER)
    empty = {f"photo-{line.id}": (BytesIO(b""), "")}
    page = text_of(client.post(f"{PAGE}/{code}", data=sent | empty, content_type="multipart/form-data"))
    assert f"请填写地块 {name}（{number[-5:]}） 您认可的亩数" in page
    assert "照片要重新选择" not in page
    pictured = {f"photo-{line.id}": (BytesIO(PNG), "IMG_1.png")}
    page = text_of(client.post(f"{PAGE}/{code}", data=sent | pictured, content_type="multipart/form-data"))
    assert "照片要重新选择" in page


def test_the_same_form_sent_twice_is_refused(client: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made, code = refresh(slip[0]), slip[1]
    sent = form_for(made, Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert client.post(f"{PAGE}/{code}", data=sent).status_code == 303
    again = client.post(f"{PAGE}/{code}", data=sent)
    assert again.status_code == 410
    assert "使用过" in text_of(again)
    assert "答复已登记" in text_of(client.get(f"{PAGE}/{code}"))
    writing.set(True)
    assert db.session.scalar(select(func.count(AcceptanceReply.id))) == 2


def test_a_forged_parcel_saves_nothing(client: FlaskClient, session: Session, book: SmallBook) -> None:
    order = make_reported(households=2)
    made, code = make_slip(order, at=now())
    foreign = [line for line in operations.whole(order.id).lines if line.household_id != made.household_id]
    session.commit()
    sent = form_for(made, Verdict.ACCEPTED, Verdict.ACCEPTED)
    answer = client.post(f"{PAGE}/{code}", data={**sent, f"verdict-{foreign[0].id}": "accepted"})
    assert answer.status_code == 422
    assert "不属于这张验收单" in text_of(answer)
    assert not book.works
    photo = (BytesIO(PNG), "a.png")
    answer = client.post(f"{PAGE}/{code}", data={**sent, f"photo-{foreign[0].id}": photo})
    assert "不属于这张验收单" in text_of(answer)
    assert not book.works


def test_every_wrong_line_is_told_at_once_and_what_was_typed_stays(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    made, code = refresh(slip[0]), slip[1]
    first, second = lines_of(made)
    sent = form_for(made, Verdict.SMALLER, Verdict.SMALLER)
    sent |= {f"area-{first.id}": "三亩", f"area-{second.id}": "四亩", f"note-{first.id}": "沟边没种"}
    answer = client.post(f"{PAGE}/{code}", data=sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert all(line.parcel.code in page for line in (first, second))
    assert "沟边没种" in page
    assert page.count("checked") >= 3


@pytest.mark.parametrize("typed", ["", "ACD", "ACDE-3467-FGHJ-9KMN-PRT0"])
def test_a_mistyped_code_is_told_at_once(client: FlaskClient, app: object, typed: str) -> None:
    answer = client.post(PAGE, data={"code": typed})
    assert answer.status_code == 422
    assert "code-words" in text_of(answer)


def test_a_code_may_be_typed_by_hand(client: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    assert "填写验收码" in text_of(client.get(PAGE))
    typed = written(slip[1]).lower().replace("-", " ")
    answer = client.post(PAGE, data={"code": typed}, follow_redirects=True)
    assert "请验收您家的作业" in text_of(answer)


def test_a_code_nobody_has_revoked_and_not_ready_each_have_their_sentence(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    made, code = refresh(slip[0]), slip[1]
    unknown = client.get(f"{PAGE}/{guess(5)}")
    assert (unknown.status_code, "没有这个验收码" in text_of(unknown)) == (404, True)
    writing.set(True)
    service.revoke_code(refresh(made), reason="遗失", viewer=make_desk(), now=now())
    db.session.commit()
    revoked = client.get(f"{PAGE}/{code}")
    assert (revoked.status_code, "已注销" in text_of(revoked)) == (410, True)
    writing.set(True)
    waiting, later = make_slip(operations.make_order(), at=now())
    assert waiting.id
    db.session.commit()
    answer = client.get(f"{PAGE}/{later}")
    assert (answer.status_code, "还没有登记作业" in text_of(answer)) == (410, True)


def test_a_thousand_guesses_in_a_minute_are_all_refused(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    statuses = [client.get(f"{PAGE}/{guess(number)}").status_code for number in range(1_000)]
    assert set(statuses) == {404, 429}
    assert statuses.count(404) == 10
    assert client.get(f"{PAGE}/{slip[1]}").status_code == 429
    assert client.post(f"{PAGE}/{slip[1]}", data={"all": "1"}).status_code == 429
    other = client.get(f"{PAGE}/{slip[1]}", environ_base={"REMOTE_ADDR": "198.51.100.9"})
    assert other.status_code == 200


def test_a_thousand_guesses_from_as_many_addresses_are_all_refused(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    statuses = []
    for number in range(1_000):
        place = {"REMOTE_ADDR": f"10.{number % 4}.{number // 4 % 50}.7"}
        statuses.append(client.post(f"{PAGE}/{guess(number)}", environ_base=place).status_code)
    assert set(statuses) == {404, 429}
    assert statuses.count(404) <= 300
    fresh = {"REMOTE_ADDR": "198.51.100.9"}
    assert client.get(f"{PAGE}/{slip[1]}", environ_base=fresh).status_code == 200


def test_the_journal_of_an_answer_holds_no_address(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    client.post(f"{PAGE}/{slip[1]}", data={"all": "1"}, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    writing.set(True)
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.act == "acceptance.answered")).all()
    assert [entry.address for entry in entries] == [""]


def test_one_telephone_is_known_again(client: FlaskClient, session: Session, book: SmallBook) -> None:
    order = make_reported(households=2, areas=(1_00,))
    codes = service.make_codes(order, viewer=make_desk(), now=now())
    session.commit()
    for code in codes.values():
        client.get(f"{PAGE}/{code}")
        client.post(f"{PAGE}/{code}", data={"all": "1"})
    writing.set(True)
    digests = db.session.scalars(select(AcceptanceSlip.device_digest)).all()
    assert len(digests) == 2
    assert len(set(digests)) == 1
    assert digests[0]


# the desk


def test_the_list_shows_slips_and_exports_them(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made = refresh(slip[0])
    number, name = made.order.number, made.household.head_name
    page = text_of(desk.get("/coop/acceptance/?state=untold"))
    assert number in page
    assert name in page
    assert number not in text_of(desk.get("/coop/acceptance/?state=overdue"))
    taken = desk.post("/coop/acceptance/export", data={"extent": "all"})
    assert taken.status_code == 200
    assert "spreadsheetml" in str(taken.mimetype)


def test_who_brings_back_papers_meets_no_link_to_closed_pages(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str]
) -> None:
    driver = make_viewer(
        AcceptancePermission.VIEW, AcceptancePermission.RECORD, division_code=operations.VILLAGE
    )
    log_in_as(client, driver)
    page = text_of(client.get(f"/coop/acceptance/{slip[0].id}"))
    assert slip[0].order.number in page
    for closed in ("/coop/operations/", "/coop/households/", "/coop/acceptance/orders/"):
        assert f'href="{closed}' not in page


def test_codes_are_made_for_an_order_and_never_shown(
    client: FlaskClient, session: Session, book: SmallBook
) -> None:
    order = make_reported(households=2)
    order_id = order.id
    session.commit()
    log_in_as(client, make_desk(operations.VILLAGE))
    answer = client.post(f"/coop/acceptance/orders/{order_id}/codes", follow_redirects=True)
    page = text_of(answer)
    assert "有 2 户的验收码可用" in page
    writing.set(True)
    for slip in db.session.scalars(select(AcceptanceSlip).where(AcceptanceSlip.order_id == order_id)):
        assert service.code_of(slip.id, slip.serial) not in page
        assert written(service.code_of(slip.id, slip.serial)) not in page


def test_many_are_told_at_once(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    slip_id, name = slip[0].id, refresh(slip[0]).household.head_name
    asked = desk.post("/coop/acceptance/notice", data={"extent": "selected", "selected": slip_id})
    assert name in text_of(asked)
    today = now().astimezone(CHINA).date()
    sent = {"selected": slip_id, "on": today.isoformat(), "way": "visit"}
    answer = desk.post("/coop/acceptance/notice/save", data=sent, follow_redirects=True)
    assert "已登记 1 户的送达日期" in text_of(answer)
    made = refresh(slip[0])
    assert (made.noticed_on, made.notice_way) == (today, NoticeWay.VISIT)
    late = desk.post("/coop/acceptance/notice/save", data={**sent, "on": "2031-01-01"})
    assert late.status_code == 422
    assert "晚于今天" in text_of(late)


def test_a_signed_paper_is_entered_line_by_line(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made = refresh(slip[0])
    url = f"/coop/acceptance/{made.id}"
    first, second = lines_of(made)
    sent: dict[str, object] = {
        f"verdict-{first.id}": "accepted",
        "respondent": "family",
        "name": "李秀兰",
        "signed_on": "2026-07-01",
        "version": made.version,
    }
    without = desk.post(f"{url}/paper", data=sent)
    assert without.status_code == 422
    assert "没有签字或指印照片" in text_of(without)
    name, content = picture()
    sent["picture"] = (BytesIO(content), name)
    answer = desk.post(f"{url}/paper", data=sent, follow_redirects=True)
    assert "已登记纸质验收" in text_of(answer)
    first, second = lines_of(refresh(made))
    assert (first.accepted_area, second.accepted_on) == (3_50, None)
    assert refresh(made).way is AcceptanceWay.PAPER


def test_a_word_is_undone_with_a_reason(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made, code = refresh(slip[0]), slip[1]
    writing.set(True)
    service.answer(code, accepting(*lines_of(made)), now=now())
    db.session.commit()
    line = lines_of(refresh(made))[0]
    url = f"/coop/acceptance/{made.id}/undo/{line.id}"
    assert desk.post(url, data={"reason": ""}).status_code == 422
    answer = desk.post(url, data={"reason": "录错了"}, follow_redirects=True)
    assert "已撤回答复" in text_of(answer)
    assert lines_of(refresh(made))[0].accepted_on is None


def test_a_new_code_is_shown_once(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made, old = refresh(slip[0]), slip[1]
    answer = desk.post(f"/coop/acceptance/{made.id}/code", data={"reason": "农户丢了作业单"})
    made = refresh(made)
    new = written(service.code_of(made.id, made.serial))
    assert new in text_of(answer)
    assert new not in text_of(desk.get(f"/coop/acceptance/{made.id}"))
    assert desk.get(f"{PAGE}/{old}").status_code == 404


def test_silence_is_settled_from_its_own_list(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made = refresh(slip[0])
    name = made.household.head_name
    told = now() - timedelta(days=20)
    day = told.astimezone(CHINA).date()
    db.session.execute(update(WorkReport).values(reported_at=told - timedelta(days=1)))
    service.notify([made], on=day, way=NoticeWay.VISIT, viewer=make_desk(), now=now())
    db.session.commit()
    page = text_of(desk.get("/coop/acceptance/overdue"))
    assert name in page
    assert "5.50" in page
    assert "逾期未答复、可视同验收的农户" in text_of(desk.get("/"))
    answer = desk.post("/coop/acceptance/overdue", data={"selected": slip[0].id}, follow_redirects=True)
    assert "已将 2 块地视同验收" in text_of(answer)
    assert "视同验收" in text_of(desk.get(f"/coop/acceptance/{slip[0].id}"))
    again = desk.post("/coop/acceptance/overdue", data={"selected": slip[0].id})
    assert again.status_code == 422
    assert "视同验收" in text_of(desk.get(f"{PAGE}/{slip[1]}"))


def test_a_dispute_is_listed_shown_and_settled(desk: FlaskClient, slip: tuple[AcceptanceSlip, str]) -> None:
    made, code = refresh(slip[0]), slip[1]
    number = made.order.number
    sent = form_for(made, Verdict.SMALLER, Verdict.ACCEPTED)
    sent |= {f"area-{lines_of(made)[0].id}": "3.00", f"note-{lines_of(made)[0].id}": "地头没种"}
    desk.post(f"{PAGE}/{code}", data=sent)
    writing.set(True)
    dispute_id = db.session.scalars(select(Dispute.id)).one()
    url = f"/coop/acceptance/disputes/{dispute_id}"
    assert number in text_of(desk.get("/coop/acceptance/disputes/?standing=open"))
    page = text_of(desk.get(url))
    for said in ("3.50 亩", "3.00 亩", "0.50 亩", "地头没种", "3.57"):
        assert said in page
    assert "待处理的验收争议" in text_of(desk.get("/"))
    refused = desk.post(url, data={"end": "report_right", "reason": "到场核实"})
    assert refused.status_code == 422
    assert "书面认可的照片" in text_of(refused)
    answer = desk.post(
        url, data={"end": "remeasured", "area": "3.2", "reason": "复测"}, follow_redirects=True
    )
    assert "已登记处理结果" in text_of(answer)
    assert lines_of(refresh(made))[0].accepted_area == 3_20
    assert number not in text_of(desk.get("/coop/acceptance/disputes/?standing=open"))


@pytest.mark.parametrize("page", ["", "disputes/", "overdue", "{slip}", "orders/{order}"])
def test_pages_are_closed_to_whoever_has_no_right(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str], page: str
) -> None:
    address = "/coop/acceptance/" + page.format(slip=slip[0].id, order=slip[0].order_id)
    log_in_as(client, make_viewer(*OperationPermission, division_code=operations.VILLAGE))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("page", ["{slip}", "orders/{order}"])
def test_pages_of_another_township_are_not_there(
    client: FlaskClient, slip: tuple[AcceptanceSlip, str], page: str
) -> None:
    address = "/coop/acceptance/" + page.format(slip=slip[0].id, order=slip[0].order_id)
    log_in_as(client, make_desk("371681102000"))
    assert client.get(address).status_code == 404
