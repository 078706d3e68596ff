"""The verbs of programmes."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.catalogue import service as catalogue
from coop.catalogue.models import Crop, Link
from coop.programmes import queries, service
from coop.programmes.models import Programme
from coop.programmes.rules import (
    LARGE_FROM,
    ProgrammeKind,
    ProgrammePermission,
    WeightFormula,
    WeightPreset,
    WeightRow,
)
from coop.programmes.service import ProgrammeDetails, VersionDetails, general, watching
from foundation.access.grants import Viewer
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints
from tests.conftest import NOW
from tests.coop.parcels.builders import TOWNSHIP
from tests.foundation.accounts.builders import COUNTY, make_viewer

pytestmark = pytest.mark.usefixtures("app")
KEEPING = tuple(permission.value for permission in ProgrammePermission)


def details(**values: Any) -> ProgrammeDetails:
    known: dict[str, Any] = {
        "name": "社会化服务项目",
        "weighs_every_pass": False,
        "large_from": LARGE_FROM,
        "tolerance": BasisPoints(2_00),
        "track_tolerance": BasisPoints(5_00),
        "reply_days": 7,
    }
    return ProgrammeDetails(**known | values)


def begin(viewer: Viewer, **values: Any) -> Programme:
    known: dict[str, Any] = {
        "county_code": COUNTY,
        "year": 2026,
        "kind": ProgrammeKind.PROJECT,
        "preset": WeightPreset.SHIPPED,
        "formula": WeightFormula.COEFFICIENT,
    }
    given = details(**values.pop("details", {}))
    return service.begin(given, **known | values, viewer=viewer, now=NOW)


def link(session: Session, code: str) -> int:
    return session.scalars(select(Link.id).where(Link.code == code)).one()


@pytest.fixture
def shipped(session: Session) -> None:
    catalogue.fill_with_shipped()


@pytest.fixture
def maize(session: Session) -> int:
    crop = Crop(code="02", name="玉米")
    session.add(crop)
    session.flush()
    return crop.id


@pytest.mark.usefixtures("shipped")
def test_a_countys_year_is_begun_once_with_the_shipped_weights(session: Session) -> None:
    first = service.general_programme(COUNTY, 2026, viewer=None, now=NOW)
    again = service.general_programme(COUNTY[:6] + "101266", 2026, viewer=None, now=NOW)
    assert again is first
    assert session.scalars(select(Programme)).all() == [first]
    assert (first.kind, first.division_code) == (ProgrammeKind.GENERAL, COUNTY)
    version = queries.version_in_force(first.id, date(2026, 5, 1))
    assert (version.number, version.publisher_id) == (1, None)
    found = {key: one.weight for key, one in queries.weights(version.id, 7).items()}
    weights = {"02": 3600, "04": 2700, "07": 1000, "08": 2700}
    assert found == {link(session, code): weight for code, weight in weights.items()}


def test_who_comes_second_at_the_same_moment_gets_the_first(session: Session) -> None:
    """Both looked and saw nothing; the index lets only one in."""
    first = general._begun(COUNTY, 2026, viewer=general.BY_ITSELF, now=NOW)
    assert general._begun(COUNTY, 2026, viewer=general.BY_ITSELF, now=NOW) is first
    assert session.scalars(select(Programme)).all() == [first]


def test_work_before_the_first_version_is_weighed_by_the_first() -> None:
    programme = service.general_programme(COUNTY, 2026, viewer=None, now=NOW)
    assert queries.version_in_force(programme.id, date(2025, 10, 8)).number == 1


@pytest.mark.usefixtures("shipped")
def test_a_version_follows_the_one_before_and_changes_nothing_of_it(session: Session, maize: int) -> None:
    viewer = make_viewer(*KEEPING)
    programme = service.general_programme(COUNTY, 2026, viewer=viewer, now=NOW)
    sow, till = link(session, "04"), link(session, "02")
    rows = (
        WeightRow(link_id=sow, crop_id=None, weight=BasisPoints(30_00)),
        WeightRow(link_id=sow, crop_id=maize, weight=BasisPoints(40_00)),
        WeightRow(link_id=till, crop_id=None, weight=BasisPoints(36_00)),
    )
    made = service.publish(
        programme,
        VersionDetails(rows=rows, valid_from=date(2026, 6, 1), source="邹农发〔2026〕8号"),
        viewer=viewer,
        now=NOW,
    )
    assert queries.version_in_force(programme.id, date(2026, 5, 31)).number == 1
    assert queries.version_in_force(programme.id, date(2026, 6, 1)) is made
    assert queries.weights(made.id, maize)[sow].weight == 4000
    assert queries.weights(made.id, None)[sow].weight == 3000
    first = queries.version_in_force(programme.id, date(2026, 1, 1))
    assert queries.weights(first.id, maize)[sow].weight == 2700
    session.commit()
    told = session.query(JournalEntry).filter_by(act="programmes.published").one()
    assert "第 2 版，2026-06-01 起执行，依据：邹农发〔2026〕8号" in told.note
    assert "玉米种植 0.40" in told.note


@pytest.mark.usefixtures("shipped")
def test_a_project_by_money_weighs_its_yuan_by_a_hundred(session: Session, maize: int) -> None:
    viewer = make_viewer(*KEEPING)
    project = begin(viewer, preset=WeightPreset.GUZHEN, formula=WeightFormula.MONEY)
    version = queries.version_in_force(project.id, date(2026, 6, 1))
    found = queries.weights(version.id, maize)
    assert found[link(session, "04")].weight == 2600
    assert (found[link(session, "02")].weight, found[link(session, "02")].rate) == (3500, 35_00)
    assert link(session, "04") not in queries.weights(version.id, None)
    rows = (WeightRow(link_id=link(session, "08"), crop_id=None, weight=BasisPoints(1), rate=Fen(33_33)),)
    given = VersionDetails(rows=rows, valid_from=date(2026, 3, 1), source="测算表")
    made = service.publish(project, given, viewer=viewer, now=NOW)
    assert queries.rows_of(made.id)[0].weight == 3333


VERSIONS_REFUSED: dict[str, tuple[type[DomainError], list[tuple[int | None, int]], date]] = {
    "more than one mu": (service.WeightsBeyondWhole, [(None, 9000), (None, 2000)], date(2026, 6, 1)),
    "a link twice": (service.LinkTwice, [(1, 1000), (1, 2000)], date(2026, 6, 1)),
    "nothing": (service.NothingWeighs, [], date(2026, 6, 1)),
    "a day before the last": (service.EarlierThanBefore, [(None, 9000)], date(2025, 12, 31)),
}


@pytest.mark.parametrize("name", VERSIONS_REFUSED)
@pytest.mark.usefixtures("shipped")
def test_a_version_is_refused(name: str, session: Session, maize: int) -> None:
    refusal, weights, day = VERSIONS_REFUSED[name]
    viewer = make_viewer(*KEEPING)
    programme = service.general_programme(COUNTY, 2026, viewer=viewer, now=NOW)
    links = [link(session, "04"), link(session, "04" if refusal is service.LinkTwice else "02")]
    rows = tuple(
        WeightRow(link_id=key, crop_id=maize if crop else None, weight=BasisPoints(weight))
        for key, (crop, weight) in zip(links, weights, strict=False)
    )
    with pytest.raises(refusal):
        service.publish(
            programme, VersionDetails(rows=rows, valid_from=day, source="文件"), viewer=viewer, now=NOW
        )


@pytest.mark.usefixtures("shipped")
def test_the_refusal_of_a_sum_names_the_crop_and_the_sum(session: Session, maize: int) -> None:
    viewer = make_viewer(*KEEPING)
    programme = service.general_programme(COUNTY, 2026, viewer=viewer, now=NOW)
    general = [
        WeightRow(link_id=link(session, "04"), crop_id=None, weight=BasisPoints(60_00)),
        WeightRow(link_id=link(session, "02"), crop_id=None, weight=BasisPoints(40_00)),
        WeightRow(link_id=link(session, "02"), crop_id=maize, weight=BasisPoints(41_00)),
    ]
    given = VersionDetails(rows=tuple(general), valid_from=date(2026, 6, 1), source="文件")
    with pytest.raises(service.WeightsBeyondWhole, match=r"“玉米”各环节系数合计 1\.01，超过 1\.00"):
        service.publish(programme, given, viewer=viewer, now=NOW)


BEGINNINGS_REFUSED: dict[str, tuple[type[DomainError], dict[str, Any]]] = {
    "a township": (service.NotACounty, {"county_code": TOWNSHIP}),
    "another county": (service.OutsideScope, {"county_code": "371602000000"}),
    "a second general one": (service.GeneralBegun, {"kind": ProgrammeKind.GENERAL}),
    "a name twice": (service.DuplicateProgramme, {}),
    "the general one's name": (service.DuplicateProgramme, {"details": {"name": "综合统计"}, "year": 2027}),
    "money by a table of weights": (
        service.PresetOfOtherFormula,
        {"formula": WeightFormula.MONEY, "details": {"name": "另一项目"}},
    ),
}


@pytest.mark.parametrize("name", BEGINNINGS_REFUSED)
@pytest.mark.usefixtures("shipped")
def test_a_beginning_is_refused(name: str) -> None:
    refusal, values = BEGINNINGS_REFUSED[name]
    viewer = make_viewer(*KEEPING)
    service.general_programme(COUNTY, 2026, viewer=viewer, now=NOW)
    begin(viewer)
    with pytest.raises(refusal):
        begin(viewer, **values)


class Listener:
    """A watcher that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Programme] = []

    def recast(self, programme: Programme, *, viewer: Viewer, now: datetime) -> None:
        """Remember the programme."""
        self.told.append(programme)


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    monkeypatch.setattr(watching, "_watchers", [])
    listener = Listener()
    service.watch_programmes(listener)
    service.watch_programmes(listener)
    return listener


