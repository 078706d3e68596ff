"""Renewing a contract: a whitelist of what goes over, so that no signature, number or date does (P4)."""

from datetime import timedelta

from coop.contracts.rules.details import ContractDetails

COPIED = (
    "mode",
    "receiver_kind",
    "receiver_household_id",
    "receiver_organisation_id",
    "provider_id",
    "division_code",
    "area",
    "printed_first",
    "place",
    "crops",
    "package",
    "rent",
    "share",
    "payment_mode",
    "late_fee",
    "dispute",
    "free_terms",
    "standards",
    "annex",
)
"""Nothing outside this list is taken over: menu lines name past seasons, instalments past days."""


def renewed(details: ContractDetails) -> ContractDetails:
    """Return the terms of a renewal: the copied ones, for as many days, from the day after the old end."""
    starts_on = details.ends_on + timedelta(days=1)
    return ContractDetails(
        starts_on=starts_on,
        ends_on=starts_on + (details.ends_on - details.starts_on),
        **{name: getattr(details, name) for name in COPIED},
    )
