"""The doctor counts the accepted work again and names the first figure that is not what it comes to."""

from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.config import Settings
from app.doctor import checks
from app.doctor.findings import Verdict
from coop.trusteeship.models import AcreageEntry, AcreageSummary
from foundation.database.engine import db
from foundation.values.area import Mu
from tests.coop.trusteeship.builders import VILLAGE, make_household, make_parcel, served
from tests.foundation.accounts.builders import COUNTY


def patient(home: Path) -> checks.Patient:
    return checks.Patient(settings=Settings(home=home), engine=db.engine)


def test_a_summary_that_its_entries_come_to_is_sound(session: Session, tmp_path: Path) -> None:
    served(make_parcel(make_household()), "02", "04")

    finding = checks.acreage(patient(tmp_path))

    assert (finding.verdict, finding.sentence) == (Verdict.SOUND, "托管面积汇总与明细重算一致。")


def test_a_planted_difference_is_named_with_division_and_figures(session: Session, tmp_path: Path) -> None:
    served(make_parcel(make_household()), "02", "04")
    planted = select(AcreageSummary).where(
        AcreageSummary.code.in_((COUNTY, VILLAGE)), AcreageSummary.season_key == 0
    )
    for row in session.scalars(planted):
        row.weighted = Mu(row.weighted + 1)
    session.flush()

    finding = checks.acreage(patient(tmp_path))

    assert finding.verdict is Verdict.FAULT
    assert f"“综合统计” 邹平市（{COUNTY}） 全年的折算面积记为 6.31，重算为 6.30" in finding.sentence
    assert "重算" in finding.cure


def test_silence_that_a_sum_does_not_tell_is_named(session: Session, tmp_path: Path) -> None:
    served(make_parcel(make_household()), "02")
    session.execute(update(AcreageEntry).values(is_deemed=True))

    finding = checks.acreage(patient(tmp_path))

    assert finding.verdict is Verdict.FAULT
    assert "的视同验收记为 0.00，重算为 10.00" in finding.sentence
