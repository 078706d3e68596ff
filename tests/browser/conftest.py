"""The stage of the browser journeys: a served sample county and a Chromium that tolerates no script error."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.watching import Watch
from tests.servers import Site, serving

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
FACES = Path(__file__).resolve().parents[2] / "static" / "fonts"
FINDINGS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and keep a module's journeys in one process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Return the installed Chromium; without one the journeys are skipped, unless nothing may be missing."""
    found = next(filter(None, map(shutil.which, FINDINGS)), None)
    if found is None and os.environ.get("SHECUN_REQUIRE_ALL") == "1":
        pytest.fail("Chromium is missing: apt-get install chromium")
    if found is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    return found


def own_faces(folder: Path) -> dict[str, str | float | bool]:
    """The environment in which a machine without Chinese fonts shows the product's own instead of boxes."""
    file = folder / "fonts.conf"
    file.write_text(
        f"<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
        f"<dir>{FACES}</dir><cachedir>{folder}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One headless Chromium for all journeys of this process."""
    faces = own_faces(tmp_path_factory.mktemp("faces"))
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--lang=zh-CN"] if os.geteuid() == 0 else ["--lang=zh-CN"]
        launched = playwright.chromium.launch(executable_path=chromium(), args=options, env=faces)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def site(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample county served for the journeys of one module, on a copy of its own."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(sample_home, home)
    with serving(home) as served:
        yield served


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh desk: no cookies, a clerk's screen, links relative to the site."""
    made = browser.new_context(base_url=site.url, viewport=DESK, locale="zh-CN", accept_downloads=True)  # type: ignore[arg-type]
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """A page on the clerk's screen; an error in its console or a fault of the server fails the test."""
    watch = Watch(site)
    opened = context.new_page()
    watch.follow(opened)
    yield opened
    watch.complain()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A page on a small telephone, watched like the other one."""
    watch = Watch(site)
    made = browser.new_context(
        base_url=site.url,
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
    )
    opened = made.new_page()
    watch.follow(opened)
    yield opened
    made.close()
    watch.complain()
