"""Machines and operators with defaults."""

from datetime import date
from typing import Any

from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineKind, MachineryPermission
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationPermission
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.imports.rules import ImportPermission
from foundation.values.area import Mu
from tests.coop.organisations.builders import make_organisation
from tests.coop.parcels.builders import TOWNSHIP
from tests.foundation.accounts.builders import make_division, make_viewer

KEEPING = (*MachineryPermission, *OrganisationPermission, ImportPermission.RUN)


def keeper(*permissions: str, division_code: str = TOWNSHIP) -> Viewer:
    """A viewer who keeps the machinery of a township, or holds only ``permissions``."""
    make_division(division_code)
    return make_viewer(*(permissions or [p.value for p in KEEPING]), division_code=division_code)


def make_machine(provider: Organisation | None = None, **values: Any) -> Machine:
    """A harvester of a provider."""
    provider = provider or make_organisation()
    known: dict[str, Any] = {
        "provider_id": provider.id,
        "division_code": provider.division_code,
        "kind": MachineKind.HARVESTER,
        "model": "雷沃谷神 GM100",
        "plate": "鲁16 01234",
        "terminal_number": None,
        "daily_capacity": Mu(120_00),
        "licensed_until": date(2027, 6, 30),
    }
    machine = Machine(**known | values)
    db.session.add(machine)
    db.session.flush()
    return machine


def make_operator(provider: Organisation | None = None, **values: Any) -> Operator:
    """A driver of a provider."""
    provider = provider or make_organisation()
    known: dict[str, Any] = {
        "provider_id": provider.id,
        "division_code": provider.division_code,
        "name": "孙大勇",
        "phone": "13805430009",
        "licence_number": "371626000123",
        "licence_class": "G2 R",
        "licensed_until": date(2027, 6, 30),
    }
    operator = Operator(**known | values)
    db.session.add(operator)
    db.session.flush()
    return operator
