"""On a telephone of 360 px no main page scrolls sideways, and all that can be touched is there."""

from playwright.sync_api import Page

from app.sample import PASSWORD
from tests.browser.steps import assert_fits_the_width, log_in

PAGES = (
    "/",
    "/coop/contracts/",
    "/coop/contracts/11",
    "/coop/amendments/",
    "/coop/mandates/",
    "/coop/mandates/1",
    "/coop/acceptance/",
    "/coop/acceptance/1",
    "/coop/acceptance/orders/1",
    "/coop/acceptance/disputes/",
    "/coop/acceptance/disputes/1",
    "/coop/catalogue/",
    "/coop/catalogue/prices",
    "/coop/households/",
    "/coop/households/1",
    "/coop/parcels/",
    "/coop/parcels/1",
    "/coop/organisations/",
    "/coop/organisations/5",
    "/foundation/imports/",
    "/foundation/imports/2",
    "/foundation/jobs/",
    "/foundation/accounts/sessions",
)


def test_no_main_page_scrolls_sideways_on_a_telephone(phone: Page) -> None:
    log_in(phone, "zhangwei.cs", PASSWORD)
    for address in PAGES:
        answer = phone.goto(address)
        assert answer is not None
        assert answer.ok, address
        assert_fits_the_width(phone)
