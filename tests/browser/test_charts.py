"""Charts stand beside the tables they draw, on the desk and on a small telephone."""

import pytest
from playwright.sync_api import Page, expect

from app.sample import PASSWORD
from tests.browser.steps import assert_fits_the_width, log_in, picture

CLERK = "zhangwei.cs"
CHARTS = 4
"""Contracts by month and mode, the season by link, the acreage by village."""
INKS = """canvas => {
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
}"""


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_the_worktable_draws_its_tables(request: pytest.FixtureRequest, screen: str) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, CLERK, PASSWORD)

    charts = page.locator("[data-chart]")
    expect(charts).to_have_count(CHARTS)
    expect(page.locator("[data-chart] canvas")).to_have_count(CHARTS)
    expect(charts.first.get_by_role("row").first).to_contain_text("服务亩数")
    for canvas in page.locator("[data-chart] canvas").all():
        assert canvas.evaluate(INKS) > 2, "an empty canvas"
    assert_fits_the_width(page)
    picture(page, f"charts-{screen}")
