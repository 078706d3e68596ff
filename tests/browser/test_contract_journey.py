"""The whole first job: a village's register becomes a signed, printed, amended trusteeship contract."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from coop.households.importing import PARTIES
from foundation.clock import today
from foundation.workbooks.reading import Workbook, read_sheet
from tests.browser import desk
from tests.browser.steps import SCREENSHOTS, picture
from tests.journeys import papers
from tests.journeys.registers import (
    DAMAGED,
    DOUBLED,
    GUCHENG,
    MISTYPED,
    PlantedFaults,
    faulty_register,
    sound_register,
)
from tests.servers import Site

CLERK, APPROVER = "xiehaibo", "gaochuandong"
COLLECTIVE, PROVIDER = "古城村股份", "临池供销"
STARTS_ON, ENDS_ON = date(today().year + 1, 3, 1), date(today().year + 1, 11, 30)
REASON = "请补写浇水由谁负责。"
WATER = "浇水由农户自行安排，服务方提前三天通知作业时间。"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """The village's register without a fault."""
    sound_register(tmp_path / "古城村.xlsx")
    return tmp_path / "古城村.xlsx"


def households_of(register: Path) -> list[tuple[str, str]]:
    """Return names and codes of the register's households."""
    rows = read_sheet(Workbook(register.read_bytes()), PARTIES.layout)
    return [(row.values["head_name"], row.values["code"]) for row in rows]


def test_a_register_becomes_a_contract_that_is_signed_printed_and_amended(
    browser: Browser, site: Site, sound: Path, tmp_path: Path
) -> None:
    planted = faulty_register(tmp_path / "古城村（有误）.xlsx", sound)
    village = households_of(sound)
    with desk.desk_of(browser, site, CLERK) as clerk, desk.desk_of(browser, site, APPROVER) as approver:
        bring_in_the_village(clerk, tmp_path / "古城村（有误）.xlsx", sound, planted)
        give_mandates(clerk, len(village))
        contract = write_contract(clerk, village)
        send_back_and_mend(clerk, approver, contract)
        paper = approve_sign_and_print(clerk, approver, contract)
        look_through(paper, [name for name, _ in village])
        old = desk.verify_address(clerk, contract)
        assert_verifies(clerk, old, "有效")
        amend(clerk, approver, contract)
        assert_verifies(clerk, old, "已被替代")


def bring_in_the_village(clerk: Page, faulty: Path, sound: Path, planted: PlantedFaults) -> None:
    """The faults are refused with row and cure; the mended workbook adds only what had stayed behind."""
    desk.upload(clerk, "village-register", faulty)
    assert_refused(clerk, sheet="承包方", row=DAMAGED + 2, said=planted.damaged_household, cure="重新填写")
    cure = f"校验位应为 {planted.expected_digit}"
    assert_refused(clerk, sheet="承包方", row=MISTYPED + 2, said=planted.mistyped_household, cure=cure)
    picture(clerk, "import-preview")
    assert_refused(
        clerk,
        sheet="承包地块",
        row=DOUBLED + 2,
        said=planted.doubled_parcel,
        cure="删去",
        outcome="duplicate",
    )
    desk.confirm_import(clerk)
    desk.upload(clerk, "village-register", sound)
    expect(clerk.locator("section[aria-label='逐行结果']")).not_to_contain_text("有错误")
    desk.confirm_import(clerk)
    clerk.goto(f"/coop/households/?division={GUCHENG.code}")
    expect(clerk.locator(".found")).to_contain_text("共 200 条")


def assert_refused(
    clerk: Page, *, sheet: str, row: int, said: str, cure: str, outcome: str = "refused"
) -> None:
    """The preview shows a row by the number that the spreadsheet has for it, and what to do."""
    if clerk.locator("select[name=sheet]").locator("option:checked").inner_text() != sheet:
        clerk.locator("select[name=sheet]").select_option(label=sheet)
    clerk.locator("select[name=outcome]").select_option(outcome)
    clerk.get_by_role("button", name="查询").click()
    line = clerk.locator("table.rows tbody tr").filter(
        has=clerk.get_by_role("cell", name=str(row), exact=True)
    )
    expect(line).to_contain_text(said)
    expect(line.locator(".refusal").first).to_contain_text(cure)


def give_mandates(clerk: Page, households: int) -> None:
    """Every household of the village mandates the collective for the whole term, signed today."""
    clerk.goto("/coop/mandates/new")
    clerk.locator("[name=division]").focus()
    desk.pick(clerk, "古城")
    clerk.locator("[name=agent]").focus()
    desk.pick(clerk, COLLECTIVE)
    clerk.locator("[name=starts_on]").fill(str(today()))
    clerk.locator("[name=ends_on]").fill(str(ENDS_ON))
    clerk.locator("[name=signed_on]").fill(str(today()))
    clerk.keyboard.press("Control+s")
    expect(clerk.locator(".said")).to_contain_text(f"已登记 {households} 份委托书")


