"""Units: what they must be, and how they end."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.database.paging import Cut
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.identity.credit_code import check_character
from foundation.journal.models import JournalEntry
from foundation.units import queries, service
from foundation.units.models import Unit
from foundation.units.queries import UnitFilter
from foundation.units.rules import UnitKind, UnitPermission
from tests.conftest import NOW
from tests.foundation.accounts.builders import COUNTY, make_division, make_unit, make_viewer

ON = date(2026, 3, 2)
QINGYANG = "371681112000"


def credit_code() -> str:
    body = "52371626MJD1234567"[:17]
    return body + check_character(body)


def details(**changes: object) -> service.UnitDetails:
    usual: dict[str, object] = {
        "name": "青阳供销社",
        "kind": UnitKind.GRASSROOTS_COOP,
        "division_code": QINGYANG,
    }
    return service.UnitDetails(**{**usual, **changes})  # type: ignore[arg-type]


def create(**changes: object) -> Unit:
    make_division(QINGYANG)
    return service.create(details(**changes), viewer=make_viewer(), now=NOW, on=ON)


def test_a_unit_is_created_and_journalled(session: Session) -> None:
    unit = create(credit_code=f" {credit_code().lower()} ")
    session.commit()
    assert unit.credit_code == credit_code()
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.subject_label, entry.division_code) == ("units.created", "青阳供销社", QINGYANG)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "请填写单位名称"),
        ({"name": "长" * 101}, "最多 100 个字"),
        ({"name": "临池供销社"}, "已登记"),
        ({"division_code": "371681999000"}, "没有编码为 371681999000"),
        ({"credit_code": "52371626MJD123456"}, "."),
    ],
)
def test_a_wrong_unit_is_refused_with_its_cure(
    session: Session, changes: dict[str, object], words: str
) -> None:
    make_unit("临池供销社")
    with pytest.raises(DomainError, match=words):
        create(**changes)


def test_a_credit_code_belongs_to_one_unit(session: Session) -> None:
    create(credit_code=credit_code())
    with pytest.raises(service.CreditCodeTaken, match="青阳供销社"):
        create(name="青阳供销合作社", credit_code=credit_code())


def test_a_unit_is_never_above_itself(session: Session) -> None:
    top = create()
    below = create(name="青阳一分社", parent_id=top.id)
    with pytest.raises(service.UnitAboveItself):
        service.change(top, details(parent_id=below.id), top.version, viewer=make_viewer(), now=NOW, on=ON)


def test_two_people_changing_one_unit_are_told(session: Session) -> None:
    unit = create()
    opened, viewer = unit.version, make_viewer()
    service.change(unit, details(name="甲"), opened, viewer=viewer, now=NOW, on=ON)
    session.flush()
    with pytest.raises(StaleVersion):
        service.change(unit, details(name="乙"), opened, viewer=viewer, now=NOW, on=ON)


def test_a_unit_with_units_below_is_not_closed(session: Session) -> None:
    top = create()
    below, viewer = create(name="青阳一分社", parent_id=top.id), make_viewer()
    with pytest.raises(service.UnitHasUnitsBelow, match="青阳一分社"):
        service.close(top, ON, viewer=viewer, now=NOW)
    service.close(below, ON, viewer=viewer, now=NOW)
    service.close(top, ON, viewer=viewer, now=NOW)
    with pytest.raises(service.UnitAlreadyClosed):
        service.close(top, ON, viewer=viewer, now=NOW)


def test_a_unit_does_not_end_before_it_began(session: Session) -> None:
    unit = create(valid_from=ON)
    with pytest.raises(service.UnitClosedTooEarly):
        service.close(unit, date(2025, 1, 1), viewer=make_viewer(), now=NOW)


def test_units_are_listed_by_name_kind_and_division(session: Session) -> None:
    create()
    make_unit("邹平市供销社", COUNTY)
    closed = make_unit("旧社", QINGYANG, UnitKind.GRASSROOTS_COOP)
    closed.valid_until = date(2020, 1, 1)
    viewer = make_viewer(UnitPermission.EDIT)

    def names(**asked: object) -> list[str]:
        page = queries.page(viewer, UnitFilter(**asked), Cut(), on=ON)  # type: ignore[arg-type]
        return [unit.name for unit in page.rows if not unit.name.startswith("第")]

    assert names() == ["邹平市供销社", "青阳供销社"]
    assert names(name="青阳") == ["青阳供销社"]
    assert names(name="%") == []
    assert names(kind=UnitKind.COUNTY_UNION) == ["邹平市供销社"]
    assert names(division=QINGYANG) == ["青阳供销社"]
    assert names(division=QINGYANG, closed=True) == ["青阳供销社", "旧社"]
    assert [unit.name for unit in queries.in_force(viewer, UnitPermission.EDIT, ON)][-1] == "青阳供销社"


def test_an_unknown_unit_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.get(999)
