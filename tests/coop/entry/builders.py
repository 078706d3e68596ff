"""A clerk at the entry page: what the browser sends for a sound contract."""

import re
from typing import Any

from flask.testing import FlaskClient

from coop.catalogue.rules import CataloguePermission
from coop.contracts.rules.terms import ContractPermission
from coop.households.rules import HouseholdPermission
from coop.mandates.rules import MandatePermission
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationPermission
from coop.parcels.rules import ParcelPermission
from foundation.accounts.models import Account
from tests.foundation.accounts.builders import COUNTY, signed_in_with

CLERK = (
    ContractPermission.VIEW,
    ContractPermission.DRAFT,
    HouseholdPermission.VIEW,
    ParcelPermission.VIEW,
    OrganisationPermission.VIEW,
    MandatePermission.VIEW,
    CataloguePermission.VIEW,
)


def sit_down(client: FlaskClient, division_code: str = COUNTY) -> Account:
    """Log a clerk in."""
    return signed_in_with(client, CLERK, division_code=division_code)


def sent(receiver: str, provider: Organisation, **given: Any) -> dict[str, Any]:
    """What the browser sends for an order contract; ``receiver`` and the provider as a clerk types them."""
    fields: dict[str, Any] = {
        "mode": "order",
        "receiver_kind": "household",
        "receiver": receiver,
        "provider": provider.name,
        "starts_on": "2026-3-1",
        "ends_on": "20261130",
        "package_fee": "680",
        "annex": "",
        "rent_kind": "cash",
        "deposit_kind": "none",
        "payment_mode": "after_acceptance",
        "printed_first": "receiver",
        "dispute": "court",
        "act": "save",
    }
    return fields | given


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]
