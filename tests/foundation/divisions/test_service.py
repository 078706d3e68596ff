"""Adding, renaming, closing and transferring divisions, and the scope that follows a transfer."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.divisions import queries, service
from foundation.divisions.rules import DivisionPermission
from foundation.errors import DomainError, StaleVersion
from foundation.journal.models import JournalEntry
from tests.conftest import NOW
from tests.foundation.accounts.builders import COUNTY, make_division, make_viewer

CHANGSHAN, JIAOQIAO = "371681101000", "371681108000"
VILLAGE, MOVED = "371681101205", "371681108230"
DAY = date(2026, 1, 1)


def add(code: str, name: str, parent_code: str | None) -> None:
    details = service.DivisionDetails(code=code, name=name, parent_code=parent_code)
    service.add(details, viewer=make_viewer(), now=NOW)


def transfer(session: Session) -> None:
    make_division(JIAOQIAO)
    village = make_division(VILLAGE, "范公村委会")
    viewer = make_viewer()
    service.set_group(village, "1", "", viewer=viewer, now=NOW)
    service.transfer(village, MOVED, JIAOQIAO, DAY, viewer=viewer, now=NOW, reason="鲁民函〔2025〕1号")


def test_an_added_village_is_found_at_once(session: Session) -> None:
    make_division(CHANGSHAN)
    add(VILLAGE, "范公村委会", CHANGSHAN)
    for text in ("范公", "fgc", VILLAGE):
        assert [one.code for one in queries.search(text)] == [VILLAGE]


@pytest.mark.parametrize(
    ("code", "name", "parent", "words"),
    [
        ("37168110120", "范公村委会", CHANGSHAN, "12 位数字"),
        ("37168110120X", "范公村委会", CHANGSHAN, "12 位数字"),
        ("000000000000", "某地", None, "12 位数字"),
        ("371681108205", "范公村委会", CHANGSHAN, "371681101"),
        ("371681109000", "韩店镇", CHANGSHAN, "371681101"),
        ("371681101205", "范公村委会", COUNTY, "371681"),
        ("371681101205", "范公村委会", "371681199000", "371681199000"),
        ("371681101205", " ", CHANGSHAN, "请填写区划名称"),
        ("371681101000", "长山镇", COUNTY, "已登记为长山镇"),
    ],
)
def test_a_wrong_division_is_refused_with_its_cure(
    session: Session, code: str, name: str, parent: str | None, words: str
) -> None:
    make_division(CHANGSHAN)
    with pytest.raises(DomainError, match=words):
        add(code, name, parent)


def test_a_renamed_division_is_found_by_the_new_name_only(session: Session) -> None:
    make_division(CHANGSHAN)
    add(VILLAGE, "范公村委会", CHANGSHAN)
    village = queries.get(VILLAGE)
    service.rename(village, "醴泉村委会", village.version, viewer=make_viewer(), now=NOW)
    assert queries.search("范公") == []
    assert [one.code for one in queries.search("lqc")] == [VILLAGE]


def test_two_people_renaming_one_division_are_told(session: Session) -> None:
    village = make_division(VILLAGE)
    opened = village.version
    service.rename(village, "甲村委会", opened, viewer=make_viewer(), now=NOW)
    with pytest.raises(StaleVersion):
        service.rename(village, "乙村委会", opened, viewer=make_viewer(), now=NOW)


def test_a_division_with_divisions_below_is_not_closed(session: Session) -> None:
    make_division(VILLAGE, "范公村委会")
    with pytest.raises(service.DivisionHasChildren, match="范公村"):
        service.close(queries.get(CHANGSHAN), DAY, viewer=make_viewer(), now=NOW)


def test_a_closed_division_stays_for_its_time(session: Session) -> None:
    village = make_division(VILLAGE)
    service.close(village, DAY, viewer=make_viewer(), now=NOW, reason="合村并居")
    assert queries.get_in_force(VILLAGE, date(2025, 12, 31)) is village
    with pytest.raises(queries.DivisionNotInForce):
        queries.get_in_force(VILLAGE, DAY)
    with pytest.raises(service.DivisionAlreadyClosed):
        service.close(village, DAY, viewer=make_viewer(), now=NOW)
    assert queries.children(CHANGSHAN, DAY) == []


def test_after_a_transfer_the_old_township_keeps_the_old_rows_and_the_new_one_has_the_new(
    session: Session,
) -> None:
    transfer(session)
    giving = make_viewer(DivisionPermission.EDIT, division_code=CHANGSHAN)
    taking = make_viewer(DivisionPermission.EDIT, division_code=JIAOQIAO)
    itself = make_viewer(DivisionPermission.EDIT, division_code=MOVED)
    before, after = (VILLAGE, date(2025, 6, 1)), (MOVED, date(2026, 6, 1))
    assert [viewer.sees(DivisionPermission.EDIT, *before) for viewer in (giving, taking, itself)] == [
        True,
        False,
        True,
    ]
    assert [viewer.sees(DivisionPermission.EDIT, *after) for viewer in (giving, taking, itself)] == [
        False,
        True,
        True,
    ]


def test_a_transfer_takes_name_and_groups_along_and_closes_the_old_code(session: Session) -> None:
    transfer(session)
    assert queries.get(MOVED).spoken_name == "范公村"
    assert [(group.number, group.name) for group in queries.groups(MOVED)] == [("01", "1组")]
    assert queries.groups(VILLAGE) == []
    assert queries.get(VILLAGE).valid_until == DAY
    assert queries.code_on(VILLAGE, DAY) == MOVED
    assert [one.code for one in queries.search("范公", on=DAY)] == [MOVED]


def test_groups_are_numbered_and_belong_to_villages(session: Session) -> None:
    village, viewer = make_division(VILLAGE), make_viewer()
    service.set_group(village, "3", "东头组", viewer=viewer, now=NOW)
    service.set_group(village, "03", "东头小组", viewer=viewer, now=NOW)
    assert [(one.number, one.name) for one in queries.groups(VILLAGE)] == [("03", "东头小组")]
    for number in ("0", "100", "甲", ""):
        with pytest.raises(service.GroupNumberWrong):
            service.set_group(village, number, "", viewer=viewer, now=NOW)
    with pytest.raises(service.GroupsBelongToVillages):
        service.set_group(queries.get(CHANGSHAN), "1", "", viewer=viewer, now=NOW)


def test_every_change_is_in_the_journal(session: Session) -> None:
    transfer(session)
    session.commit()
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts == ["divisions.grouped", "divisions.added", "divisions.transferred"]
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert (last.changes["valid_until"], last.reason) == ([None, "2026-01-01"], "鲁民函〔2025〕1号")
