from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.sample.land import REGISTERS
from coop.households.models import Household, HouseholdMember, HouseholdSuffix
from coop.parcels import report
from coop.parcels.models import LandContract, Parcel, ParcelArea
from coop.parcels.rules import AreaKind
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.imports import jobs, service
from foundation.imports.models import ImportBatch
from foundation.imports.rules import BatchState, Outcome
from foundation.imports.service.undoing import BuiltUpon
from foundation.workbooks.writing import write_sheets
from tests.conftest import NOW
from tests.coop.parcels.builders import (
    CONTRACT_ROW,
    HOUSEHOLD_CODE,
    ISSUER_CODE,
    ISSUER_ROW,
    MEMBER_ROW,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    PARCEL_CODE,
    PARCEL_ROW,
    PARTY_ROW,
    REGISTER,
    TOWNSHIP,
    VILLAGE,
    bring_in,
    clerk,
    faults_of,
    id_number,
    make_household,
    make_issuer,
    preview,
    warnings_of,
    workbook,
)
from tests.coop.parcels.listening import Listener
from tests.foundation.accounts.builders import make_division

SECOND = ISSUER_CODE + "0002"


def exported(viewer: Viewer, code: str = VILLAGE) -> bytes:
    write_sheets(target := BytesIO(), report.sheets(viewer, code))
    return target.getvalue()


def outcomes(batch: ImportBatch) -> dict[Outcome, int]:
    return {outcome: batch.count(outcome) for outcome in Outcome if batch.count(outcome)}


def undo(batch: ImportBatch, viewer: Viewer) -> None:
    service.undo(batch, viewer=viewer, now=NOW, reason="导错了村", in_background=False)
    jobs.undo_now(batch, viewer, NOW, lambda _done, _total: db.session.commit())


def test_a_register_enters_whole(session: Session) -> None:
    batch = bring_in(workbook(), clerk())

    assert batch.state is BatchState.APPLIED
    assert faults_of(batch) == []
    household = session.scalars(select(Household).options(selectinload(Household.members))).one()
    parcel, contract = session.scalars(select(Parcel)).one(), session.scalars(select(LandContract)).one()
    assert (household.code, household.division_code, household.group_number) == (HOUSEHOLD_CODE, VILLAGE, 0)
    assert [member.name for member in household.members] == ["李秀英"]
    assert (parcel.household_id, parcel.land_contract_id) == (household.id, contract.id)
    assert (parcel.area, parcel.contract_area, parcel.basis) == (3_20, 3_20, AreaKind.CONTRACT)
    assert contract.ends_on == date(2059, 9, 30)
    assert household.issuer_id == parcel.issuer_id


def test_importing_the_same_file_again_changes_nothing(app: object) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)

    assert outcomes(preview(workbook(), viewer)) == {Outcome.SAME: 5}


@pytest.mark.parametrize("may_reveal", [True, False])
def test_importing_an_export_changes_nothing(app: object, may_reveal: bool) -> None:
    make_division("371681101266")
    file = (REGISTERS / "changshan_fangong.xlsx").read_bytes()
    hidden = () if may_reveal else ("coop.households.reveal",)
    batch = bring_in(file, clerk())
    assert batch.stopped == 0
    viewer = clerk(*(p.value for p in REGISTER if p.value not in hidden))

    again = preview(exported(viewer, "371681101266"), viewer)

    assert outcomes(again) == {Outcome.SAME: batch.total}


def test_an_empty_cell_erases_nothing(session: Session) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)

    batch = bring_in(workbook(parties=[{"code": HOUSEHOLD_CODE, "head_name": "张建军"}]), viewer)

    household = session.scalars(select(Household)).one()
    assert outcomes(batch) == {Outcome.SAME: 4, Outcome.CHANGED: 1}
    assert (household.head_name, household.phone) == ("张建军", "13805430001")
    assert "建军" in session.scalars(select(HouseholdSuffix.suffix)).all()
    assert "建国" not in session.scalars(select(HouseholdSuffix.suffix)).all()


