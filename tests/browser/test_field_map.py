"""The map of a village: drawn beside its table, worked by keyboard, and a table alone without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.sample import PASSWORD
from tests.browser.steps import assert_fits_the_width, log_in, picture
from tests.browser.test_accessibility import findings
from tests.servers import Site

CLERK = "zhangwei.cs"
MAP = "/coop/seasons/map"
OUTLINES = "#field-map path.leaflet-interactive"


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_outlined_parcel_is_drawn_beside_its_table(request: pytest.FixtureRequest, screen: str) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, CLERK, PASSWORD)
    page.goto(MAP)

    expect(page.locator(OUTLINES).first).to_be_visible()
    drawn, listed = page.locator(OUTLINES).count(), page.locator("tr[data-plot]").count()
    assert drawn <= listed
    looks = {path.get_attribute("fill") for path in page.locator(OUTLINES).all()[:50]}
    assert {look and look.split("-")[0] for look in looks} == {"url(#look"}
    assert_fits_the_width(page)
    picture(page, f"field-map-{screen}")


def test_the_keyboard_walks_over_the_map_into_the_table(page: Page) -> None:
    log_in(page, CLERK, PASSWORD)
    page.goto(MAP)
    first = page.locator(OUTLINES).first
    first.focus()

    expect(first).to_be_focused()
    expect(page.locator("tr.is-chosen")).to_have_count(1)
    label = first.get_attribute("aria-label") or ""
    number = label.split(" ")[0]
    expect(page.locator("tr.is-chosen")).to_have_attribute("data-plot", number)
    expect(page.locator("tr.is-chosen .state")).to_have_text(label.split(" ")[-1])
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-chosen a").first).to_be_focused()
    assert findings(page) == []


def test_without_script_the_table_says_it_all(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    log_in(page, CLERK, PASSWORD)
    page.goto(MAP)

    expect(page.locator("#field-map")).to_be_hidden()
    assert page.locator("tr[data-plot]").count() > 0
    expect(page.locator(".plot-legend li").first).to_be_visible()
    context.close()
