"""The pages of the ledger, walked from the county down to the order, as readers of each level see them."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from coop.contracts.rules.terms import ContractPermission
from coop.operations.rules.terms import OperationPermission
from coop.trusteeship.rules.terms import AcreagePermission
from coop.trusteeship.views.charts import drawn
from foundation.access.grants import Viewer
from foundation.accounts.models import Account
from foundation.database.engine import db, writing
from tests.coop.trusteeship.builders import (
    NEIGHBOUR,
    VILLAGE,
    accept,
    find_season,
    make_general,
    make_household,
    make_line,
    make_parcel,
    served,
)
from tests.foundation.accounts.builders import COUNTY, make_viewer, sign_in

HOME = "/coop/trusteeship/"
TOWNSHIP, OTHER = "371681101000", "371681108000"


def reader(division_code: str = COUNTY) -> Viewer:
    """Someone who looks at the ledger and at what lies below it."""
    return make_viewer(
        AcreagePermission.VIEW, OperationPermission.VIEW, ContractPermission.VIEW, division_code=division_code
    )


def log_in(client: FlaskClient, viewer: Viewer) -> None:
    """Let the browser be this person."""
    writing.set(True)
    sign_in(client, db.session.get_one(Account, viewer.account_id))


@pytest.fixture
def land(session: Session) -> None:
    """Work in two townships."""
    served(make_parcel(make_household("张建国")), "04", "08")
    served(make_parcel(make_household("李二", village=NEIGHBOUR), 7_77), "04")
    session.commit()


def links(text: str, beginning: str) -> list[str]:
    """The addresses of a page that begin so, each once."""
    found = re.findall(r'href="([^"]+)"', text)
    return list(dict.fromkeys(one.replace("&amp;", "&") for one in found if one.startswith(beginning)))


@pytest.mark.usefixtures("land")
def test_every_number_leads_down_from_the_county_to_the_order(client: FlaskClient) -> None:
    log_in(client, reader())
    address = HOME
    for step in (f"division={TOWNSHIP}", f"division={VILLAGE}", "household/", "parcel/"):
        answer = client.get(address)
        assert answer.status_code == 200
        address = next(one for one in links(answer.text, HOME) if step in one)
    page = client.get(address).text
    assert "入账明细" in page
    (first, *_) = links(page, "/coop/operations/")
    assert client.get(first).status_code == 200


def test_every_level_says_what_silence_accepted_in_the_season_asked_for(
    client: FlaskClient, session: Session
) -> None:
    line = make_line(make_parcel(make_household(), 3_21))
    line.is_deemed = True
    session.flush()
    accept(line)
    served(make_parcel(make_household("李二")), "04", season=find_season("冬小麦"))
    session.commit()
    log_in(client, reader())
    wheat, maize = find_season("冬小麦"), find_season()
    pages = [f"{HOME}?division={code}" for code in (COUNTY, TOWNSHIP, VILLAGE)]
    for page in [*pages, f"{HOME}household/{line.household_id}?"]:
        assert deemed_on(client.get(page).text) == "3.21"
        assert deemed_on(client.get(f"{page}&season={maize.id}").text) == "3.21"
    for page in pages:
        assert deemed_on(client.get(f"{page}&season={wheat.id}").text) == "0.00"


def deemed_on(page: str) -> str:
    """The mu-times that silence accepted, by the last row of a page's table."""
    table = page[page.index("<table") : page.index("</table>")]
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table[table.index("<tfoot>") :])
    return str(cells[heads.index("其中视同验收（亩次）")])


@pytest.mark.usefixtures("land")
def test_the_way_back_is_shown_at_every_level(client: FlaskClient) -> None:
    log_in(client, reader())
    page = client.get(f"{HOME}?division={VILLAGE}").text
    way = page[page.index('class="way"') : page.index("</nav>", page.index('class="way"'))]
    for code in (COUNTY, TOWNSHIP, VILLAGE):
        assert f"division={code}" in way
    assert "370000000000" not in way


