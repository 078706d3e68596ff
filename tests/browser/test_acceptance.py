"""A farmer without account answers on a telephone with script switched off; the page stays under 30 KB."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from coop.acceptance.rules.codes import derived_code, written
from foundation.secrets import keyring
from tests.browser.conftest import PHONE
from tests.browser.steps import assert_fits_the_width, picture
from tests.servers import Site

LIGHT = 30_000
PAGE = "/coop/acceptance/reply"
READY = """
select slip.id, slip.serial from acceptance_slip slip
join order_line line on line.order_id = slip.order_id and line.household_id = slip.household_id
where slip.code_digest is not null and slip.answered_at is null and slip.revoked_at is null
  and slip.expires_at > datetime('now') and line.cancelled_at is null
group by slip.id, slip.serial
having count(*) >= 2 and min(coalesce(line.result, '')) = 'done' and max(line.result) = 'done'
  and max(line.is_disputed) = 0 and max(line.accepted_on) is null
order by slip.id
"""
"""Slips whose every line was reported done and that nobody has answered yet."""


@pytest.fixture
def telephone(browser: Browser, site: Site) -> Iterator[Page]:
    """A small telephone without script."""
    made = browser.new_context(
        base_url=site.url,
        viewport=PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        java_script_enabled=False,
        is_mobile=True,
        has_touch=True,
    )
    made.set_default_timeout(15_000)
    yield made.new_page()
    made.close()


def codes_of(home: Path) -> list[str]:
    """Return the codes of the sample that wait for an answer, as the papers of the county carry them."""
    ring = keyring.load(home / "keyring.json")
    with closing(sqlite3.connect(home / "shecun.db")) as database:
        return [derived_code(slip, serial, ring.signature) for slip, serial in database.execute(READY)]


def test_a_farmer_answers_without_script_and_account(telephone: Page, site: Site) -> None:
    code, *_more = codes_of(site.home)
    weights: list[int] = []

    def weigh(response: Response) -> None:
        if not response.headers.get("location"):
            weights.append(len(response.body()))

    telephone.on("response", weigh)
    telephone.goto(PAGE)
    telephone.locator("#code").fill(written(code).lower())
    telephone.get_by_role("button", name="打开验收页").click()
    expect(telephone.get_by_role("heading", name="请验收您家的作业")).to_be_visible()
    assert_fits_the_width(telephone)
    picture(telephone, "acceptance-telephone")
    assert max(weights) < LIGHT
    assert sum(weights[1:]) < LIGHT, "the page with everything it loads"

    parcels = telephone.locator("fieldset").filter(has_text="登记作业")
    for number in range(parcels.count()):
        parcels.nth(number).get_by_label("认可", exact=True).check()
    first = parcels.first
    first.get_by_label("面积不符，实际要少").check()
    first.locator("summary").click()
    first.get_by_label("面积不符的，您认可多少亩").fill("0.1")
    first.get_by_label("说明（可不填）").fill("地头一段没有种")
    telephone.get_by_label("5 很满意").check()
    telephone.get_by_role("button", name="提交答复").click()

    expect(telephone.get_by_role("heading", name="答复已登记")).to_be_visible()
    expect(telephone.get_by_text("地头一段没有种")).to_be_visible()
    assert_fits_the_width(telephone)
    assert max(weights) < LIGHT
    assert code not in site.said()


def test_one_tap_accepts_everything_and_the_code_is_spent(telephone: Page, site: Site) -> None:
    code = codes_of(site.home)[-1]
    telephone.goto(f"{PAGE}/{code}")
    telephone.get_by_role("button", name="全部认可").click()
    expect(telephone.get_by_role("heading", name="答复已登记")).to_be_visible()
    telephone.goto(f"{PAGE}/{code}")
    expect(telephone.get_by_role("heading", name="答复已登记")).to_be_visible()
    expect(telephone.get_by_role("button", name="全部认可")).to_have_count(0)
