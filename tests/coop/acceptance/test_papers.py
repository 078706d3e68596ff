"""The papers of the field: the driver's list, the households' slips, the acceptance forms."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from coop.acceptance import service
from coop.acceptance.document import (
    CONTRACT_KIND,
    KINDS,
    ORDER_KIND,
    SLIPS_KIND,
    VILLAGE_KIND,
    freeze_contract,
    freeze_order,
    freeze_slips,
    freeze_village,
)
from coop.acceptance.document.slips import instructions
from coop.acceptance.models import AcceptanceSlip, Dispute
from coop.acceptance.rules.codes import written
from coop.acceptance.rules.terms import AcceptancePermission, AcceptanceWay, DisputeEnd, Verdict
from coop.acceptance.service.forms import NothingOrdered
from coop.acceptance.snapshot import (
    ContractAcceptanceSnapshot,
    OrderSnapshot,
    SlipsSnapshot,
    VillageSnapshot,
)
from coop.contracts.rules.terms import ContractPermission
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.rules.terms import OperationPermission
from coop.programmes.models import Coefficient
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.clock import now
from foundation.database.engine import db, writing
from foundation.errors import NotFound
from foundation.papers.models import PrintedPaper
from foundation.papers.rules import DRAFT_SEAL, PaperKind, Seal
from foundation.values.area import Mu
from foundation.values.canonical import read
from foundation.values.money import Fen
from tests.coop.acceptance.answers import DAY, answered, noted_deemed
from tests.coop.contracts import builders as contracts
from tests.coop.operations.builders import make_order, report_done, whole
from tests.foundation.accounts.builders import COUNTY, make_viewer, sign_in
from tests.foundation.typesetting.builders import text_of

pytestmark = pytest.mark.usefixtures("app")
SEAL = Seal(version=1, verify_url="https://shecun.example/verify/ABCDEFGHJKMNPQRS")


def clerk(division_code: str = COUNTY) -> Viewer:
    """Someone who prints all papers of the field."""
    return make_viewer(
        *OperationPermission,
        *AcceptancePermission,
        ContractPermission.VIEW,
        division_code=division_code,
    )


def words(kind: PaperKind, snapshot: str, seal: Seal = SEAL) -> str:
    """All text of a paper, without blanks."""
    return re.sub(r"\s", "", "".join(text_of(kind.draw(snapshot, seal).render())))


def finished(order: WorkOrder) -> WorkOrder:
    """The order with every parcel reported as done."""
    for line in order.lines:
        report_done(line)
    return whole(order.id)


def test_the_list_names_every_parcel_with_sums_of_the_page_and_of_all() -> None:
    order = make_order(households=30, areas=(3_50, 1_25))
    viewer = clerk()
    frozen = freeze_order(viewer, order.id)
    said = words(ORDER_KIND, frozen.snapshot)
    for head in ("合同号", "计划亩", "计划日期", "作业起止", "实际亩", "质量指标", "机手签字", "农户签字"):
        assert head in said
    assert order.number in said
    assert "本页小计" in said
    assert "合计142.50" in said
    assert all(line.household.head_name in said for line in order.lines)


def test_what_was_done_is_printed_and_what_was_not_is_left_blank() -> None:
    order = make_order(areas=(3_50, 1_25))
    report_done(order.lines[0], 3_40)
    whole(order.id)
    snapshot = read(OrderSnapshot, freeze_order(clerk(), order.id).snapshot)
    assert [line.done for line in snapshot.lines] == [3_40, None]
    assert [bool(line.worked) for line in snapshot.lines] == [True, False]


def test_the_snapshot_of_slips_holds_no_code_and_the_paper_does() -> None:
    viewer, order = clerk(), make_order(households=3)
    codes = service.make_codes(order, viewer=viewer, now=now())
    frozen = freeze_slips(viewer, order.id)
    said = words(SLIPS_KIND, frozen.snapshot)
    assert len(codes) == 3
    for code in codes.values():
        assert code not in frozen.snapshot
        assert written(code) not in frozen.snapshot
        assert written(code) in said


def test_a_draft_of_slips_shows_no_code() -> None:
    viewer, order = clerk(), make_order()
    (code,) = service.make_codes(order, viewer=viewer, now=now()).values()
    said = words(SLIPS_KIND, freeze_slips(viewer, order.id).snapshot, DRAFT_SEAL)
    assert code not in said.replace("-", "")
    assert "草稿" in said
    assert "手机浏览器" not in said


def test_a_slip_says_how_to_accept_where_to_object_and_what_silence_means() -> None:
    viewer, order = clerk(), make_order()
    service.make_codes(order, viewer=viewer, now=now())
    slips = read(SlipsSnapshot, freeze_slips(viewer, order.id).snapshot)
    accept, objection, silence = instructions(slips, slips.slips[0])
    assert "扫" in accept
    assert "面积不符" in objection
    assert f"{order.programme.reply_days} 天" in silence
    assert "视同验收" in silence


def test_whoever_has_answered_gets_no_slip_any_more() -> None:
    viewer, order = clerk(), finished(make_order(households=2))
    service.make_codes(order, viewer=viewer, now=now())
    slip = db.session.scalars(select(AcceptanceSlip).order_by(AcceptanceSlip.id)).first()
    assert slip is not None
    slip.answered_at = now()
    db.session.flush()
    slips = read(SlipsSnapshot, freeze_slips(viewer, order.id).snapshot)
    assert slip.id not in {one.slip_id for one in slips.slips}
    assert len(slips.slips) == 1


def test_equal_slips_give_equal_bytes() -> None:
    viewer, order = clerk(), make_order()
    service.make_codes(order, viewer=viewer, now=now())
    first, second = freeze_slips(viewer, order.id), freeze_slips(viewer, order.id)
    assert first.snapshot == second.snapshot
    drawn = [SLIPS_KIND.draw(one.snapshot, SEAL).render() for one in (first, second)]
    assert drawn[0] == drawn[1]


def test_the_form_of_a_village_adds_up_to_its_printed_rows_and_marks_silence() -> None:
    order = finished(make_order(households=4))
    accepted, deemed, disputed, _waiting = order.lines
    answered(accepted, AcceptanceWay.CODE)
    noted_deemed(deemed)
    answered(disputed, AcceptanceWay.PAPER, Verdict.SMALLER, 3_00)
    frozen = freeze_village(clerk(), order.id)
    form = read(VillageSnapshot, frozen.snapshot)
    assert [(one.area, one.is_deemed) for one in form.accepted] == [(3_50, False), (3_50, True)]
    assert [(one.reported, one.claimed) for one in form.disputed] == [(3_50, 3_00)]
    assert [one.reported for one in form.waiting] == [3_50]
    said = words(VILLAGE_KIND, frozen.snapshot)
    assert "合计验收7.00亩" in said
    assert "其中视同验收3.50亩" in said
    assert "视同验收（逾期未答复）" in said
    for seal in ("人民政府（公章）", "村民委员会（公章）", "财政部门", "农机部门", "服务组织（签字盖章）"):
        assert seal in said


def test_a_dispute_settled_at_nothing_stays_on_the_form_of_the_village() -> None:
    order = finished(make_order(households=2))
    accepted, refused = order.lines
    answered(accepted, AcceptanceWay.CODE)
    reply = answered(refused, AcceptanceWay.CODE, Verdict.NOT_DONE, 0)
    dispute = db.session.scalars(select(Dispute).where(Dispute.reply_id == reply.id)).one()
    dispute.resolved_at, dispute.end, dispute.reason = now(), DisputeEnd.FARMER_RIGHT, "没有来过"
    refused.is_disputed, refused.accepted_on, refused.accepted_area = False, DAY, Mu(0)
    db.session.flush()
    frozen = freeze_village(clerk(), order.id)
    form = read(VillageSnapshot, frozen.snapshot)
    (row,) = form.disputed
    assert (row.name, row.reported, row.claimed) == (refused.household.head_name, 3_50, 0)
    assert len(form.accepted) + len(form.disputed) + len(form.waiting) == len(order.lines)
    said = words(VILLAGE_KIND, frozen.snapshot)
    assert "核定0.00亩" in said
    assert "合计验收3.50亩" in said


def test_the_form_pays_the_rate_per_mu_and_household_by_household() -> None:
    order = finished(make_order(households=2, areas=(3_33,)))
    rate = db.session.scalars(select(Coefficient).where(Coefficient.link_id == order.link_id)).one()
    rate.rate = Fen(27_00)
    for line in order.lines:
        answered(line, AcceptanceWay.PAPER)
    form = read(VillageSnapshot, freeze_village(clerk(), order.id).snapshot)
    assert [one.subsidy for one in form.accepted] == [89_91, 89_91]
    assert "179.82" in words(VILLAGE_KIND, form.write())


def test_the_form_pays_no_more_land_and_no_more_passes_than_the_ledger_counts() -> None:
    order = finished(make_order(areas=(3_33,)))
    rate = db.session.scalars(select(Coefficient).where(Coefficient.link_id == order.link_id)).one()
    rate.rate = Fen(27_00)
    answered(order.lines[0], AcceptanceWay.PAPER)
    order.lines[0].basis_area = Mu(3_30)
    db.session.flush()
    form = read(VillageSnapshot, freeze_village(clerk(), order.id).snapshot)
    assert [(one.area, one.subsidy) for one in form.accepted] == [(3_33, 89_10)]
    order.pass_number = 2
    db.session.flush()
    form = read(VillageSnapshot, freeze_village(clerk(), order.id).snapshot)
    assert [one.subsidy for one in form.accepted] == [None]


def test_the_form_of_a_contract_tells_where_every_mu_stands() -> None:
    order = finished(make_order(areas=(3_50, 1_25, 2_00, 1_00)))
    first, second, third, _fourth = order.lines
    answered(first, AcceptanceWay.CODE, satisfaction=4)
    answered(second, AcceptanceWay.PAPER, Verdict.SMALLER, 1_00)
    noted_deemed(third)
    frozen = freeze_contract(clerk(), first.contract_id)
    form = read(ContractAcceptanceSnapshot, frozen.snapshot)
    (work,) = form.works
    assert (work.planned, work.done, work.accepted, work.deemed) == (7_75, 7_75, 5_50, 2_00)
    assert (work.disputed, work.waiting, work.deducted) == (1_25, 1_00, 0)
    assert work.done == work.accepted + work.deducted + work.disputed + work.waiting
    assert "4.0分（4分÷1户）" in words(CONTRACT_KIND, frozen.snapshot)


def test_a_contract_without_orders_has_no_form() -> None:
    contract = contracts.signed(contracts.menu_details(), contracts.make_clerk())
    with pytest.raises(NothingOrdered):
        freeze_contract(clerk(), contract.id)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_paper_exists_for_another_township(kind: PaperKind) -> None:
    order = finished(make_order())
    service.make_codes(order, viewer=clerk(), now=now())
    stranger = clerk("371681108000")
    subject = order.lines[0].contract_id if kind is CONTRACT_KIND else order.id
    with pytest.raises(NotFound):
        kind.freeze(stranger, subject)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_public_summary_names_no_household(kind: PaperKind) -> None:
    viewer, order = clerk(), finished(make_order())
    service.make_codes(order, viewer=viewer, now=now())
    subject = order.lines[0].contract_id if kind is CONTRACT_KIND else order.id
    summary = kind.summarise(kind.freeze(viewer, subject).snapshot)
    assert order.lines[0].household.head_name not in "".join(value for _, value in summary)


def log_in(client: FlaskClient, viewer: Viewer) -> None:
    """Let the browser be this person."""
    writing.set(True)
    sign_in(client, db.session.get_one(Account, viewer.account_id))


def test_one_button_makes_the_codes_and_prints_the_slips(client: FlaskClient) -> None:
    order = make_order(households=2)
    log_in(client, clerk())
    answer = client.post(f"/coop/acceptance/orders/{order.id}/slips")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    writing.set(True)
    paper = db.session.scalars(select(PrintedPaper)).one()
    assert (paper.kind, paper.number) == ("acceptance-slips", order.number)
    assert paper.content_digest == "", "the codes on the paper may not lie readable in the register"
    assert len(db.session.scalars(select(AcceptanceSlip)).all()) == 2


def test_a_village_is_printed_in_one_run(client: FlaskClient) -> None:
    orders = [make_order(households=2), make_order(link="08", households=1)]
    log_in(client, clerk())
    answer = client.post(f"/coop/acceptance/orders/{orders[0].id}/village")
    assert answer.status_code == 302
    writing.set(True)
    papers = db.session.scalars(select(PrintedPaper).where(PrintedPaper.kind == "acceptance-slips")).all()
    assert {paper.number for paper in papers} == {order.number for order in orders}


def test_ticked_orders_are_printed_and_a_stranger_prints_nothing(client: FlaskClient) -> None:
    order = make_order()
    log_in(client, clerk("371681108000"))
    assert client.post(f"/coop/acceptance/orders/{order.id}/slips").status_code == 404
    assert client.post("/coop/acceptance/orders/slips", data={"selected": [order.id]}).status_code >= 400
    writing.set(True)
    assert not db.session.scalars(select(PrintedPaper)).all()


def test_the_papers_of_the_order_are_offered_where_they_are_used(client: FlaskClient) -> None:
    order, viewer = finished(make_order()), clerk()
    contract = order.lines[0].contract_id
    service.make_codes(order, viewer=viewer, now=now())
    db.session.commit()
    log_in(client, viewer)
    assert "/foundation/papers/order/" in client.get(f"/coop/operations/{order.id}").text
    page = client.get(f"/coop/acceptance/orders/{order.id}").text
    assert f"/coop/acceptance/orders/{order.id}/slips" in page
    assert f"/foundation/papers/acceptance-village/{order.id}/print" in page
    assert client.post(f"/foundation/papers/acceptance-village/{order.id}/print").status_code == 200
    assert f"/acceptance-contract/{contract}/print" in client.get(f"/coop/contracts/{contract}").text


def test_pages_follow_each_other_and_every_slip_is_whole() -> None:
    viewer, order = clerk(), make_order(households=9)
    service.make_codes(order, viewer=viewer, now=now())
    content = SLIPS_KIND.draw(freeze_slips(viewer, order.id).snapshot, SEAL).render()
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert sum(page.count("验收码（可手工输入）") for page in pages) == 9
    typed_at = "请用手机浏览器打开 https://shecun.example/coop/acceptance/reply 输入验收码"
    assert sum(page.count(typed_at) for page in pages) == 9
    assert all(page.count("三、") == page.count("一、") for page in pages)


def living(order: WorkOrder) -> list[OrderLine]:
    """The lines that count."""
    return [line for line in order.lines if line.cancelled_at is None]


def test_a_cancelled_parcel_leaves_the_list() -> None:
    order = make_order(areas=(3_50, 1_25))
    order.lines[0].cancelled_at = now() - timedelta(days=1)
    db.session.flush()
    snapshot = read(OrderSnapshot, freeze_order(clerk(), order.id).snapshot)
    assert snapshot.area == Mu(sum(line.planned_area for line in living(order))) == 1_25
