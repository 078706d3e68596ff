"""The first minutes of a person: the door, the home page, the other language, the telephone."""

import re

from playwright.sync_api import Page, expect

from app.sample import PASSWORD
from tests.browser.steps import assert_fits_the_width, log_in, picture

CLERK = "zhangwei.cs"


def test_a_clerk_comes_in_and_sees_only_the_doors_that_open(page: Page) -> None:
    log_in(page, CLERK, PASSWORD)

    expect(page.get_by_role("link", name="供销合作").first).to_be_visible()
    expect(page.get_by_role("link", name="账号管理")).to_have_count(0)
    picture(page, "worktable")
    page.goto("/coop/contracts/")
    picture(page, "contracts")


def test_a_wrong_password_is_told_and_nothing_else(page: Page) -> None:
    page.goto("/foundation/accounts/login")
    page.locator("[name=login_name]").fill(CLERK)
    page.locator("[name=password]").fill("wrong-password")
    page.locator("main").get_by_role("button", name="登录").click()

    expect(page.get_by_text("登录名或密码不正确").first).to_be_visible()
    expect(page.locator("[name=password]")).to_have_value("")


def test_a_page_that_needs_a_login_leads_to_the_door_and_back(page: Page) -> None:
    page.goto("/coop/households/")
    page.locator("[name=login_name]").fill(CLERK)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()

    expect(page).to_have_url(re.compile("/coop/households"))


def test_the_home_page_fits_a_small_telephone(phone: Page) -> None:
    log_in(phone, CLERK, PASSWORD)

    assert_fits_the_width(phone)
