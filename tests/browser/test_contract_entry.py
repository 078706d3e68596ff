"""A clerk writes a contract with the keyboard alone, and nothing that was typed is ever lost."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from app.sample import PASSWORD
from tests.browser.conftest import DESK
from tests.browser.steps import assert_fits_the_width, log_in
from tests.servers import Site

CLERK, VILLAGE = "liuyan.jq", "371681108226"
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""
AT = "document.activeElement.dataset.cell || document.activeElement.name"
SUMS = "#sum-households, #sum-parcels, #sum-annex_area, #sum-total, #sum-capitals"


@pytest.fixture
def entry(page: Page) -> Page:
    """The clerk of 焦桥 at an empty form."""
    log_in(page, CLERK, PASSWORD)
    return opened(page)


def opened(page: Page) -> Page:
    """The empty form, its grid ready."""
    page.goto("/coop/entry/")
    expect(page.locator("[data-cell=who]").first).to_be_visible()
    return page


@pytest.fixture(scope="module")
def village(site: Site) -> list[tuple[str, str]]:
    """Names and codes of the clerk's village."""
    with closing(sqlite3.connect(f"file:{site.home / 'shecun.db'}?mode=ro", uri=True)) as database:
        asked = "SELECT head_name, code FROM household WHERE division_code = ? ORDER BY code"
        return database.execute(asked, (VILLAGE,)).fetchall()


def pick(page: Page, text: str) -> None:
    """Type into the box at hand and take the first that is found."""
    page.keyboard.type(text, delay=15)
    page.locator("ul[role=listbox]:not([hidden]) li").first.wait_for()
    page.keyboard.press("Enter")


def write_head(page: Page, *, steps_to_kind: int, receiver: str) -> None:
    """Fill the parties and the term of an order contract by keyboard, up to the annex."""
    keys = page.keyboard
    page.locator("[name=mode]").focus()
    keys.press("ArrowDown")
    keys.press("Enter")
    for _ in range(steps_to_kind):
        keys.press("ArrowDown")
    keys.press("Enter")
    pick(page, receiver)
    keys.press("Enter")
    pick(page, "焦桥供销")
    keys.press("Enter")
    for text in ("2027-3-1", "20271130", "玉米", ""):
        keys.type(text)
        keys.press("Enter")
    assert page.evaluate(AT) == "who"


def test_a_contract_is_written_by_keyboard_from_first_field_to_save(
    entry: Page, village: list[tuple[str, str]]
) -> None:
    keys, code = entry.keyboard, village[0][1]
    write_head(entry, steps_to_kind=0, receiver=code)
    pick(entry, code)
    assert entry.evaluate(AT) == "area"
    keys.press("Enter")
    assert entry.evaluate(AT) == "who"
    keys.press("Enter")
    assert entry.evaluate(AT) == "package_fee"
    keys.type("680")
    expect(entry.locator("#sum-capitals")).to_contain_text("人民币")
    expect(entry.locator("#sum-households")).to_have_text("1")
    keys.press("Control+s")
    entry.wait_for_url(re.compile(r"/coop/contracts/\d+$"))
    expect(entry.locator(".said")).to_contain_text("草稿已保存")


def test_a_village_is_pasted_and_its_errors_stand_in_their_rows(
    entry: Page, village: list[tuple[str, str]]
) -> None:
    lines = [f"{number}\t{name}\t{code}\t" for number, (name, code) in enumerate(village, 1)]
    lines[7] = f"8\t查无此人\t{village[7][1]}\t"
    write_head(entry, steps_to_kind=2, receiver="爱贤")
    entry.evaluate(PASTE, "序号\t姓名\t承包方编码\t亩数\n" + "\n".join(lines))
    expect(entry.locator("#sum-households")).to_have_text(str(len(village) - 1))
    expect(entry.locator("#findings")).to_contain_text("清单中有 1 行需要改正")
    wrong = entry.locator("#annex-grid tbody tr").nth(7)
    expect(wrong.locator(".is-said")).to_contain_text("不是 查无此人")
    entry.keyboard.press("F8")
    assert "is-refused" in entry.evaluate("document.activeElement.closest('tr').className")
    wrong.locator("[data-cell=who]").fill(village[7][0])
    expect(entry.locator("#sum-households")).to_have_text(str(len(village)))
    entry.locator("[name=package_fee]").fill("680")
    expect(entry.locator("#sum-capitals")).to_contain_text("万")
    sums = entry.locator(SUMS).all_inner_texts()
    entry.get_by_role("button", name="核对").click()
    expect(entry.locator("#annex-grid tbody tr")).to_have_count(len(village) + 1)
    assert entry.locator(SUMS).all_inner_texts() == sums


def test_what_was_typed_is_there_again_after_the_browser_was_closed(entry: Page) -> None:
    entry.locator("[name=mode]").select_option("menu")
    entry.locator("[name=crops]").fill("夏玉米")
    entry.locator("[data-add=menu]").click()
    entry.locator("[name=menu-3-price]").fill("33.50")
    entry.locator("[data-cell=who]").first.fill("王建国")
    entry.locator("[data-cell=area]").first.fill("5.20")
    expect(entry.locator(".draft-state")).to_contain_text("草稿已保存")
    entry.goto("/")
    opened(entry)
    entry.get_by_role("button", name="恢复草稿").click()
    expect(entry.locator("[name=menu-3-price]")).to_have_value("33.50")
    expect(entry.locator("[name=crops]")).to_have_value("夏玉米")
    expect(entry.locator("[data-cell=who]").first).to_have_value("王建国")
    expect(entry.locator("[data-cell=area]").first).to_have_value("5.20")


def test_the_page_fits_a_telephone(phone: Page) -> None:
    log_in(phone, CLERK, PASSWORD)
    opened(phone)
    assert_fits_the_width(phone)


def test_without_script_the_same_paste_gives_the_same_rows(
    browser: Browser, site: Site, village: list[tuple[str, str]]
) -> None:
    context = browser.new_context(
        base_url=site.url,
        viewport=DESK,  # type: ignore[arg-type]
        locale="zh-CN",
        java_script_enabled=False,
    )
    page = context.new_page()
    log_in(page, CLERK, PASSWORD)
    page.goto("/coop/entry/")
    page.locator("[name=annex]").fill(
        "\n".join([*(f"{name}\t\t{code}\t" for name, code in village[:3]), "查无此人"])
    )
    page.get_by_role("button", name="核对").click()
    expect(page.locator("#annex-grid tbody tr")).to_have_count(4)
    expect(page.locator("#annex-grid tr.is-refused")).to_contain_text("没有找到农户“查无此人”")
    expect(page.locator("#sum-households")).to_have_text("3")
    context.close()
