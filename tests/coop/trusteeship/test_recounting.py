"""The page of a recount: who may ask for it, what it asks, and what it does."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.trusteeship.models import AcreageSummary
from coop.trusteeship.rules.terms import AcreagePermission
from foundation.journal.models import JournalEntry
from tests.coop.trusteeship.builders import make_household, make_parcel, make_project, make_version, served
from tests.foundation.accounts.builders import COUNTY, signed_in_with

KEEPER = (AcreagePermission.VIEW, AcreagePermission.RECOUNT)


def weighted(session: Session, programme_id: int) -> int:
    """The weighted mu of the county by a programme."""
    session.expire_all()
    found = select(AcreageSummary.weighted).where(
        AcreageSummary.programme_id == programme_id,
        AcreageSummary.code == COUNTY,
        AcreageSummary.season_key == 0,
    )
    return session.scalars(found).one()


def test_a_recount_asks_version_and_reason_and_is_journalled(client: FlaskClient, session: Session) -> None:
    project = make_project({"04": 20_00})
    served(make_parcel(make_household()), "04", programme=project)
    version = make_version(project, {"04": 30_00}, number=2)
    programme_id, version_id = project.id, version.id
    session.commit()
    signed_in_with(client, KEEPER, COUNTY)
    address = f"/coop/trusteeship/recount/{programme_id}"
    assert f'href="{address}"' in client.get(f"/coop/trusteeship/?programme={programme_id}").text
    assert "第 2 版（第2版）" in client.get(address).text
    assert client.post(address, data={"version": version_id}).status_code == 422
    assert client.post(address, data={"version": 999_999, "reason": "错"}).status_code == 422
    done = client.post(address, data={"version": version_id, "reason": "省里调整系数"})
    assert done.location.startswith("/foundation/jobs/")
    assert weighted(session, programme_id) == 3_00
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "trusteeship.recounted")).one()
    assert (entry.reason, entry.note) == ("省里调整系数", "第2版")


def test_who_keeps_another_county_does_not_recount_this_one(client: FlaskClient, session: Session) -> None:
    programme_id = make_project({"04": 20_00}).id
    session.commit()
    signed_in_with(client, KEEPER, "371623000000")
    assert client.get(f"/coop/trusteeship/recount/{programme_id}").status_code == 404
    signed_in_with(client, (AcreagePermission.VIEW,), COUNTY)
    assert client.get(f"/coop/trusteeship/recount/{programme_id}").status_code == 403
