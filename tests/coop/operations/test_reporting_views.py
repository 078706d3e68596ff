"""The pages on which work is reported, at the desk and on the telephone, without script."""

import re
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from coop.catalogue.models import StandardItem
from coop.machinery.models import Machine
from coop.operations.importing import WORK
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.rules.reporting import quality_rows
from coop.operations.rules.terms import OperationPermission, WorkResult, WorkSource
from foundation.clock import today
from foundation.database.engine import db, writing
from foundation.imports.rules import ImportPermission
from foundation.values.area import Mu
from foundation.workbooks.reading import Workbook, read_sheet
from tests.coop.operations import builders
from tests.coop.operations.test_checks import make_machine, make_operator
from tests.coop.operations.test_reporting import PICTURE
from tests.foundation.accounts.builders import make_account, sign_in, signed_in_with

P = OperationPermission
OTHER_TOWNSHIP = "371681108000"


@pytest.fixture
def order(session: Session) -> SimpleNamespace:
    """An order of this very week over two households of two parcels, with its machine."""
    made = builders.make_order(
        areas=[3_50, 1_20],
        households=2,
        starts_on=today() - timedelta(days=3),
        ends_on=today() + timedelta(days=3),
    )
    for line in made.lines:
        line.contract.ends_on = today() + timedelta(days=30)
    made.season.ends_on = today() + timedelta(days=60)
    made.programme.year = today().year + 1
    make_machine(made)
    made.machine_id = db.session.query(Machine).one().id
    db.session.commit()
    return seen(builders.whole(made.id))


def seen(order: WorkOrder) -> SimpleNamespace:
    """What a test needs to know of an order, apart from the rows that requests load anew."""
    lines = [
        SimpleNamespace(
            id=line.id,
            household_id=line.household_id,
            head_name=line.household.head_name,
            parcel_name=line.parcel.name,
            parcel_code=line.parcel.code,
        )
        for line in order.lines
    ]
    names = ("id", "machine_id", "link_id", "provider_id")
    return SimpleNamespace(lines=lines, **{name: getattr(order, name) for name in names})