def test_a_batch_is_undone_to_the_last_row(session: Session) -> None:
    viewer = clerk()
    batch = bring_in(workbook(), viewer)

    undo(batch, viewer)

    for table in (Household, HouseholdMember, HouseholdSuffix, LandContract, Parcel, ParcelArea):
        assert session.scalars(select(table)).all() == []


def test_undoing_a_change_restores_values_and_search(session: Session) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)
    parcels = [PARCEL_ROW | {"contract_area": "2.80", "name": "西大洼"}]
    batch = bring_in(workbook(parties=[PARTY_ROW | {"head_name": "张建军"}], parcels=parcels), viewer)
    assert session.scalars(select(Parcel)).one().area == 2_80

    undo(batch, viewer)

    session.expire_all()
    parcel = session.scalars(select(Parcel).options(selectinload(Parcel.areas))).one()
    assert (parcel.name, parcel.area, len(parcel.areas)) == ("东大洼", 3_20, 1)
    assert session.scalars(select(Household)).one().head_name == "张建国"
    assert "建国" in session.scalars(select(HouseholdSuffix.suffix)).all()


def test_a_batch_that_others_built_upon_stays(app: object) -> None:
    viewer = clerk()
    first = bring_in(workbook(contracts=(), parcels=(), members=()), viewer)
    bring_in(workbook(), viewer)

    with pytest.raises(BuiltUpon):
        undo(first, viewer)


