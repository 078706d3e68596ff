"""Organisations with defaults."""

from datetime import date
from typing import Any

from coop.organisations import service
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from coop.organisations.service import OrganisationDetails
from foundation.database.engine import db
from tests.coop.parcels.builders import TOWNSHIP
from tests.foundation.accounts.builders import make_division

CREDIT_CODE = "123716819901001731"


def organisation_details(**values: Any) -> OrganisationDetails:
    """What a form says of a grassroots co-op."""
    known: dict[str, Any] = {
        "name": "长山供销合作社",
        "kind": OrganisationKind.GRASSROOTS_COOP,
        "division_code": TOWNSHIP,
        "credit_code": CREDIT_CODE,
        "phone": "0543-4321234",
        "listed_on": date(2025, 1, 1),
        "service_divisions": (TOWNSHIP,),
    }
    return OrganisationDetails(**known | values)


def make_organisation(**values: Any) -> Organisation:
    """An organisation of the register."""
    details = organisation_details(**values)
    make_division(details.division_code)
    organisation = service.fill(Organisation(service_divisions=[]), details)
    db.session.add(organisation)
    db.session.flush()
    return organisation
