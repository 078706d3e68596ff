"""What people do at their desks in the long journeys: picking, importing, acting on a contract, printing."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from app.sample import PASSWORD
from tests.browser.conftest import DESK
from tests.browser.steps import log_in
from tests.browser.watching import Watch
from tests.servers import Site

PATIENCE = 90_000
expect.set_options(timeout=30_000)
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""
SEND = """async form => {
    const answer = await fetch(form.action, {method: "POST", body: new FormData(form)});
    if (!answer.ok) throw new Error(`${answer.status} ${form.action}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
}"""


@contextmanager
def desk_of(browser: Browser, site: Site, login_name: str) -> Iterator[Page]:
    """A person's own browser, logged in and watched."""
    context = browser.new_context(base_url=site.url, viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    watch, page = Watch(site), context.new_page()
    watch.follow(page)
    log_in(page, login_name, PASSWORD)
    yield page
    context.close()
    watch.complain()


def pick(page: Page, text: str) -> None:
    """Type into the box at hand and take the first that is found."""
    page.keyboard.type(text, delay=10)
    page.locator("ul[role=listbox]:not([hidden]) li").first.wait_for()
    page.keyboard.press("Enter")


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def upload(page: Page, kind: str, file: Path) -> None:
    """Upload a workbook and wait for the preview of its rows."""
    page.goto("/foundation/imports/")
    page.locator("select[name=kind]").select_option(kind)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_text("待确认", exact=True).first).to_be_visible(timeout=PATIENCE)


def confirm_import(page: Page) -> None:
    """Let the good rows into the register and wait until they are there."""
    page.get_by_role("button", name="确认导入").click()
    sure(page)
    expect(page.get_by_text("已导入", exact=True).first).to_be_visible(timeout=PATIENCE)


def sure(page: Page) -> None:
    """Answer the question before a grave act with yes."""
    page.locator("dialog.confirm button[value=yes]").click()


def act(page: Page, label: str, said: str, *, asks: bool = False) -> None:
    """Press the button of an act and read what the page says after it."""
    page.get_by_role("button", name=label, exact=True).first.click()
    if asks:
        sure(page)
    expect(page.locator(".said")).to_contain_text(said)


def send_back(page: Page, reason: str) -> None:
    """Return what waits for approval, with a reason."""
    form = page.locator("form[action$='/return']")
    form.locator("[name=reason]").fill(reason)
    form.get_by_role("button", name="退回").click()
    expect(page.locator(".said")).to_contain_text("已退回")


def sign(page: Page) -> None:
    """Record that both parties signed today."""
    form = page.locator("form[action$='/sign']")
    form.get_by_role("button", name="登记签订").click()
    expect(page.locator(".said")).to_contain_text("已登记签订")


def print_paper(page: Page, label: str) -> bytes:
    """Send the form of a print button as the browser would, and return the PDF."""
    button = page.get_by_role("button", name=label, exact=True)
    return base64.b64decode(form_of(button).evaluate(SEND))


def form_of(button: Locator) -> Locator:
    """Return the form that a button sends."""
    return button.locator("xpath=ancestor::form")


def verify_address(page: Page, contract: str) -> str:
    """Return the public address on the newest paper of a contract's page."""
    page.goto(contract)
    page.locator("a[href*='/foundation/papers/']").filter(has_text="〔").first.click()
    link = page.locator("a[href*='/verify/']").first
    expect(link).to_have_text(re.compile(r"^/verify/.+"))
    return str(link.get_attribute("href"))
