from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coop.organisations import queries, service
from coop.organisations.rules import OrganisationKind, OrganisationPermission, SensitiveField
from coop.organisations.service import OutsideScope, ReasonMissing
from foundation.access.grants import Viewer
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from tests.conftest import NOW
from tests.coop.organisations.builders import CREDIT_CODE, make_organisation, organisation_details
from tests.coop.parcels.builders import ON, OTHER_TOWNSHIP, clerk


def acts(session: Session) -> list[str]:
    session.commit()
    return [entry.act for entry in session.query(JournalEntry).order_by(JournalEntry.id)]


def test_an_organisation_is_registered_listed_and_removed(session: Session) -> None:
    viewer = clerk()
    details = organisation_details(listed_on=None)
    organisation = service.register(details, viewer=viewer, now=NOW, on=ON)
    assert not organisation.provides(ON)

    for change in ({"listed_on": date(2026, 1, 1)}, {"removed_on": date(2026, 3, 1)}, {"address": "长山"}):
        details = organisation_details(**{"listed_on": date(2026, 1, 1), **change})
        service.revise(organisation, details, version=organisation.version, viewer=viewer, now=NOW, on=ON)

    assert acts(session) == [
        "organisations.registered",
        "organisations.entered_directory",
        "organisations.left_directory",
        "organisations.changed",
    ]
    assert organisation.provides(ON)


REFUSED: dict[str, tuple[type[DomainError], dict[str, Any]]] = {
    "a credit code twice": (service.DuplicateCreditCode, {"name": "别的社"}),
    "a name twice without code": (service.DuplicateOrganisation, {"credit_code": None}),
    "a founding in the future": (service.FoundedInFuture, {"founded_on": date(2027, 1, 1)}),
    "a removal before the entry": (service.ListedAfterRemoval, {"removed_on": date(2024, 1, 1)}),
    "another township": (OutsideScope, {"division_code": OTHER_TOWNSHIP}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses(app: object, name: str) -> None:
    refusal, values = REFUSED[name]
    viewer = clerk()
    make_organisation()

    with pytest.raises(refusal):
        service.register(organisation_details(**values), viewer=viewer, now=NOW, on=ON)


def test_a_stale_form_is_refused(app: object) -> None:
    viewer, organisation = clerk(), make_organisation()

    with pytest.raises(StaleVersion):
        service.revise(organisation, organisation_details(), version=9, viewer=viewer, now=NOW, on=ON)


def test_a_closed_organisation_leaves_the_pickers_and_comes_back(app: object) -> None:
    viewer, organisation = clerk(), make_organisation(founded_on=date(2000, 1, 1))
    with pytest.raises(ReasonMissing):
        service.close(organisation, on=ON, reason="", viewer=viewer, now=NOW)
    with pytest.raises(service.ClosedBeforeFounded):
        service.close(organisation, on=date(1999, 1, 1), reason="注销", viewer=viewer, now=NOW)
    service.close(organisation, on=ON, reason="注销登记", viewer=viewer, now=NOW)

    assert list(queries.find(viewer, "长山", ON)) == []
    with pytest.raises(service.AlreadyClosed):
        service.close(organisation, on=ON, reason="注销登记", viewer=viewer, now=NOW)
    service.reopen(organisation, reason="恢复登记", viewer=viewer, now=NOW)
    with pytest.raises(service.NotClosed):
        service.reopen(organisation, reason="恢复登记", viewer=viewer, now=NOW)


def test_revealing_asks_a_reason_and_the_permission(session: Session) -> None:
    viewer, organisation = clerk(), make_organisation()

    shown = service.reveal(organisation, SensitiveField.PHONE, reason="联系业务", viewer=viewer, now=NOW)

    assert shown == "0543-4321234"
    assert acts(session) == ["organisations.revealed"]
    reader = clerk(OrganisationPermission.VIEW)
    with pytest.raises(OutsideScope):
        service.reveal(organisation, SensitiveField.PHONE, reason="联系", viewer=reader, now=NOW)


@pytest.mark.parametrize("text", ["长山供销", "供销", "csgx", CREDIT_CODE])
def test_it_is_found_by_whoever_may_see_it(app: object, text: str) -> None:
    organisation = make_organisation()
    make_organisation(name="焦桥棉花厂", credit_code=None, division_code=OTHER_TOWNSHIP)

    assert [one.id for one in queries.find(clerk(), text, ON)] == [organisation.id]
    stranger = clerk(division_code=OTHER_TOWNSHIP)
    assert list(queries.find(stranger, text, ON)) == []
    with pytest.raises(NotFound):
        queries.get(stranger, organisation.id)


def test_pickers_narrow_to_kinds_and_to_listed_providers(app: object) -> None:
    viewer = clerk()
    listed = make_organisation()
    make_organisation(
        name="长山村集体", kind=OrganisationKind.VILLAGE_COLLECTIVE, credit_code=None, listed_on=None
    )

    def found(viewer: Viewer, **asked: object) -> list[int]:
        return [one.id for one in queries.find(viewer, "长山", ON, **asked)]  # type: ignore[arg-type]

    assert found(viewer, providers_only=True) == [listed.id]
    assert len(found(viewer)) == 2
    assert listed.id not in found(viewer, kinds=(OrganisationKind.VILLAGE_COLLECTIVE,))