PLANTED: dict[str, tuple[dict[str, Any], str]] = {
    "a damaged ID": (
        {"parties": [PARTY_ROW | {"id_number": "3.72330197001011E+17"}]},
        "科学计数法",
    ),
    "a wrong check digit": (
        {"parties": [PARTY_ROW | {"id_number": id_number()[:17] + ("1" if id_number()[17] != "1" else "2")}]},
        "校验位应为",
    ),
    "an old ID": ({"parties": [PARTY_ROW | {"id_number": "372330700101001"}]}, "15 位"),
    "a birth in the future": ({"parties": [PARTY_ROW | {"id_number": id_number(1, "20300101")}]}, "晚于今天"),
    "a household twice": ({"parties": [PARTY_ROW, PARTY_ROW]}, "与本表第 2 行重复"),
    "a head twice": ({"parties": [PARTY_ROW, PARTY_ROW | {"code": SECOND}]}, "与本表第 2 行重复"),
    "a parcel twice": ({"parcels": [PARCEL_ROW, PARCEL_ROW]}, "与本表第 2 行重复"),
    "a member twice": ({"members": [MEMBER_ROW, MEMBER_ROW]}, "与本表第 2 行重复"),
    "areas that differ": (
        {"parcels": [PARCEL_ROW | {"contract_area": "3.20", "contract_square_metres": "3200"}]},
        "应合 4.80 亩",
    ),
    "no area": ({"parcels": [PARCEL_ROW | {"contract_area": ""}]}, "面积不能为零"),
    "a zero area": ({"parcels": [PARCEL_ROW | {"contract_area": "0"}]}, "面积不能为零"),
    "an area with three places": ({"parcels": [PARCEL_ROW | {"contract_area": "3.255"}]}, "小数超过两位"),
    "a parcel of another issuer": (
        {"parcels": [PARCEL_ROW | {"code": VILLAGE + "01" + "00001"}]},
        "与承包方编码",
    ),
    "a parcel without its holder": ({"parcels": [PARCEL_ROW | {"household_code": ""}]}, "必须写明承包方"),
    "a parcel of an unknown holder": ({"parcels": [PARCEL_ROW | {"household_code": SECOND}]}, "“承包方”表"),
    "a parcel under an unknown contract": ({"contracts": ()}, "“承包合同”表"),
    "a basis without its area": ({"parcels": [PARCEL_ROW | {"basis": "实测面积"}]}, "不能作为结算依据"),
    "an issuer that is missing": ({"issuers": ()}, "“发包方”表"),
    "a code of another village": (
        {"parties": [PARTY_ROW | {"division_code": OTHER_VILLAGE}]},
        "不一致",
    ),
    "a contract that ends too soon": ({"contracts": [CONTRACT_ROW | {"ends_on": "1990-01-01"}]}, "早于起期"),
    "a contract of another holder": (
        {"contracts": [CONTRACT_ROW | {"household_code": SECOND}]},
        "与承包方编码",
    ),
    "a member of an unknown household": ({"members": [MEMBER_ROW | {"code": SECOND}]}, "“承包方”表"),
    "a name with a missing character": ({"parties": [PARTY_ROW | {"head_name": "张?国"}]}, "缺字"),
    "a wrong choice": ({"parcels": [PARCEL_ROW | {"land_class": "宅基地"}]}, "可选项"),
    "a date that is none": ({"contracts": [CONTRACT_ROW | {"starts_on": "2026-02-30"}]}, "日历上没有"),
    "a group beyond all": ({"parties": [PARTY_ROW | {"group_number": "100"}]}, "0 至 99"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_is_refused_with_its_cure(app: object, name: str) -> None:
    sheets, sentence = PLANTED[name]

    batch = preview(workbook(**sheets), clerk())

    told = faults_of(batch)
    assert any(sentence in fault for fault in told), told
    assert batch.stopped >= 1


def test_what_hangs_on_a_refused_household_is_refused_too(app: object) -> None:
    batch = preview(workbook(parties=[PARTY_ROW | {"phone": "123"}]), clerk())

    assert outcomes(batch) == {Outcome.NEW: 1, Outcome.REFUSED: 4}


def test_a_village_of_another_township_is_refused(app: object) -> None:
    viewer = clerk(division_code=OTHER_TOWNSHIP)

    batch = preview(workbook(), viewer)

    assert outcomes(batch) == {Outcome.REFUSED: 5}
    assert "不在您的管辖范围内" in faults_of(batch)[0]


def test_a_village_that_does_not_exist_is_refused(app: object) -> None:
    code = "37168110199900"
    batch = preview(workbook([ISSUER_ROW | {"code": code}], (), (), (), ()), clerk())

    assert "371681101999" in faults_of(batch)[0]


def test_a_parcel_registered_to_another_household_is_refused(app: object) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)
    other = PARTY_ROW | {"code": SECOND, "head_name": "王小二", "id_number": id_number(7)}

    batch = preview(
        workbook(
            parties=[other],
            members=(),
            contracts=(),
            parcels=[PARCEL_ROW | {"household_code": SECOND, "contract_code": ""}],
        ),
        viewer,
    )

    assert "已登记在“张建国”名下" in faults_of(batch)[0]


def test_a_household_without_a_code_is_matched_by_its_id(session: Session) -> None:
    viewer = clerk()
    make_issuer()
    household = make_household("张建国", number=id_number(5))

    batch = bring_in(workbook((), [PARTY_ROW | {"id_number": id_number(5)}], (), (), ()), viewer)

    assert outcomes(batch) == {Outcome.CHANGED: 1}
    session.refresh(household)
    assert household.code == HOUSEHOLD_CODE


def test_a_row_without_code_and_id_stops_at_namesakes(app: object) -> None:
    viewer = clerk()
    make_household("张建国", number=id_number(5))
    make_household("张建国", number=id_number(6))
    row = {"head_name": "张建国", "division_code": VILLAGE, "group_number": "3"}

    batch = preview(workbook((), [row], (), (), ()), viewer)

    assert outcomes(batch) == {Outcome.SEVERAL: 1}


@pytest.mark.parametrize("place", ["371681000000", TOWNSHIP])
def test_a_head_in_another_village_is_worth_a_look_to_whoever_sees_it(app: object, place: str) -> None:
    viewer = clerk(division_code=place)
    make_household("张建国", division_code=OTHER_VILLAGE)

    batch = preview(workbook(), viewer)

    assert batch.stopped == 0
    told = any("爱贤村也登记为一户" in warning.replace(" ", "") for warning in warnings_of(batch))
    assert told is (place != TOWNSHIP)


def test_an_unusually_large_parcel_is_worth_a_look(app: object) -> None:
    batch = preview(workbook(parcels=[PARCEL_ROW | {"contract_area": "320"}]), clerk())

    assert batch.stopped == 0
    assert any("320.00 亩" in warning for warning in warnings_of(batch))


def test_square_metres_alone_tell_the_mu(session: Session) -> None:
    row = PARCEL_ROW | {"contract_area": "", "contract_square_metres": "10000"}

    bring_in(workbook(parcels=[row]), clerk())

    assert session.scalars(select(Parcel)).one().area == 15_00


def test_a_new_area_joins_the_ledger_and_the_old_stays(session: Session) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)
    row = PARCEL_ROW | {"measured_area": "3.31", "measured_dated_on": "2026-01-05", "basis": "实测面积"}

    bring_in(workbook(parcels=[row]), viewer)

    parcel = session.scalars(select(Parcel).options(selectinload(Parcel.areas))).one()
    assert (parcel.contract_area, parcel.measured_area, parcel.area) == (3_20, 3_31, 3_31)
    assert [row.dated_on for row in parcel.areas][-1] == date(2026, 1, 5)
    assert outcomes(preview(workbook(parcels=[row]), viewer)) == {Outcome.SAME: 5}