def write_contract(clerk: Page, village: Sequence[tuple[str, str]]) -> str:
    """Write the second tier with the keyboard alone, all households by one paste; return its address."""
    clerk.goto("/coop/entry/")
    expect(clerk.locator("[data-cell=who]").first).to_be_visible()
    clerk.locator("[name=mode]").focus()
    desk.press(clerk, "ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter")
    for party in (COLLECTIVE, PROVIDER):
        desk.pick(clerk, party)
        clerk.keyboard.press("Enter")
    for text in (str(STARTS_ON), f"{ENDS_ON:%Y%m%d}", "玉米", ""):
        clerk.keyboard.type(text)
        clerk.keyboard.press("Enter")
    lines = (f"{number}\t{name}\t{code}" for number, (name, code) in enumerate(village, 1))
    clerk.evaluate(desk.PASTE, "序号\t姓名\t承包方编码\n" + "\n".join(lines))
    expect(clerk.locator("#sum-households")).to_have_text(str(len(village)))
    desk.press(clerk, "Enter")
    clerk.keyboard.press("Enter")
    clerk.keyboard.type("680")
    expect(clerk.locator("#sum-total")).not_to_have_text("0.00")
    picture(clerk, "contract-entry")
    clerk.keyboard.press("Control+Enter")
    expect(clerk.locator(".said")).to_contain_text("已提交，等待审核", timeout=desk.PATIENCE)
    return clerk.url


def send_back_and_mend(clerk: Page, approver: Page, contract: str) -> None:
    """The second person finds something; the clerk reads why, mends it and hands it in again."""
    approver.goto(contract)
    desk.send_back(approver, REASON)
    clerk.goto(contract)
    expect(clerk.locator("main")).to_contain_text(REASON)
    clerk.get_by_role("link", name="修改", exact=True).click()
    expect(clerk.locator("#sum-households")).to_have_text("200")
    clerk.locator("details.more summary").focus()
    desk.press(clerk, "Enter")
    clerk.locator("[name=free_terms]").focus()
    clerk.keyboard.insert_text(WATER)
    clerk.keyboard.press("Control+Enter")
    expect(clerk.locator(".said")).to_contain_text("已提交，等待审核", timeout=desk.PATIENCE)


def approve_sign_and_print(clerk: Page, approver: Page, contract: str) -> bytes:
    """The second person approves, the clerk prints what is to be signed, and records the signature."""
    approver.goto(contract)
    desk.act(approver, "审核通过", "审核通过", asks=True)
    clerk.goto(contract)
    desk.sign(clerk)
    paper = desk.print_paper(clerk, "打印合同")
    if os.environ.get("SHECUN_SCREENSHOTS") == "1":
        papers.page_as_picture(paper, 2, SCREENSHOTS / "contract-paper.png")
    return paper


def look_through(paper: bytes, names: Sequence[str]) -> None:
    """Faces are embedded, words copy out right, figures agree with capitals and rows with totals."""
    faces = papers.faces_of(paper)
    assert faces
    assert all(face.is_embedded and face.is_subset and face.copies_as_text for face in faces)
    words = papers.words_of(paper)
    assert not set(papers.BOXES) & set(words)
    assert any("𬭎" in name for name in names)
    assert [name for name in names if name not in words] == []
    assert WATER in words
    assert papers.amounts_that_disagree(words) == []
    sums = papers.annex_sums(paper)
    assert sum(sums.rows) == sum(sums.pages) == sums.whole
    assert f"共{len(names)}户" in words or f"农户{len(names)}户" in words


def assert_verifies(page: Page, address: str, worth: str) -> None:
    """Whoever scans the code reads what the paper is worth."""
    page.goto(address)
    expect(page.locator(".worth h1")).to_have_text(worth)


def amend(clerk: Page, approver: Page, contract: str) -> None:
    """A supplementary agreement raises the price, with its money effect, and is signed."""
    clerk.goto(contract)
    clerk.locator("a[href^='/coop/amendments/new']").click()
    clerk.locator("[name=reason]").fill("农资涨价，双方协商调整服务费。")
    clerk.locator("[name=effective_on]").fill(str(STARTS_ON))
    clerk.locator("[name=price]").fill("700.00")
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.locator(".said")).to_contain_text("已生成补充协议")
    desk.act(clerk, "提交审核", "已提交")
    approver.goto(clerk.url)
    desk.act(approver, "审核通过", "审核通过", asks=True)
    clerk.reload()
    desk.sign(clerk)
