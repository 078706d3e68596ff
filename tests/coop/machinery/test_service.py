"""The verbs of machinery, and who sees what they made."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coop.machinery import queries, service
from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind, MachineryPermission
from coop.machinery.service import MachineDetails, OperatorDetails
from coop.organisations.service import AlreadyClosed, NotClosed, OutsideScope, ReasonMissing
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.journal.models import JournalEntry
from foundation.values.area import Mu
from tests.conftest import NOW
from tests.coop.machinery.builders import keeper, make_machine, make_operator
from tests.coop.organisations.builders import make_organisation
from tests.coop.parcels.builders import ON, OTHER_TOWNSHIP
from tests.foundation.accounts.builders import make_account, make_posting

pytestmark = pytest.mark.usefixtures("app")
OTHER = {"name": "焦桥供销合作社", "division_code": OTHER_TOWNSHIP, "credit_code": None}


def machine_details(provider_id: int, **values: Any) -> MachineDetails:
    known: dict[str, Any] = {
        "kind": MachineKind.DRILL,
        "model": "大华 2BMF-12",
        "daily_capacity": Mu(80_00),
        "terminal_number": "BD-0001",
    }
    return MachineDetails(provider_id=provider_id, **known | values)


def operator_details(provider_id: int, **values: Any) -> OperatorDetails:
    known: dict[str, Any] = {"name": "孙大勇", "licence_number": "371626000123", "phone": "13805430009"}
    return OperatorDetails(provider_id=provider_id, **known | values)


def test_a_machine_is_kept_where_its_provider_lies_and_noted(session: Session) -> None:
    viewer, provider = keeper(), make_organisation()
    machine = service.keep_machine(Machine(), machine_details(provider.id), viewer=viewer, now=NOW)
    assert machine.division_code == provider.division_code
    assert list(queries.machines_for(viewer, provider.id)) == [machine]
    session.commit()
    entry = session.query(JournalEntry).one()
    assert (entry.act, entry.subject_label) == ("machinery.machine_saved", "大华 2BMF-12")


REFUSED_MACHINES: dict[str, tuple[type[DomainError], dict[str, Any]]] = {
    "a terminal twice": (service.TerminalTaken, {"terminal_number": "BD-0009"}),
    "no capacity": (service.NoCapacity, {"daily_capacity": Mu(0)}),
    "itself as owner": (service.OwnerIsProvider, {"owner_id": "provider"}),
    "two owners": (service.TwoOwners, {"owner_id": "provider", "owner_name": "李四"}),
}


@pytest.mark.parametrize("name", REFUSED_MACHINES)
def test_a_machine_is_refused(name: str) -> None:
    refusal, values = REFUSED_MACHINES[name]
    viewer, provider = keeper(), make_organisation()
    make_machine(provider, terminal_number="BD-0009")
    if values.get("owner_id") == "provider":
        values = values | {"owner_id": provider.id}
    with pytest.raises(refusal):
        service.keep_machine(Machine(), machine_details(provider.id, **values), viewer=viewer, now=NOW)


def test_the_refusal_of_a_terminal_names_who_bears_it() -> None:
    viewer, provider = keeper(), make_organisation()
    make_machine(make_organisation(**OTHER), terminal_number="BD-0001")
    with pytest.raises(
        service.TerminalTaken, match="已登记在“焦桥供销合作社”的“雷沃谷神 GM100 鲁16 01234”上"
    ):
        service.keep_machine(Machine(), machine_details(provider.id), viewer=viewer, now=NOW)


def test_a_stale_form_and_a_provider_elsewhere_are_refused() -> None:
    viewer, machine = keeper(), make_machine()
    details = machine_details(machine.provider_id)
    with pytest.raises(StaleVersion):
        service.keep_machine(machine, details, viewer=viewer, now=NOW, version=9)
    only_here = keeper(MachineryPermission.EDIT, "coop.organisations.view", division_code=OTHER_TOWNSHIP)
    with pytest.raises(NotFound):
        service.keep_machine(Machine(), details, viewer=only_here, now=NOW)


def test_a_closed_provider_takes_no_new_machine_but_keeps_its_old_ones() -> None:
    viewer, provider = keeper(), make_organisation()
    machine = make_machine(provider)
    provider.closed_on = ON
    details = machine_details(provider.id)
    with pytest.raises(service.ProviderClosed):
        service.keep_machine(Machine(), details, viewer=viewer, now=NOW)
    service.keep_machine(machine, details, viewer=viewer, now=NOW)


def test_what_is_closed_leaves_the_pickers_and_comes_back() -> None:
    viewer, provider = keeper(), make_organisation()
    rows: list[Machine | Operator] = [make_machine(provider), make_operator(provider)]
    for row in rows:
        with pytest.raises(ReasonMissing):
            service.close(row, on=ON, reason="", viewer=viewer, now=NOW)
        service.close(row, on=ON, reason="报废", viewer=viewer, now=NOW)
        with pytest.raises(AlreadyClosed):
            service.close(row, on=ON, reason="报废", viewer=viewer, now=NOW)
    assert not queries.machines_for(viewer, provider.id)
    assert not queries.operators_for(viewer, provider.id)
    for row in rows:
        service.reopen(row, reason="修复", viewer=viewer, now=NOW)
        with pytest.raises(NotClosed):
            service.reopen(row, reason="修复", viewer=viewer, now=NOW)
    assert len(queries.machines_for(viewer, provider.id)) == 1


def test_an_operator_is_bound_to_one_account_of_the_place() -> None:
    viewer, provider = keeper(), make_organisation()
    account, elsewhere = make_account("孙大勇"), make_account("周涛")
    make_posting(account, division_code=provider.division_code)
    make_posting(elsewhere, division_code=OTHER_TOWNSHIP)
    first = service.keep_operator(
        Operator(), operator_details(provider.id, account_id=account.id), viewer=viewer, now=NOW
    )
    assert queries.operator_of(account.id) is first
    second = operator_details(provider.id, name="李强", licence_number="", account_id=account.id)
    with pytest.raises(service.AccountTaken, match="孙大勇"):
        service.keep_operator(Operator(), second, viewer=viewer, now=NOW)
    far = operator_details(provider.id, name="李强", licence_number="", account_id=elsewhere.id)
    with pytest.raises(service.AccountElsewhere):
        service.keep_operator(Operator(), far, viewer=viewer, now=NOW)
    service.close(first, on=ON, reason="离岗", viewer=viewer, now=NOW)
    assert queries.operator_of(account.id) is None


REFUSED_OPERATORS: dict[str, tuple[type[DomainError], dict[str, Any]]] = {
    "a licence twice": (service.LicenceTaken, {"licence_number": "37"}),
    "reversed days": (
        service.LicenceReversed,
        {"licensed_from": date(2026, 3, 2), "licensed_until": date(2026, 3, 1)},
    ),
    "its own provider as sender": (service.SenderIsProvider, {"employer_id": "provider"}),
}


@pytest.mark.parametrize("name", REFUSED_OPERATORS)
def test_an_operator_is_refused(name: str) -> None:
    refusal, values = REFUSED_OPERATORS[name]
    viewer, provider = keeper(), make_organisation()
    make_operator(provider, licence_number="37")
    if values.get("employer_id") == "provider":
        values = {"employer_id": provider.id}
    with pytest.raises(refusal):
        service.keep_operator(Operator(), operator_details(provider.id, **values), viewer=viewer, now=NOW)


def test_only_who_serves_the_place_is_seen_and_only_its_keeper_changes_it() -> None:
    here, far = make_organisation(service_divisions=(OTHER_TOWNSHIP,)), make_organisation(**OTHER)
    machine, operator = make_machine(here), make_operator(here)
    make_machine(far)
    guest = keeper(division_code=OTHER_TOWNSHIP)
    assert queries.get_machine(guest, machine.id) is machine
    assert list(queries.operators_for(guest, here.id)) == [operator]
    with pytest.raises(OutsideScope):
        service.close(machine, on=ON, reason="报废", viewer=guest, now=NOW)
    stranger = keeper(division_code="371681112000")
    with pytest.raises(NotFound):
        queries.get_machine(stranger, machine.id)
    with pytest.raises(NotFound):
        queries.get_operator(stranger, operator.id)
    assert not queries.machines_for(stranger, here.id)


def test_the_keeper_is_told_of_licences_that_end() -> None:
    viewer, provider = keeper(), make_organisation()
    make_machine(provider, licensed_until=date(2026, 3, 20))
    make_machine(provider, licensed_until=date(2026, 2, 1))
    make_machine(provider, licensed_until=date(2026, 9, 1))
    make_machine(provider, licensed_until=date(2026, 2, 1), closed_on=ON)
    assert queries.licences_ending(viewer, Machine, ON) == (2, date(2026, 2, 1))
    assert queries.licences_ending(viewer, Operator, ON) == (0, None)


def test_a_telephone_is_revealed_for_a_reason(session: Session) -> None:
    viewer, operator = keeper(), make_operator()
    with pytest.raises(ReasonMissing):
        service.reveal_phone(operator, reason="", viewer=viewer, now=NOW)
    assert service.reveal_phone(operator, reason="联系作业", viewer=viewer, now=NOW) == "13805430009"
    session.commit()
    assert session.query(JournalEntry).one().reason == "联系作业"
