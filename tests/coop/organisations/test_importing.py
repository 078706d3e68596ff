from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from app.sample.land import REGISTERS
from coop.organisations import queries
from coop.organisations.importing import KIND, ORGANISATIONS, values_of
from coop.organisations.models import Organisation
from coop.organisations.queries import OrganisationFilter
from foundation.imports.models import ImportBatch
from foundation.imports.rules import Outcome
from foundation.workbooks.reading import Workbook, read_sheet
from foundation.workbooks.writing import Sheet, write_sheets
from tests.coop.organisations.builders import CREDIT_CODE, make_organisation
from tests.coop.parcels.builders import (
    ON,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    bound,
    bring_in,
    clerk,
    faults_of,
    preview,
)
from tests.foundation.accounts.builders import make_division

ROW = {
    "name": "长山供销合作社",
    "kind": "基层供销社",
    "credit_code": CREDIT_CODE,
    "division_code": TOWNSHIP,
    "service_divisions": f"{TOWNSHIP}、371681101205",
}


def outcome(batch: ImportBatch) -> dict[Outcome, int]:
    return {one: batch.count(one) for one in Outcome if batch.count(one)}


def test_organisations_enter_and_the_same_file_changes_nothing(session: Session) -> None:
    viewer = clerk()

    bring_in(bound((ORGANISATIONS, [ROW])), viewer, KIND.name)

    organisation = session.query(Organisation).one()
    made = queries.get(viewer, organisation.id)
    assert [row.division_code for row in made.service_divisions] == [TOWNSHIP, "371681101205"]
    assert outcome(preview(bound((ORGANISATIONS, [ROW])), viewer, KIND.name)) == {Outcome.SAME: 1}


@pytest.mark.parametrize("is_masked", [True, False])
def test_importing_an_export_changes_nothing(app: object, is_masked: bool) -> None:
    viewer = clerk(division_code="370000000000")
    content = (REGISTERS / "organisations.xlsx").read_bytes()
    _make_places(content)
    batch = bring_in(content, viewer, KIND.name)
    assert faults_of(batch) == []
    found = queries.all_of(viewer, OrganisationFilter(with_closed=True), ON)
    values = [ORGANISATIONS.masked(values_of(one)) if is_masked else values_of(one) for one in found]
    write_sheets(target := BytesIO(), [Sheet(ORGANISATIONS.layout, map(ORGANISATIONS.cells, values))])

    again = preview(target.getvalue(), viewer, KIND.name)

    assert outcome(again) == {Outcome.SAME: batch.total}


def _make_places(content: bytes) -> None:
    for row in read_sheet(Workbook(content), ORGANISATIONS.layout):
        make_division(row.values["division_code"])


def test_an_organisation_without_a_code_is_matched_by_name_kind_and_place(session: Session) -> None:
    viewer = clerk()
    organisation = make_organisation(credit_code=None)

    batch = bring_in(bound((ORGANISATIONS, [ROW])), viewer, KIND.name)

    assert outcome(batch) == {Outcome.CHANGED: 1}
    session.refresh(organisation)
    assert organisation.credit_code == CREDIT_CODE


FAULTS = {
    "a wrong credit code": ({"credit_code": CREDIT_CODE[:17] + "0"}, "校验位应为"),
    "another township": ({"division_code": OTHER_TOWNSHIP}, "不在您的管辖范围内"),
    "no division": ({"division_code": "37168"}, "12 位行政区划代码"),
    "a wrong kind": ({"kind": "公司"}, "可选项"),
    "an ID that is none": ({"representative_id": "37233019700101001"}, "应为 18 位"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_with_its_cure(app: object, name: str) -> None:
    values, sentence = FAULTS[name]

    told = faults_of(preview(bound((ORGANISATIONS, [ROW | values])), clerk(), KIND.name))

    assert any(sentence in fault for fault in told), told


def test_a_row_twice_is_refused(app: object) -> None:
    batch = preview(bound((ORGANISATIONS, [ROW, ROW])), clerk(), KIND.name)

    assert outcome(batch) == {Outcome.NEW: 1, Outcome.DUPLICATE: 1}