@pytest.mark.usefixtures("shipped")
def test_whoever_sums_by_the_threshold_is_told_of_its_change_once(listener: Listener) -> None:
    viewer = make_viewer(*KEEPING)
    project = begin(viewer)
    service.change(project, details(reply_days=10), viewer=viewer, now=NOW)
    assert listener.told == []
    service.change(project, details(large_from=Mu(100_00)), viewer=viewer, now=NOW, version=project.version)
    assert listener.told == [project]
    with pytest.raises(StaleVersion):
        service.change(project, details(), viewer=viewer, now=NOW, version=1)
    general = service.general_programme(COUNTY, 2026, viewer=viewer, now=NOW)
    with pytest.raises(service.DuplicateProgramme):
        service.change(project, details(name=general.name), viewer=viewer, now=NOW)


@pytest.mark.usefixtures("shipped")
def test_a_project_is_closed_and_reopened_the_general_one_stays() -> None:
    viewer = make_viewer(*KEEPING)
    project, general = begin(viewer), service.general_programme(COUNTY, 2026, viewer=viewer, now=NOW)
    with pytest.raises(service.GeneralStays):
        service.close(general, viewer=viewer, now=NOW)
    service.close(project, viewer=viewer, now=NOW, version=project.version)
    assert list(queries.programmes_for(viewer, COUNTY, 2026)) == [general]
    for refused in (
        lambda: service.change(project, details(), viewer=viewer, now=NOW),
        lambda: service.publish(
            project, VersionDetails(rows=(), valid_from=date(2026, 6, 1), source=""), viewer=viewer, now=NOW
        ),
    ):
        with pytest.raises(service.ProgrammeClosed):
            refused()
    with pytest.raises(service.AlreadyClosed):
        service.close(project, viewer=viewer, now=NOW)
    service.reopen(project, viewer=viewer, now=NOW)
    with pytest.raises(service.NotClosed):
        service.reopen(project, viewer=viewer, now=NOW)
    assert list(queries.programmes_for(viewer, TOWNSHIP, 2026)) == [general, project]


@pytest.mark.usefixtures("shipped")
def test_a_township_sees_its_countys_programmes_and_keeps_none() -> None:
    keeper = make_viewer(*KEEPING)
    project = begin(keeper)
    below = make_viewer(*KEEPING, division_code=TOWNSHIP)
    assert queries.get(below, project.id) is project
    with pytest.raises(service.OutsideScope):
        service.close(project, viewer=below, now=NOW)
    assert not queries.can_see(below, project.id, ProgrammePermission.EDIT)
    elsewhere = make_viewer(*KEEPING, division_code="371602000000")
    with pytest.raises(NotFound):
        queries.get(elsewhere, project.id)
