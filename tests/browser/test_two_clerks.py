"""Two people write on one contract at the same time, and no word of either is lost."""

import sqlite3
from contextlib import closing

from playwright.sync_api import Browser, Page, expect

from tests.browser import desk
from tests.servers import Site

CLERK, VILLAGE = "zhangwei.cs", "371681101266"
FIRST, SECOND = "浇水由农户自行安排。", "秸秆全部还田。"


def draft_of(site: Site) -> str:
    """Return the address of a contract that 长山 has not handed in."""
    with closing(sqlite3.connect(f"file:{site.home / 'shecun.db'}?mode=ro", uri=True)) as database:
        asked = "SELECT id FROM contract WHERE division_code = ? AND number IS NULL"
        return f"/coop/entry/{database.execute(asked, (VILLAGE,)).fetchone()[0]}"


def opened(page: Page, address: str) -> Page:
    """Open the contract for writing, its rarer terms in sight."""
    page.goto(address)
    expect(page.locator("[data-cell=who]").first).to_be_visible()
    more = page.locator("details.more")
    if more.get_attribute("open") is None:
        more.locator("summary").first.click()
    return page


def saved(page: Page) -> None:
    """Save by the keys."""
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_contain_text("草稿已保存")


def test_the_second_to_save_chooses_between_theirs_and_yours_and_nothing_is_lost(
    browser: Browser, site: Site
) -> None:
    address = draft_of(site)
    with desk.desk_of(browser, site, CLERK) as one, desk.desk_of(browser, site, CLERK) as two:
        opened(one, address)
        opened(two, address)
        one.locator("[name=free_terms]").fill(FIRST)
        one.locator("[name=crops]").fill("夏大豆")
        saved(one)
        two.locator("[name=free_terms]").fill(SECOND)
        two.locator("[name=place]").fill("村东大洼")
        two.keyboard.press("Control+s")
        assert_three_readings(two)
        two.locator("[name='choose.free_terms'][value=yours]").check()
        saved(two)
        assert_merged(opened(two, address))


def assert_three_readings(page: Page) -> None:
    """The page shows before, theirs and yours; what only one of them changed is chosen already."""
    expect(page.locator("h1")).to_contain_text("两人同时修改")
    contested = page.locator("tr.is-contested")
    expect(contested).to_have_count(1)
    expect(contested).to_contain_text(FIRST)
    expect(contested).to_contain_text(SECOND)
    expect(page.locator("[name='choose.crops'][value=theirs]")).to_be_checked()
    expect(page.locator("[name='choose.place'][value=yours]")).to_be_checked()


def assert_merged(page: Page) -> None:
    """The contract says what was chosen, and what each of the two wrote beside it."""
    expect(page.locator("[name=free_terms]")).to_have_value(SECOND)
    expect(page.locator("[name=crops]")).to_have_value("夏大豆")
    expect(page.locator("[name=place]")).to_have_value("村东大洼")