@pytest.mark.usefixtures("land")
def test_the_total_of_a_page_is_of_what_the_viewer_may_see(client: FlaskClient) -> None:
    log_in(client, reader(TOWNSHIP))
    page = client.get(HOME).text
    assert "7.77" not in page
    assert "17.77" not in page
    assert "10.00" in page
    for code in (COUNTY, OTHER, NEIGHBOUR, "nonsense"):
        assert client.get(f"{HOME}?division={code}").status_code == 404


def test_namesakes_are_told_apart_in_the_ledger_of_their_village(client: FlaskClient) -> None:
    for group in (2, 3):
        household = make_household("赵同名")
        household.group_number = group
        served(make_parcel(household), "04")
    log_in(client, reader())
    page = client.get(f"{HOME}?division={VILLAGE}").text
    assert all(f'赵同名</a> <span class="hint">{group}组' in page for group in (2, 3))


@pytest.mark.usefixtures("land")
def test_a_township_finds_no_household_and_no_parcel_of_another(client: FlaskClient) -> None:
    log_in(client, reader())
    village = client.get(f"{HOME}?division={NEIGHBOUR}").text
    (household,) = links(village, f"{HOME}household/")
    (parcel,) = links(client.get(household).text, f"{HOME}parcel/")
    assert client.get(parcel).status_code == 200
    log_in(client, reader(TOWNSHIP))
    assert client.get(household).status_code == 404
    assert client.get(parcel).status_code == 404


@pytest.mark.usefixtures("land")
def test_a_season_narrows_every_page(client: FlaskClient) -> None:
    wheat, programme = find_season("冬小麦").id, make_general().id
    db.session.commit()
    log_in(client, reader())
    asked = f"?programme={programme}&season={wheat}"
    assert "还没有验收入账" in client.get(HOME + asked).text
    assert "17.77" in client.get(f"{HOME}?programme={programme}&season=0").text
    assert client.get(f"{HOME}?programme=999999").status_code == 404


def test_before_the_first_acceptance_the_pages_say_so(client: FlaskClient, session: Session) -> None:
    viewer = reader()
    session.commit()
    log_in(client, viewer)
    for page in ("", "statistics", "providers"):
        answer = client.get(HOME + page)
        assert answer.status_code == 200
        assert "还没有验收入账的作业" in answer.text


@pytest.mark.usefixtures("land")
def test_pages_are_closed_to_strangers_and_buttons_to_mere_readers(client: FlaskClient) -> None:
    log_in(client, make_viewer(ContractPermission.VIEW))
    for page in ("", "statistics", "providers"):
        assert client.get(HOME + page).status_code == 403
    log_in(client, reader())
    page = client.get(f"{HOME}statistics").text
    assert "statistics/print" not in page
    assert client.post(f"{HOME}statistics/print").status_code == 403
    assert client.post(f"{HOME}statistics/export").status_code == 403


@pytest.mark.usefixtures("land")
def test_the_statistics_page_prints_its_denominators(client: FlaskClient) -> None:
    log_in(client, reader())
    page = client.get(f"{HOME}statistics?season=0").text
    assert "户均托管土地面积 8.89 亩 = 17.77 亩 ÷ 2 户" in page
    assert "折算系数第 1 版" in page


@pytest.mark.usefixtures("land")
def test_the_worktable_draws_the_townships_beside_their_figures() -> None:
    (chart,) = drawn(reader(), date(2026, 7, 1))
    assert chart.rows == ("长山镇", "焦桥镇")
    assert chart.series[0].values == (10_00, 7_77)
    (own,) = drawn(reader(TOWNSHIP), date(2026, 7, 1))
    assert own.series[0].values == (10_00,)
    assert not list(drawn(make_viewer(ContractPermission.VIEW), date(2026, 7, 1)))