def test_a_code_that_came_into_use_meanwhile_is_set_aside(session: Session) -> None:
    viewer = clerk()
    batch = preview(workbook(members=(), contracts=(), parcels=()), viewer)
    make_household("王小二", number=id_number(9), code=HOUSEHOLD_CODE)
    service.confirm(batch, viewer=viewer, now=NOW, in_background=False)

    jobs.apply_now(batch, viewer, NOW, lambda _done, _total: db.session.commit())

    assert any("已登记在“王小二”名下" in fault for fault in faults_of(batch))
    assert session.scalars(select(Household.head_name)).all() == ["王小二"]


def test_a_row_changed_meanwhile_is_set_aside(session: Session) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)
    batch = preview(workbook(parties=[PARTY_ROW | {"address": "村东头"}]), viewer)
    household = session.scalars(select(Household)).one()
    household.address = "村西头"
    session.flush()
    service.confirm(batch, viewer=viewer, now=NOW, in_background=False)

    jobs.apply_now(batch, viewer, NOW, lambda _done, _total: db.session.commit())

    assert session.scalars(select(Household.address)).all() == ["村西头"]


def test_the_export_leaves_out_other_townships(app: object) -> None:
    bring_in(workbook(), clerk())
    stranger = clerk(division_code=OTHER_TOWNSHIP)

    assert [list(sheet.rows) for sheet in report.sheets(stranger, VILLAGE)] == [[], [], [], [], []]


def test_the_parcel_code_is_text_in_the_export(app: object) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)

    cells = [list(sheet.rows) for sheet in report.sheets(viewer, VILLAGE)]

    assert cells[4][0][0] == PARCEL_CODE


def test_watchers_hear_of_acreages_that_came_in_and_were_taken_back(
    session: Session, listener: Listener
) -> None:
    viewer = clerk()
    bring_in(workbook(parcels=[PARCEL_ROW | {"contract_dated_on": "2020-01-01"}]), viewer)
    assert listener.resized_ids == []
    parcel = session.scalars(select(Parcel)).one()
    row = PARCEL_ROW | {"contract_area": "3.31", "contract_dated_on": "2026-01-05"}

    batch = bring_in(workbook(parcels=[row]), viewer)
    undo(batch, viewer)

    assert listener.resized_ids == [(parcel.id, date(2026, 1, 5)), (parcel.id, date(2020, 1, 1))]


def test_watchers_hear_of_a_basis_chosen_by_import(session: Session, listener: Listener) -> None:
    viewer = clerk()
    bring_in(workbook(), viewer)
    parcel = session.scalars(select(Parcel)).one()
    row = PARCEL_ROW | {"measured_area": "3.31", "measured_dated_on": "2026-01-05", "basis": "实测面积"}

    bring_in(workbook(parcels=[row]), viewer)

    assert [parcel_id for parcel_id, _on in listener.resized_ids] == [parcel.id]
