"""Work is entered at the desk by keyboard alone, and in the field on a telephone without script."""

import re

from playwright.sync_api import Browser, Page, expect

from app.sample import PASSWORD
from tests.browser.conftest import PHONE
from tests.browser.steps import assert_fits_the_width, log_in, picture
from tests.servers import Site

CLERK = "zhangwei.cs"
OPEN_ROWS = "#work-rows tbody tr[data-open]:not(.is-reported)"
PASTE = """text => {
  const clipboard = new DataTransfer();
  clipboard.setData("text", text);
  const sent = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(sent);
}"""


def first_order(page: Page) -> str:
    """The number in the address of the first order that waits for work."""
    page.goto("/coop/operations/mine")
    address = page.locator(".cards a").first.get_attribute("href") or ""
    return address.rpartition("/")[2]


def test_an_order_is_entered_by_keyboard_alone(page: Page) -> None:
    log_in(page, CLERK, PASSWORD)
    order = first_order(page)
    page.goto(f"/coop/operations/{order}/report")
    picture(page, "work-entry")
    rows = page.locator(OPEN_ROWS).filter(has=page.locator('option[value="done"][selected]'))
    assert rows.count() > 1
    expect(page.locator("#sum-lines")).to_have_text(str(rows.count()))

    area = rows.nth(0).locator('[name$="-area"]')
    area.focus()
    page.evaluate(PASTE, "0.11\n0.12")
    expect(area).to_have_value("0.11")
    expect(rows.nth(1).locator('[name$="-area"]')).to_have_value("0.12")
    page.keyboard.press("Enter")
    expect(rows.nth(0).locator('[name$="-worked_on"]')).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator('[name$="-worked_on"]')).to_be_focused()

    page.locator('[data-all=""]').press("Enter")
    expect(page.locator("#sum-lines")).to_have_text("0")
    result = rows.nth(0).locator('[name$="-result"]')
    result.focus()
    result.select_option("not_done")
    rows.nth(0).locator('[name$="-reason"]').fill("农户要求改日")
    expect(page.locator("#sum-undone")).to_have_text("1")
    page.keyboard.press("Control+s")

    expect(page.locator(".flash")).to_contain_text("已登记 1 块地，作业 0.00 亩")


def test_a_parcel_is_reported_on_a_telephone_without_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        base_url=site.url,
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        is_mobile=True,
        java_script_enabled=False,
    )
    page = context.new_page()
    log_in(page, CLERK, PASSWORD)
    order = first_order(page)
    page.goto(f"/coop/operations/mine/{order}")
    page.locator(".cards a", has_not_text=re.compile("已登记完")).first.click()
    form = page.locator("form.tap:not(#line-all)").first
    form.locator("summary").click()
    form.locator('[name="reason"]').fill("地头积水")
    form.locator('[name="area"]').fill("0.10")
    form.locator('button[value="partly"]').click()
    expect(page.locator(".flash")).to_contain_text("部分完成 0.10 亩")
    context.close()


def test_the_pages_of_the_field_fit_a_telephone(phone: Page) -> None:
    log_in(phone, CLERK, PASSWORD)
    order = first_order(phone)
    for address in ("/coop/operations/mine", f"/coop/operations/mine/{order}"):
        phone.goto(address)
        assert_fits_the_width(phone)
    phone.locator(".cards a").first.click()
    assert_fits_the_width(phone)
    picture(phone, "work-phone")
    phone.goto(f"/coop/operations/{order}/report")
    assert_fits_the_width(phone)
