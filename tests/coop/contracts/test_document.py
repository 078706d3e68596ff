"""The papers of a contract: every amount twice and equal, the annex adding up, nothing missing."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from coop.contracts.document import draw_contract, draw_households, draw_standards, summarise
from coop.contracts.rules.details import DepositDetails, RentDetails
from coop.contracts.rules.terms import ContractMode, DepositKind, PartyRole, PaymentMode, RentKind
from coop.contracts.snapshot import ContractSnapshot
from foundation.papers.rules import DRAFT_SEAL, Seal
from foundation.values.area import Mu
from foundation.values.capitals import money_in_capitals, mu_in_capitals
from foundation.values.money import Fen, parse_yuan
from foundation.values.percent import BasisPoints
from tests.coop.contracts.papers import NAMES, STANDARDS, contract_snapshot
from tests.foundation.typesetting.builders import text_of

SEAL = Seal(version=1, verify_url="http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRS")
MONEY_TWICE = re.compile(r"([\d,]+\.\d\d)元（大写：(人民币[^）]+)）")


def pages(snapshot: ContractSnapshot, seal: Seal = SEAL) -> list[str]:
    return text_of(draw_contract(snapshot.write(), seal).render())


def words(snapshot: ContractSnapshot) -> str:
    """The whole text without blanks and line ends."""
    return re.sub(r"\s", "", "".join(pages(snapshot)))


@pytest.mark.parametrize("mode", ContractMode)
@pytest.mark.parametrize("households", [1, 12])
def test_amounts_in_figures_and_capitals_agree_wherever_both_stand(
    mode: ContractMode, households: int
) -> None:
    found = MONEY_TWICE.findall(words(contract_snapshot(mode, households)))
    assert len(found) >= 4
    for figures, capitals in found:
        assert money_in_capitals(parse_yuan(figures)) == capitals


@pytest.mark.parametrize("mode", ContractMode)
def test_a_contract_has_nine_articles_both_parties_and_its_total(mode: ContractMode) -> None:
    snapshot = contract_snapshot(mode)
    text = words(snapshot)
    places = [text.index(f"第{numeral}条") for numeral in "一二三四五六七八九"]
    assert all(before < after for before, after in pairwise(places))
    assert snapshot.receiver.name in text
    assert snapshot.provider.name in text
    assert money_in_capitals(snapshot.total) in text
    assert mu_in_capitals(snapshot.area) in text


@pytest.mark.parametrize("mode", ContractMode)
def test_the_contract_of_a_single_household_fits_on_one_sheet(mode: ContractMode) -> None:
    assert len(pages(contract_snapshot(mode))) == 2


def test_the_menu_adds_up_on_the_paper() -> None:
    snapshot = contract_snapshot()
    text = words(snapshot)
    amounts = [f"{line.amount / 100:.2f}" for line in snapshot.menu]
    assert all(amount in text for amount in amounts)
    assert sum(line.amount for line in snapshot.menu) == snapshot.total


def test_the_annex_total_is_the_sum_of_the_printed_rows() -> None:
    snapshot = contract_snapshot(ContractMode.ORDER, 60)
    annex = [page for page in pages(snapshot) if "托管面积（亩）" in re.sub(r"\s", "", page)]
    assert len(annex) > 3
    printed, subtotals = 0, 0
    for page in annex:
        rows = [
            int(area.replace(".", "")) for area in re.findall(r"二等\s+[\d.]+\s+[\d.—]+\s+(\d+\.\d\d)", page)
        ]
        subtotal = re.search(r"本页小计\s+([\d.]+)", page)
        assert subtotal is not None
        assert int(subtotal[1].replace(".", "")) == sum(rows)
        printed, subtotals = printed + sum(rows), subtotals + len(rows)
    assert subtotals == 120
    assert printed == snapshot.area
    assert mu_in_capitals(Mu(printed)) in re.sub(r"\s", "", "".join(pages(snapshot)))


def test_the_number_stands_on_every_page_and_pages_are_counted() -> None:
    snapshot = contract_snapshot(ContractMode.LEASE, 30, standards=STANDARDS)
    found = pages(snapshot)
    for number, page in enumerate(found, start=1):
        assert snapshot.number in page
        assert f"第 {number} 页" in page
        assert f"共 {len(found)} 页" in page


def test_rare_names_copy_out_whole() -> None:
    text = "".join(pages(contract_snapshot(ContractMode.SHARE, 14)))
    for name in NAMES:
        assert name in text


def test_the_annex_shows_no_full_id_number() -> None:
    page = text_of(draw_households(contract_snapshot(ContractMode.ORDER, 8).write(), SEAL).render())
    assert not re.search(r"\d{17}[\dX](?!\d)", "".join(page).replace("J", ""))


def test_the_standards_annex_names_each_item_once() -> None:
    snapshot = contract_snapshot(standards=STANDARDS)
    (page,) = text_of(draw_standards(snapshot.write(), SEAL).render())
    assert page.count("备耕") == 2  # the item, and its content 备耕时间
    assert all(line.agreed[:8] in re.sub(r"\s", "", page) for line in STANDARDS)
    assert "附件一" in words(snapshot)


def test_whoever_is_printed_first_is_party_a_and_pays_by_role() -> None:
    turned = contract_snapshot(printed_first=PartyRole.PROVIDER)
    text = words(turned)
    assert "甲方（提供服务方）：" + turned.provider.name in text
    assert "乙方应当向甲方支付的服务费用" in text
    assert "甲方应当向乙方支付的服务费用" in words(contract_snapshot())
    assert "乙方应当向甲方支付的流转价款" in words(contract_snapshot(ContractMode.LEASE))


def test_earnest_money_is_named_as_such_and_a_prepayment_is_not() -> None:
    assert "定金罚则" not in words(contract_snapshot())
    earnest = DepositDetails(kind=DepositKind.EARNEST, rate=BasisPoints(1000), amount=Fen(10000))
    assert "作为定金，适用定金罚则" in words(contract_snapshot(deposit=earnest))


@pytest.mark.parametrize("payment_mode", PaymentMode)
def test_every_way_of_paying_is_written_out(payment_mode: PaymentMode) -> None:
    none = DepositDetails()
    assert "第五条支付方式价款" in words(
        contract_snapshot(payment_mode=payment_mode, deposit=none, payments=())
    )


def test_a_rent_in_cash_names_no_grain() -> None:
    rent = RentDetails(kind=RentKind.CASH, cash=Fen(95000))
    assert "公斤" not in words(contract_snapshot(ContractMode.LEASE, rent=rent))
    assert "400公斤小麦" in words(contract_snapshot(ContractMode.LEASE))


def test_equal_snapshots_give_equal_bytes() -> None:
    text = contract_snapshot(ContractMode.ORDER, 20).write()
    assert draw_contract(text, SEAL).render() == draw_contract(text, SEAL).render()


def test_a_draft_without_a_number_says_so() -> None:
    found = pages(contract_snapshot(number=""), DRAFT_SEAL)
    assert all("草稿" in page and "未编号" in page for page in found)


def test_the_public_summary_masks_persons_and_no_more_than_the_paper_is_shown() -> None:
    snapshot = contract_snapshot()
    shown = dict(summarise(snapshot.write()))
    assert shown["甲方"] == "王＊"
    assert shown["乙方"] == snapshot.provider.name
    assert snapshot.receiver.id_number not in str(shown)
    many = replace(snapshot, total=Fen(123456))
    assert dict(summarise(many.write()))["合同总额"] == "1,234.56 元"


@pytest.mark.parametrize("mode", list(PaymentMode))
def test_a_lease_speaks_of_land_and_harvest_and_never_of_work_to_accept(mode: PaymentMode) -> None:
    lease = replace(contract_snapshot(ContractMode.LEASE), standards=(), payment_mode=mode)
    text = words(lease)
    assert "土地用途和保护" in text
    assert "验收" not in text.split("第五条")[1].split("第六条")[0]
