"""The verbs of programmes."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.catalogue import service as catalogue
from coop.catalogue.models import Link
from coop.programmes import queries, service
from coop.programmes.models import Programme
from coop.programmes.rules import ProgrammeKind
from tests.conftest import NOW
from tests.foundation.accounts.builders import COUNTY

pytestmark = pytest.mark.usefixtures("app")


def test_a_countys_year_is_begun_once_with_the_shipped_weights(session: Session) -> None:
    catalogue.fill_with_shipped()
    first = service.general_programme(COUNTY, 2026, viewer=None, now=NOW)
    again = service.general_programme(COUNTY[:6] + "101266", 2026, viewer=None, now=NOW)
    assert again is first
    assert session.scalars(select(Programme)).all() == [first]
    assert (first.kind, first.division_code) == (ProgrammeKind.GENERAL, COUNTY)
    version = queries.version_in_force(first.id, date(2026, 5, 1))
    assert (version.number, version.publisher_id) == (1, None)
    codes = {key: code for key, code in session.execute(select(Link.id, Link.code))}
    found = {codes[link_id]: one.weight for link_id, one in queries.weights(version.id, 7).items()}
    assert found == {"02": 3600, "04": 2700, "07": 1000, "08": 2700}


def test_work_before_the_first_version_is_weighed_by_the_first(session: Session) -> None:
    programme = service.general_programme(COUNTY, 2026, viewer=None, now=NOW)
    assert queries.version_in_force(programme.id, date(2025, 10, 8)).number == 1
