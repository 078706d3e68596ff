from datetime import date

import pytest
from sqlalchemy.orm import Session

from coop.households import queries, service
from coop.households.models import Household
from coop.households.rules import HouseholdPermission, HouseholdStatus, IdKind, SensitiveField
from coop.households.service import HouseholdDetails, MemberDetails
from coop.organisations.service import OutsideScope, ReasonMissing
from foundation.database.engine import db
from foundation.errors import NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from tests.conftest import NOW
from tests.coop.parcels.builders import (
    HOUSEHOLD_CODE,
    ISSUER_CODE,
    ON,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    VILLAGE,
    clerk,
    id_number,
    make_household,
    make_issuer,
)


def details(**values: object) -> HouseholdDetails:
    known = {"head_name": "张建国", "division_code": VILLAGE, "id_number": id_number()}
    return HouseholdDetails(**known | values)  # type: ignore[arg-type]


def test_a_registered_household_is_journalled_and_knows_its_issuer(session: Session) -> None:
    viewer, issuer = clerk(), make_issuer()

    household = service.register(details(code=HOUSEHOLD_CODE), viewer=viewer, now=NOW)
    session.commit()

    entry = session.query(JournalEntry).filter_by(act="households.registered").one()
    assert entry.subject_id == str(household.id)
    assert id_number() not in str(entry.changes)
    assert household.issuer_id == issuer.id


def test_a_code_belongs_to_one_household(app: object) -> None:
    viewer = clerk()
    make_household("王小二", number=id_number(9), code=HOUSEHOLD_CODE)

    with pytest.raises(service.DuplicateHouseholdCode, match="王小二"):
        service.register(details(code=HOUSEHOLD_CODE), viewer=viewer, now=NOW)


def test_a_head_holds_one_household_in_a_village_but_may_hold_another_elsewhere(app: object) -> None:
    viewer = clerk(division_code="371681000000")
    make_household()

    with pytest.raises(service.DuplicateHead):
        service.register(details(), viewer=viewer, now=NOW)
    assert service.register(details(division_code=OTHER_VILLAGE), viewer=viewer, now=NOW).id


def test_a_code_must_lie_in_its_village(app: object) -> None:
    with pytest.raises(service.CodeOfAnotherVillage):
        service.register(details(code=OTHER_VILLAGE + "000001"), viewer=clerk(), now=NOW)


def test_a_clerk_registers_nobody_in_another_township(app: object) -> None:
    with pytest.raises(OutsideScope, match=OTHER_VILLAGE):
        service.register(details(division_code=OTHER_VILLAGE), viewer=clerk(), now=NOW)


def test_a_clerk_cannot_move_a_household_out_of_the_township(app: object) -> None:
    viewer, household = clerk(), make_household()

    with pytest.raises(OutsideScope):
        service.revise(
            household, details(division_code=OTHER_VILLAGE), version=household.version, viewer=viewer, now=NOW
        )


def test_a_stale_form_is_refused(app: object) -> None:
    viewer, household = clerk(), make_household()
    service.revise(household, details(address="村东"), version=household.version, viewer=viewer, now=NOW)

    with pytest.raises(StaleVersion):
        service.revise(household, details(), version=1, viewer=viewer, now=NOW)


def test_a_household_ends_with_a_reason_and_comes_back(app: object) -> None:
    viewer, household = clerk(), make_household()

    with pytest.raises(ReasonMissing):
        service.deactivate(household, HouseholdStatus.MOVED, on=ON, reason=" ", viewer=viewer, now=NOW)
    with pytest.raises(service.NotAnEnd):
        service.deactivate(household, HouseholdStatus.ACTIVE, on=ON, reason="迁出", viewer=viewer, now=NOW)
    service.deactivate(household, HouseholdStatus.MOVED, on=ON, reason="迁往县城", viewer=viewer, now=NOW)
    with pytest.raises(service.NotActive):
        service.deactivate(household, HouseholdStatus.MOVED, on=ON, reason="迁出", viewer=viewer, now=NOW)
    assert list(queries.find(viewer, "张建国")) == []
    service.reactivate(household, reason="迁回", viewer=viewer, now=NOW)
    assert household.ended_on is None
    with pytest.raises(service.StillActive):
        service.reactivate(household, reason="迁回", viewer=viewer, now=NOW)


