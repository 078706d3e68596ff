"""The pages of programmes."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.catalogue import service as catalogue
from coop.catalogue.models import Link
from coop.programmes import queries, service
from coop.programmes.models import CoefficientVersion, Programme
from coop.programmes.rules import ProgrammePermission
from tests.conftest import NOW
from tests.coop.parcels.builders import TOWNSHIP
from tests.foundation.accounts.builders import COUNTY, make_division, signed_in_with

pytestmark = pytest.mark.usefixtures("app")
HOME = "/coop/programmes/"
FORM = {
    "division_code": COUNTY,
    "year": "2026",
    "kind": "project",
    "name": "社会化服务项目",
    "formula": "coefficient",
    "preset": "shipped",
    "large_from": "50",
    "tolerance": "2",
    "track_tolerance": "5",
    "reply_days": "7",
}


@pytest.fixture
def keeper(client: FlaskClient) -> FlaskClient:
    """A browser of who keeps the county's programmes."""
    make_division(COUNTY)
    catalogue.fill_with_shipped()
    signed_in_with(client, [p.value for p in ProgrammePermission])
    return client


def test_a_project_is_begun_changed_closed_and_reopened(keeper: FlaskClient, session: Session) -> None:
    assert "省级方案" in keeper.get(HOME + "new").text
    answer = keeper.post(HOME + "new", data=FORM)
    project = session.scalars(select(Programme)).one()
    path = f"{HOME}{project.id}"
    assert answer.headers["Location"] == path
    refused = keeper.post(HOME + "new", data=FORM)
    assert refused.status_code == 422
    assert "2026 年已有名为“社会化服务项目”的项目" in refused.text
    page = keeper.get(path).text
    for told in ("50.00 亩", "2%", "7 天", "0.36", "执行中", "每季只折算一次"):
        assert told in page
    edited = FORM | {"reply_days": "10", "version": str(project.version)}
    assert "规模经营主体起点面积" in keeper.get(path + "/edit").text
    assert keeper.post(path + "/edit", data=edited).status_code == 302
    assert keeper.post(path + "/edit", data=edited | {"reply_days": "9"}).status_code == 409
    session.refresh(project)
    keeper.post(path + "/close", data={"version": str(project.version)})
    assert "社会化服务项目" not in keeper.get(HOME).text
    assert "社会化服务项目" in keeper.get(HOME + "?closed=y&year=2026&kind=project").text
    session.refresh(project)
    keeper.post(path + "/reopen", data={"version": str(project.version)})
    assert "社会化服务项目" in keeper.get(HOME).text


def test_the_next_version_starts_from_the_last_and_shows_what_is_in_force(
    keeper: FlaskClient, session: Session
) -> None:
    programme = service.general_programme(COUNTY, 2026, viewer=None, now=NOW)
    session.commit()
    path = f"{HOME}{programme.id}/publish"
    assert 'value="0.36"' in keeper.get(path).text
    till, sow = (session.scalars(select(Link.id).where(Link.code == code)).one() for code in ("02", "04"))
    form = {
        "valid_from": "2026-2-1",
        "source": "邹农发〔2026〕8号",
        "lines-0-link": str(till),
        "lines-0-weight": "0.6",
        "lines-1-link": str(sow),
        "lines-1-weight": "0.5",
        "lines-2-link": str(sow),
        "lines-2-weight": "",
    }
    refused = keeper.post(path, data=form)
    assert refused.status_code == 422
    assert "不分作物各环节系数合计 1.10，超过 1.00" in refused.text
    assert 'value="0.5"' in refused.text
    unread = keeper.post(path, data=form | {"lines-1-weight": "五成"})
    assert "“五成”不是系数" in unread.text
    assert keeper.post(path, data=form | {"lines-1-weight": "0.4"}).status_code == 302
    page = keeper.get(f"{HOME}{programme.id}").text
    assert "邹农发〔2026〕8号" in page
    assert "已被替代" in page
    keeper.post(path, data=form | {"lines-1-weight": "0.2", "valid_from": "2099-1-1"})
    assert "待执行" in keeper.get(f"{HOME}{programme.id}").text


def test_a_version_by_money_is_asked_in_yuan(keeper: FlaskClient, session: Session) -> None:
    keeper.post(HOME + "new", data=FORM | {"formula": "money", "preset": "guzhen"})
    project = session.scalars(select(Programme)).one()
    path = f"{HOME}{project.id}/publish"
    assert 'value="35.00"' in keeper.get(path).text
    sow = session.scalars(select(Link.id).where(Link.code == "04")).one()
    form = {"valid_from": "2026-3-1", "source": "测算", "lines-0-link": str(sow), "lines-0-weight": "26.5"}
    assert keeper.post(path, data=form).status_code == 302
    latest = session.scalars(select(CoefficientVersion).order_by(CoefficientVersion.number.desc())).first()
    assert latest is not None
    assert [(one.weight, one.rate) for one in queries.rows_of(latest.id)] == [(2650, 26_50)]
    assert "0.265" in keeper.get(f"{HOME}{project.id}").text


def test_a_township_reads_and_changes_nothing(client: FlaskClient, session: Session) -> None:
    make_division(TOWNSHIP)
    programme = service.general_programme(COUNTY, 2026, viewer=None, now=NOW)
    session.commit()
    signed_in_with(client, [ProgrammePermission.VIEW], TOWNSHIP)
    page = client.get(f"{HOME}{programme.id}").text
    assert "综合统计" in page
    assert "/publish" not in page
    assert client.get(f"{HOME}{programme.id}/publish").status_code == 403
