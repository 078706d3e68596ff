"""What every journey does: log in, look at the page, keep a picture of it."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

SCREENSHOTS = Path(__file__).resolve().parents[2] / "docs" / "screenshots"


def log_in(page: Page, login_name: str, password: str) -> None:
    """Come in through the front door."""
    page.goto("/foundation/accounts/login")
    page.locator("[name=login_name]").fill(login_name)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("[name=password]")).to_have_count(0)


def picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep a picture for the README when SHECUN_SCREENSHOTS=1 asks for new ones."""
    if os.environ.get("SHECUN_SCREENSHOTS") == "1":
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full_page)


def assert_fits_the_width(page: Page) -> None:
    """The page must not scroll sideways."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} px too wide"