def test_revealing_asks_a_reason_and_is_kept(session: Session) -> None:
    viewer, household = clerk(), make_household()

    with pytest.raises(ReasonMissing):
        service.reveal(household, SensitiveField.ID_NUMBER, reason="", viewer=viewer, now=NOW)
    shown = service.reveal(household, SensitiveField.ID_NUMBER, reason="核对合同", viewer=viewer, now=NOW)
    session.commit()

    assert shown == id_number()
    entry = session.query(JournalEntry).filter_by(act="households.revealed").one()
    assert (entry.reason, entry.note) == ("核对合同", "证件号码")


def test_revealing_needs_its_own_permission(app: object) -> None:
    viewer, household = clerk(HouseholdPermission.VIEW), make_household()

    with pytest.raises(OutsideScope):
        service.reveal(household, SensitiveField.PHONE, reason="核对", viewer=viewer, now=NOW)


def test_the_family_list_is_replaced_line_by_line(session: Session) -> None:
    viewer = clerk()
    household = queries.get(viewer, make_household().id)
    family = [MemberDetails(name="张建国", relation="户主"), MemberDetails(name="李秀英", relation="妻")]
    service.keep_family(household, family, version=household.version, viewer=viewer, now=NOW)
    first = household.members[0].id

    service.keep_family(household, family[:1], version=household.version, viewer=viewer, now=NOW)

    session.expire_all()
    household = queries.get(viewer, household.id)
    assert [(one.id, one.name) for one in household.members] == [(first, "张建国")]


def test_one_person_stands_once_in_a_family(app: object) -> None:
    viewer = clerk()
    household = queries.get(viewer, make_household().id)
    twice = [MemberDetails(name="张建国", id_number=id_number())] * 2

    with pytest.raises(service.DuplicateMember):
        service.keep_family(household, twice, version=household.version, viewer=viewer, now=NOW)


FOUND_BY = {
    "the whole name": "张建国",
    "a part of the name": "建国",
    "initials": "zjg",
    "initials in capitals": "ZJG",
    "the beginning of initials": "zj",
    "the household code": HOUSEHOLD_CODE,
    "the beginning of the code": ISSUER_CODE,
    "the last four of the ID": id_number()[-4:],
    "the whole ID": id_number(),
    "the ID of a member": id_number(22),
    "the telephone": "138 0543 0001",
}


@pytest.mark.parametrize("by", FOUND_BY)
def test_a_household_is_found_by(app: object, by: str) -> None:
    viewer = clerk()
    household = queries.get(viewer, make_household(code=HOUSEHOLD_CODE).id)
    make_household("王小二", number=id_number(35, "19800202"), phone="13905430002")
    wife = MemberDetails(name="李秀英", id_number=id_number(22))
    service.keep_family(household, [wife], version=household.version, viewer=viewer, now=NOW)

    assert [one.id for one in queries.find(viewer, FOUND_BY[by])] == [household.id]


@pytest.mark.parametrize("by", FOUND_BY)
def test_nobody_of_another_township_finds_it_by(app: object, by: str) -> None:
    household = make_household(code=HOUSEHOLD_CODE)
    stranger = clerk(division_code=OTHER_TOWNSHIP)

    assert list(queries.find(stranger, FOUND_BY[by])) == []
    with pytest.raises(NotFound):
        queries.get(stranger, household.id)
    assert list(queries.get_many(stranger, [household.id])) == []


def test_namesakes_carry_village_group_and_tail(app: object) -> None:
    clerk()
    first, second = make_household(number="372330197001011230"), make_household(number="372330197001014562")

    labels = queries.labels([first, second])

    assert str(labels[first.id]) == "张建国 · 东范村 · 3组 · 尾号1230"
    assert str(labels[second.id]) == "张建国 · 东范村 · 3组 · 尾号4562"


def test_search_follows_a_new_name(session: Session) -> None:
    viewer, household = clerk(), make_household()

    service.revise(household, details(head_name="单建国"), version=household.version, viewer=viewer, now=NOW)

    assert [one.id for one in queries.find(viewer, "sjg")] == [household.id]
    assert list(queries.find(viewer, "张")) == []


def test_sealed_columns_lie_sealed(session: Session) -> None:
    make_household(bank_account="6222021609001234567")
    session.commit()

    stored = db.session.execute(db.text("select id_number, phone, bank_account from household")).one()

    assert all(id_number().encode() not in bytes(value) for value in stored)
    assert b"6222021609001234567" not in bytes(stored[2])


def test_a_household_is_dated_when_it_ends(session: Session) -> None:
    viewer, household = clerk(), make_household(id_kind=IdKind.RESIDENT_ID)

    service.deactivate(
        household, HouseholdStatus.DIED_OUT, on=date(2026, 1, 5), reason="无人", viewer=viewer, now=NOW
    )

    assert session.get_one(Household, household.id).ended_on == date(2026, 1, 5)