def boxes(html: str) -> dict[str, str]:
    """What a browser would send back of a page's first form: hidden and text boxes, chosen options."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]+>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="file"' not in tag:
            found[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


def desk(client: FlaskClient, order: SimpleNamespace) -> dict[str, str]:
    """The boxes of the desk page."""
    return boxes(client.get(f"/coop/operations/{order.id}/report").text)


def lines_of(order_id: int) -> list[OrderLine]:
    writing.set(True)
    db.session.expire_all()
    return list(builders.whole(order_id).lines)


def test_the_page_comes_filled_as_planned(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    sent = desk(client, order)
    assert [sent[f"line-{line.id}-result"] for line in order.lines] == ["done"] * 4
    assert [sent[f"line-{line.id}-area"] for line in order.lines] == ["3.50", "1.20", "3.50", "1.20"]
    assert sent["machine"] == str(order.machine_id)
    assert sent["worked_on"] == today().isoformat()

    answer = client.post(f"/coop/operations/{order.id}/report", data=sent)

    assert answer.status_code == 302
    assert {line.result for line in lines_of(order.id)} == {WorkResult.DONE}
    assert "已登记 4 块地，作业 9.40 亩" in client.get(f"/coop/operations/{order.id}").text


def test_the_same_page_sent_twice_reports_once(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    sent = desk(client, order)
    for _turn in range(2):
        assert client.post(f"/coop/operations/{order.id}/report", data=sent).status_code == 302
    assert db.session.query(WorkReport).count() == 4


def test_two_tabs_the_second_is_told_line_by_line(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    first, second = desk(client, order), desk(client, order)
    client.post(f"/coop/operations/{order.id}/report", data=first)
    answer = client.post(f"/coop/operations/{order.id}/report", data=second)
    assert answer.status_code == 422
    assert answer.text.count("在您填写期间已有人登记") == 4
    assert db.session.query(WorkReport).count() == 4


def test_every_row_shows_its_own_error(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    sent = desk(client, order)
    first, second, third, fourth = (f"line-{line.id}-" for line in order.lines)
    sent |= {f"{first}area": "三亩", f"{second}area": "9"}
    unread = client.post(f"/coop/operations/{order.id}/report", data=sent)
    assert unread.status_code == 422
    assert 'value="三亩"' in unread.text
    assert "有 1 行需要改正或说明" in unread.text
    assert f'<a href="#{first}result">' in unread.text
    assert f'id="{first}result"' in unread.text

    sent |= {f"{first}area": "3.50", f"{third}result": "partly", f"{fourth}result": ""}
    answer = client.post(f"/coop/operations/{order.id}/report", data=sent)

    assert answer.status_code == 422
    assert "作业合计 9.00 亩，超过结算面积 1.20 亩" in answer.text
    assert "只完成一部分，请写明原因" in answer.text
    assert 'value="9"' in answer.text
    assert db.session.query(WorkReport).count() == 0


def test_that_nobody_is_named_is_said_once_at_the_head(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    sent = desk(client, order) | {"machine": "", "operator": ""}
    for act, status in (("check", 200), ("save", 422)):
        answer = client.post(f"/coop/operations/{order.id}/report", data=sent | {"act": act})
        assert answer.status_code == status
        assert "谁干的必须可查" in answer.text
        assert "请写明实际作业的机具或机手" not in answer.text
        assert "is-refused" not in answer.text[answer.text.index('id="work-rows"') :]
        assert "没有问题" not in answer.text


def test_a_finding_that_asks_for_a_reason_shows_the_box_and_passes_with_one(
    client: FlaskClient, order: SimpleNamespace
) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    db.session.get_one(Machine, order.machine_id).daily_capacity = Mu(5_00)
    db.session.commit()
    sent = desk(client, order)
    checked = client.post(f"/coop/operations/{order.id}/report", data=sent | {"act": "check"})
    assert checked.status_code == 200
    assert "超过每天 5.00 亩的作业能力" in checked.text
    assert 'class="reason is-asked"' in checked.text
    assert client.post(f"/coop/operations/{order.id}/report", data=sent).status_code == 422

    answer = client.post(f"/coop/operations/{order.id}/report", data=sent | {"exception_reason": "两班倒"})

    assert answer.status_code == 302
    assert {row.exception_reason for row in db.session.query(WorkReport)} == {"两班倒"}


def test_quality_is_entered_once_with_exceptions_by_line(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    items = (
        db.session.query(StandardItem).filter_by(link_id=order.link_id).order_by(StandardItem.position).all()
    )
    page = client.get(f"/coop/operations/{order.id}/report").text
    assert items[0].content in page
    name = items[0].content
    odd = order.lines[1].id
    sent = boxes(page) | {"quality-0-found": "合格", f"line-{odd}-quality": f"{name}：差"}
    assert client.post(f"/coop/operations/{order.id}/report", data=sent).status_code == 302
    found = {row.line_id: quality_rows(row.quality)[0].found for row in db.session.query(WorkReport)}
    assert found == {line.id: "差" if line.id == odd else "合格" for line in order.lines}

    bad = desk(client, order) | {f"line-{odd}-result": "done", f"line-{odd}-quality": "颜色：绿"}
    answer = client.post(f"/coop/operations/{order.id}/report", data=bad)
    assert "“颜色：绿”看不懂" in answer.text


def test_lines_that_are_closed_stand_without_boxes(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    db.session.get_one(OrderLine, order.lines[0].id).cancelled_at = builders.NOW
    db.session.commit()
    sent = desk(client, order)
    assert f"line-{order.lines[0].id}-area" not in sent
    assert client.post(f"/coop/operations/{order.id}/report", data=sent).status_code == 302
    assert db.session.query(WorkReport).count() == 3


def test_the_page_is_closed_to_others(client: FlaskClient, order: SimpleNamespace) -> None:
    address = f"/coop/operations/{order.id}/report"
    signed_in_with(client, [P.VIEW, P.REPORT], division_code=OTHER_TOWNSHIP)
    assert client.get(address).status_code == 404
    assert client.post(address, data={}).status_code == 404
    signed_in_with(client, [P.VIEW])
    assert client.get(address).status_code == 403


def test_a_report_has_a_page_and_is_taken_back_there(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT])
    machine = db.session.get_one(Machine, order.machine_id)
    machine.owner_name = "周大力"
    db.session.commit()
    client.post(f"/coop/operations/{order.id}/report", data=desk(client, order))
    made = db.session.query(WorkReport).first()
    assert made is not None
    address = f"/coop/operations/reports/{made.id}"

    page = client.get(address).text
    assert "外包：周大力" in page
    assert "批量登记" in page

    assert client.post(f"{address}/undo", data={"reason": " "}).status_code == 422
    assert client.post(f"{address}/undo", data={"reason": "亩数报错"}).status_code == 302
    assert "亩数报错" in client.get(address).text
    assert lines_of(order.id)[0].result is None

    signed_in_with(client, [P.VIEW, P.REPORT], division_code=OTHER_TOWNSHIP)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/undo", data={"reason": "亩数报错"}).status_code == 404


def test_a_driver_finds_own_orders_and_reports_a_parcel_with_a_photograph(
    client: FlaskClient, order: SimpleNamespace
) -> None:
    account = make_account("孙师傅")
    operator = make_operator(db.session.get_one(WorkOrder, order.id), account_id=account.id)
    db.session.get_one(WorkOrder, order.id).operator_id = operator.id
    db.session.commit()
    sign_in(client, account)
    assert "派给我" in client.get("/coop/operations/mine").text
    line = order.lines[0]
    assert line.head_name in client.get(f"/coop/operations/mine/{order.id}").text
    address = f"/coop/operations/mine/{order.id}/households/{line.household_id}"
    page = client.get(address).text
    assert page.count("<script") == 2
    form = page[page.index(f'id="line-{line.id}"') :]
    sent = boxes(form[: form.index("</form>")])

    data = sent | {
        "result": "partly",
        "area": "2.00",
        "reason": "地头积水",
        "photos": (BytesIO(PICTURE), "田.png"),
    }
    answer = client.post(address, data=data, content_type="multipart/form-data", follow_redirects=True)

    assert f"已保存：{line.parcel_name} 部分完成 2.00 亩（{today()}）。" in answer.text
    made = db.session.query(WorkReport).one()
    assert (made.source, made.operator_id, made.reporter_id) == (WorkSource.PHONE, operator.id, account.id)
    shown = client.get(f"/coop/operations/reports/{made.id}").text
    assert "田.png" in shown


def test_a_repeated_post_of_the_telephone_reports_once_and_says_the_same(
    client: FlaskClient, order: SimpleNamespace
) -> None:
    signed_in_with(client, [P.REPORT])
    household = order.lines[0].household_id
    address = f"/coop/operations/mine/{order.id}/households/{household}"
    page = client.get(address).text
    form = page[page.index('id="line-all"') :]
    sent = boxes(form[: form.index("</form>")]) | {"result": "done"}

    said = [client.post(address, data=sent, follow_redirects=True).text for _turn in range(2)]

    for text in said:
        assert "已完成 3.50 亩" in text
        assert "已完成 1.20 亩" in text
    assert db.session.query(WorkReport).count() == 2


def test_the_telephone_refuses_with_a_sentence_and_keeps_what_was_typed(
    client: FlaskClient, order: SimpleNamespace
) -> None:
    signed_in_with(client, [P.REPORT])
    line = order.lines[0]
    address = f"/coop/operations/mine/{order.id}/households/{line.household_id}"
    page = client.get(address).text
    form = page[page.index(f'id="line-{line.id}"') :]
    sent = boxes(form[: form.index("</form>")])
    answer = client.post(address, data=sent | {"result": "done", "area": "5"})
    assert answer.status_code == 422
    assert "作业合计 5.00 亩，超过结算面积 3.50 亩" in answer.text
    assert 'value="5"' in answer.text
    late = client.post(address, data=sent | {"result": "not_done", "area": "", "reason": ""})
    assert "未作业，请写明原因" in late.text
    assert client.post(address, data=sent | {"line": "999999", "result": "done"}).status_code == 422


def test_a_driver_sees_no_order_of_another(client: FlaskClient, order: SimpleNamespace) -> None:
    account = make_account("李师傅")
    db.session.commit()
    sign_in(client, account)
    assert "近期没有派给您的作业单" in client.get("/coop/operations/mine").text
    assert client.get(f"/coop/operations/mine/{order.id}").status_code == 404
    household = order.lines[0].household_id
    assert client.get(f"/coop/operations/mine/{order.id}/households/{household}").status_code == 404
    assert client.post(f"/coop/operations/mine/{order.id}/households/{household}", data={}).status_code == 404


def test_the_sheet_goes_out_filled(client: FlaskClient, order: SimpleNamespace) -> None:
    signed_in_with(client, [P.VIEW, P.REPORT, ImportPermission.RUN])
    answer = client.post(f"/coop/operations/{order.id}/report/sheet")
    assert answer.status_code == 200
    rows = list(read_sheet(Workbook(answer.data), WORK.layout))
    assert [row.values["parcel_code"] for row in rows] == [line.parcel_code for line in order.lines]
    assert {row.values["result"] for row in rows} <= {"", None}
    assert [row.values["area"] for row in rows] == ["3.5", "1.2", "3.5", "1.2"]
