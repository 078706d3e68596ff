"""axe-core 4.10.3 (MPL 2.0, beside this file) finds nothing serious on any main page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from app.sample import PASSWORD
from tests.browser.steps import log_in
from tests.browser.test_telephone import PAGES

AXE = Path(__file__).parent / "axe" / "axe.min.js"
FORMS = ("/coop/entry/", "/coop/mandates/new", "/coop/households/new", "/coop/parcels/new")
GRAVE = {"serious", "critical"}


def findings(page: Page) -> list[str]:
    """Return what axe calls serious on the page, with the first places."""
    page.evaluate(AXE.read_text("utf-8"))
    told: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})"
        for one in told["violations"]
        if one["impact"] in GRAVE
    ]


def test_nothing_serious_is_found_on_any_main_page(page: Page) -> None:
    page.goto("/foundation/accounts/login")
    found = findings(page)
    log_in(page, "zhangwei.cs", PASSWORD)
    for address in (*PAGES, *FORMS):
        page.goto(address)
        found += findings(page)
    assert found == []
